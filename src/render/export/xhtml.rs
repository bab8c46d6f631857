//! Rewrites the HTML of a body as well-formed XML, for a book and for a file of many articles.
//!
//! 1. The tokenizer of the HTML standard reads it, entities included.
//! 2. Elements and attributes that HTML has today are kept where they may stand (`elements.rs`); of others, the text is.
//! 3. Every element is closed, every attribute quoted, and what XML cannot hold is left out.
//! 4. Ids get a prefix where several articles stand in one file, and headings a level below that of the article.
//! 5. A link stays where it leads somewhere from here: to an id of the same body, to the book, or to the web. A picture becomes its
//!    description: a book holds no pictures, and may not fetch any.

use crate::render::export::elements::{DROPPED, ELEMENTS, VOID, holds_items, is_allowed, written};
use crate::text::xml_chars::remove_invalid_chars;
use html5gum::{StartTag, Token, Tokenizer};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use std::collections::BTreeSet;

/// Attributes that are kept as they are; `id` and `href` are looked at. Not `role`: those of footnotes are the body's own.
const ATTRIBUTES: &[&str] = &["class", "dir", "lang", "title", "role", "aria-label"];
/// Attributes with a number, and the elements that have them.
const NUMBERS: &[(&str, &[&str])] = &[("colspan", &["td", "th"]), ("rowspan", &["td", "th"]), ("start", &["ol"])];
/// Roles that a body has.
const ROLES: &[&str] = &["doc-noteref", "doc-backlink", "doc-endnotes", "region"];
/// Bytes that an address does not hold as they are.
const UNSAFE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');
/// Schemes of addresses that lead out of the book.
const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];

/// How a body stands in its file.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// before every id; empty where the body has a file of its own
    pub(crate) prefix: &'a str,
    /// added to the level of headings
    pub(crate) levels: usize,
    /// whether an address leads to another part of the same book
    pub(crate) is_part: &'a dyn Fn(&str) -> bool,
}

/// The body as well-formed XML.
pub(crate) fn well_formed(html: &str, place: Place<'_>) -> String {
    let mut writer =
        Writer { ids: ids(html), place, used: BTreeSet::new(), open: Vec::new(), hidden: 0, out: String::new() };
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) => writer.start(&tag),
            Token::EndTag(tag) => writer.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) if writer.hidden == 0 => writer.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    while let Some(open) = writer.open.pop() {
        writer.close(&open);
    }
    String::from_utf8(remove_invalid_chars(writer.out.into_bytes())).expect("characters were removed from a text")
}

/// Text as XML, also inside quotation marks.
pub(crate) fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;")
}

/// The ids in a body.
fn ids(html: &str) -> BTreeSet<String> {
    let tags = Tokenizer::new(html).flatten().filter_map(|token| match token {
        Token::StartTag(tag) => attribute(&tag, "id"),
        _ => None,
    });
    tags.collect()
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned())
}

/// An element that is open.
#[derive(Debug)]
struct Open {
    /// as the body has it
    name: String,
    /// as it was written; none where its tags are left out
    written: Option<String>,
    is_hidden: bool,
}

struct Writer<'a> {
    /// all of the body
    ids: BTreeSet<String>,
    place: Place<'a>,
    /// ids that are written already: an id is written once
    used: BTreeSet<String>,
    open: Vec<Open>,
    /// open elements whose content is not written
    hidden: usize,
    out: String,
}

