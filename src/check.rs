//! Checks before publishing: a table of rules over the catalog.

use crate::catalog::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::catalog::groups::NamedArticles;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::message::Message;
use crate::diagnostics::source::Source;
use crate::message;
use std::collections::HashMap;
use std::hash::Hash;
use std::ptr;

/// A rule: returns its findings over the whole catalog.
type Rule = fn(&Catalog) -> Vec<Diagnostic>;

/// All rules, in the order in which their findings are reported.
const RULES: &[Rule] = &[
    undated,
    nameless_paper,
    without_text,
    breaking_off,
    inferred_headline,
    unfiled,
    column_of_a_person,
    two_spellings,
    same_headline,
    same_lines,
];

/// Findings over the catalog: warnings and remarks, since a site can be built with all of them.
pub(crate) fn findings(catalog: &Catalog) -> Vec<Diagnostic> {
    RULES.iter().flat_map(|rule| rule(catalog)).collect()
}

/// A finding for each entry that `matches`.
fn each(
    catalog: &Catalog,
    matches: impl Fn(&Entry) -> bool,
    code: Code,
    message: Message,
    hint: Message,
) -> Vec<Diagnostic> {
    let found = catalog.entries.iter().filter(|entry| matches(entry));
    found.map(|entry| Diagnostic::new(code, message.clone()).in_file(&entry.file).hint(hint.clone())).collect()
}

/// What extraction has left in a text: characters for unknown letters, controls, marks of a PDF's fonts, entities of HTML.
pub(crate) fn leftover(source: &Source) -> Option<Diagnostic> {
    let is_strange = |c: char| {
        matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' | '\u{AD}' | '\u{200B}' | '\u{FEFF}')
            || c.is_control() && !matches!(c, '\n' | '\r' | '\t')
    };
    let marks = ["(cid:", "&nbsp;", "&amp;nbsp;", "&#160;", "&ensp;", "&emsp;"];
    let mark = marks.iter().filter_map(|mark| Some((source.text.find(mark)?, mark.len()))).min();
    let strange = source.text.char_indices().find(|(_, c)| is_strange(*c)).map(|(at, c)| (at, c.len_utf8()));
    let (at, length) = mark.into_iter().chain(strange).min()?;
    let message = message!("the text has something here that no newspaper prints");
    let hint = message!("look at the page, and correct the text; extract it again where there is more of it");
    Some(Diagnostic::new(Code::ExtractionLeftover, message).at(source, at..at + length).hint(hint))
}

fn undated(catalog: &Catalog) -> Vec<Diagnostic> {
    let hint = message!("give its page a PAGE.toml with date = 2025-02-25, or write the date here");
    each(catalog, |entry| entry.front.date.is_none(), Code::Undated, message!("the article has no date"), hint)
}

fn nameless_paper(catalog: &Catalog) -> Vec<Diagnostic> {
    let hint = message!("give its page a PAGE.toml with paper = \"…\", or write the paper here");
    each(catalog, |entry| entry.front.paper.is_none(), Code::NoPaper, message!("the article names no paper"), hint)
}

fn without_text(catalog: &Catalog) -> Vec<Diagnostic> {
    let hint = message!(
        "write its text, set draft = true, or at the desk give its headline to the article that it belongs to"
    );
    let is_empty = |entry: &Entry| entry.summary.0.word_count.total() == 0;
    each(catalog, is_empty, Code::ArticleWithoutText, message!("the article has no text"), hint)
}

fn breaking_off(catalog: &Catalog) -> Vec<Diagnostic> {
    let hint =
        message!("look for the rest at the desk; complete = true in the page's sidecar where nothing is missing");
    let breaks_off = |entry: &Entry| entry.front.gaps().is_some_and(|gaps| gaps.breaks_off);
    each(catalog, breaks_off, Code::BreaksOff, message!("the text stops inside a sentence"), hint)
}

fn inferred_headline(catalog: &Catalog) -> Vec<Diagnostic> {
    let hint = message!("give it a headline at the desk, or leave it: readers see that it was added");
    each(
        catalog,
        |entry| entry.front.title_inferred,
        Code::InferredTitle,
        message!("the headline was made from the text"),
        hint,
    )
}

fn unfiled(catalog: &Catalog) -> Vec<Diagnostic> {
    // a site without themes files nothing
    if catalog.themes.is_empty() {
        return Vec::new();
    }
    let hint = message!("file it at the desk, or add words to a theme; wenzhai themes FILE shows what decided");
    // an editor who filed it under none has decided
    let is_unfiled = |entry: &Entry| entry.front.themes.is_empty() && entry.front.themes_override().is_none();
    each(catalog, is_unfiled, Code::Unfiled, message!("the article is filed under no theme"), hint)
}

