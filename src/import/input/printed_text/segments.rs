//! Segments: what a line of the file prints in one column.
//!
//! A line shows several columns side by side where wide spaces divide it (`pdftotext -layout`, Tesseract's headings).

use crate::import::lexicon::jumps::find_jump;
use crate::import::lexicon::people::{parse_byline, parse_dateline};
use crate::import::page::lines::{Line, Page};
use crate::import::page::masthead::furniture_reason;
use crate::text::han::{closes, ends_sentence};
use std::ops::Range;

/// Spaces in a row that divide two columns.
const DIVIDING: usize = 3;
/// Characters of a line, at least, whose spaces may be those of letter-spaced type.
const LETTER_SPACED: usize = 5;
/// Widths of a character, in that of a 汉字.
const NARROW: f32 = 0.5;

/// A part of a line that stands in one column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    /// index of the line among the page's lines
    pub(super) line: usize,
    /// without the spaces of letter-spaced type
    pub(super) text: String,
    /// byte range in the line's text
    pub(super) span: Range<usize>,
    /// distance from the line's beginning, in 汉字; 0 where nothing stands before it
    pub(super) left: f32,
    /// in 汉字, of which a Latin letter is a half
    pub(super) width: f32,
    /// spaces between its letters stretch it to the full width of the column
    pub(super) stretched: bool,
}

impl Segment {
    /// Its text ends as a paragraph may.
    pub(super) fn ends(&self) -> bool {
        let mark = self.text.trim_end_matches(closes).chars().next_back();
        mark.is_none_or(|mark| ends_sentence(mark) || matches!(mark, '：' | ':' | '；' | ';'))
    }

    /// Masthead, furniture, or a byline: no part of a paragraph.
    pub(super) fn stands_alone(&self) -> bool {
        let text = &self.text;
        furniture_reason(text, self.line).is_some() || parse_byline(text).is_some() || find_jump(text) == Some(0)
    }

    /// Begins as an article's text does.
    pub(super) fn opens(&self) -> bool {
        parse_dateline(&self.text).is_some()
    }
}

/// The segments of a page's lines, in their order.
pub(super) fn segments(page: &Page) -> Vec<Segment> {
    page.lines.iter().enumerate().flat_map(|(at, line)| segments_of(at, line)).collect()
}

fn segments_of(at: usize, line: &Line) -> Vec<Segment> {
    let mut found = Vec::new();
    for span in divided(&line.text) {
        let (text, stretched) = without_letter_spacing(&line.text[span.clone()]);
        let left = width(&line.text[..span.start]);
        found.push(Segment { line: at, width: width(&text), text, span, left, stretched });
    }
    found
}

/// The parts of a text between wide spaces.
fn divided(text: &str) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut spaces = 0;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            spaces += if c.is_ascii() { 1 } else { 2 };
            continue;
        }
        let end = at + c.len_utf8();
        match parts.last_mut() {
            Some(part) if spaces < DIVIDING => part.end = end,
            _ => parts.push(at..end),
        }
        spaces = 0;
    }
    parts
}

/// `数 低 于 预 计` → `数低于预计`: type that is spaced to fill the column.
fn without_letter_spacing(text: &str) -> (String, bool) {
    let spaces = text.chars().filter(|c| c.is_whitespace()).count();
    let letters = text.chars().count() - spaces;
    if letters >= LETTER_SPACED && spaces * 3 >= letters * 2 {
        (text.split_whitespace().collect(), true)
    } else {
        (text.to_owned(), false)
    }
}

/// The width of a text in 汉字.
pub(super) fn width(text: &str) -> f32 {
    text.chars().map(|c| if c.is_ascii() { NARROW } else { 1.0 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use crate::import::page::lines::parse_page;

    #[test]
    fn wide_spaces_divide_columns_and_letter_spacing_does_not() {
        let page = parse_page(&Source::new("p.txt", "渡口的灯塔     2025年 修好\n他 每 天 五 点 起\n"));
        let found = segments(&page);
        let seen: Vec<_> = found.iter().map(|s| (s.line, s.text.as_str(), s.left, s.width, s.stretched)).collect();
        let expected = [
            (0, "渡口的灯塔", 0.0, 5.0, false),
            (0, "2025年 修好", 7.5, 5.5, false),
            (1, "他每天五点起", 0.0, 6.0, true),
        ];
        assert_eq!(seen, expected);
        assert_eq!(&page.lines[0].text[found[1].span.clone()], "2025年 修好");
    }
}
