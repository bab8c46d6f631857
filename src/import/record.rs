//! What import may write, and what a person has changed.
//!
//! Import remembers what it wrote: for each page a hash of all that its articles were made from, and for each article a hash
//! of the file. A file that no longer has its hash was edited, and is never written over; a file that is gone was taken out
//! by a person, and stays out. Without a memory (a fresh checkout that lacks the record) every file counts as edited, unless
//! it is what would be written anyway.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::Source;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What import wrote, by page: the file `.imported.toml` in the folder of articles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportRecord {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) pages: BTreeMap<String, PageRecord>,
}

/// One page's share of the record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageRecord {
    /// of the page's bytes
    pub(crate) bytes: String,
    /// of everything else that decides: the importer's version, settings, themes, what the command line said
    pub(crate) settings: String,
    /// paper and day, where they are known: pages of one issue are imported together, since articles jump between them
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) issue: String,
    /// how many pages of the issue there were
    #[serde(default)]
    pub(crate) issue_pages: usize,
    /// what the command line said where the page prints nothing, so that the next build, which says nothing, keeps to it
    #[serde(default, skip_serializing_if = "MetadataOptions::is_nothing")]
    pub(crate) said: MetadataOptions,
    /// file (below the folder of articles) → hash of what was written
    #[serde(default)]
    pub(crate) articles: BTreeMap<String, String>,
}

/// `--date`, `--paper` and `--page`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MetadataOptions {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) paper: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) page: Option<u32>,
}

impl MetadataOptions {
    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// What is said now; where it says nothing, what was said `before`.
    pub(crate) fn or(self, before: &Self) -> Self {
        Self {
            date: self.date.or_else(|| before.date.clone()),
            paper: self.paper.or_else(|| before.paper.clone()),
            page: self.page.or(before.page),
        }
    }
}

/// What is to be done with an article's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WriteDecision {
    Write,
    /// it is what would be written
    Unchanged,
    /// a person has changed it
    Edited,
    /// a person has taken it out
    Removed,
}

/// The hash that the record keeps.
pub(crate) fn fingerprint(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
}

/// Decides on an article's file: `recorded` is its hash when it was last written, `present` what stands on the disk, `new`
/// what would be written.
pub(crate) fn decide_write(recorded: Option<&str>, present: Option<&[u8]>, new: &[u8]) -> WriteDecision {
    match (present, recorded) {
        (None, None) => WriteDecision::Write,
        (None, Some(_)) => WriteDecision::Removed,
        (Some(present), _) if present == new => WriteDecision::Unchanged,
        (Some(present), Some(recorded)) if fingerprint(present) == recorded => WriteDecision::Write,
        (Some(_), _) => WriteDecision::Edited,
    }
}

/// Reads the record.
///
/// # Errors
/// A finding where the file is none: the import goes on as if nothing were remembered.
pub(crate) fn parse(source: &Source) -> Result<ImportRecord, Diagnostic> {
    toml::from_str(&source.text).map_err(|error| {
        let message = format!("the record of imports cannot be read: {}", error.message());
        let span = error.span().unwrap_or(0..0);
        Diagnostic::new(Code::BrokenRecord, message)
            .at(source, span)
            .hint("articles that differ from what would be written are taken as edited; a new record is written")
    })
}

/// The record's text.
pub(crate) fn emit(record: &ImportRecord) -> String {
    let head = "# Written by wenzhai: what import made of each page, so that a person's edits are known and kept.\n\
                # Commit this file with the articles.\n\n";
    let body = toml::to_string(record).expect("maps of strings are always TOML");
    format!("{head}{body}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_touched_is_written_over() {
        let was = fingerprint(b"old");
        assert_eq!(decide_write(None, None, b"new"), WriteDecision::Write);
        assert_eq!(decide_write(Some(&was), Some(b"old"), b"new"), WriteDecision::Write);
        assert_eq!(decide_write(Some(&was), Some(b"mine"), b"new"), WriteDecision::Edited);
        assert_eq!(decide_write(None, Some(b"mine"), b"new"), WriteDecision::Edited);
        assert_eq!(decide_write(None, Some(b"new"), b"new"), WriteDecision::Unchanged);
        assert_eq!(decide_write(Some(&was), None, b"new"), WriteDecision::Removed);
    }

    #[test]
    fn the_record_survives_writing_and_reading() {
        let mut record = ImportRecord::default();
        let articles = BTreeMap::from([("2025/02-25/p1-01.md".to_owned(), fingerprint(b"x"))]);
        let said = MetadataOptions { date: Some("2025-02-25".to_owned()), ..MetadataOptions::default() };
        let page = PageRecord {
            bytes: fingerprint(b"page"),
            settings: fingerprint(b"s"),
            issue: "示范工人报 2025-03-18".to_owned(),
            issue_pages: 4,
            said,
            articles,
        };
        record.pages.insert("content/pages/某版.txt".to_owned(), page);
        assert_eq!(parse(&Source::new("r", emit(&record))).unwrap(), record);
        assert_eq!(parse(&Source::new("r", "pages = 3")).unwrap_err().code, Code::BrokenRecord);
        assert_eq!(parse(&Source::new("r", emit(&ImportRecord::default()))).unwrap(), ImportRecord::default());
    }
}
