//! The record of a publish, a manifest at the target: which site this is, and every file that was uploaded.
//!
//! A text file: a line with the version (and `unfinished` while a publish is under way), the site, the last verification, then a
//! line for each file: hash, revision, path. It is written before the first change with everything about to be put, so that the next publish
//! knows what a killed one may have left, and again at the end. It holds nothing that a visitor of the site may not know.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::path::{path_problem, record_path_finding};
use crate::message;
use crate::publish::verification::Verification;
use blake3::Hash;
use std::collections::BTreeMap;

/// Its name at the target, below the site's root.
pub(crate) const RECORD_FILE: &str = ".wenzhai-published";

const VERSION: &str = "wenzhai published 1";
const UNFINISHED: &str = "unfinished";
const VERIFIED: &str = "verified ";

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct SiteIdentity {
    /// `base_url`; empty where the settings name none
    pub(crate) url: String,
    pub(crate) title: String,
}

impl SiteIdentity {
    /// Whether both are one site: the same URL, or, where one of them has none, the same title.
    pub(crate) fn is_same_site(&self, other: &Self) -> bool {
        if self.url.is_empty() || other.url.is_empty() { self.title == other.title } else { self.url == other.url }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RecordEntry {
    /// of the bytes in `public/`
    pub(crate) hash: Hash,
    /// in the target's listing afterwards (a size, an `ETag`): where it is another one now, somebody changed the file. One
    /// word; empty where the file was only about to be uploaded.
    pub(crate) revision: String,
}

/// What a publish put at a target.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    pub(crate) site: SiteIdentity,
    /// A publish began and did not finish: hashes and revisions cannot be relied on, only that the files are ours.
    pub(crate) unfinished: bool,
    /// none at a target that lists hashes, and in records of earlier versions
    pub(crate) verification: Option<Verification>,
    /// by path, below the site's root, with `/`
    pub(crate) files: BTreeMap<String, RecordEntry>,
}

impl Record {
    /// Reads a record, called `name` in messages, with findings about lines that name no file below its folder, which are left out;
    /// `unknown-record` where it is none that this wenzhai can read: files in it may be removed, so nothing is guessed.
    ///
    /// # Errors
    /// `unknown-record`.
    pub fn parse(text: &str, name: &str) -> Result<(Self, Vec<Diagnostic>)> {
        Self::try_parse(text, name).ok_or_else(|| {
            let why = message!("{name} is not a record that this wenzhai can read", name);
            let hint = message!(
                "publish with the version of wenzhai that wrote it, or remove it there and publish with --yes to take over"
            );
            Error::failure(Diagnostic::new(Code::UnknownRecord, why).hint(hint))
        })
    }

    fn try_parse(text: &str, name: &str) -> Option<(Self, Vec<Diagnostic>)> {
        let mut lines = text.lines().peekable();
        let unfinished = match lines.next()?.strip_prefix(VERSION)?.trim() {
            "" => false,
            UNFINISHED => true,
            _ => return None,
        };
        let url = lines.next()?.strip_prefix("site ")?.to_owned();
        let title = lines.next()?.strip_prefix("title ")?.to_owned();
        let verification = lines.next_if(|line| line.starts_with(VERIFIED));
        let verification = verification.and_then(|line| Verification::parse(&line[VERIFIED.len()..]));
        let (mut files, mut findings) = (BTreeMap::new(), Vec::new());
        for line in lines {
            match parse_entry(line) {
                Some((path, entry)) if path_problem(path).is_none() => drop(files.insert(path.to_owned(), entry)),
                // An earlier version wrote the name of a file with a line break in it as two lines.
                entry => findings.extend(record_path_finding(name, entry.map_or("", |(path, _)| path))),
            }
        }
        Some((Self { site: SiteIdentity { url, title }, unfinished, verification, files }, findings))
    }

    pub(crate) fn emit(&self) -> String {
        let mut text = String::from(VERSION);
        if self.unfinished {
            text.extend([" ", UNFINISHED]);
        }
        let title: String = self.site.title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        text.extend(["\nsite ", &self.site.url, "\ntitle ", &title, "\n"]);
        if let Some(verification) = self.verification {
            text.extend([VERIFIED, &verification.emit(), "\n"]);
        }
        for (path, RecordEntry { hash, revision }) in &self.files {
            let revision = if revision.is_empty() { "-" } else { revision };
            text.extend([hash.to_hex().as_str(), " ", revision, " ", path, "\n"]);
        }
        text
    }
}

fn parse_entry(line: &str) -> Option<(&str, RecordEntry)> {
    let (hash, rest) = line.split_once(' ')?;
    let (revision, path) = rest.split_once(' ')?;
    let revision = if revision == "-" { "" } else { revision };
    let entry = RecordEntry { hash: Hash::from_hex(hash).ok()?, revision: revision.to_owned() };
    Some((path, entry))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn of_a_record_with_paths_outside_its_folder_the_rest_is_used() {
        let hash = blake3::hash(b"x").to_hex();
        let lines = ["../../etc/passwd", "/etc/passwd", "a\\..\\b", "two\nlines", "c/d"]
            .map(|path| format!("{hash} 3 {path}\n"));
        let text = format!("wenzhai published 1\nsite \ntitle \n{}", lines.concat());
        let (record, findings) = Record::parse(&text, "t").unwrap();
        assert_eq!(record.files.keys().collect::<Vec<_>>(), ["c/d", "two"]);
        assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::RecordPath; 4]);
    }

    #[test]
    fn what_is_no_record_is_refused() {
        for text in ["", "x", "wenzhai published 2\nsite \ntitle \n", "wenzhai published 1 x\nsite \ntitle \n"] {
            assert_eq!(Record::parse(text, "t").unwrap_err().diagnostics[0].code, Code::UnknownRecord, "{text:?}");
        }
    }

    #[test]
    fn sites_are_compared_by_url_and_without_one_by_title() {
        let site = |url: &str, title: &str| SiteIdentity { url: url.to_owned(), title: title.to_owned() };
        assert!(site("https://a/", "x").is_same_site(&site("https://a/", "y")));
        assert!(!site("https://a/", "x").is_same_site(&site("https://b/", "x")));
        assert!(site("", "x").is_same_site(&site("https://b/", "x")));
        assert!(!site("", "x").is_same_site(&site("", "y")));
    }

    proptest! {
        #[test]
        fn parse_reads_what_emit_writes(
            files in prop::collection::btree_map("[a-z产./ #]{1,9}", "[0-9a-f-]{2,6}|", 0..6),
            title in "[产 a]{0,5}",
            unfinished: bool,
            day in prop::option::of(0..9_u32),
        ) {
            let files = files.into_iter().filter(|(path, _)| path_problem(path).is_none());
            let files = files.map(|(path, revision)| (path, RecordEntry { hash: blake3::hash(b"x"), revision })).collect();
            let record = Record { site: SiteIdentity { url: "https://a/".into(), title }, unfinished, verification: day.map(Verification::on), files };
            prop_assert_eq!(Record::parse(&record.emit(), "t").unwrap(), (record, vec![]));
        }
    }
}
