//! Reads source pages: finds out whether a page has changed since it was imported, and takes it apart.
//!
//! Nothing is changed here, so many pages can be read in parallel.

use crate::config::settings::Config;
use crate::diagnostics::code::Severity;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::import::article::assemble::Draft;
use crate::import::input::decode::decode;
use crate::import::input::parse::parse_input;
use crate::import::naming::{date_in_name, page_in_name, paper_of_name};
use crate::import::page::masthead::Masthead;
use crate::import::page_import::{PageImport, PageMetadata, import_page, resolve_masthead};
use crate::import::record::{self, ImportRecord, MetadataOptions, PageRecord};
use crate::import::sidecar::corrections::Sidecar;
use crate::import::sidecar::parse::parse_sidecar;
use crate::io::fs::file;
use crate::pipeline::import::job::{ImportJob, PageFile};
use crate::theme::classify::{ArticleText, Classifier};
use crate::util::sync::lock;
use std::collections::HashMap;
use std::sync::Mutex;

/// Reads pages for a job.
#[derive(Debug)]
pub(crate) struct PageReader<'a> {
    pub(crate) job: &'a ImportJob,
    pub(crate) config: &'a Config,
    /// what earlier imports made
    pub(crate) before: &'a ImportRecord,
    /// pages of the record that are not there any more: bytes → path
    pub(crate) gone: HashMap<String, String>,
    classifier: Classifier,
    /// the bytes of changed pages, from the check whether they have changed until they are taken apart
    changed: Mutex<ChangedPages>,
}

/// The bytes of changed pages by their paths, and their total size.
#[derive(Debug, Default)]
struct ChangedPages {
    pages: HashMap<String, Vec<u8>>,
    size: usize,
}

/// Bytes of changed pages in memory; beyond that, pages are read again.
const MAX_CHANGED: usize = 64 << 20;

/// The issue of a page and whether it has changed, before the page is taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageStatus {
    /// paper and day; the day alone where no paper is known, empty without a day
    pub(crate) issue: String,
    /// whether it differs from the page that was imported last
    pub(crate) changed: bool,
}

/// A page, read and imported.
#[derive(Debug)]
pub(crate) enum Read {
    Refused(Vec<Diagnostic>),
    Page { import: Box<PageImport>, record: PageRecord, diagnostics: Vec<Diagnostic> },
}

/// The bytes of a page, and everything else that its articles are made from.
struct Material {
    bytes: Vec<u8>,
    metadata: PageMetadata,
    record: PageRecord,
    /// what is wrong with its sidecar
    diagnostics: Vec<Diagnostic>,
}

impl<'a> PageReader<'a> {
    pub(crate) fn new(job: &'a ImportJob, config: &'a Config, before: &'a ImportRecord) -> Self {
        let gone = before.pages.iter().filter(|(path, _)| !file::exists(&job.root.join(path)));
        let gone = gone.map(|(path, page)| (page.bytes.clone(), path.clone())).collect();
        Self {
            job,
            config,
            before,
            gone,
            classifier: Classifier::new(&config.themes, &config.filing),
            changed: Mutex::default(),
        }
    }

    /// Where the page stood when it was last imported: a new page with the bytes of one that is gone is that one, renamed.
    pub(crate) fn earlier_path<'p>(&'p self, page: &'p PageFile, bytes: &str) -> &'p str {
        if self.before.pages.contains_key(&page.path) {
            return &page.path;
        }
        self.gone.get(bytes).map_or(&page.path, String::as_str)
    }

    /// Which issue a page belongs to, and whether it has changed.
    pub(crate) fn status(&self, page: &PageFile) -> PageStatus {
        let Ok(material) = self.material(page) else { return PageStatus { issue: String::new(), changed: true } };
        let record = &material.record;
        let known = self.before.pages.get(&page.path);
        if let Some(known) = known.filter(|known| known.bytes == record.bytes && known.settings == record.settings) {
            return PageStatus { issue: known.issue.clone(), changed: false };
        }
        let issue = decode(&page.path, &material.bytes)
            .map(|decoded| issue_of(&resolve_masthead(&parse_input(&decoded.source).page, &material.metadata)))
            .unwrap_or_default();
        self.keep(page, material.bytes);
        PageStatus { issue, changed: true }
    }

    /// Keeps the bytes of a changed page, where there is memory for them.
    fn keep(&self, page: &PageFile, bytes: Vec<u8>) {
        let mut changed = lock(&self.changed);
        if changed.size + bytes.len() <= MAX_CHANGED {
            changed.size += bytes.len();
            changed.pages.insert(page.path.clone(), bytes);
        }
    }

