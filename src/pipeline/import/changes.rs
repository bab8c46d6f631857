//! Finds out which pages have changed since they were imported.
//!
//! 1. A file whose bytes the record knows has the pages that it had, and need not be decoded.
//! 2. What an article is made from, the lines of its page aside, is settled for each page: options, sidecar, what its name says, what the
//!    other pages of the file print.
//! 3. A page has changed where its bytes, or any of that, are not what the record says.

use crate::config::settings::Config;
use crate::content::page_name::{MAX_PAGES, file_and_number, file_of, name_of_page, numbered_stem, stem_of};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::import::issue::shared_masthead::SharedMasthead;
use crate::import::page::masthead::Masthead;
use crate::import::page_metadata::PageMetadata;
use crate::import::record::{self, ImportRecord, MetadataOptions, PageRecord};
use crate::import::sidecar::corrections::Sidecar;
use crate::io::fs::file;
use crate::message;
use crate::pipeline::import::job::{ImportJob, PageFile, is_scan};
use crate::pipeline::import::sidecars::{SidecarFile, Sidecars};
use crate::pipeline::ocr::page::may_be_scan;
use crate::util::sync::lock;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::iter;
use std::path::Path;
use std::sync::Mutex;

/// The pages of a job, compared with the record.
#[derive(Debug)]
pub(crate) struct PageChanges<'a> {
    pub(crate) job: &'a ImportJob,
    pub(crate) config: &'a Config,
    pub(crate) before: &'a ImportRecord,
    /// the paths of the job's files
    listed: HashSet<&'a str>,
    /// pages of the record whose file is not there any more: bytes → path
    gone: HashMap<String, String>,
    sidecars: Sidecars,
    /// fingerprint of what all pages are imported with: the importer's version, themes, how they are filed, papers
    settings: String,
    /// where it is known: files that may have changed since the record was written, by their paths without extension and page
    changed: Option<HashSet<String>>,
    /// what is known of the files that were read, by their paths
    files: Mutex<HashMap<String, FileFacts>>,
}

/// What is known of a file that was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct FileFacts {
    /// fingerprint of its bytes
    bytes: String,
    /// whether the OCR command may have a part in its pages
    may_be_scan: bool,
    /// 0 where it cannot be decoded
    pub(crate) pages: usize,
    /// paper and day of its pages, where it has several; of an unchanged file they are known when it is decoded
    pub(crate) shared: SharedMasthead,
    /// fingerprint of paper and day in the sidecars of all its pages, where it has several
    said: String,
}

/// The issue of a page, and whether the page has changed since it was last imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageStatus {
    /// as in the record: [`PageRecord::issue`]
    pub(crate) issue: String,
    pub(crate) changed: bool,
}

