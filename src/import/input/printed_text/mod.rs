//! Plain text in printed lines, as `pdftotext` and Tesseract write it: 6 to 40 characters a line, paragraphs cut where the column ends.
//!
//! 1. `segments`: lines of the file → segments, one for each column that a line shows side by side
//! 2. `widths`: whether the page is in printed lines, and the width of the column that each segment stands in
//! 3. `paragraphs`: segments → paragraphs, by full lines, indents, blank lines and the continuation model
//! 4. `printed_lines`: paragraphs → the lines of the page

pub(crate) mod paragraphs;
pub(crate) mod printed_lines;
pub(crate) mod segments;
pub(crate) mod widths;
