//! Blocks → the page, and its articles where the markup tells them.
//!
//! A headline begins an article; what texts_of_line in an element of text, or is labelled so, is its text. Blocks that only lead
//! elsewhere are the edition's own, as is what texts_of_line before the first headline.

use crate::diagnostics::source::Source;
use crate::import::input::html::blocks::{Block, blocks};
use crate::import::input::html::tags::label;
use crate::import::input::parsed_page::ParsedPage;
use crate::import::lexicon::credits::parse_credit;
use crate::import::page::jump_notes::parse_jumps;
use crate::import::page::lines::{Line, Page};
use crate::import::page::masthead::furniture_reason;
use crate::import::page::partition::{LineAssignment, Partition};
use crate::import::page::role::Role;
use std::collections::{BTreeMap, BTreeSet};

/// What the ledger says of such lines.
const TOLD: &str = "the page's markup says so";
/// Characters of a strong line that can be a heading.
const SUBHEAD: usize = 24;

/// Reads a page of a digital edition.
pub(crate) fn parse_html(source: &Source) -> ParsedPage {
    let mut blocks = blocks(&source.text);
    // lists of links are the edition's, unless there is nothing else
    if blocks.iter().any(|block| !is_navigation(block)) {
        blocks.retain(|block| !is_navigation(block));
    }
    let labelled: Vec<Option<Role>> = blocks.iter_mut().map(labelled).collect();
    let page = Page { lines: blocks.iter().map(line).collect(), marked: false };
    let partition = told(&blocks, &labelled);
    let mut texts_of_line: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, raw) in source.text.split('\n').enumerate() {
        if !raw.trim().is_empty() {
            texts_of_line.insert(at + 1, Vec::new());
        }
    }
    for (at, block) in blocks.iter().enumerate() {
        for line in &block.lines {
            texts_of_line.entry(*line).or_default().push(at);
        }
    }
    ParsedPage { page, partition, texts_of_line }
}

/// A link that is no headline leads to another page.
fn is_navigation(block: &Block) -> bool {
    block.link && !block.body && block.role.is_none()
}

/// Takes a label off a block's text: `标题：…`; where it is all there is, or says what the paper is, it stays.
fn labelled(block: &mut Block) -> Option<Role> {
    let (role, rest) = label(&block.text)?;
    if rest.is_empty() || role == Role::Furniture {
        return Some(Role::Furniture);
    }
    block.text = rest.to_owned();
    Some(role)
}

fn line(block: &Block) -> Line {
    Line {
        number: block.lines.first().copied().unwrap_or(1),
        text: block.text.clone(),
        span: block.span.clone(),
        mark: 0,
        gap: 1,
    }
}

/// Roles and articles by the markup; None where it tells no headline, or no text below one.
fn told(blocks: &[Block], labelled: &[Option<Role>]) -> Option<Partition> {
    let any_body = blocks.iter().any(|block| block.body);
    let roles: Vec<Role> =
        blocks.iter().zip(labelled).enumerate().map(|(at, (block, said))| role(block, *said, at, any_body)).collect();
    let mut articles = Articles::default();
    let mut lines = Vec::new();
    for (block, &role) in blocks.iter().zip(&roles) {
        let (role, article) = articles.place(block, role);
        lines.push(LineAssignment { role, article, why: TOLD, certainty: 0.95, duplicate_of: None });
    }
    let has = |article: usize, role: Role| lines.iter().any(|line| line.article == Some(article) && line.role == role);
    let whole =
        articles.count > 0 && (0..articles.count).all(|article| has(article, Role::Title) && has(article, Role::Body));
    whole.then(|| Partition::from_lines(lines))
}

fn role(block: &Block, labelled: Option<Role>, at: usize, any_body: bool) -> Role {
    let text = block.text.as_str();
    if let Some(role) = labelled.or(block.role) {
        return role;
    }
    if parse_jumps(text).first().is_some_and(|jump| jump.span.len() == text.len()) {
        return Role::Jump;
    }
    let is_short = text.chars().count() <= SUBHEAD && !text.ends_with(['。', '！', '？', '，', '；', '：']);
    if furniture_reason(text, at).is_some() || any_body && !block.body {
        Role::Furniture
    } else if parse_credit(text).is_some_and(|credit| credit.start == 0) {
        Role::Credit
    } else if block.strong && is_short {
        Role::Subhead
    } else {
        Role::Body
    }
}

/// Articles as the page is read.
#[derive(Debug, Default)]
struct Articles {
    count: usize,
    /// text of the newest one has been read
    has_text: bool,
    titles: BTreeSet<String>,
}

impl Articles {
    fn place(&mut self, block: &Block, role: Role) -> (Role, Option<usize>) {
        let outside = (Role::Furniture, None);
        match role {
            Role::Furniture | Role::Jump => (role, None),
            // a headline that texts_of_line again, in a list or at the foot of the page, begins nothing
            Role::Title if self.titles.contains(&block.text) => outside,
            Role::Title | Role::Kicker | Role::Column | Role::Subtitle => {
                if self.count == 0 || self.has_text && role != Role::Subtitle {
                    self.count += 1;
                    self.has_text = false;
                }
                if role == Role::Title {
                    self.titles.insert(block.text.clone());
                }
                (role, Some(self.count - 1))
            }
            _ if self.count == 0 => outside,
            _ => {
                self.has_text |= role == Role::Body;
                (role, Some(self.count - 1))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> ParsedPage {
        parse_html(&Source::new("p.html", html))
    }

    #[test]
    fn an_article_page_tells_its_parts() {
        let html = "<p>第03版：理论</p><p class=introtitle>引</p><h1>题</h1><p class=author>本报记者 张三</p>\
                    <div id=ozoom><p>一段。<p><b>小题</b><p>二段。</div><h1>题</h1><a>下一篇</a>";
        let page = read(html);
        let partition = page.partition.unwrap();
        let roles: Vec<_> = partition.lines.iter().map(|line| line.role.name()).collect();
        assert_eq!(roles, ["furniture", "kicker", "title", "byline", "body", "subhead", "body", "furniture"]);
        assert_eq!(partition.article_count, 1);
        assert_eq!(page.texts_of_line, BTreeMap::from([(1, vec![0, 1, 2, 3, 4, 5, 6, 7])]));
    }

    #[test]
    fn labels_tell_as_tags_do_and_text_alone_is_left_to_the_words() {
        let page = read("<p>标题：题</p><p>作者：张三</p><p>正文：</p><p>一段。</p>\n<hr>\n\n");
        let roles: Vec<_> = page.partition.unwrap().lines.iter().map(|line| line.role.name()).collect();
        assert_eq!(roles, ["title", "byline", "furniture", "body"]);
        assert_eq!(page.page.lines[0].text, "题");
        assert_eq!(page.texts_of_line, BTreeMap::from([(1, vec![0, 1, 2, 3]), (2, vec![])]));
        assert_eq!(read("<p>一行</p><p>又一行。</p>").partition, None);
    }
}
