//! What an editor would want to know before publishing: a table of rules over the library.

use crate::base::note::Note;
use crate::library::entry::Entry;
use crate::library::shelves::Library;
use std::collections::HashMap;

/// A rule: looks at the whole library, tells what it finds.
type Rule = fn(&Library) -> Vec<Note>;

/// All rules, in the order in which their findings are told.
const RULES: &[Rule] = &[undated, nameless_paper, same_headline];

/// Findings over the library: warnings, since a site can be built with all of them.
pub fn findings(library: &Library) -> Vec<Note> {
    RULES.iter().flat_map(|rule| rule(library)).collect()
}

fn each(library: &Library, found: impl Fn(&Entry) -> bool, code: &'static str, message: &str, hint: &str) -> Vec<Note> {
    let hit = library.entries.iter().filter(|entry| found(entry));
    hit.map(|entry| Note::warning(code, message).in_file(&entry.file).hint(hint)).collect()
}

fn undated(library: &Library) -> Vec<Note> {
    let hint = "give its page a PAGE.toml with date = 2025-02-25, or write the date here";
    each(library, |entry| entry.front.date.is_none(), "undated", "the article has no date", hint)
}

fn nameless_paper(library: &Library) -> Vec<Note> {
    let hint = "give its page a PAGE.toml with paper = \"…\", or write the paper here";
    each(library, |entry| entry.front.paper.is_none(), "no-paper", "the article names no paper", hint)
}

/// One headline twice on one day is often one article imported from two files.
fn same_headline(library: &Library) -> Vec<Note> {
    let mut first: HashMap<(&str, _), &Entry> = HashMap::new();
    let mut notes = Vec::new();
    for entry in &library.entries {
        let key = (entry.front.title.as_str(), entry.front.date);
        match first.get(&key) {
            Some(other) if !entry.front.title_inferred => {
                let message =
                    format!("the headline {} stands on this day in {} as well", entry.front.title, other.file);
                notes.push(
                    Note::warning("same-headline", message)
                        .in_file(&entry.file)
                        .hint("remove one if both are one article"),
                );
            }
            Some(_) => {}
            None => _ = first.insert(key, entry),
        }
    }
    notes
}
