//! Reads and imports source pages, and finds out which have changed. Nothing is written, so pages are read in parallel.

use crate::config::settings::Config;
use crate::diagnostics::code::{Code, Severity};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::import::article::assemble::Draft;
use crate::import::input::decode::decode;
use crate::import::input::parse::parse_input;
use crate::import::naming::{date_in_name, page_in_name, paper_of_name};
use crate::import::page::masthead::Masthead;
use crate::import::page_import::{PageImport, PageMetadata, import_decoded, resolve_masthead};
use crate::import::record::{self, ImportRecord, MetadataOptions, PageRecord};
use crate::import::sidecar::corrections::Sidecar;
use crate::import::sidecar::parse::parse_sidecar;
use crate::io::fs::file;
use crate::pipeline::import::job::{ImportJob, PageFile};
use crate::theme::classify::{ArticleText, Classifier};
use crate::util::sync::lock;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Mutex;

/// Reads pages for a job.
#[derive(Debug)]
pub(crate) struct PageReader<'a> {
    pub(crate) job: &'a ImportJob,
    pub(crate) config: &'a Config,
    pub(crate) before: &'a ImportRecord,
    /// the paths of the job's pages
    listed: HashSet<&'a str>,
    /// pages of the record that are not there any more: bytes → path
    pub(crate) gone: HashMap<String, String>,
    classifier: Classifier,
    /// fingerprint of what all pages are imported with: the importer's version, themes, how they are filed, papers
    settings: String,
    changed: Mutex<ChangedPages>,
}

/// The bytes of changed pages by their paths, from the check for changes to the import, and their total size.
#[derive(Debug, Default)]
struct ChangedPages {
    pages: HashMap<String, Vec<u8>>,
    size: usize,
}

/// Bytes of changed pages in memory; beyond that, pages are read again.
const MAX_CHANGED: usize = 64 << 20;

/// The issue of a page, and whether the page has changed since it was last imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageStatus {
    /// paper and day; the day alone where no paper is known, empty without a day
    pub(crate) issue: String,
    pub(crate) changed: bool,
}

/// A page, read and imported.
#[derive(Debug)]
pub(crate) enum Read {
    Failed(Vec<Diagnostic>),
    Page { import: Box<PageImport>, record: PageRecord, diagnostics: Vec<Diagnostic> },
}

/// The bytes of a page, and everything else that its articles are made from.
struct Material {
    bytes: Vec<u8>,
    metadata: PageMetadata,
    record: PageRecord,
    /// of its sidecar
    diagnostics: Vec<Diagnostic>,
}

impl<'a> PageReader<'a> {
    pub(crate) fn new(job: &'a ImportJob, config: &'a Config, before: &'a ImportRecord) -> Self {
        let listed: HashSet<&str> = job.pages.iter().map(|page| page.path.as_str()).collect();
        let gone = before.pages.iter().filter(|(path, _)| !is_present(&listed, &job.root, path));
        let gone = gone.map(|(path, page)| (page.bytes.clone(), path.clone())).collect();
        let Config { themes, filing, papers, .. } = config;
        Self {
            job,
            config,
            before,
            listed,
            gone,
            classifier: Classifier::new(themes, filing),
            settings: fingerprint_of(&(env!("CARGO_PKG_VERSION"), themes, filing, papers)),
            changed: Mutex::default(),
        }
    }

    pub(crate) fn is_listed(&self, path: &str) -> bool {
        self.listed.contains(path)
    }

    /// Whether a page of the record is still there.
    pub(crate) fn is_present(&self, path: &str) -> bool {
        is_present(&self.listed, &self.job.root, path)
    }

    /// The path of the page in the record: a new page with the bytes of one that is gone is that one, renamed.
    pub(crate) fn earlier_path<'p>(&'p self, page: &'p PageFile, bytes: &str) -> &'p str {
        let renamed = self.gone.get(bytes).filter(|_| !self.before.pages.contains_key(&page.path));
        renamed.unwrap_or(&page.path)
    }

    pub(crate) fn status(&self, page: &PageFile) -> PageStatus {
        let Ok(material) = self.material(page) else { return PageStatus { issue: String::new(), changed: true } };
        let record = &material.record;
        let known = self.before.pages.get(&page.path);
        // a mistake in a sidecar is reported until it is corrected
        let is_valid = material.diagnostics.is_empty();
        let is_same = |known: &&PageRecord| known.bytes == record.bytes && known.settings == record.settings;
        if let Some(known) = known.filter(|known| is_valid && is_same(known)) {
            return PageStatus { issue: known.issue.clone(), changed: false };
        }
        let issue = decode(&page.path, &material.bytes)
            .map(|decoded| {
                let page = parse_input(&decoded.source, decoded.laid_out).page;
                issue_of(&resolve_masthead(&page, &material.metadata))
            })
            .unwrap_or_default();
        self.remember(page, material.bytes);
        PageStatus { issue, changed: true }
    }

    fn remember(&self, page: &PageFile, bytes: Vec<u8>) {
        let mut changed = lock(&self.changed);
        if changed.size + bytes.len() <= MAX_CHANGED {
            changed.size += bytes.len();
            changed.pages.insert(page.path.clone(), bytes);
        }
    }

    fn bytes(&self, page: &PageFile) -> Result<Vec<u8>, Diagnostic> {
        let mut changed = lock(&self.changed);
        if let Some(bytes) = changed.pages.remove(&page.path) {
            changed.size -= bytes.len();
            return Ok(bytes);
        }
        drop(changed);
        file::read(&self.job.root, &page.path)
    }

