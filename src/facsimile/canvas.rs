//! A canvas on which the interpreter of PDFs draws a page.
//!
//! What newspaper pages are made of is drawn as it is: text, lines, areas, pictures, clips, transparency. Gradients and tiles become
//! a light grey, since what they stand behind has to remain readable, and soft masks are left out. Work and memory are bounded:
//! beyond [`MAX_OPERATIONS`] drawing stops, and beyond a few clips or layers inside one another further ones have no effect.

use crate::facsimile::raster::{MAX_PIXELS, raster, stencil};
use hayro_interpret::font::Glyph;
use hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Device, FillRule, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask, StrokeProps,
};
use kurbo::{Affine, BezPath, Cap, Join, PathEl, Point};
use std::collections::HashMap;
use std::rc::Rc;
use tiny_skia::{
    FilterQuality, LineCap, LineJoin, Mask, Path, PathBuilder, Pixmap, PixmapPaint, Stroke, StrokeDash, Transform,
};

/// Drawing operations of a page, at most; a broadsheet has some ten thousand glyphs.
const MAX_OPERATIONS: u32 = 2_000_000;
/// Clips with an effect inside one another, layers, and layers of a page.
const MAX_CLIPS: usize = 24;
const MAX_LAYERS: usize = 6;
const MAX_GROUPS: u32 = 300;
/// What stands for a gradient or a tile.
const PATTERN: [u8; 4] = [0xDD, 0xDD, 0xDD, 0xFF];

/// Thrown where a page has more operations than any newspaper page.
pub(super) struct TooMuchToDraw;

/// The pixels of a page as far as it is drawn.
pub(super) struct Canvas {
    page: Pixmap,
    /// transparency groups under way; none where a group is drawn directly
    groups: Vec<Option<Layer>>,
    /// clips under way, each with those around it; none: no clip
    clips: Vec<Option<Rc<Mask>>>,
    outlines: HashMap<u128, Option<Rc<Path>>>,
    blend_mode: tiny_skia::BlendMode,
    operations: u32,
    group_count: u32,
}

struct Layer {
    pixels: Pixmap,
    opacity: f32,
    blend_mode: tiny_skia::BlendMode,
}

impl Canvas {
    /// A white page.
    pub(super) fn new(width: u32, height: u32) -> Option<Self> {
        let mut page = Pixmap::new(width, height)?;
        page.fill(tiny_skia::Color::WHITE);
        Some(Self {
            page,
            groups: Vec::new(),
            clips: Vec::new(),
            outlines: HashMap::new(),
            blend_mode: tiny_skia::BlendMode::SourceOver,
            operations: 0,
            group_count: 0,
        })
    }

    /// The page, three bytes a pixel.
    pub(super) fn into_rgb(mut self) -> Vec<u8> {
        while !self.groups.is_empty() {
            self.pop_transparency_group();
        }
        self.page.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect()
    }

    fn count(&mut self) {
        self.operations += 1;
        if self.operations > MAX_OPERATIONS {
            // no panic: nothing is printed, and the caller expects it
            std::panic::resume_unwind(Box::new(TooMuchToDraw));
        }
    }

    fn clip(&self) -> Option<Rc<Mask>> {
        self.clips.last().cloned().flatten()
    }

    fn target(&mut self) -> &mut Pixmap {
        self.groups.iter_mut().rev().find_map(Option::as_mut).map_or(&mut self.page, |layer| &mut layer.pixels)
    }

    fn fill(&mut self, path: &Path, colour: [u8; 4], rule: FillRule, transform: Transform) {
        let (clip, paint) = (self.clip(), self.paint(colour));
        self.target().fill_path(path, &paint, fill_rule(rule), transform, clip.as_deref());
    }

    fn stroke(&mut self, path: &Path, colour: [u8; 4], props: &StrokeProps, transform: Transform) {
        let (clip, paint) = (self.clip(), self.paint(colour));
        self.target().stroke_path(path, &paint, &stroke_of(props), transform, clip.as_deref());
    }

    fn paint(&self, [red, green, blue, alpha]: [u8; 4]) -> tiny_skia::Paint<'static> {
        let mut paint = tiny_skia::Paint { blend_mode: self.blend_mode, ..tiny_skia::Paint::default() };
        paint.set_color_rgba8(red, green, blue, alpha);
        paint
    }

    /// Draws pixels that stand for `by × by` units each.
    fn draw_pixels(&mut self, pixels: Option<Pixmap>, by: u32, transform: Affine) {
        let Some(pixels) = pixels else { return };
        let paint = PixmapPaint { opacity: 1.0, blend_mode: self.blend_mode, quality: FilterQuality::Bilinear };
        let transform = transform_of(transform * Affine::scale(f64::from(by)));
        let clip = self.clip();
        self.target().draw_pixmap(0, 0, pixels.as_ref(), &paint, transform, clip.as_deref());
    }

    fn outline(&mut self, glyph: &hayro_interpret::font::OutlineGlyph) -> Option<Rc<Path>> {
        let key = glyph.identifier().cache_key();
        self.outlines.entry(key).or_insert_with(|| path_of(&glyph.outline()).map(Rc::new)).clone()
    }
}

