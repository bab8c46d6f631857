//! Parses the text of a page into lines.
//!
//! Lines end at LF or CRLF and count from 1; one of white space alone is empty, and only counted as distance. A line has its
//! text as printed, less the marks of layout-aware OCR (`#`, `##`, `###`, `**`) and the white space around it.

use crate::diagnostics::source::Source;
use crate::import::page::line_layout::LineLayout;
use std::ops::Range;

/// A newspaper page as the extractor returned it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// non-empty lines, in the extractor's order
    pub lines: Vec<Line>,
    /// the extractor marked headings on it
    pub(crate) marked: bool,
    /// lines of it are printed on several lines of the file
    pub(crate) printed: bool,
    /// width and height of the sheet in tenths of a point, for a page with geometry
    pub(crate) sheet: Option<[i32; 2]>,
}

/// A line that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// from 1, empty lines counted
    pub number: usize,
    /// the lines of the file below that one which its text is printed on too, ascending; none where lines are paragraphs
    pub(crate) further: Vec<usize>,
    /// without white space around it and without a heading mark
    pub text: String,
    /// byte range in the source of the text as printed; of what its first line prints of it, where it is printed on several
    pub(crate) span: Range<usize>,
    /// 1 to 6: the number of `#` before it; 0: none
    pub(crate) mark: usize,
    /// empty lines between this line and the one before it
    pub(crate) gap: usize,
    /// where it stands, for a page with geometry
    pub(crate) layout: Option<Box<LineLayout>>,
    /// the text before a person's corrections, where they changed it
    pub(crate) as_printed: Option<Box<str>>,
}

/// Empty lines before a line that stands apart: paragraphs have one between them, or none.
pub(crate) const APART: usize = 2;
/// Empty lines before a line that stands far apart: it begins another block of the page.
pub(crate) const FAR_APART: usize = 3;

impl Page {
    /// Whether the input knows where the lines stand.
    pub(crate) fn has_layout(&self) -> bool {
        self.lines.iter().any(|line| line.layout.is_some())
    }
}

impl Line {
    /// Number of characters.
    pub(crate) fn len(&self) -> usize {
        self.text.chars().count()
    }

    /// Its text as the page prints it, corrections left aside.
    pub(crate) fn printed_text(&self) -> &str {
        self.as_printed.as_deref().unwrap_or(&self.text)
    }

    /// The lines of the file that it is printed on.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(self.number).chain(self.further.iter().copied())
    }
}

/// Parses a page: its lines that are not empty.
pub fn parse_page(source: &Source) -> Page {
    let mut lines = Vec::new();
    let (mut at, mut gap) = (0, 0);
    for (index, raw) in source.text.split('\n').enumerate() {
        let trimmed = trim(raw);
        if trimmed.is_empty() {
            gap += 1;
        } else {
            let (mark, text) = heading_mark(trimmed);
            let text = without_emphasis(text);
            let start = at + (text.as_ptr() as usize - raw.as_ptr() as usize);
            lines.push(Line {
                number: index + 1,
                further: Vec::new(),
                text: text.to_owned(),
                span: start..start + text.len(),
                mark,
                gap: std::mem::take(&mut gap),
                layout: None,
                as_printed: None,
            });
        }
        at += raw.len() + 1;
    }
    let marked = lines.iter().any(|line| line.mark > 0);
    Page { lines, marked, printed: false, sheet: None }
}

/// White space, and the marks that PDF extractors leave beside it.
pub(crate) fn trim(raw: &str) -> &str {
    raw.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{C}'))
}

/// `**text**`, `*text*` → `text`: layout-aware OCR sets whole lines in bold. A mark inside the text is text.
fn without_emphasis(line: &str) -> &str {
    let inner = ["**", "*", "__"].iter().find_map(|mark| line.strip_prefix(mark)?.strip_suffix(mark));
    match inner.map(trim) {
        Some(inner) if !inner.is_empty() && !inner.contains(['*', '_']) => inner,
        _ => line,
    }
}

/// `## text` → (2, `text`). A `#` without a space behind it, or with nothing behind it, is text.
fn heading_mark(line: &str) -> (usize, &str) {
    let marks = line.bytes().take_while(|&b| b == b'#').count();
    let rest = &line[marks..];
    let text = trim(rest);
    let is_mark = (1..=6).contains(&marks) && rest.starts_with([' ', '\t', '\u{3000}']) && !text.is_empty();
    if is_mark { (marks, text) } else { (0, line) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_their_numbers_gaps_and_spans() {
        let source = Source::new("p.txt", "\u{FEFF}\r\n## 引题\r\n\r\n　　正文 。 \r\n#不是\n");
        let page = parse_page(&source);
        let seen: Vec<_> = page.lines.iter().map(|l| (l.number, l.text.as_str(), l.mark, l.gap)).collect();
        assert_eq!(seen, [(2, "引题", 2, 1), (4, "正文 。", 0, 1), (5, "#不是", 0, 0)]);
        for line in &page.lines {
            assert_eq!(&source.text[line.span.clone()], line.text);
        }
        assert!(page.marked);
    }
}