/// Everything that the articles of a page are made from, its lines aside.
pub(crate) struct Material {
    pub(crate) metadata: PageMetadata,
    pub(crate) record: PageRecord,
    /// of its sidecar
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<'a> PageChanges<'a> {
    pub(crate) fn new(
        job: &'a ImportJob,
        config: &'a Config,
        before: &'a ImportRecord,
        changed: Option<&BTreeSet<String>>,
    ) -> Self {
        let listed: HashSet<&str> = job.files.iter().map(|file| file.path.as_str()).collect();
        let gone = before.pages.iter().filter(|(path, _)| !is_file_present(&listed, &job.root, path));
        let gone = gone.map(|(path, page)| (page.bytes.clone(), path.clone())).collect();
        let Config { themes, filing, papers, .. } = config;
        Self {
            job,
            config,
            before,
            sidecars: Sidecars::beside(&job.root, listed.iter().copied()),
            listed,
            gone,
            settings: fingerprint_of(&(env!("CARGO_PKG_VERSION"), themes, filing, papers)),
            changed: changed.map(|changed| changed.iter().flat_map(|path| stems(path)).collect()),
            files: Mutex::default(),
        }
    }

    pub(crate) fn is_listed(&self, path: &str) -> bool {
        self.listed.contains(file_of(path))
    }

    /// Whether a page of the record is still there. A file that cannot be decoded has the pages that it had.
    pub(crate) fn is_present(&self, path: &str) -> bool {
        let (file, number) = file_and_number(path);
        match (lock(&self.files).get(file).map_or(0, |facts| facts.pages), number) {
            (0, _) => is_file_present(&self.listed, &self.job.root, path),
            (pages, None) => pages == 1,
            (pages, Some(number)) => pages > 1 && number <= pages,
        }
    }

    /// The path of the page in the record: a new page with the bytes of one that is gone is that one, renamed; the first page of a
    /// file that came to have several is the one that it had, and the other way round.
    pub(crate) fn earlier_path<'p>(&'p self, page: &'p PageFile, bytes: &str) -> &'p str {
        let known = &self.before.pages;
        if known.contains_key(&page.path) {
            return &page.path;
        }
        if let Some(renamed) = self.gone.get(bytes) {
            return renamed;
        }
        let first = match file_and_number(&page.path) {
            (file, None) => name_of_page(file, 1, usize::MAX),
            (file, Some(1)) => file.to_owned(),
            (_, Some(_)) => return &page.path,
        };
        known.get_key_value(&first).map_or(&page.path, |(path, _)| path)
    }

    /// Notes that a page of these bytes was found: a second one is another page, and no renamed one.
    pub(crate) fn settle(&mut self, bytes: &str) {
        self.gone.remove(bytes);
    }

    /// What is known of a file that was read; nothing of another.
    pub(crate) fn facts_of(&self, file: &str) -> FileFacts {
        lock(&self.files).get(file).cloned().unwrap_or_default()
    }

    /// Notes what is known of a file.
    pub(crate) fn note(&self, file: &str, facts: FileFacts) {
        lock(&self.files).insert(file.to_owned(), facts);
    }

    /// The pages of a file of these bytes, where none of them has changed; the file is then noted.
    pub(crate) fn unchanged_pages(
        &self,
        file: &PageFile,
        bytes: &[u8],
        hash: &str,
    ) -> Option<Vec<(PageFile, PageStatus)>> {
        let facts = self.facts(file, bytes, hash, self.known_pages(&file.path, hash)?);
        let pages = file.pages(facts.pages).into_iter().map(|page| {
            let issue = self.unchanged_issue(&page, &self.material(&page, &facts))?;
            Some((page, PageStatus { issue, changed: false }))
        });
        let pages = pages.collect::<Option<Vec<(PageFile, PageStatus)>>>()?;
        self.note(&file.path, facts);
        Some(pages)
    }

    /// The pages of a file that is known not to have changed, as the record has them. It need not be read then.
    pub(crate) fn pages_as_recorded(&self, file: &PageFile) -> Option<Vec<(PageFile, PageStatus)>> {
        if self.job.includes_unchanged || self.changed.as_ref()?.contains(&stem_of(&file.path)) || is_scan(&file.path) {
            return None;
        }
        let first = name_of_page(&file.path, 1, usize::MAX);
        let count = self.before.pages.get(&first).map_or(1, |page| page.file_pages);
        let pages = file.pages(count.min(MAX_PAGES)).into_iter().map(|page| {
            let known = self.before.pages.get(&page.path)?;
            // what had findings is imported again, and what the OCR command had a part in is looked at
            let is_settled = !known.settings.is_empty() && known.ocr.is_empty() && !known.gone;
            let is_of_file = known.file_pages == if count > 1 { count } else { 0 };
            let status = PageStatus { issue: known.issue.clone(), changed: false };
            (is_settled && is_of_file).then_some((page, status))
        });
        pages.collect::<Option<Vec<_>>>().filter(|pages| !pages.is_empty())
    }

    /// The status of a page that was decoded; `masthead` is what it prints, None where it cannot be read.
    pub(crate) fn status(&self, page: &PageFile, facts: &FileFacts, masthead: Option<Masthead>) -> PageStatus {
        let material = self.material(page, facts);
        let unchanged = self.unchanged_issue(page, &material);
        let changed = unchanged.is_none();
        let issue = unchanged.or_else(|| Some(issue_of(&completed(masthead?, &material.metadata), page)));
        PageStatus { issue: issue.unwrap_or_default(), changed }
    }

    /// What is wrong with the sidecars and the chosen pages of a file that has so many.
    pub(crate) fn absent_pages(&self, file: &PageFile, pages: usize) -> Vec<Diagnostic> {
        let mut diagnostics = self.sidecars.unused(&file.path, pages);
        diagnostics.extend(file.numbers.iter().filter(|&&number| number > pages).map(|number| {
            let message = message!("{path} has no page {number}, only {pages}", path = file.path, number, pages);
            Diagnostic::new(Code::NoPage, message).hint(message!("pages are counted from 1 in the order of the file"))
        }));
        diagnostics
    }

    /// How many pages a file of these bytes has, where the record knows it.
    fn known_pages(&self, file: &str, hash: &str) -> Option<usize> {
        let known = &self.before.pages;
        if known.get(file).is_some_and(|page| page.bytes == hash) {
            return Some(1);
        }
        let numbered = format!("{file}#");
        let mut of_file = known.range(numbered.clone()..).take_while(|(path, _)| path.starts_with(&numbered));
        of_file.find_map(|(path, page)| {
            let (number, count) = (file_and_number(path).1?, page.file_pages);
            // anybody may have edited the record
            (count <= MAX_PAGES && page.bytes == record::page_fingerprint(hash, number, count)).then_some(count)
        })
    }

    /// The issue of a page that has not changed; None where it has.
    fn unchanged_issue(&self, page: &PageFile, material: &Material) -> Option<String> {
        let Material { record, diagnostics, .. } = material;
        let known = self.before.pages.get(&page.path)?;
        // a mistake in a sidecar is reported until it is corrected
        let is_same = diagnostics.is_empty() && known.bytes == record.bytes && known.settings == record.settings;
        is_same.then(|| known.issue.clone())
    }

    /// The sidecar of a page.
    pub(crate) fn sidecar(&self, page: &str) -> SidecarFile {
        self.sidecars.read(&self.job.root, page, &self.config.theme_ids())
    }

    /// What is known of a file of these bytes.
    pub(crate) fn facts(&self, file: &PageFile, bytes: &[u8], hash: &str, pages: usize) -> FileFacts {
        let may_be_scan = may_be_scan(&file.path, bytes);
        let mut facts = FileFacts { bytes: hash.to_owned(), may_be_scan, pages, ..FileFacts::default() };
        if pages > 1 {
            let said = |page: PageFile| {
                let Sidecar { paper, date, .. } = self.sidecar(&page.path).corrections;
                (paper, date)
            };
            let said: Vec<_> = file.pages(pages).into_iter().map(said).collect();
            facts.said = if said.iter().all(|it| *it == (None, None)) { String::new() } else { fingerprint_of(&said) };
        }
        facts
    }

    /// What the articles of a page are made from, its lines aside.
    pub(crate) fn material(&self, page: &PageFile, facts: &FileFacts) -> Material {
        let SidecarFile { corrections: sidecar, bytes: sidecar_bytes, diagnostics } = self.sidecar(&page.path);
        let (file, number) = file_and_number(&page.path);
        let bytes = record::page_fingerprint(&facts.bytes, number.unwrap_or(1), facts.pages);
        let known = self.before.pages.get(self.earlier_path(page, &bytes));
        let options =
            self.metadata_options(page).or(&known.map_or_else(MetadataOptions::default, |known| known.options.clone()));
        let metadata = PageMetadata::of_file(file, number, &options, sidecar, self.config);
        // the bytes: a change that makes a sidecar invalid has to be noticed too
        let command = facts.may_be_scan.then_some(&self.config.ocr.command);
        let settings = fingerprint_of(&(&self.settings, &metadata, sidecar_bytes, &facts.said, command));
        let metadata = facts.shared.complete(metadata);
        let file_pages = if facts.pages > 1 { facts.pages } else { 0 };
        let record = PageRecord { bytes, settings, options, file_pages, ..PageRecord::default() };
        Material { metadata, record, diagnostics }
    }

    /// The options of the command line, which are for requested pages.
    fn metadata_options(&self, page: &PageFile) -> MetadataOptions {
        if !page.requested {
            return MetadataOptions::default();
        }
        let ImportJob { date, paper, page, .. } = self.job;
        MetadataOptions { date: date.map(|date| date.to_string()), paper: paper.clone(), page: *page }
    }
}

/// A changed file's path without its extension, and without the number of a page before that: `issue.3.toml` is of `issue.pdf`, or of
/// `issue.3.txt`.
fn stems(path: &str) -> impl Iterator<Item = String> {
    let stem = stem_of(path);
    let of_file = numbered_stem(&stem).map(|(file, _)| file.to_owned());
    iter::once(stem).chain(of_file)
}

/// The fingerprint of all fields of a value.
fn fingerprint_of(value: &impl Serialize) -> String {
    record::fingerprint(&postcard::to_allocvec(value).expect("plain fields can always be encoded"))
}

/// Whether the file of a page is there; the file system is asked only for those that are not listed.
fn is_file_present(listed: &HashSet<&str>, root: &Path, page: &str) -> bool {
    let file = file_of(page);
    listed.contains(file) || file::exists(&root.join(file))
}

/// Paper and day of a page, where it does not print them.
fn completed(masthead: Masthead, metadata: &PageMetadata) -> Masthead {
    Masthead {
        date: masthead.date.or(metadata.date),
        paper: masthead.paper.or_else(|| metadata.paper.clone()),
        ..masthead
    }
}

/// As in the record: [`PageRecord::issue`].
pub(crate) fn issue_of(masthead: &Masthead, page: &PageFile) -> String {
    match (&masthead.paper, masthead.date) {
        (Some(paper), Some(date)) => format!("{paper} {date}"),
        (None, Some(date)) => date.to_string(),
        (_, None) => match file_and_number(&page.path) {
            (file, Some(_)) => file.to_owned(),
            (_, None) => String::new(),
        },
    }
}
