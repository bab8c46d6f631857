//! Source texts with their names, and locations in them: line, column and the line itself.

use std::ops::Range;
use std::sync::OnceLock;

/// A text with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path below the site's root, with `/`.
    pub name: String,
    /// The whole text, unchanged.
    pub text: String,
    line_starts: LineStarts,
}

/// The offsets of a text's lines but the first, found where a location is asked for: a page of 100,000 lines may have as many
/// findings. It follows from the text, and makes no difference between two sources.
#[derive(Debug, Clone, Default)]
struct LineStarts(OnceLock<Vec<usize>>);

impl PartialEq for LineStarts {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for LineStarts {}

impl Source {
    /// A source of this name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), line_starts: LineStarts::default() }
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.0.get_or_init(|| self.text.match_indices('\n').map(|(at, _)| at + 1).collect())
    }

    /// The location of a byte range. A range past the end or inside a character is moved to the nearest boundary before it.
    pub(crate) fn location(&self, span: Range<usize>) -> Location {
        let start = floor_boundary(&self.text, span.start);
        let end = floor_boundary(&self.text, span.end.max(start));
        let lines_above = self.line_starts().partition_point(|&line| line <= start);
        let line_start = lines_above.checked_sub(1).map_or(0, |line| self.line_starts()[line]);
        let line_end = self.line_starts().get(lines_above).map_or(self.text.len(), |next| next - 1);
        let line = self.text[line_start..line_end].trim_end_matches('\r');
        let within = start.min(line_start + line.len());
        let marked = within - line_start..end.min(line_start + line.len()).max(within) - line_start;
        Location {
            file: self.name.clone(),
            line: lines_above + 1,
            column: self.text[line_start..start].chars().count() + 1,
            excerpt: Some(Excerpt::around(line, marked)),
        }
    }

    /// The location of a whole line, counted from 1; of the last line where there are fewer.
    pub(crate) fn line_location(&self, line: usize) -> Location {
        let above = line.saturating_sub(1).min(self.line_starts().len());
        let start = above.checked_sub(1).map_or(0, |line| self.line_starts()[line]);
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

    /// A line of a file that is not in memory as a whole.
    pub(crate) fn line_of_file(name: impl Into<String>, number: usize, text: &str) -> Self {
        Self { file: name.into(), line: number, column: 1, excerpt: Some(Excerpt::around(text, 0..text.len())) }
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

    #[test]
    fn the_lines_of_a_text_are_found_once_for_all_its_locations() {
        let source = Source::new("p.txt", "文\n".repeat(50_000));
        let start = std::time::Instant::now();
        for line in 0..50_000 {
            assert_eq!(source.location(4 * line..4 * line + 3).line, line + 1);
        }
        assert!(start.elapsed().as_secs_f64() < 30.0, "{:?}", start.elapsed());
    }
}