    /// The bytes of a page, which are read unless they were kept.
    fn bytes(&self, page: &PageFile) -> Result<Vec<u8>, Diagnostic> {
        let mut changed = lock(&self.changed);
        if let Some(bytes) = changed.pages.remove(&page.path) {
            changed.size -= bytes.len();
            return Ok(bytes);
        }
        drop(changed);
        file::read(&self.job.root, &page.path)
    }

    /// Takes a page apart.
    pub(crate) fn read(&self, page: &PageFile) -> Read {
        let Material { bytes, metadata, mut record, mut diagnostics } = match self.material(page) {
            Ok(material) => material,
            Err(diagnostic) => return Read::Refused(vec![diagnostic]),
        };
        let sidecar_holds = diagnostics.is_empty();
        let decoded = match decode(&page.path, &bytes) {
            Ok(decoded) => decoded,
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                return Read::Refused(diagnostics);
            }
        };
        diagnostics.extend(decoded.diagnostics);
        let import = import_page(&decoded.source, &metadata, |draft| self.themes(draft));
        record.issue = issue_of(&import.masthead);
        if !sidecar_holds || import.diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error) {
            // the page is imported again, and reported again, until its sidecar is corrected
            record.settings.clear();
        }
        Read::Page { import: Box::new(import), record, diagnostics }
    }

    fn material(&self, page: &PageFile) -> Result<Material, Diagnostic> {
        let bytes = self.bytes(page)?;
        let (beside, diagnostics) = self.sidecar(page);
        let hash = record::fingerprint(&bytes);
        let known = self.before.pages.get(self.earlier_path(page, &hash));
        let options =
            self.metadata_options(page).or(&known.map_or_else(MetadataOptions::default, |known| known.options.clone()));
        let metadata = PageMetadata {
            sidecar: beside,
            date: options.date.as_ref().and_then(|date| date.parse().ok()).or_else(|| date_in_name(&page.path)),
            paper: (options.paper.clone())
                .or_else(|| paper_of_name(&page.path, &self.config.papers).map(str::to_owned)),
            page: options.page.or_else(|| page_in_name(&page.path)),
            punctuation_as_printed: !self.config.import.full_width,
        };
        let settings = self.settings(&metadata);
        let record = PageRecord { bytes: hash, settings, options, ..PageRecord::default() };
        Ok(Material { bytes, metadata, record, diagnostics })
    }

    /// What the command line says of the pages that are asked for.
    fn metadata_options(&self, page: &PageFile) -> MetadataOptions {
        if !page.asked {
            return MetadataOptions::default();
        }
        let ImportJob { date, paper, page, .. } = self.job;
        MetadataOptions { date: date.map(|date| date.to_string()), paper: paper.clone(), page: *page }
    }

    fn sidecar(&self, page: &PageFile) -> (Sidecar, Vec<Diagnostic>) {
        let path = match page.path.rsplit_once('.') {
            Some((stem, _)) => format!("{stem}.toml"),
            None => return (Sidecar::default(), Vec::new()),
        };
        if !file::exists(&self.job.root.join(&path)) {
            return (Sidecar::default(), Vec::new());
        }
        match file::read_source(&self.job.root, &path) {
            Ok(source) => parse_sidecar(&source, &self.config.theme_ids()),
            Err(diagnostic) => (Sidecar::default(), vec![diagnostic]),
        }
    }

    /// Everything beside the page's bytes that its articles follow from.
    fn settings(&self, metadata: &PageMetadata) -> String {
        let Config { themes, filing, papers, .. } = self.config;
        let inputs = (env!("CARGO_PKG_VERSION"), metadata, themes, filing, papers);
        record::fingerprint(&postcard::to_allocvec(&inputs).expect("plain fields can always be encoded"))
    }

    /// The themes that an article is filed under.
    pub(crate) fn themes(&self, draft: &Draft) -> Vec<String> {
        let front = &draft.front;
        let part = |text: &'_ Option<String>| text.clone().unwrap_or_default();
        let (kicker, subtitle, column) = (part(&front.kicker), part(&front.subtitle), part(&front.column));
        // a headline that was made from the text says nothing beside the text
        let title = if front.title_inferred { "" } else { front.title.as_str() };
        let text = ArticleText { title, kicker: &kicker, subtitle: &subtitle, column: &column, body: &draft.text };
        self.classifier.theme_ids_of(&text)
    }
}

fn issue_of(printed: &Masthead) -> String {
    match (&printed.paper, printed.date) {
        (Some(paper), Some(date)) => format!("{paper} {date}"),
        (None, Some(date)) => date.to_string(),
        (_, None) => String::new(),
    }
}
