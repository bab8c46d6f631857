//! The journal of an import: a write-ahead log of changes to article files.
//!
//! The record of imports is written at the end. So that it is true at every moment, each change is appended to the journal before
//! it is made; where an import was killed, the next one replays the journal over the record:
//!
//! 1. a change that took effect (the file has the fingerprint that was to be written, or is gone as intended) enters the record
//! 2. a change that did not take effect is forgotten: the file is as the record knows it
//! 3. the pages concerned are imported again

use crate::import::record::ImportRecord;
use crate::io::fs::path::path_problem;
use serde::{Deserialize, Serialize};

/// A change to the file of an article, one JSON line in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct JournalEntry {
    /// the source page
    pub(crate) page: String,
    /// the page's path in the record, which differs where the page was renamed
    pub(crate) earlier: String,
    /// the article's file, below the folder of articles
    pub(crate) file: String,
    /// the fingerprint of what is to be written; None where the file is to be removed
    pub(crate) written: Option<String>,
}

/// The entries as lines to append.
pub(crate) fn emit(entries: &[JournalEntry]) -> String {
    let line = |entry| serde_json::to_string(entry).expect("strings are always JSON") + "\n";
    entries.iter().map(line).collect()
}

/// The entries of a journal. The last line may have been cut off; its change was not made. An entry that names no file below the
/// folder of articles is left out.
pub(crate) fn parse(text: &str) -> Vec<JournalEntry> {
    text.split_inclusive('\n')
        .filter(|line| line.ends_with('\n'))
        .filter_map(|line| serde_json::from_str(line).ok())
        .filter(|entry: &JournalEntry| path_problem(&entry.file).is_none())
        .collect()
}

/// Brings a record up to date with the changes of an import that did not finish. `present` is the fingerprint of a file on the
/// disk, None where there is no such file.
pub(crate) fn replay(record: &mut ImportRecord, entries: &[JournalEntry], present: impl Fn(&str) -> Option<String>) {
    for JournalEntry { page, earlier, file, written } in entries {
        let known = record.pages.remove(page).or_else(|| record.pages.remove(earlier));
        let mut known = known.unwrap_or_default();
        // it is imported again
        known.settings.clear();
        match (written, present(file)) {
            (Some(written), Some(present)) if *written == present => {
                known.articles.insert(file.clone(), present);
            }
            (None, None) => {
                known.articles.remove(file);
            }
            _ => {}
        }
        record.pages.insert(page.clone(), known);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::record::PageRecord;

    fn entry(page: &str, earlier: &str, file: &str, written: Option<&str>) -> JournalEntry {
        let [page, earlier, file] = [page, earlier, file].map(str::to_owned);
        JournalEntry { page, earlier, file, written: written.map(str::to_owned) }
    }

    fn record(page: &str, articles: &[(&str, &str)]) -> ImportRecord {
        let articles = articles.iter().map(|&(file, mark)| (file.to_owned(), mark.to_owned())).collect();
        let known = PageRecord { settings: "s".to_owned(), articles, ..PageRecord::default() };
        ImportRecord { pages: [(page.to_owned(), known)].into() }
    }

    #[test]
    fn a_journal_is_read_back_without_a_line_that_was_cut_off() {
        let entries = [entry("p", "p", "a.md", Some("1")), entry("p", "old", "b.md", None)];
        let text = emit(&entries);
        assert_eq!(parse(&text), entries);
        assert_eq!(parse(&text[..text.len() - 3]), entries[..1]);
        assert_eq!(parse("\0\n[]\n"), []);
    }

    #[test]
    fn only_changes_that_took_effect_enter_the_record() {
        let mut known = record("p", &[("a.md", "1"), ("b.md", "2"), ("c.md", "3"), ("d.md", "4")]);
        let written = |file, mark| entry("p", "p", file, Some(mark));
        let removed = |file| entry("p", "p", file, None);
        let entries = [written("a.md", "10"), written("b.md", "20"), removed("c.md"), removed("d.md")];
        let present = |file: &str| match file {
            "a.md" => Some("10".to_owned()),
            "b.md" => Some("2".to_owned()),
            "d.md" => Some("4".to_owned()),
            _ => None,
        };
        replay(&mut known, &entries, present);
        let page = &known.pages["p"];
        assert_eq!(page.settings, "", "the page is imported again");
        let articles: Vec<(&str, &str)> = page.articles.iter().map(|(file, mark)| (&**file, &**mark)).collect();
        assert_eq!(articles, [("a.md", "10"), ("b.md", "2"), ("d.md", "4")]);
    }

    #[test]
    fn a_renamed_page_keeps_what_was_known_of_it() {
        let mut known = record("old", &[("a.md", "1"), ("removed.md", "2")]);
        replay(&mut known, &[entry("new", "old", "a.md", Some("9"))], |_| Some("9".to_owned()));
        assert!(!known.pages.contains_key("old"));
        assert_eq!(known.pages["new"].articles["a.md"], "9");
        assert_eq!(known.pages["new"].articles["removed.md"], "2", "removed by a person: stays known");
    }
}
