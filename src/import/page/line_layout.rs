//! The geometry of a line: where it stands on its page, in what type, and among which others; the evidence that text alone lacks.
//!
//! Numbers are whole, so that lines can be compared: places in tenths of a point from the top left corner, ratios in hundredths.

use crate::import::page::printed_page::BlockLabel;
use crate::import::page::unsure_words::UnsureWords;

/// The place and the type of a line, and where it stands among others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LineLayout {
    /// `[x0, y0, x1, y1]` in tenths of a point, as on the page; one for each column strip, in reading order; never empty
    pub(crate) rects: Vec<[i32; 4]>,
    /// size of type in hundredths of that of body text
    pub(crate) size: u32,
    /// 1 for the largest headlines of the page, 2 for the next smaller ones …; 0: no larger than body text
    pub(crate) rank: u8,
    pub(crate) bold: bool,
    /// read from top to bottom
    pub(crate) vertical: bool,
    /// the part of the page that it stands in, as borders, headlines and columns tell it: in most cases one article
    pub(crate) region: usize,
    /// the part of the page that rules and boxes part from others; it holds whole regions
    pub(crate) area: usize,
    /// its column in the region, from 0
    pub(crate) column: usize,
    /// columns of the region that it reaches over; 1 for a column's text
    pub(crate) columns: usize,
    /// the box round it, numbered on the page; the smallest where boxes hold one another
    pub(crate) inside_box: Option<usize>,
    /// its first printed line is indented as that of a paragraph
    pub(crate) indented: bool,
    /// its last printed line reaches the right edge of the column
    pub(crate) full: bool,
    /// it stands below a picture, with nothing between
    pub(crate) below_picture: bool,
    /// blank between it and what stands above it, in hundredths of a line of body text; at most 1,000
    pub(crate) blank_above: u32,
    /// what an engine takes it for
    pub(crate) label: Option<BlockLabel>,
    /// the article that the input format files it under
    pub(crate) article: Option<usize>,
    /// index among the page's lines of the headline under whose width it stands; the lowest one above it
    pub(crate) headline: Option<usize>,
    /// what of its text the format is unsure of
    pub(crate) unsure: Vec<UnsureWords>,
}

impl LineLayout {
    /// The smallest rectangle round the line, `[x0, y0, x1, y1]` in tenths of a point.
    pub(crate) fn extent(&self) -> [i32; 4] {
        let around = |a: [i32; 4], b: &[i32; 4]| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
        self.rects.iter().fold([i32::MAX, i32::MAX, i32::MIN, i32::MIN], around)
    }
}