impl<'a> Device<'a> for Canvas {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}

    fn set_blend_mode(&mut self, blend_mode: BlendMode) {
        self.blend_mode = blend_mode_of(blend_mode);
    }

    fn draw_path(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'a>, mode: &PathDrawMode) {
        self.count();
        let Some(path) = path_of(path) else { return };
        match mode {
            PathDrawMode::Fill(rule) => self.fill(&path, colour_of(paint), *rule, transform_of(transform)),
            PathDrawMode::Stroke(props) => self.stroke(&path, colour_of(paint), props, transform_of(transform)),
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.count();
        let around = self.clip();
        if self.clips.iter().flatten().count() >= MAX_CLIPS || covers(clip, &self.page) {
            self.clips.push(around);
            return;
        }
        let path = path_of(&clip.path);
        let mut mask = match &around {
            Some(around) => Some(Mask::clone(around)),
            None => Mask::new(self.page.width(), self.page.height()),
        };
        if let (Some(mask), Some(path)) = (&mut mask, path) {
            if around.is_some() {
                mask.intersect_path(&path, fill_rule(clip.fill), true, Transform::identity());
            } else {
                mask.fill_path(&path, fill_rule(clip.fill), true, Transform::identity());
            }
        } else if let Some(mask) = &mut mask {
            mask.clear();
        }
        self.clips.push(mask.map(Rc::new));
    }

    fn pop_clip_path(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(&mut self, opacity: f32, _: Option<SoftMask<'a>>, blend_mode: BlendMode) {
        self.count();
        let blend_mode = blend_mode_of(blend_mode);
        let is_plain = opacity >= 1.0 && blend_mode == tiny_skia::BlendMode::SourceOver;
        self.group_count += u32::from(!is_plain);
        let is_bounded = self.groups.iter().flatten().count() < MAX_LAYERS && self.group_count <= MAX_GROUPS;
        let pixels = (!is_plain && is_bounded).then(|| Pixmap::new(self.page.width(), self.page.height())).flatten();
        self.groups.push(pixels.map(|pixels| Layer { pixels, opacity, blend_mode }));
    }

    fn pop_transparency_group(&mut self) {
        let Some(Some(layer)) = self.groups.pop() else { return };
        let Layer { pixels, opacity, blend_mode } = layer;
        let paint = PixmapPaint { opacity: opacity.clamp(0.0, 1.0), blend_mode, quality: FilterQuality::Nearest };
        self.target().draw_pixmap(0, 0, pixels.as_ref(), &paint, Transform::identity(), None);
    }

    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        paint: &Paint<'a>,
        mode: &GlyphDrawMode,
    ) {
        self.count();
        let outline = match glyph {
            _ if matches!(mode, GlyphDrawMode::Invisible) => return,
            Glyph::Type3(glyph) => return glyph.interpret(self, transform, glyph_transform, paint),
            Glyph::Outline(glyph) => self.outline(glyph),
        };
        let Some(outline) = outline else { return };
        match mode {
            GlyphDrawMode::Stroke(props) => {
                // the width of its lines is in units of the text, and not of the font
                let Some(outline) = (*outline).clone().transform(transform_of(glyph_transform)) else { return };
                self.stroke(&outline, colour_of(paint), props, transform_of(transform));
            }
            _ => self.fill(&outline, colour_of(paint), FillRule::NonZero, transform_of(transform * glyph_transform)),
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, transform: Affine) {
        self.count();
        let (width, height) = (image.width(), image.height());
        if u64::from(width) * u64::from(height) > MAX_PIXELS {
            return;
        }
        let length = |to: Point| (transform * to - transform * Point::ZERO).hypot();
        let shown = [length(Point::new(f64::from(width), 0.0)), length(Point::new(0.0, f64::from(height)))];
        let shown = shown.map(|length| length.ceil().clamp(1.0, 65_535.0) as u32);
        let by = |width: u32, height: u32| (width / shown[0]).min(height / shown[1]).max(1);
        let scaled = |(x, y): (f32, f32)| transform * Affine::scale_non_uniform(f64::from(x), f64::from(y));
        match image {
            Image::Stencil(image) => image.with_stencil(
                |luma, paint| {
                    let by = by(luma.width, luma.height);
                    self.draw_pixels(stencil(&luma, colour_of(paint), by), by, scaled(luma.scale_factors));
                },
                Some((shown[0], shown[1])),
            ),
            Image::Raster(image) => image.with_rgba(
                |image, alpha| {
                    let by = by(image.width(), image.height());
                    self.draw_pixels(raster(&image, alpha.as_ref(), by), by, scaled(image.scale_factors()));
                },
                Some((shown[0], shown[1])),
            ),
        }
    }
}

fn colour_of(paint: &Paint<'_>) -> [u8; 4] {
    match paint {
        Paint::Color(colour) => colour.to_rgba().to_rgba8(),
        Paint::Pattern(_) => PATTERN,
    }
}

/// Whether a clip is a rectangle round the whole page.
fn covers(clip: &ClipPath, page: &Pixmap) -> bool {
    let corners = clip.path.elements().iter().filter_map(PathEl::end_point);
    let (width, height) = (f64::from(page.width()), f64::from(page.height()));
    let is_outside = |at: Point| (at.x <= 0.5 || at.x >= width - 0.5) && (at.y <= 0.5 || at.y >= height - 0.5);
    let is_straight = clip.path.elements().iter().all(|part| !matches!(part, PathEl::QuadTo(..) | PathEl::CurveTo(..)));
    let bounds = kurbo::Shape::bounding_box(&clip.path);
    is_straight
        && corners.clone().count() >= 4
        && corners.clone().all(is_outside)
        && bounds.x0 <= 0.5
        && bounds.y0 <= 0.5
        && bounds.x1 >= width - 0.5
        && bounds.y1 >= height - 0.5
}

fn path_of(path: &BezPath) -> Option<Path> {
    let mut builder = PathBuilder::new();
    let at = |point: Point| (point.x as f32, point.y as f32);
    for part in path.elements() {
        match *part {
            PathEl::MoveTo(to) => builder.move_to(at(to).0, at(to).1),
            PathEl::LineTo(to) => builder.line_to(at(to).0, at(to).1),
            PathEl::QuadTo(by, to) => builder.quad_to(at(by).0, at(by).1, at(to).0, at(to).1),
            PathEl::CurveTo(by, and, to) => {
                builder.cubic_to(at(by).0, at(by).1, at(and).0, at(and).1, at(to).0, at(to).1);
            }
            PathEl::ClosePath => builder.close(),
        }
    }
    builder.finish()
}

fn transform_of(affine: Affine) -> Transform {
    let [sx, ky, kx, sy, tx, ty] = affine.as_coeffs().map(|number| number as f32);
    Transform::from_row(sx, ky, kx, sy, tx, ty)
}

fn fill_rule(rule: FillRule) -> tiny_skia::FillRule {
    match rule {
        FillRule::NonZero => tiny_skia::FillRule::Winding,
        FillRule::EvenOdd => tiny_skia::FillRule::EvenOdd,
    }
}

fn stroke_of(props: &StrokeProps) -> Stroke {
    let dashes = (!props.dash_array.is_empty() && props.dash_array.len() < 64).then(|| props.dash_array.to_vec());
    let twice = |dashes: Vec<f32>| if dashes.len() % 2 == 1 { dashes.repeat(2) } else { dashes };
    Stroke {
        width: props.line_width,
        miter_limit: props.miter_limit,
        line_cap: match props.line_cap {
            Cap::Butt => LineCap::Butt,
            Cap::Round => LineCap::Round,
            Cap::Square => LineCap::Square,
        },
        line_join: match props.line_join {
            Join::Bevel => LineJoin::Bevel,
            Join::Miter => LineJoin::Miter,
            Join::Round => LineJoin::Round,
        },
        dash: dashes.and_then(|dashes| StrokeDash::new(twice(dashes), props.dash_offset)),
    }
}

fn blend_mode_of(mode: BlendMode) -> tiny_skia::BlendMode {
    match mode {
        BlendMode::Normal => tiny_skia::BlendMode::SourceOver,
        BlendMode::Multiply => tiny_skia::BlendMode::Multiply,
        BlendMode::Screen => tiny_skia::BlendMode::Screen,
        BlendMode::Overlay => tiny_skia::BlendMode::Overlay,
        BlendMode::Darken => tiny_skia::BlendMode::Darken,
        BlendMode::Lighten => tiny_skia::BlendMode::Lighten,
        BlendMode::ColorDodge => tiny_skia::BlendMode::ColorDodge,
        BlendMode::ColorBurn => tiny_skia::BlendMode::ColorBurn,
        BlendMode::HardLight => tiny_skia::BlendMode::HardLight,
        BlendMode::SoftLight => tiny_skia::BlendMode::SoftLight,
        BlendMode::Difference => tiny_skia::BlendMode::Difference,
        BlendMode::Exclusion => tiny_skia::BlendMode::Exclusion,
        BlendMode::Hue => tiny_skia::BlendMode::Hue,
        BlendMode::Saturation => tiny_skia::BlendMode::Saturation,
        BlendMode::Color => tiny_skia::BlendMode::Color,
        BlendMode::Luminosity => tiny_skia::BlendMode::Luminosity,
    }
}
