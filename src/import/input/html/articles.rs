//! Converts the blocks of an HTML page to the lines of a page, and to its articles where the markup states them.
//!
//! A headline begins an article; what is inside an element for article text, or has a label such as `正文：`, is its text. Blocks
//! of links are navigation of the edition, as is everything before the first headline.

use crate::diagnostics::source::Source;
use crate::import::input::html::blocks::{Block, blocks};
use crate::import::input::html::tags::split_label;
use crate::import::lexicon::credits::parse_credit;
use crate::import::lexicon::reason::Reason;
use crate::import::page::jump_notes::parse_jumps;
use crate::import::page::lines::{Line, Page};
use crate::import::page::masthead::furniture_reason;
use crate::import::page::parsed_page::ParsedPage;
use crate::import::page::partition::{LineAssignment, Partition};
use crate::import::page::role::Role;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Characters, at most, of a bold block that is a subhead.
const SUBHEAD: usize = 24;

/// Parses a page of a digital edition.
pub(crate) fn parse_html(source: &Source) -> ParsedPage {
    let mut blocks = blocks(&source.text);
    // navigation is dropped, unless the page has nothing else
    if blocks.iter().any(|block| !is_navigation(block)) {
        blocks.retain(|block| !is_navigation(block));
    }
    let labels: Vec<Option<Role>> = blocks.iter_mut().map(take_label).collect();
    let line = |Block { lines, text, span, .. }: &Block| Line {
        number: lines.first().copied().unwrap_or(1),
        further: Vec::new(),
        text: text.clone(),
        span: span.clone(),
        mark: 0,
        gap: 1,
        layout: None,
        as_printed: None,
    };
    let page = Page { lines: blocks.iter().map(line).collect(), marked: false, printed: false, sheet: None };
    let partition = partition_from_markup(&blocks, &labels);
    let lines = source.text.split('\n').zip(1..).filter(|(raw, _)| !raw.trim().is_empty());
    let mut texts_of_line: BTreeMap<usize, Vec<usize>> = lines.map(|(_, number)| (number, Vec::new())).collect();
    for (at, block) in blocks.iter().enumerate() {
        for line in &block.lines {
            texts_of_line.entry(*line).or_default().push(at);
        }
    }
    ParsedPage { page, partition, texts_of_line }
}

/// A link that is neither a headline nor inside an article.
fn is_navigation(block: &Block) -> bool {
    block.link && !block.body && block.role.is_none()
}

/// Takes a label such as `标题：` off the text of a block, and returns its role. A label without text, and a label of the masthead,
/// makes the block furniture.
fn take_label(block: &mut Block) -> Option<Role> {
    let (role, rest) = split_label(&block.text)?;
    if rest.is_empty() || role == Role::Furniture {
        return Some(Role::Furniture);
    }
    block.text = rest.to_owned();
    Some(role)
}

/// Roles and articles as the markup states them; None where an article would have no headline or no text.
fn partition_from_markup(blocks: &[Block], labels: &[Option<Role>]) -> Option<Partition> {
    let any_body = blocks.iter().any(|block| block.body);
    let mut articles = ArticleCounter::default();
    let mut lines = Vec::new();
    for (at, (block, label)) in blocks.iter().zip(labels).enumerate() {
        let (role, article) = articles.assign(block, role(block, *label, at, any_body));
        lines.push(LineAssignment { role, article, why: Reason::FromMarkup, certainty: 0.95, duplicate_of: None });
    }
    let have = |role: Role| {
        let own = lines.iter().filter(|line| line.role == role).filter_map(|line| line.article);
        own.collect::<HashSet<usize>>().len() == articles.count
    };
    let complete = articles.count > 0 && have(Role::Title) && have(Role::Body);
    complete.then(|| Partition::from_lines(lines))
}

/// The role of a block; `index` is its position on the page.
fn role(block: &Block, label: Option<Role>, index: usize, any_body: bool) -> Role {
    let text = block.text.as_str();
    let is_short = || text.chars().count() <= SUBHEAD && !text.ends_with(['。', '！', '？', '，', '；', '：']);
    if let Some(role) = label.or(block.role) {
        role
    } else if parse_jumps(text).first().is_some_and(|jump| jump.span.len() == text.len()) {
        Role::Jump
    } else if furniture_reason(text, index).is_some() || any_body && !block.body {
        Role::Furniture
    } else if parse_credit(text).is_some_and(|credit| credit.start == 0) {
        Role::Credit
    } else if block.strong && is_short() {
        Role::Subhead
    } else {
        Role::Body
    }
}

/// The articles begun so far.
#[derive(Debug, Default)]
struct ArticleCounter {
    count: usize,
    /// the newest one has text
    has_text: bool,
    titles: BTreeSet<String>,
}

impl ArticleCounter {
    /// The role of the next block, and its article.
    fn assign(&mut self, block: &Block, role: Role) -> (Role, Option<usize>) {
        let outside = (Role::Furniture, None);
        match role {
            Role::Furniture | Role::Jump => (role, None),
            // a headline that is printed again, in a list or at the foot of the page, begins nothing
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

    fn parse(html: &str) -> ParsedPage {
        parse_html(&Source::new("p.html", html))
    }

    #[test]
    fn elements_state_the_roles_of_an_article() {
        let html = "<p>第03版：理论</p><p class=introtitle>引</p><h1>题</h1><p class=author>本报记者 张三</p>\
                    <div id=ozoom><p>一段。<p><b>小题</b><p>二段。</div><h1>题</h1><a>下一篇</a>";
        let page = parse(html);
        let partition = page.partition.unwrap();
        let roles: Vec<_> = partition.lines.iter().map(|line| line.role.name()).collect();
        assert_eq!(roles, ["furniture", "kicker", "title", "byline", "body", "subhead", "body", "furniture"]);
        assert_eq!(partition.article_count, 1);
        assert_eq!(page.texts_of_line, BTreeMap::from([(1, vec![0, 1, 2, 3, 4, 5, 6, 7])]));
    }

    #[test]
    fn labels_state_roles_as_elements_do_and_plain_paragraphs_do_not() {
        let page = parse("<p>标题：题</p><p>作者：张三</p><p>正文：</p><p>一段。</p>\n<hr>\n\n");
        let roles: Vec<_> = page.partition.unwrap().lines.iter().map(|line| line.role.name()).collect();
        assert_eq!(roles, ["title", "byline", "furniture", "body"]);
        assert_eq!(page.page.lines[0].text, "题");
        assert_eq!(page.texts_of_line, BTreeMap::from([(1, vec![0, 1, 2, 3]), (2, vec![])]));
        assert_eq!(parse("<p>一行</p><p>又一行。</p>").partition, None);
    }

    #[test]
    fn a_page_of_headlines_is_gone_through_once() {
        let html: String = (0..10_000).map(|at| format!("<h2>题{at}</h2><p>文{at}。</p>\n")).collect();
        let start = std::time::Instant::now();
        assert_eq!(parse(&html).partition.unwrap().article_count, 10_000);
        assert!(start.elapsed().as_secs_f64() < 30.0, "{:?}", start.elapsed());
    }
}
