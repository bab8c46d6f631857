//! The record of imports (`.imported.toml`): what import has written, to tell edited articles from untouched ones.
//!
//! For each page it holds fingerprints of all that its articles were made from, for each article the fingerprint of the written
//! file. A file with another fingerprint was edited and is never overwritten; a file that is gone was removed by a person and
//! stays away. Without a record (a checkout that lacks it) every file counts as edited, unless it has exactly the bytes that
//! would be written.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::library_reason;
use crate::diagnostics::source::Source;
use crate::io::fs::path::record_path_finding;
use crate::message;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The whole record: source page → what was made of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportRecord {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) pages: BTreeMap<String, PageRecord>,
}

/// The record of one page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageRecord {
    /// fingerprint of the page's bytes ([`page_fingerprint`])
    pub(crate) bytes: String,
    /// fingerprint of everything else that decides: the importer's version, settings, themes, metadata
    pub(crate) settings: String,
    /// the name of the OCR command's result, of which a scan's articles were made
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) ocr: String,
    /// paper and day; the day alone where no paper is known; without a day, the file where that has several pages, and else empty. The pages
    /// of an issue are imported together, since articles jump between them
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) issue: String,
    /// pages of the file, where it has several; `bytes` is then of the file and of the page's position in it
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) file_pages: usize,
    /// how many pages of the issue there were
    #[serde(default)]
    pub(crate) issue_pages: usize,
    /// the page's file is gone; its articles stay, and what was known of them
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) gone: bool,
    /// the options of the import, so that the next build, which has none, uses them again
    #[serde(default, rename = "said", skip_serializing_if = "MetadataOptions::is_empty")]
    pub(crate) options: MetadataOptions,
    /// files that were kept when the page changed (below the folder of articles) → fingerprint of the bytes of the page that the line
    /// numbers in them are of
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) numbered_by: BTreeMap<String, String>,
    /// file (below the folder of articles) → fingerprint of what was written
    #[serde(default)]
    pub(crate) articles: BTreeMap<String, String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(value: &usize) -> bool {
    *value == 0
}

/// The options `--date`, `--paper` and `--page`, for pages that do not print these. (TOML leaves out what is None.)
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MetadataOptions {
    pub(crate) date: Option<String>,
    pub(crate) paper: Option<String>,
    pub(crate) page: Option<u32>,
}

impl MetadataOptions {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// These options; for one that is absent, that of an `earlier` import.
    pub(crate) fn or(self, earlier: &Self) -> Self {
        Self {
            date: self.date.or_else(|| earlier.date.clone()),
            paper: self.paper.or_else(|| earlier.paper.clone()),
            page: self.page.or(earlier.page),
        }
    }
}

/// What an import does with an article's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WriteDecision {
    /// the file is new, or is as import wrote it
    Write,
    /// the file has the bytes that would be written
    Unchanged,
    /// a person has edited the file: it is not touched
    Edited,
    /// a person has removed the file: it is not written
    Removed,
}

/// The fingerprint in the record: half of a BLAKE3 hash, in hexadecimal digits.
pub(crate) fn fingerprint(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
}

/// The fingerprint of page `number` of a file with `count` pages, by that of the file: each page has its own, so that it is known again
/// where the file is renamed.
pub(crate) fn page_fingerprint(file: &str, number: usize, count: usize) -> String {
    if count > 1 { fingerprint(format!("{file}#{number}").as_bytes()) } else { file.to_owned() }
}

/// Decides on an article's file: `recorded` is its fingerprint when it was last written, `present` the bytes on the disk, `new`
/// the bytes that would be written.
pub(crate) fn decide_write(recorded: Option<&str>, present: Option<&[u8]>, new: &[u8]) -> WriteDecision {
    match (present, recorded) {
        (None, None) => WriteDecision::Write,
        (None, Some(_)) => WriteDecision::Removed,
        (Some(present), _) if present == new => WriteDecision::Unchanged,
        (Some(present), Some(recorded)) if fingerprint(present) == recorded => WriteDecision::Write,
        (Some(_), _) => WriteDecision::Edited,
    }
}

/// Parses the record; with findings about paths that are no files below the folder of articles, which are left out.
///
/// # Errors
/// A warning where it is not a record; the import then goes on without one.
pub fn parse(source: &Source) -> Result<(ImportRecord, Vec<Diagnostic>), Diagnostic> {
    let mut record: ImportRecord = toml::from_str(&source.text).map_err(|error| {
        let message =
            message!("the record of imports cannot be read: {reason}", reason = library_reason(error.message()));
        let span = error.span().unwrap_or(0..0);
        Diagnostic::new(Code::BrokenRecord, message).at(source, span).hint(message!(
            "articles that differ from what would be written are taken as edited; a new record is written"
        ))
    })?;
    let mut findings = Vec::new();
    for page in record.pages.values_mut() {
        page.articles.retain(|file, _| {
            let finding = record_path_finding(&source.name, file);
            let is_valid = finding.is_none();
            findings.extend(finding);
            is_valid
        });
    }
    Ok((record, findings))
}

/// The record as TOML, under a comment for people.
pub(crate) fn emit(record: &ImportRecord) -> String {
    let comment = "# Written by wenzhai: what import made of each page, so that a person's edits are known and kept.\n\
                   # Commit this file with the articles.\n\n";
    let tables = toml::to_string(record).expect("maps of strings are always TOML");
    format!("{comment}{tables}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_untouched_files_are_overwritten() {
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
        let options = MetadataOptions { date: Some("2025-02-25".to_owned()), ..MetadataOptions::default() };
        let page = PageRecord {
            ocr: String::new(),
            bytes: fingerprint(b"page"),
            settings: fingerprint(b"s"),
            issue: "示范工人报 2025-03-18".to_owned(),
            file_pages: 2,
            issue_pages: 4,
            gone: false,
            options,
            numbered_by: BTreeMap::from([("2025/02-25/p1-01.md".to_owned(), fingerprint(b"before"))]),
            articles,
        };
        record.pages.insert("content/pages/某版.txt".to_owned(), page);
        assert_eq!(parse(&Source::new("r", emit(&record))).unwrap(), (record, vec![]));
        assert_eq!(parse(&Source::new("r", "pages = 3")).unwrap_err().code, Code::BrokenRecord);
        assert_eq!(parse(&Source::new("r", emit(&ImportRecord::default()))).unwrap().0, ImportRecord::default());
    }

    #[test]
    fn of_a_record_with_paths_outside_its_folder_the_rest_is_used() {
        let page = "bytes = \"b\"\nsettings = \"s\"\n[pages.\"p.txt\".articles]\n";
        let files = "\"../../../victim.txt\" = \"x\"\n\"/etc/passwd\" = \"x\"\n\"2025/02-25/p1-01.md\" = \"x\"\n";
        let text = format!("[pages.\"p.txt\"]\n{page}{files}");
        let (record, findings) = parse(&Source::new("r", text)).unwrap();
        assert_eq!(record.pages["p.txt"].articles.keys().collect::<Vec<_>>(), ["2025/02-25/p1-01.md"]);
        assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::RecordPath; 2]);
    }
}
