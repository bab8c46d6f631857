//! Reads and imports source pages. Nothing is written, so pages are read in parallel.
//!
//! 1. Look at each file: an unchanged one (`changes.rs`) has the pages that the record knows; any other one is decoded, and its pages are
//!    kept as far as memory allows (`parsed_pages.rs`).
//! 2. Of a file with several pages, paper and day that most pages print hold for all.
//! 3. Before pages are imported, decode the files of those that were not kept, each file once.

use crate::config::settings::Config;
use crate::content::page_name::file_of;
use crate::diagnostics::code::{Code, Severity};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::import::article::assemble::Draft;
use crate::import::issue::shared_masthead::SharedMasthead;
use crate::import::page::lines::Page;
use crate::import::page::masthead::Masthead;
use crate::import::page_import::{PageImport, import_parsed};
use crate::import::page_metadata::{PageMetadata, resolve_masthead};
use crate::import::record::{self, ImportRecord, PageRecord};
use crate::import::sidecar::correct_text::correct_text;
use crate::io::fs::file;
use crate::message;
use crate::pipeline::import::changes::{FileFacts, Material, PageChanges, PageStatus, issue_of};
use crate::pipeline::import::job::{ImportJob, PageFile, is_scan};
use crate::pipeline::import::parsed_pages::{ParseResult, ParsedPages, ParsedSource};
use crate::pipeline::import::scans::Scans;
use crate::pipeline::ocr::page::{DecodedPage, decode_file, index_of};
use crate::theme::classify::{ArticleText, Classifier};
use crate::util::parallel;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Reads pages for a job.
#[derive(Debug)]
pub(crate) struct PageReader<'a> {
    pub(crate) changes: PageChanges<'a>,
    pub(crate) scans: Scans<'a>,
    classifier: Classifier,
    parsed: ParsedPages,
}

/// The pages of a file.
#[derive(Debug)]
pub(crate) struct LookedAt {
    pub(crate) pages: Vec<(PageFile, PageStatus)>,
    /// of the sidecars beside it that correct no page
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A page, read and imported.
#[derive(Debug)]
pub(crate) enum Read {
    Failed(Vec<Diagnostic>),
    Page { import: Box<PageImport>, record: Box<PageRecord>, diagnostics: Vec<Diagnostic> },
}

/// A page that was read, and everything that its articles are made from.
#[derive(Debug)]
pub(crate) struct OpenedPage {
    pub(crate) parsed: ParsedSource,
    pub(crate) metadata: PageMetadata,
    record: PageRecord,
    pub(crate) sidecar_findings: Vec<Diagnostic>,
}

impl<'a> PageReader<'a> {
    /// `changed` are the files that may have changed since the record was written, where that is known.
    pub(crate) fn new(
        job: &'a ImportJob,
        config: &'a Config,
        before: &'a ImportRecord,
        changed: Option<&BTreeSet<String>>,
    ) -> Self {
        Self {
            changes: PageChanges::new(job, config, before, changed),
            classifier: Classifier::new(&config.themes, &config.filing),
            scans: Scans::new(job, config, before),
            parsed: ParsedPages::default(),
        }
    }

    /// Finds the pages of a file, and which of them have changed.
    pub(crate) fn look(&self, file: &PageFile) -> LookedAt {
        let alone = || vec![(file.pages(1).remove(0), PageStatus { issue: String::new(), changed: true })];
        if let Some(pages) = self.changes.pages_as_recorded(file) {
            let diagnostics = self.changes.absent_pages(file, pages.len());
            return LookedAt { pages, diagnostics };
        }
        let Ok(bytes) = file::read(&self.changes.job.root, &file.path) else {
            return LookedAt { pages: alone(), diagnostics: Vec::new() };
        };
        let hash = record::fingerprint(&bytes);
        let unchanged = self.changes.unchanged_pages(file, &bytes, &hash);
        if let Some(pages) = &unchanged {
            self.scans.restore(pages.iter().map(|(page, _)| page), &bytes, &hash);
        }
        let pages = unchanged.unwrap_or_else(|| {
            let (facts, mastheads) = self.parse(file, &bytes, &|name, page| self.parsed.keep(name, page));
            let status = |(page, masthead)| {
                let status = self.changes.status(&page, &facts, masthead);
                (page, status)
            };
            match facts.pages {
                0 => alone(),
                count => file.pages(count).into_iter().zip(mastheads).map(status).collect(),
            }
        });
        let diagnostics = self.changes.absent_pages(file, pages.len());
        LookedAt { pages, diagnostics }
    }

    /// Decodes and parses the pages of a file, and notes what is known of it. Returns that, and what each page prints or its sidecar
    /// says of its issue; None for one that cannot be read.
    fn parse(
        &self,
        file: &PageFile,
        bytes: &[u8],
        keep: &dyn Fn(String, ParseResult),
    ) -> (FileFacts, Vec<Option<Masthead>>) {
        let hash = record::fingerprint(bytes);
        let (mut mastheads, mut shared) = (BTreeMap::new(), Vec::new());
        let decoded = decode_file(&file.path, bytes, &hash, &self.scans.recognizer, &mut |page: DecodedPage| {
            let DecodedPage { name, decoded, ocr, unread } = page;
            let parsed = decoded.map(|decoded| ParsedSource { ocr, unread, ..ParsedSource::of(decoded) });
            let metadata = PageMetadata { sidecar: self.changes.sidecar(&name).corrections, ..PageMetadata::default() };
            let page = parsed.as_ref().ok().map(|parsed| &parsed.parsed.page);
            shared.push(page.map(|page| resolve_masthead(page, &metadata)));
            mastheads.insert(index_of(&name), page.map(|page| corrected_masthead(page, &metadata)));
            keep(name, parsed);
        });
        let mastheads: Vec<Option<Masthead>> = mastheads.into_values().collect();
        let count = decoded.unwrap_or_else(|diagnostic| {
            keep(file.path.clone(), Err(diagnostic));
            0
        });
        let mut facts = self.changes.facts(file, bytes, &hash, count);
        if count > 1 {
            // what a correction of one page's text says of the issue is no matter of the other pages
            facts.shared = SharedMasthead::of(&shared);
        }
        self.changes.note(&file.path, facts.clone());
        (facts, mastheads)
    }

