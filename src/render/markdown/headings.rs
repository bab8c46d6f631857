//! The headings of a body, with levels that fit below the page's title and with ids.

use pulldown_cmark::{HeadingLevel, Tag, TagEnd};

/// A heading with an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// 2 to 6, since the page's title is 1; no level is skipped
    pub(crate) level: usize,
    /// numbered in reading order: `s1`, `s2`
    pub(crate) id: String,
    pub(crate) text: String,
}

/// The headings so far.
#[derive(Debug, Default)]
pub(crate) struct Headings {
    list: Vec<Heading>,
}

impl Headings {
    /// Adds a heading, and returns its start.
    pub(crate) fn start(&mut self, written: HeadingLevel, text: &str) -> Tag<'static> {
        let level = (written as usize).clamp(2, self.last_level() + 1);
        let id = format!("s{}", self.list.len() + 1);
        self.list.push(Heading { level, id: id.clone(), text: text.trim().to_owned() });
        Tag::Heading { level: html_level(level), id: Some(id.into()), classes: Vec::new(), attrs: Vec::new() }
    }

    /// The end of the heading that was added last.
    pub(crate) fn end(&self) -> TagEnd {
        TagEnd::Heading(html_level(self.last_level()))
    }

    /// All headings in reading order.
    pub(crate) fn into_list(self) -> Vec<Heading> {
        self.list
    }

    fn last_level(&self) -> usize {
        self.list.last().map_or(1, |heading| heading.level)
    }
}

fn html_level(level: usize) -> HeadingLevel {
    HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6)
}
