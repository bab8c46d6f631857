//! Checks before publishing: a table of rules over the catalog.

use crate::catalog::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use std::collections::HashMap;

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

/// The same headline on the same day: often one article that was imported from two files.
fn same_headline(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut first: HashMap<(&str, _), &Entry> = HashMap::new();
    let mut diagnostics = Vec::new();
    for entry in &catalog.entries {
        let key = (entry.front.title.as_str(), entry.front.date);
        match first.get(&key) {
            Some(other) if !entry.front.title_inferred => {
                let message = format!("the headline {} is also in {} of the same day", entry.front.title, other.file);
                diagnostics.push(
                    Diagnostic::new(Code::SameHeadline, message)
                        .in_file(&entry.file)
                        .hint("remove one if both are one article"),
                );
            }
            Some(_) => {}
            None => _ = first.insert(key, entry),
        }
    }
    diagnostics
}

/// Two articles made from the same lines of a page: one was edited before the date of its page was corrected, so import did
/// not remove it.
fn same_lines(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut first: HashMap<(&str, &str, Option<&str>), &Entry> = HashMap::new();
    let mut diagnostics = Vec::new();
    for entry in &catalog.entries {
        let Some(source) = &entry.front.source else { continue };
        let key = (source.page.as_str(), source.lines.as_str(), entry.front.paper.as_deref());
        match first.get(&key) {
            Some(other) => {
                let message = format!("lines {} of {} are also in {}", source.lines, source.page, other.file);
                let diagnostic = Diagnostic::new(Code::SameLines, message).in_file(&entry.file);
                diagnostics.push(diagnostic.hint("keep the one that is right, with what was edited in the other"));
            }
            None => _ = first.insert(key, entry),
        }
    }
    diagnostics
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
        Entry::of(&Article { file: file.into(), front, body: String::new() }, &Extractor::default())
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