    /// Parses the pages that are to be read next and are not in memory, each file once.
    pub(crate) fn prepare(&self, pages: &[&PageFile]) {
        let missing = pages.iter().filter(|page| !self.parsed.has(&page.path));
        let files: BTreeSet<&str> = missing.map(|page| file_of(&page.path)).collect();
        let wanted: HashSet<&str> = pages.iter().map(|page| page.path.as_str()).collect();
        let keep = |name: String, page: ParseResult| {
            if wanted.contains(name.as_str()) {
                self.parsed.keep_in_any_case(name, page);
            }
        };
        parallel::map(&files.into_iter().collect::<Vec<_>>(), |&path| match file::read(&self.changes.job.root, path) {
            Ok(bytes) => {
                let file = PageFile { path: path.to_owned(), ..PageFile::default() };
                self.parse(&file, &bytes, &keep);
            }
            Err(diagnostic) => keep(path.to_owned(), Err(diagnostic)),
        });
    }

    /// Imports a page, which was prepared.
    pub(crate) fn read(&self, page: &PageFile) -> Read {
        let OpenedPage { parsed, metadata, mut record, sidecar_findings } = match self.open(page) {
            Ok(opened) => opened,
            Err(diagnostics) => return Read::Failed(diagnostics),
        };
        let is_sidecar_valid = sidecar_findings.is_empty();
        let ParsedSource { source, parsed, diagnostics: of_decoding, .. } = parsed;
        let diagnostics = [sidecar_findings, of_decoding].concat();
        let import = import_parsed(&source, parsed, &metadata, |draft| self.themes(draft));
        record.issue = issue_of(&import.masthead, page);
        if !is_sidecar_valid || import.diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error) {
            // the page is imported and reported again until its sidecar is corrected
            record.settings.clear();
        }
        Read::Page { import: Box::new(import), record: Box::new(record), diagnostics }
    }

    /// The lines of a page, which was prepared, and all else that its articles are made from.
    ///
    /// # Errors
    /// Why the page cannot be read, after the findings of its sidecar.
    pub(crate) fn open(&self, page: &PageFile) -> Result<OpenedPage, Vec<Diagnostic>> {
        let facts = self.changes.facts_of(file_of(&page.path));
        let Material { metadata, mut record, diagnostics: mut sidecar_findings } = self.changes.material(page, &facts);
        let parsed = self.parsed.take(&page.path).map(|parsed| parsed.and_then(|it| self.as_before(page, &record, it)));
        match parsed {
            Some(Ok(parsed)) => {
                record.ocr.clone_from(&parsed.ocr);
                return Ok(OpenedPage { parsed, metadata, record, sidecar_findings });
            }
            Some(Err(diagnostic)) => {
                sidecar_findings.push(if page.named { diagnostic } else { passed_over(diagnostic) });
            }
            None => {
                let diagnostic = Diagnostic::new(Code::Unreadable, message!("the file changed while it was read"));
                sidecar_findings.push(diagnostic.in_file(&page.path).hint(message!("import it again")));
            }
        }
        Err(sidecar_findings)
    }

    /// An error for a page that was a scan with articles, and is not read any more: without its text, these would be removed.
    fn as_before(&self, page: &PageFile, record: &PageRecord, mut parsed: ParsedSource) -> ParseResult {
        let known = self.changes.before.pages.get(self.changes.earlier_path(page, &record.bytes));
        let had_articles = known.is_some_and(|known| !known.ocr.is_empty() && !known.articles.is_empty());
        parsed.unread.take().filter(|_| had_articles).map_or(Ok(parsed), Err)
    }

    /// The themes that an article is filed under.
    pub(crate) fn themes(&self, draft: &Draft) -> Vec<String> {
        self.classifier.theme_ids_of(&ArticleText::of_draft(&draft.front, &draft.text))
    }
}

/// Folders hold other files of these extensions too: one that was not named itself and is no page is passed over with a remark.
fn passed_over(diagnostic: Diagnostic) -> Diagnostic {
    let file = diagnostic.location.as_ref().map_or("", |location| &location.file);
    let is_picture = diagnostic.code == Code::EmptyPage && is_scan(file);
    if diagnostic.code != Code::UnknownFormat && !is_picture {
        return diagnostic;
    }
    Diagnostic { code: Code::UnusedFile, ..diagnostic }
}

/// What a page says of its issue, its text corrected as at its import.
fn corrected_masthead(page: &Page, metadata: &PageMetadata) -> Masthead {
    if metadata.sidecar.text.is_empty() {
        return resolve_masthead(page, metadata);
    }
    let mut page = page.clone();
    correct_text(&mut page, &metadata.sidecar.text);
    resolve_masthead(&page, metadata)
}
