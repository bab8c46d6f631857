//! Headings: each with an id and a level that fits the page.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

/// A heading of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// 2 to 6, since the page's title is 1; no level is skipped
    pub(crate) level: usize,
    /// numbered in reading order: `s1`, `s2`
    pub(crate) id: String,
    pub(crate) text: String,
}

/// Adds a heading to those so far, and returns its start.
pub(crate) fn start<'a>(headings: &mut Vec<Heading>, level: HeadingLevel, text: &str) -> Event<'a> {
    let level = (level as usize).clamp(2, last_level(headings) + 1);
    let id = format!("s{}", headings.len() + 1);
    headings.push(Heading { level, id: id.clone(), text: text.to_owned() });
    let level = html_level(level);
    Event::Start(Tag::Heading { level, id: Some(id.into()), classes: Vec::new(), attrs: Vec::new() })
}

/// The end of the last heading.
pub(crate) fn end<'a>(headings: &[Heading]) -> Event<'a> {
    Event::End(TagEnd::Heading(html_level(last_level(headings))))
}

/// The level of the last heading so far.
fn last_level(headings: &[Heading]) -> usize {
    headings.last().map_or(1, |heading| heading.level)
}

fn html_level(level: usize) -> HeadingLevel {
    HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6)
}