/// A column label that is the name of an author: a byline was taken for one.
fn column_of_a_person(catalog: &Catalog) -> Vec<Diagnostic> {
    let finding = |entry: &Entry| {
        let column = entry.front.column.as_deref()?.trim();
        catalog.person(column)?;
        let message = message!("the column {column} has the name of an author", column);
        let hint = message!("at the desk, make the line a byline (B) or furniture (F)");
        Some(Diagnostic::new(Code::ColumnIsPerson, message).in_file(&entry.file).hint(hint))
    };
    catalog.entries.iter().filter_map(finding).collect()
}

/// A person whose name is written in two ways, which differ in spaces and dots alone.
fn two_spellings(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut usual: HashMap<String, &str> = HashMap::new();
    let mut found = Vec::new();
    // those with most articles come first: theirs is the usual spelling
    for NamedArticles { name, articles } in &catalog.people {
        let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
        let other = *usual.entry(letters).or_insert(name);
        if other != name {
            let message = message!("{name} is also written {other}", name, other);
            let hint = message!("write the name in one way, so that all of the person's articles are in one list");
            let file = articles.first().map_or("", |&id| &catalog.entries[id].file);
            found.push(Diagnostic::new(Code::TwoSpellings, message).in_file(file).hint(hint));
        }
    }
    found
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
        let message = message!(
            "the headline {title} is also in {file} of the same day",
            title = entry.front.title,
            file = other.file
        );
        let found = Diagnostic::new(Code::SameHeadline, message).in_file(&entry.file);
        (!entry.front.title_inferred).then(|| found.hint(message!("remove one if both are one article")))
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
        let message = message!(
            "lines {lines} of {page} are also in {file}",
            lines = source.lines,
            page = source.page,
            file = other.file
        );
        let found = Diagnostic::new(Code::SameLines, message).in_file(&entry.file);
        Some(found.hint(message!("keep the one that is right, with what was edited in the other")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::themes::Theme;
    use crate::content::article::{Article, FrontMatter, Gaps, PageLines};
    use crate::extract::extractor::Extractor;

    fn entry(file: &str, lines: &str) -> Entry {
        let source = Some(Box::new(PageLines { page: "p.txt".into(), lines: lines.into(), ..PageLines::default() }));
        let front =
            FrontMatter { title: file.into(), paper: Some("示范工人报".into()), source, ..FrontMatter::default() };
        Entry::of(&Article { file: file.into(), front, byline: None, body: String::new() }, &Extractor::default())
    }

    #[test]
    fn what_an_editor_wants_to_know_before_publishing_is_reported() {
        let article = |file: &str, change: &dyn Fn(&mut FrontMatter)| {
            let mut front = FrontMatter {
                title: file.into(),
                paper: Some("示范工人报".into()),
                date: Some(jiff::civil::date(2025, 3, 18)),
                themes: vec!["工匠".into()],
                authors: vec!["林 见青".into(), "林见青".into(), "何牧".into()],
                ..FrontMatter::default()
            };
            change(&mut front);
            let body = "\n正文。\n".to_owned();
            Entry::of(&Article { file: file.into(), front, byline: None, body }, &Extractor::default())
        };
        let theme = Theme { id: "工匠".into(), ..Theme::default() };
        let catalog = Catalog::index(
            vec![
                article("a.md", &|_| ()),
                article("b.md", &|front| front.title_inferred = true),
                article("c.md", &|front| front.set_gaps(Gaps { breaks_off: true, ..Gaps::default() })),
                article("d.md", &|front| front.themes.clear()),
                article("e.md", &|front| front.column = Some("何牧".into())),
            ],
            &[theme],
        );
        let found = findings(&catalog);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|found| (found.code.name(), found.location.as_ref().map_or("", |location| &*location.file)))
            .collect();
        assert_eq!(
            found,
            [
                ("breaks-off", "c.md"),
                ("inferred-title", "b.md"),
                ("unfiled", "d.md"),
                ("column-is-person", "e.md"),
                ("two-spellings", found[4].1),
            ]
        );
    }

    #[test]
    fn articles_made_from_the_same_lines_are_reported() {
        let entries = vec![entry("a.md", "1-9"), entry("b.md", "1-9"), entry("c.md", "11-20")];
        let catalog = Catalog::index(entries, &[]);
        let found = findings(&catalog);
        let codes: Vec<Code> = found.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes[..3], [Code::Undated; 3]);
        assert_eq!(codes[3..6], [Code::ArticleWithoutText; 3]);
        assert_eq!(codes[6..], [Code::SameLines]);
        assert_eq!(found[6].location.as_ref().unwrap().file, "b.md");
    }
}
