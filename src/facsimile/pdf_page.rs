//! Draws a page of a PDF.

use crate::diagnostics::message::Message;
use crate::facsimile::canvas::{Canvas, TooMuchToDraw};
use crate::facsimile::picture::Picture;
use crate::message;
use hayro_interpret::util::TransformExt;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use hayro_syntax::Pdf;
use hayro_syntax::page::Page;
use kurbo::{Affine, Rect};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Height of a page by its width and the other way, at most: newspapers have no longer strips.
const MAX_RATIO: f32 = 6.0;
/// Sides of a page, in points: from a stamp to twenty broadsheets.
const SIDES: std::ops::RangeInclusive<f32> = 36.0..=30_000.0;

/// A page of a PDF, counted from 0, at a width in pixels; or why it cannot be drawn.
///
/// The interpreter and the rasterizer below are made for files of others, and fuzzed, but their arithmetic is not proved free of
/// panics: one that happens is caught here, and the page has no picture.
pub(super) fn draw_pdf_page(
    bytes: &[u8],
    page: usize,
    dots_per_inch: f32,
    widths: [u32; 2],
) -> Result<Picture, Message> {
    let drawn = catch_unwind(AssertUnwindSafe(|| draw(bytes, page, dots_per_inch, widths)));
    drawn.unwrap_or_else(|thrown| match thrown.downcast_ref::<TooMuchToDraw>() {
        Some(TooMuchToDraw) => Err(message!("it draws more than any newspaper page")),
        None => Err(message!("its content cannot be drawn")),
    })
}

fn draw(bytes: &[u8], page: usize, dots_per_inch: f32, [least, most]: [u32; 2]) -> Result<Picture, Message> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|_| message!("the file is no PDF that can be read"))?;
    let pages = pdf.pages();
    let page: &Page<'_> = pages.get(page).ok_or_else(|| message!("the file has no such page"))?;
    let (width, height) = page.render_dimensions();
    if !SIDES.contains(&width) || !SIDES.contains(&height) || width.max(height) > MAX_RATIO * width.min(height) {
        return Err(message!(
            "a sheet of {width} × {height} points is no newspaper page",
            width = width.round(),
            height = height.round()
        ));
    }
    let scale = (width * dots_per_inch / 72.0).clamp(least as f32, most as f32) / width;
    let (columns, rows) = ((width * scale).round().max(1.0) as u32, (height * scale).round().max(1.0) as u32);
    let mut canvas = Canvas::new(columns, rows).ok_or_else(|| message!("the page is empty"))?;
    let transform = Affine::scale(f64::from(scale)) * page.initial_transform(true).to_kurbo();
    let sheet = Rect::new(0.0, 0.0, f64::from(columns), f64::from(rows));
    let (cache, settings) = (InterpreterCache::new(), InterpreterSettings::default());
    let mut context = Context::new(transform, sheet, &cache, page.xref(), settings);
    interpret_page(page, &mut context, &mut canvas);
    Ok(Picture { width: columns, height: rows, rgb: canvas.into_rgb() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A PDF of one page, without the table of objects, which the reader makes itself.
    fn pdf(media_box: &str, content: &str) -> Vec<u8> {
        format!(
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
             3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[{media_box}]/Resources<</ExtGState<</G<</ca 0.5>>>>>>/Contents 4 0 R>>endobj\n\
             4 0 obj<</Length {}>>stream\n{content}\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
            content.len()
        )
        .into_bytes()
    }

    fn drawn(bytes: &[u8], page: usize) -> Result<Picture, Message> {
        draw_pdf_page(bytes, page, 72.0, [60, 100])
    }

    #[test]
    fn areas_lines_clips_and_transparency_are_drawn() {
        let content = "1 0 0 rg 0 50 50 50 re f q 50 50 25 50 re W n 0 0 1 rg 50 50 50 50 re f Q 0 0.5 0 RG 10 w 0 10 m 100 10 l S /G gs 0 g 0 25 100 10 re f";
        let picture = drawn(&pdf("0 0 100 100", content), 0).expect("it is drawn");
        assert_eq!((picture.width, picture.height), (100, 100));
        let at = |x: usize, y: usize| {
            let index = (y * 100 + x) * 3;
            [picture.rgb[index], picture.rgb[index + 1], picture.rgb[index + 2]]
        };
        assert_eq!([at(10, 10), at(60, 10), at(90, 10)], [[255, 0, 0], [0, 0, 255], [255; 3]]);
        assert_eq!(at(50, 90)[0], 0);
        assert!(at(50, 70)[0].abs_diff(128) < 3, "{:?}", at(50, 70));
    }

    #[test]
    fn what_is_no_newspaper_page_is_refused() {
        for (bytes, page) in [
            (pdf("0 0 90000 90000", ""), 0),
            (pdf("0 0 100 9000", ""), 0),
            (pdf("0 0 0 0", ""), 1),
            (b"%PDF-1.7".to_vec(), 0),
            (Vec::new(), 0),
        ] {
            assert!(drawn(&bytes, page).is_err(), "{}", String::from_utf8_lossy(&bytes));
        }
    }

    proptest! {
        #[test]
        fn damaged_files_are_drawn_or_refused(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        ) {
            let mut bytes = pdf("0 0 100 100", "q 1 0 0 1 5 5 cm 0 0 50 50 re W n /G gs 0 0 m 10 10 20 20 30 0 c h B [1 2] 0 d 3 w 0 0 9 9 re S Q");
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let _ = drawn(&bytes, 0);
        }
    }
}
