//! A printed page with its geometry: blocks of printed lines and the rectangles in which they stand.
//!
//! Every decoder of an input format that knows where a line stands (PDF, ALTO, hOCR, the results of OCR engines) returns this type,
//! and layout analysis (`import/layout/`) turns it into the lines that labelling and linking read.
//!
//! Coordinates are points (1/72 inch) from the top left corner of the page as it is read, x to the right, y downwards. Where a
//! format counts in pixels of an unknown resolution, a page is taken for 540 mm high, so that sizes can be compared.

use crate::diagnostics::diagnostic::Diagnostic;
use serde::Serialize;

/// A rectangle; `x0 <= x1` and `y0 <= y1`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(crate) struct Rect {
    pub(crate) x0: f32,
    pub(crate) y0: f32,
    pub(crate) x1: f32,
    pub(crate) y1: f32,
}

impl Rect {
    /// The rectangle between two corners, in whichever order they are given.
    pub(crate) fn between(ax: f32, ay: f32, bx: f32, by: f32) -> Self {
        Self { x0: ax.min(bx), y0: ay.min(by), x1: ax.max(bx), y1: ay.max(by) }
    }

    pub(crate) fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    pub(crate) fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    /// The area of its part on a page of this size.
    pub(crate) fn area_within(&self, width: f32, height: f32) -> f32 {
        let side = |from: f32, to: f32, most: f32| (to.min(most) - from.max(0.0)).max(0.0);
        side(self.x0, self.x1, width) * side(self.y0, self.y1, height)
    }

    /// The smallest rectangle that holds both.
    pub(crate) fn union(&self, other: &Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }
}

/// A page of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PrintedPage {
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// in the order of the file
    pub(crate) blocks: Vec<PrintedBlock>,
    /// drawn lines, and the borders of boxes as four lines each; thin rectangles
    pub(crate) rules: Vec<Rect>,
    pub(crate) pictures: Vec<Rect>,
    /// it has no text, and a picture over most of it
    pub(crate) is_scan: bool,
    /// what of the page could not be read; the caller names the file
    pub(crate) findings: Vec<Diagnostic>,
}

/// Lines that an engine put together; where a format knows no blocks, all lines of the page are one.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PrintedBlock {
    pub(crate) rect: Rect,
    /// where a format gives a block's text only, the text is one line, as high as the block
    pub(crate) lines: Vec<PrintedLine>,
    /// what an engine took it for; a hint
    pub(crate) label: Option<BlockLabel>,
    /// its place in an engine's reading order, which need not be the file's; a hint
    pub(crate) order: Option<usize>,
    /// the article an input format files it under, as its number on the page; a hint
    pub(crate) article: Option<usize>,
}

/// What an engine takes a block for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockLabel {
    /// a headline of the page or of an article
    Title,
    Text,
    Caption,
    /// a running head or foot, a page number
    Furniture,
    Table,
    Picture,
}

/// A printed line.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PrintedLine {
    /// as printed, without white space around it
    pub(crate) text: String,
    pub(crate) rect: Rect,
    /// size of type in points; where a format does not tell it, from the height of the line
    pub(crate) size: f32,
    pub(crate) bold: bool,
    pub(crate) direction: Direction,
    /// 0 to 1; None: the format has none
    pub(crate) confidence: Option<f32>,
    /// words or characters with their places, left to right or top to bottom; may be empty
    pub(crate) words: Vec<PrintedWord>,
}

/// A word or a character of a printed line.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PrintedWord {
    pub(crate) text: String,
    pub(crate) rect: Rect,
    /// 0 to 1
    pub(crate) confidence: Option<f32>,
}

/// The direction in which a line's characters follow one another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Direction {
    #[default]
    Horizontal,
    /// top to bottom
    Vertical,
}
