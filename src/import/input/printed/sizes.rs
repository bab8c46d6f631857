//! Sizes of type, where a format has none: from the heights of lines.
//!
//! Engines draw their boxes round the ink, round the font's box or with a margin, so the height of a line is 0.9 to 1.5 times its
//! size, by the engine. The ratio follows from the page itself: a Chinese character is as wide as its size, and most lines of
//! a page are text that is set without spacing, so the ratio is the median over lines of several characters. Lines far higher
//! than their characters' width are paragraphs of a format that gives no printed lines; their size follows from the area.

use crate::import::page::printed_page::{Direction, PrintedLine, PrintedPage};
use crate::text::han::is_chinese;

/// Characters of a line that tells the ratio, at least.
const TELLING: f32 = 8.0;
/// Sizes of type, as part of the height, that can be: others are no printed lines.
const RATIOS: (f32, f32) = (0.55, 1.25);
/// The height of a line of text with the space to the next one, in sizes of type.
const LEADING: f32 = 1.55;

/// Sets the size of each line that has none (0).
pub(crate) fn estimate_sizes(page: &mut PrintedPage) {
    let mut ratios: Vec<f32> = page.blocks.iter().flat_map(|block| &block.lines).filter_map(ratio).collect();
    ratios.sort_by(f32::total_cmp);
    let typical = ratios.get(ratios.len() / 2).copied().unwrap_or(0.9);
    for line in page.blocks.iter_mut().flat_map(|block| &mut block.lines).filter(|line| line.size <= 0.0) {
        line.size = size_of(line, typical);
    }
}

/// The extent along the characters, and across them.
fn extents(line: &PrintedLine) -> (f32, f32) {
    match line.direction {
        Direction::Horizontal => (line.rect.width(), line.rect.height()),
        Direction::Vertical => (line.rect.height(), line.rect.width()),
    }
}

/// Widths of a line's characters in sizes of type: Latin letters and digits are half as wide.
fn ems(line: &PrintedLine) -> f32 {
    line.text.chars().map(|c| if is_chinese(c) || c == '\u{3000}' { 1.0 } else { 0.5 }).sum()
}

/// Size of type as a part of the height, of a line that tells it.
fn ratio(line: &PrintedLine) -> Option<f32> {
    let ((along, across), ems) = (extents(line), ems(line));
    let ratio = along / ems / across;
    let is_telling = line.size <= 0.0 && line.direction == Direction::Horizontal && ems >= TELLING;
    (is_telling && (RATIOS.0..=RATIOS.1).contains(&ratio)).then_some(ratio)
}

fn size_of(line: &PrintedLine, typical: f32) -> f32 {
    let ((along, across), ems) = (extents(line), ems(line).max(0.5));
    let is_paragraph = line.direction == Direction::Horizontal && along / ems < RATIOS.0 * typical * across;
    let size = if is_paragraph { (along * across / (ems * LEADING)).sqrt() } else { across * typical };
    if size.is_finite() { size } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::input::printed::text_line::line_of_text;
    use crate::import::page::printed_page::{PrintedBlock, Rect};

    fn sizes(lines: &[(&str, f32, f32)]) -> Vec<i32> {
        let line = |(text, width, height): &(&str, f32, f32)| {
            line_of_text(text, Rect::between(0.0, 0.0, *width, *height), None).unwrap()
        };
        let block = PrintedBlock { lines: lines.iter().map(line).collect(), ..PrintedBlock::default() };
        let mut page = PrintedPage { blocks: vec![block], ..PrintedPage::default() };
        estimate_sizes(&mut page);
        page.blocks[0].lines.iter().map(|line| line.size.round() as i32).collect()
    }

    #[test]
    fn the_page_tells_how_high_boxes_are() {
        let text = "车间里的灯一直亮到了天明";
        assert_eq!(sizes(&[(text, 120.0, 14.0), (text, 120.0, 14.0), ("夜班", 60.0, 42.0)]), [10, 10, 30]);
    }

    #[test]
    fn a_paragraph_has_the_size_of_its_area() {
        assert_eq!(sizes(&[(&"灯".repeat(100), 100.0, 155.0)]), [10]);
    }
}
