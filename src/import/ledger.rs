//! What became of every line.
//!
//! One entry for each line that is not empty, in the order of the page: its role, the article that holds it, and why. The
//! ledger is what makes an import checkable: every line stands in it once, whatever the page.

use crate::import::page::lines::Page;
use crate::import::page::masthead::furniture_reason;
use crate::import::page::partition::Partition;
use crate::import::page::role::Role;
use crate::import::sidecar::apply::CORRECTED;
use serde::Serialize;
use std::collections::BTreeMap;

/// A line's entry. Written as one JSON line: `{"page":…,"line":…,"role":…,"article":… or null,"why":…}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LedgerEntry {
    /// the page, as it was named to the command
    pub(crate) page: String,
    /// from 1, empty lines counted
    pub line: usize,
    pub role: &'static str,
    /// the article's file
    pub article: Option<String>,
    pub(crate) why: String,
}

/// The ledger of a page. `files` are the files of its articles, in order.
pub(crate) fn ledger(name: &str, page: &Page, partition: &Partition, files: &[String]) -> Vec<LedgerEntry> {
    page.lines
        .iter()
        .zip(&partition.lines)
        .enumerate()
        .map(|(at, (line, placed))| {
            let found = placed.role == Role::Furniture && placed.why != CORRECTED;
            let told = found.then(|| furniture_reason(&line.text, at)).flatten();
            LedgerEntry {
                page: name.to_owned(),
                line: line.number,
                role: placed.role.name(),
                article: placed.article.and_then(|article| files.get(article).cloned()),
                why: format!("{} ({:.2})", told.unwrap_or(placed.why), placed.certainty),
            }
        })
        .collect()
}

/// The ledger of a page in HTML, whose texts do not stand one on a line: one entry for each line of the file, that of the
/// first text on it which is part of an article, or of the first one. `stands` tells which texts stand on which line.
pub(crate) fn by_file_line(
    name: &str,
    stands: &BTreeMap<usize, Vec<usize>>,
    entries: &[LedgerEntry],
) -> Vec<LedgerEntry> {
    let of_line = |(&line, texts): (&usize, &Vec<usize>)| {
        let of_article = texts.iter().find(|&&at| entries[at].article.is_some());
        match of_article.or(texts.first()) {
            Some(&at) => LedgerEntry { line, ..entries[at].clone() },
            None => LedgerEntry {
                page: name.to_owned(),
                line,
                role: Role::Furniture.name(),
                article: None,
                why: "markup, or what only leads elsewhere (1.00)".to_owned(),
            },
        }
    };
    stands.iter().map(of_line).collect()
}

/// Line numbers as ranges: `13-35,40`. Numbers that follow each other on `all` (the numbers of the page's lines that are not
/// empty) are one range, so that empty lines divide nothing.
pub(crate) fn ranges(lines: &[usize], all: &[usize]) -> String {
    let place = |line: &usize| all.binary_search(line).unwrap_or(usize::MAX);
    let spans: Vec<String> = lines
        .chunk_by(|a, b| place(a).checked_add(1) == Some(place(b)))
        .map(|run| match run {
            [one] => one.to_string(),
            [first, .., last] => format!("{first}-{last}"),
            [] => String::new(),
        })
        .collect();
    spans.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_pass_over_empty_lines() {
        let all = [1, 3, 5, 7, 9, 11];
        assert_eq!(ranges(&[1, 3, 7, 11], &all), "1-3,7,11");
        assert_eq!(ranges(&[5], &all), "5");
    }
}
