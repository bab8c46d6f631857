//! The ledger: one entry for each non-empty line of a page, with its role, its article and the reason.
//!
//! The ledger makes an import checkable: every line is in it exactly once, whatever the page holds.

use crate::import::lexicon::reason::Reason;
use crate::import::page::lines::{Line, Page};
use crate::import::page::masthead::furniture_reason;
use crate::import::page::partition::Partition;
use crate::import::page::role::Role;
use crate::import::page::unsure_words::UnsureWords;
use serde::Serialize;
use std::collections::BTreeMap;

/// The entry of one line, written as one JSON line: `{"page":…,"line":…,"role":…,"article":… or null,"why":…}`, with
/// `"box":[x0,y0,x1,y1]` where the page's format says where the line stands, and `"unsure_words":[…]` where it is unsure of some.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LedgerEntry {
    /// the page, as it was named to the command
    pub(crate) page: String,
    /// from 1, empty lines counted
    pub line: usize,
    /// [`Role::name`]
    pub role: &'static str,
    /// the article's file; None: the line belongs to no article
    pub article: Option<String>,
    /// the reason, and the probability that it is right
    pub(crate) why: String,
    /// left, top, right and bottom in points, from the page's top left corner
    #[serde(rename = "box", skip_serializing_if = "Option::is_none")]
    pub(crate) rect: Option<[f64; 4]>,
    /// what of the line was read with low confidence, in order
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) unsure_words: Vec<UnsureEntry>,
}

/// A place in a line that was read with low confidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct UnsureEntry {
    pub(crate) text: String,
    /// its first character in the line, from 1
    pub(crate) at: usize,
    /// 0 to 1
    pub(crate) confidence: f64,
}

fn unsure_entries(line: &Line) -> Vec<UnsureEntry> {
    let places = line.layout.as_deref().map_or(&[][..], |layout| &layout.unsure);
    let entry = |place: &UnsureWords| {
        let before = line.text.get(..place.span.start)?;
        let text = line.text.get(place.span.clone())?.to_owned();
        Some(UnsureEntry { text, at: before.chars().count() + 1, confidence: f64::from(place.confidence) / 100.0 })
    };
    places.iter().filter_map(entry).collect()
}

/// The reason for what a line is: of furniture, which kind it is.
pub(crate) fn reason_of(page: &Page, partition: &Partition, line: usize) -> Reason {
    let assigned = &partition.lines[line];
    // a line that a person made furniture has that as its reason
    let is_found = assigned.role == Role::Furniture && assigned.why != Reason::Corrected;
    let of_furniture = is_found.then(|| furniture_reason(&page.lines[line].text, line)).flatten();
    of_furniture.unwrap_or(assigned.why)
}

/// The ledger of a page, in the order of its lines. `files` are the files of its articles, by index.
pub(crate) fn ledger_of_page(name: &str, page: &Page, partition: &Partition, files: &[String]) -> Vec<LedgerEntry> {
    page.lines
        .iter()
        .zip(&partition.lines)
        .enumerate()
        .map(|(index, (line, assigned))| LedgerEntry {
            page: name.to_owned(),
            line: line.number,
            role: assigned.role.name(),
            article: assigned.article.and_then(|article| files.get(article).cloned()),
            why: format!("{} ({:.2})", reason_of(page, partition, index), assigned.certainty),
            rect: line.layout.as_deref().map(|layout| layout.extent().map(|tenths| f64::from(tenths) / 10.0)),
            unsure_words: unsure_entries(line),
        })
        .collect()
}

/// The ledger of a page whose texts and lines do not correspond, in HTML or in printed lines: one entry for each non-empty line of the file, that
/// of the first text on it which is part of an article, or else of the first one. `texts_of_line` maps line numbers to indexes
/// of `entries`.
pub(crate) fn ledger_by_file_line(
    name: &str,
    texts_of_line: &BTreeMap<usize, Vec<usize>>,
    entries: &[LedgerEntry],
) -> Vec<LedgerEntry> {
    let entry_of_line = |(&line, texts): (&usize, &Vec<usize>)| {
        let in_article = texts.iter().find(|&&index| entries[index].article.is_some());
        match in_article.or(texts.first()) {
            Some(&index) => LedgerEntry { line, ..entries[index].clone() },
            None => LedgerEntry {
                page: name.to_owned(),
                line,
                role: Role::Furniture.name(),
                article: None,
                why: format!("{} (1.00)", Reason::MarkupOnly),
                rect: None,
                unsure_words: Vec::new(),
            },
        }
    };
    texts_of_line.iter().map(entry_of_line).collect()
}
