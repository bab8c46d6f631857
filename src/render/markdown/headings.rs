//! Headings: each with an id and a level that fits the page.

use crate::text::words::breaks::break_opportunities;
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
/// Writes `<wbr>` between the words of headings; those with markup stay as they are.
pub(crate) fn break_between_words(html: &mut String, headings: &[Heading]) {
    for heading in headings {
        let start = format!("<h{} id=\"{}\">", heading.level, heading.id);
        let Some(from) = html.find(&start).map(|at| at + start.len()) else { continue };
        let Some(length) = html[from..].find("</h") else { continue };
        let text = &html[from..from + length];
        if text.contains(['<', '&']) {
            continue;
        }
        for at in break_opportunities(text).into_iter().rev() {
            html.insert_str(from + at, "<wbr>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_text_alone_break_between_words() {
        let heading = |id: &str, text: &str| Heading { level: 2, id: id.to_owned(), text: text.to_owned() };
        let headings = [heading("s1", "听懂机器"), heading("s2", "听懂机器")];
        let mut html =
            "<h2 id=\"s1\">听懂机器</h2>\n<p>听懂机器</p>\n<h2 id=\"s2\"><em>听懂</em>机器</h2>\n".to_owned();
        break_between_words(&mut html, &headings);
        let expected = "<h2 id=\"s1\">听懂<wbr>机器</h2>\n<p>听懂机器</p>\n<h2 id=\"s2\"><em>听懂</em>机器</h2>\n";
        assert_eq!(html, expected);
    }
}
