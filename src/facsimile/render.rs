//! The facsimile of a source page: bytes of its file → two JPEG files, one to look at and one to read.

use crate::diagnostics::message::Message;
#[cfg(feature = "facsimile")]
use crate::facsimile::{jpeg::jpeg_within, pdf_page::draw_pdf_page, scan::decode_scan};
use crate::message;

/// Whether this program can render facsimiles.
pub(crate) const RENDERS: bool = cfg!(feature = "facsimile");
/// Changes with everything that decides on the bytes of a facsimile.
pub(crate) const VERSION: u32 = 1;

/// The pictures of a page, as JPEG files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Facsimile {
    /// the first view, small enough to load with its page
    pub(crate) view: Vec<u8>,
    /// sharp enough to read
    pub(crate) large: Vec<u8>,
}

/// Without the feature, no page has a facsimile.
#[cfg(not(feature = "facsimile"))]
pub(crate) fn render_facsimile(_: &[u8], _: usize) -> Result<Facsimile, Message> {
    Err(message!("this program was built without pictures"))
}

/// The facsimile of a page, whose file is a PDF or a picture; `page` counts the pages of a PDF from 0.
///
/// # Errors
/// Why the page has none, as the end of a sentence.
#[cfg(feature = "facsimile")]
pub(crate) fn render_facsimile(bytes: &[u8], page: usize) -> Result<Facsimile, Message> {
    /// Dots per inch of the large picture, and its least and greatest width in pixels.
    const DOTS_PER_INCH: f32 = 150.0;
    const WIDTHS: [u32; 2] = [1600, 2600];
    /// Width of the first view in pixels, and how many bytes it has at most.
    const VIEW_WIDTH: u32 = 1300;
    const VIEW_BYTES: usize = 350_000;
    /// Bytes of the large picture, at most.
    const LARGE_BYTES: usize = 4_000_000;

    let picture =
        if is_pdf(bytes) { draw_pdf_page(bytes, page, DOTS_PER_INCH, WIDTHS)? } else { decode_scan(bytes, WIDTHS[1])? };
    let too_large = || message!("its picture cannot be compressed");
    let large = jpeg_within(&picture, LARGE_BYTES).ok_or_else(too_large)?;
    let view = jpeg_within(&picture.at_most(VIEW_WIDTH), VIEW_BYTES).ok_or_else(too_large)?;
    Ok(Facsimile { view, large })
}

/// Readers look for the mark of a PDF in the first kilobyte.
#[cfg(feature = "facsimile")]
fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}