    /// Reads and imports a page.
    pub(crate) fn read(&self, page: &PageFile) -> Read {
        let Material { bytes, metadata, mut record, mut diagnostics } = match self.material(page) {
            Ok(material) => material,
            Err(diagnostic) => return Read::Failed(vec![diagnostic]),
        };
        let is_sidecar_valid = diagnostics.is_empty();
        let decoded = match decode(&page.path, &bytes) {
            Ok(decoded) => decoded,
            Err(diagnostic) => {
                diagnostics.push(if page.named { diagnostic } else { passed_over(diagnostic) });
                return Read::Failed(diagnostics);
            }
        };
        diagnostics.extend_from_slice(&decoded.diagnostics);
        let import = import_decoded(decoded, &metadata, |draft| self.themes(draft));
        record.issue = issue_of(&import.masthead);
        if !is_sidecar_valid || import.diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error) {
            // the page is imported and reported again until its sidecar is corrected
            record.settings.clear();
        }
        Read::Page { import: Box::new(import), record, diagnostics }
    }

    fn material(&self, page: &PageFile) -> Result<Material, Diagnostic> {
        let bytes = self.bytes(page)?;
        let (sidecar, sidecar_bytes, diagnostics) = self.sidecar(page);
        let hash = record::fingerprint(&bytes);
        let known = self.before.pages.get(self.earlier_path(page, &hash));
        let options =
            self.metadata_options(page).or(&known.map_or_else(MetadataOptions::default, |known| known.options.clone()));
        let metadata = PageMetadata {
            sidecar,
            date: options.date.as_ref().and_then(|date| date.parse().ok()).or_else(|| date_in_name(&page.path)),
            paper: (options.paper.clone())
                .or_else(|| paper_of_name(&page.path, &self.config.papers).map(str::to_owned)),
            page: options.page.or_else(|| page_in_name(&page.path)),
            punctuation_as_printed: !self.config.import.full_width,
        };
        // the bytes: a change that makes a sidecar invalid has to be noticed too
        let settings = fingerprint_of(&(&self.settings, &metadata, sidecar_bytes));
        let record = PageRecord { bytes: hash, settings, options, ..PageRecord::default() };
        Ok(Material { bytes, metadata, record, diagnostics })
    }

    /// The options of the command line, which are for requested pages.
    fn metadata_options(&self, page: &PageFile) -> MetadataOptions {
        if !page.requested {
            return MetadataOptions::default();
        }
        let ImportJob { date, paper, page, .. } = self.job;
        MetadataOptions { date: date.map(|date| date.to_string()), paper: paper.clone(), page: *page }
    }

    /// The sidecar of a page, and its bytes; None where there is none or it cannot be read.
    fn sidecar(&self, page: &PageFile) -> (Sidecar, Option<Vec<u8>>, Vec<Diagnostic>) {
        let path = page.path.rsplit_once('.').map(|(stem, _)| format!("{stem}.toml"));
        let Some(path) = path.filter(|path| file::exists(&self.job.root.join(path))) else {
            return (Sidecar::default(), None, Vec::new());
        };
        let bytes = match file::read(&self.job.root, &path) {
            Ok(bytes) => bytes,
            Err(diagnostic) => return (Sidecar::default(), None, vec![diagnostic]),
        };
        let (sidecar, diagnostics) = match file::source(&path, bytes.clone()) {
            Ok(source) => parse_sidecar(&source, &self.config.theme_ids()),
            Err(diagnostic) => (Sidecar::default(), vec![diagnostic]),
        };
        (sidecar, Some(bytes), diagnostics)
    }

    /// The themes that an article is filed under.
    pub(crate) fn themes(&self, draft: &Draft) -> Vec<String> {
        let front = &draft.front;
        let part = |text: &'_ Option<String>| text.clone().unwrap_or_default();
        let (kicker, subtitle, column) = (part(&front.kicker), part(&front.subtitle), part(&front.column));
        // a headline that was made from the text adds nothing to it
        let title = if front.title_inferred { "" } else { front.title.as_str() };
        let text = ArticleText { title, kicker: &kicker, subtitle: &subtitle, column: &column, body: &draft.text };
        self.classifier.theme_ids_of(&text)
    }
}

/// Folders hold other files of these extensions too: one that was not named itself and is no page is passed over with a remark.
fn passed_over(diagnostic: Diagnostic) -> Diagnostic {
    if diagnostic.code != Code::UnknownFormat {
        return diagnostic;
    }
    Diagnostic { code: Code::UnusedFile, ..diagnostic }
}

/// The fingerprint of all fields of a value.
fn fingerprint_of(value: &impl Serialize) -> String {
    record::fingerprint(&postcard::to_allocvec(value).expect("plain fields can always be encoded"))
}

/// Whether a page is there; the file system is asked only for those that are not listed.
fn is_present(listed: &HashSet<&str>, root: &Path, path: &str) -> bool {
    listed.contains(path) || file::exists(&root.join(path))
}

fn issue_of(masthead: &Masthead) -> String {
    match (&masthead.paper, masthead.date) {
        (Some(paper), Some(date)) => format!("{paper} {date}"),
        (None, Some(date)) => date.to_string(),
        (_, None) => String::new(),
    }
}
