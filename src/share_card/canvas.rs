//! A picture of few colours: shapes are drawn in one of three inks on one paper, with softened edges, and written as an indexed PNG.

use crate::share_card::typeface;
use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use tiny_skia::{FillRule, Mask, Path, PathBuilder, Rect, Transform};

/// A colour: red, green, blue.
pub(super) type Rgb = [u8; 3];

/// Which of a canvas's colours a shape is drawn in.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ink {
    Text,
    Soft,
    Hue,
}

/// Steps from the paper to an ink.
const STEPS: u8 = 15;

/// A picture in the making.
pub(super) struct Canvas {
    width: u32,
    height: u32,
    /// an index of the palette for each pixel: 0 is the paper, and each ink has [`STEPS`]
    pixels: Vec<u8>,
}

impl Canvas {
    pub(super) fn new(width: u32, height: u32) -> Self {
        Self { width, height, pixels: vec![0; (width * height) as usize] }
    }

    /// Draws a text whose baseline begins at `x`, `y`.
    pub(super) fn text(&mut self, text: &str, at: (f32, f32), size: f32, ink: Ink) {
        let mut path = PathBuilder::new();
        typeface::add_outlines(&mut path, text, at, size);
        if let Some(path) = path.finish() {
            self.fill(&path, ink);
        }
    }

    /// Draws a character as large as the square of this size in the middle of the picture.
    pub(super) fn centred(&mut self, c: char, size: f32, ink: Ink) {
        let mut path = PathBuilder::new();
        typeface::add_outlines(&mut path, c.encode_utf8(&mut [0; 4]), (0.0, 0.0), size);
        let Some(path) = path.finish() else { return };
        let bounds = path.bounds();
        let x = (self.width as f32 - bounds.width()) / 2.0 - bounds.left();
        let y = (self.height as f32 - bounds.height()) / 2.0 - bounds.top();
        if let Some(path) = path.transform(Transform::from_translate(x, y)) {
            self.fill(&path, ink);
        }
    }

    /// Draws a rectangle: left, top, width, height.
    pub(super) fn rectangle(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), ink: Ink) {
        if let Some(rectangle) = Rect::from_xywh(x, y, width, height) {
            self.fill(&PathBuilder::from_rect(rectangle), ink);
        }
    }

    /// Draws a shape, by way of a mask that is as large as the shape.
    fn fill(&mut self, path: &Path, ink: Ink) {
        let bounds = path.bounds();
        let within = |at: f32, size: u32| at.clamp(0.0, size as f32) as u32;
        let (left, top) = (within(bounds.left(), self.width), within(bounds.top(), self.height));
        let right = within(bounds.right().ceil(), self.width);
        let bottom = within(bounds.bottom().ceil(), self.height);
        if right <= left || bottom <= top {
            return;
        }
        let Some(mut mask) = Mask::new(right - left, bottom - top) else { return };
        mask.fill_path(path, FillRule::Winding, true, Transform::from_translate(-(left as f32), -(top as f32)));
        let rows = mask.data().chunks_exact((right - left) as usize);
        for (row, y) in rows.zip(top..) {
            let start = (y * self.width + left) as usize;
            for (pixel, &coverage) in self.pixels[start..].iter_mut().zip(row) {
                let step = (u16::from(coverage) * u16::from(STEPS) + 127) / 255;
                if step > 0 {
                    *pixel = ink as u8 * STEPS + step as u8;
                }
            }
        }
    }

    /// The picture as a PNG file; `inks` in the order of [`Ink`].
    pub(super) fn png(&self, paper: Rgb, inks: [Rgb; 3]) -> Vec<u8> {
        let mut palette = paper.to_vec();
        for ink in inks {
            palette.extend((1..=STEPS).flat_map(|step| mixed(paper, ink, step)));
        }
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_palette(palette);
        encoder.set_compression(Compression::Balanced);
        encoder.set_filter(Filter::NoFilter);
        let mut writer = encoder.write_header().expect("a picture has a size");
        writer.write_image_data(&self.pixels).expect("there is an index for each pixel");
        writer.finish().expect("the picture is written whole, into memory");
        file
    }
}

fn mixed(paper: Rgb, ink: Rgb, step: u8) -> Rgb {
    let mix = |from: u8, to: u8| {
        let (from, to, step, steps) = (u32::from(from), u32::from(to), u32::from(step), u32::from(STEPS));
        ((from * (steps - step) + to * step + steps / 2) / steps) as u8
    };
    [mix(paper[0], ink[0]), mix(paper[1], ink[1]), mix(paper[2], ink[2])]
}
