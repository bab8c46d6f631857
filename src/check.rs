//! Checks before publishing: a table of rules over the catalog.

use crate::catalog::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use std::collections::HashMap;
use std::hash::Hash;
use std::ptr;

/// A rule: returns its findings over the whole catalog.
type Rule = fn(&Catalog) -> Vec<Diagnostic>;

/// All rules, in the order in which their findings are reported.
const RULES: &[Rule] = &[undated, nameless_paper, same_headline, same_lines];

/// Findings over the catalog: warnings, since a site can be built with all of them.
pub(crate) fn findings(catalog: &Catalog) -> Vec<Diagnostic> {
    RULES.iter().flat_map(|rule| rule(catalog)).collect()
}

/// A finding for each entry that `matches`.
fn each(catalog: &Catalog, matches: impl Fn(&Entry) -> bool, code: Code, message: &str, hint: &str) -> Vec<Diagnostic> {
    let found = catalog.entries.iter().filter(|entry| matches(entry));
    found.map(|entry| Diagnostic::new(code, message).in_file(&entry.file).hint(hint)).collect()
}

fn undated(catalog: &Catalog) -> Vec<Diagnostic> {
    let hint = "give its page a PAGE.toml with date = 2025-02-25, or write the date here";
    each(catalog, |entry| entry.front.date.is_none(), Code::Undated, "the article has no date", hint)
}

fn nameless_paper(catalog: &Catalog) -> Vec<Diagnostic> {
    let hint = "give its page a PAGE.toml with paper = \"…\", or write the paper here";
    each(catalog, |entry| entry.front.paper.is_none(), Code::NoPaper, "the article names no paper", hint)
}

/// A finding for each entry that has the key of an earlier one, where `finding` returns one for the two.
fn repeated<'c, K: Eq + Hash>(
    catalog: &'c Catalog,
    key: impl Fn(&'c Entry) -> Option<K>,
    finding: impl Fn(&Entry, &Entry) -> Option<Diagnostic>,
) -> Vec<Diagnostic> {
    let mut first: HashMap<K, &Entry> = HashMap::new();
    let of_entry = |entry: &'c Entry| {
        let other = *first.entry(key(entry)?).or_insert(entry);
        if ptr::eq(other, entry) { None } else { finding(entry, other) }
    };
    catalog.entries.iter().filter_map(of_entry).collect()
}

/// The same headline on the same day: often one article that was imported from two files.
fn same_headline<'c>(catalog: &'c Catalog) -> Vec<Diagnostic> {
    let key = |entry: &'c Entry| Some((entry.front.title.as_str(), entry.front.date));
    repeated(catalog, key, |entry, other| {
        let message = format!("the headline {} is also in {} of the same day", entry.front.title, other.file);
        let found = Diagnostic::new(Code::SameHeadline, message).in_file(&entry.file);
        (!entry.front.title_inferred).then(|| found.hint("remove one if both are one article"))
    })
}

/// Two articles made from the same lines of a page: one was edited before the date of its page was corrected, so import did
/// not remove it.
fn same_lines<'c>(catalog: &'c Catalog) -> Vec<Diagnostic> {
    let key = |entry: &'c Entry| {
        let source = entry.front.source.as_ref()?;
        Some((&source.page, &source.lines, &entry.front.paper))
    };
    repeated(catalog, key, |entry, other| {
        let source = entry.front.source.as_ref()?;
        let message = format!("lines {} of {} are also in {}", source.lines, source.page, other.file);
        let found = Diagnostic::new(Code::SameLines, message).in_file(&entry.file);
        Some(found.hint("keep the one that is right, with what was edited in the other"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::{Article, FrontMatter, PageLines};
    use crate::extract::extractor::Extractor;

    fn entry(file: &str, lines: &str) -> Entry {
        let source = Some(Box::new(PageLines { page: "p.txt".into(), lines: lines.into(), ..PageLines::default() }));
        let front =
            FrontMatter { title: file.into(), paper: Some("示范工人报".into()), source, ..FrontMatter::default() };
        Entry::of(&Article { file: file.into(), front, byline: None, body: String::new() }, &Extractor::default())
    }

    #[test]
    fn articles_made_from_the_same_lines_are_reported() {
        let entries = vec![entry("a.md", "1-9"), entry("b.md", "1-9"), entry("c.md", "11-20")];
        let catalog = Catalog::index(entries, &[]);
        let found = findings(&catalog);
        let codes: Vec<Code> = found.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, [Code::Undated, Code::Undated, Code::Undated, Code::SameLines]);
        assert_eq!(found[3].location.as_ref().unwrap().file, "b.md");
    }
}