impl Writer<'_> {
    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.open_item("");
        }
        self.out.push_str(&escaped(text));
    }

    /// Opens an item where only items may stand and something else follows.
    fn open_item(&mut self, next: &str) {
        if holds_items(self.parent()) && next != "li" {
            self.out.push_str("<li>");
            self.open.push(Open { name: "li".to_owned(), written: Some("li".to_owned()), is_hidden: false });
        }
    }

    /// The element that the next one stands in; empty for the body itself.
    fn parent(&self) -> &str {
        self.open.iter().rev().find(|open| open.written.is_some()).map_or("", |open| open.name.as_str())
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if name == "img" && self.hidden == 0 {
            self.text(&attribute(tag, "alt").unwrap_or_default());
            return;
        }
        let is_void = VOID.contains(&name.as_str());
        let is_hidden = DROPPED.contains(&name.as_str());
        let is_kept = self.hidden == 0 && ELEMENTS.contains(&name.as_str());
        if is_kept {
            self.open_item(&name);
        }
        let ancestors = || self.open.iter().filter(|open| open.written.is_some()).map(|open| open.name.as_str());
        let written = (is_kept && is_allowed(&name, self.parent(), ancestors())).then(|| self.written_name(&name));
        if let Some(written) = &written {
            let attributes = self.attributes(&name, tag);
            self.out.push_str(&format!("<{written}{attributes}{}>", if is_void { "/" } else { "" }));
        }
        if !is_void && !is_other_void(&name) {
            self.hidden += usize::from(is_hidden);
            self.open.push(Open { name, written, is_hidden });
        }
    }

    /// Closes the element that an end tag names, with those inside it; a tag that opens nothing is left out.
    fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else { return };
        while self.open.len() > at {
            let Some(open) = self.open.pop() else { return };
            self.close(&open);
        }
    }

    fn close(&mut self, open: &Open) {
        self.hidden -= usize::from(open.is_hidden);
        if let Some(written) = &open.written {
            self.out.push_str(&format!("</{written}>"));
        }
    }

    fn written_name(&self, name: &str) -> String {
        match name.strip_prefix('h').and_then(|level| level.parse::<usize>().ok()) {
            Some(level) => format!("h{}", (level + self.place.levels).min(6)),
            None => written(name).to_owned(),
        }
    }

    fn attributes(&mut self, element: &str, tag: &StartTag<()>) -> String {
        let mut out = String::new();
        for name in tag.attributes.keys().map(|name| String::from_utf8_lossy(name).into_owned()) {
            let value = attribute(tag, &name).unwrap_or_default();
            if let Some(value) = self.attribute_value(element, &name, value) {
                let value = escaped(&value);
                out.push_str(&format!(" {name}=\"{value}\""));
                if name == "lang" {
                    out.push_str(&format!(" xml:lang=\"{value}\""));
                }
            }
        }
        out
    }

    /// The value to write for an attribute; none leaves it out.
    fn attribute_value(&mut self, element: &str, name: &str, value: String) -> Option<String> {
        let is_number = |(number, elements): &(&str, &[&str])| *number == name && elements.contains(&element);
        match name {
            "id" if !value.is_empty() && !value.contains(char::is_whitespace) => {
                self.used.insert(value.clone()).then(|| format!("{}{value}", self.place.prefix))
            }
            "href" if element == "a" => self.address(&value),
            "role" => ROLES.contains(&value.as_str()).then_some(value),
            "dir" => ["ltr", "rtl"].contains(&value.as_str()).then_some(value),
            "lang" => value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-').then_some(value),
            _ if ATTRIBUTES.contains(&name) => Some(value),
            _ if NUMBERS.iter().any(is_number) => value.parse::<u16>().ok().filter(|n| *n > 0).map(|n| n.to_string()),
            _ => None,
        }
    }

    /// The address of a link; none where it leads nowhere from here.
    fn address(&self, href: &str) -> Option<String> {
        if let Some(id) = href.strip_prefix('#').filter(|id| self.ids.contains(*id)) {
            return Some(format!("#{}{id}", self.place.prefix));
        }
        if (self.place.is_part)(href) {
            return Some(href.to_owned());
        }
        let lower = href.to_ascii_lowercase();
        let scheme = SCHEMES.iter().find(|scheme| lower.starts_with(**scheme))?;
        let host = href[scheme.len()..].split(['/', '?', '#']).next().unwrap_or_default();
        let is_host = !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || "[]<>\\^`{|}\"".contains(c));
        is_host.then(|| utf8_percent_encode(href, UNSAFE).to_string())
    }
}

/// Elements without content that are not kept.
fn is_other_void(name: &str) -> bool {
    ["area", "base", "embed", "input", "link", "meta", "source", "track"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(html: &str) -> String {
        well_formed(html, Place { prefix: "a1-", levels: 1, is_part: &|address| address == "a2.xhtml" })
    }

    #[test]
    fn a_body_is_closed_quoted_and_below_its_headline() {
        assert_eq!(
            of("<h2 id=s1>甲<wbr>乙</h2><p id=\"p1\">一<br>&nbsp;&amp;<b>二</p>"),
            "<h3 id=\"a1-s1\">甲<wbr/>乙</h3><p id=\"a1-p1\">一<br/>\u{A0}&amp;<b>二</b></p>"
        );
    }

    #[test]
    fn links_lead_somewhere_and_pictures_become_their_description() {
        let links = "<p id=p1><a href=\"#p1\">一</a><a href=\"#x\">二</a><a href=\"a2.xhtml\">三</a><a href=\"../x/\">四</a>\
                     <a href=\"https://e.cn/甲 乙\">五</a><a href=\"https:// x\">六</a><img src=\"a.jpg\" alt=\"图 <1>\"></p>";
        assert_eq!(
            of(links),
            "<p id=\"a1-p1\"><a href=\"#a1-p1\">一</a><a>二</a><a href=\"a2.xhtml\">三</a><a>四</a>\
             <a href=\"https://e.cn/%E7%94%B2%20%E4%B9%99\">五</a><a>六</a>图 &lt;1&gt;</p>"
        );
    }

    #[test]
    fn an_element_stands_where_it_may() {
        let cases = [
            ("<li>孤</li><b><p>段</p></b>", "孤<b>段</b>"),
            ("<ul>甲<p>乙</p></ul>", "<ul><li>甲<p>乙</p></li></ul>"),
            ("<dl><dt>词<dd>义</dl>", "<div><div>词<div>义</div></div></div>"),
            ("<td>格</td><rt>音</rt>", "格音"),
            ("<h2>题<h2>内</h2></h2>", "<h3>题内</h3>"),
        ];
        for (html, xml) in cases {
            assert_eq!(of(html), xml);
        }
    }

    #[test]
    fn what_runs_or_is_no_element_of_today_is_left_out() {
        assert_eq!(of("<script>x</script><font color=red>甲</font><p onclick=x>乙</p>"), "甲<p>乙</p>");
    }

    proptest! {
        #[test]
        fn any_html_becomes_xml(html in "(<(p|b|a href=x|td|h2|br|svg|script|/p|/b|/svg|/script|!--|/h2)( id=a)?>|&[a-z#0-9]{0,5};?|]]>|[\\PC\u{8}\u{C}]|\"){0,40}") {
            let xml = format!("<div>{}</div>", of(&html));
            prop_assert!(roxmltree::Document::parse(&xml).is_ok(), "{html:?} became {xml:?}");
        }
    }
}
