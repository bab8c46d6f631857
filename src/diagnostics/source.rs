//! Source texts with their names, and locations in them: line, column and the line itself.

use std::ops::Range;

/// A text with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path below the site's root, with `/`.
    pub name: String,
    /// The whole text, unchanged.
    pub text: String,
}

impl Source {
    /// A source of this name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// The location of a byte range. A range past the end or inside a character is moved to the nearest boundary before it.
    pub(crate) fn location(&self, span: Range<usize>) -> Location {
        let start = floor_boundary(&self.text, span.start);
        let end = floor_boundary(&self.text, span.end.max(start));
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        let line = self.text[line_start..line_end].trim_end_matches('\r');
        let within = start.min(line_start + line.len());
        let marked = within - line_start..end.min(line_start + line.len()).max(within) - line_start;
        Location {
            file: self.name.clone(),
            line: self.text[..start].matches('\n').count() + 1,
            column: self.text[line_start..start].chars().count() + 1,
            excerpt: Some(Excerpt::around(line, marked)),
        }
    }

    /// The location of a whole line, counted from 1; of the last line where there are fewer.
    pub(crate) fn line_location(&self, line: usize) -> Location {
        let line_breaks = self.text.match_indices('\n').take(line.saturating_sub(1));
        let start = line_breaks.last().map_or(0, |(at, _)| at + 1);
        let end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        self.location(start..end)
    }
}

/// A location as people count: line and column from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Location {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) excerpt: Option<Excerpt>,
}

impl Location {
    /// A file or folder as a whole, such as one that cannot be read.
    pub(crate) fn file(name: impl Into<String>) -> Self {
        Self { file: name.into(), line: 1, column: 1, excerpt: None }
    }
}

/// The part of a line that a diagnostic shows, with the bytes to underline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excerpt {
    pub(crate) text: String,
    pub(crate) marked: Range<usize>,
}

/// Characters shown on either side of the underlined range; a page of one 2 MB line must not become a message of 2 MB.
const AROUND: usize = 40;
/// The largest number of characters that are underlined.
const MARKED: usize = 60;

impl Excerpt {
    fn around(line: &str, marked: Range<usize>) -> Self {
        let from = line[..marked.start].char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
        let mark_end =
            line[marked.start..marked.end].char_indices().nth(MARKED).map_or(marked.end, |(at, _)| marked.start + at);
        let to = line[mark_end..].char_indices().nth(AROUND).map_or(line.len(), |(at, _)| mark_end + at);
        let (before, after) = (if from > 0 { "…" } else { "" }, if to < line.len() { "…" } else { "" });
        Self {
            text: format!("{before}{}{after}", &line[from..to]),
            marked: before.len() + marked.start - from..before.len() + mark_end - from,
        }
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_counts_lines_and_characters_from_one() {
        let source = Source::new("a.toml", "title = \"产改\"\r\nthemes = [\"工将\"]\n");
        let at = source.text.find("工将").unwrap();
        let location = source.location(at..at + "工将".len());
        assert_eq!((location.line, location.column), (2, 12));
        let excerpt = location.excerpt.unwrap();
        assert_eq!(&excerpt.text[excerpt.marked], "工将");
    }

    #[test]
    fn a_line_of_megabytes_is_shown_in_part() {
        let source = Source::new("p.txt", "产".repeat(700_000));
        let excerpt = source.location(900_000..2_000_000).excerpt.unwrap();
        assert!(excerpt.text.chars().count() < 160);
        assert!(excerpt.text.is_char_boundary(excerpt.marked.end));
    }

    #[test]
    fn a_range_past_the_end_or_inside_a_character_has_a_location() {
        let source = Source::new("p.txt", "产改");
        assert_eq!(source.location(1..2).column, 1);
        assert_eq!(source.location(50..90).column, 3);
        assert_eq!(source.line_location(9).line, 1);
    }
}
