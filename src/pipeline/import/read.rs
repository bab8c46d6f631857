//! Reads and imports source pages, and finds out which have changed. Nothing is written, so pages are read in parallel.
//!
//! 1. Look at each file: an unchanged one has the pages that the record knows; any other one is decoded, and its pages are kept as far
//!    as memory allows (`parsed_pages.rs`).
//! 2. Of a file with several pages, paper and day that most pages print hold for all.
//! 3. Before pages are imported, decode the files of those that were not kept, each file once.

use crate::config::settings::Config;
use crate::content::page_name::{MAX_PAGES, file_and_number, file_of, name_of_page};
use crate::diagnostics::code::{Code, Severity};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::import::article::assemble::Draft;
use crate::import::issue::shared_masthead::SharedMasthead;
use crate::import::naming::{date_in_name, page_in_name, paper_of_name};
use crate::import::page::lines::Page;
use crate::import::page::masthead::Masthead;
use crate::import::page_import::{PageImport, PageMetadata, import_parsed, resolve_masthead};
use crate::import::record::{self, ImportRecord, MetadataOptions, PageRecord};
use crate::import::sidecar::correct_text::correct_text;
use crate::import::sidecar::corrections::Sidecar;
use crate::io::fs::file;
use crate::pipeline::import::job::{ImportJob, PageFile, is_scan};
use crate::pipeline::import::parsed_pages::{ParseResult, ParsedPages, ParsedSource};
use crate::pipeline::import::scans::Scans;
use crate::pipeline::import::sidecars::{SidecarFile, Sidecars};
use crate::pipeline::ocr::page::{DecodedPage, decode_file, index_of, may_be_scan};
use crate::theme::classify::{ArticleText, Classifier};
use crate::util::parallel;
use crate::util::sync::lock;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::Mutex;

/// Reads pages for a job.
#[derive(Debug)]
pub(crate) struct PageReader<'a> {
    pub(crate) job: &'a ImportJob,
    pub(crate) config: &'a Config,
    pub(crate) before: &'a ImportRecord,
    /// the paths of the job's files
    listed: HashSet<&'a str>,
    /// pages of the record whose file is not there any more: bytes → path
    pub(crate) gone: HashMap<String, String>,
    sidecars: Sidecars,
    classifier: Classifier,
    pub(crate) scans: Scans<'a>,
    /// fingerprint of what all pages are imported with: the importer's version, themes, how they are filed, papers
    settings: String,
    /// what is known of the files that were read, by their paths
    files: Mutex<HashMap<String, FileFacts>>,
    parsed: ParsedPages,
}

/// What is known of a file that was read.
#[derive(Debug, Clone, Default)]
struct FileFacts {
    /// fingerprint of its bytes
    bytes: String,
    /// whether the OCR command may have a part in its pages
    may_be_scan: bool,
    /// 0 where it cannot be decoded
    pages: usize,
    /// paper and day of its pages, where it has several; of an unchanged file they are known when it is decoded
    shared: SharedMasthead,
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

/// Everything that the articles of a page are made from, its lines aside.
struct Material {
    metadata: PageMetadata,
    record: PageRecord,
    /// of its sidecar
    diagnostics: Vec<Diagnostic>,
}

impl<'a> PageReader<'a> {
    pub(crate) fn new(job: &'a ImportJob, config: &'a Config, before: &'a ImportRecord) -> Self {
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
            classifier: Classifier::new(themes, filing),
            scans: Scans::new(job, config, before),
            settings: fingerprint_of(&(env!("CARGO_PKG_VERSION"), themes, filing, papers)),
            files: Mutex::default(),
            parsed: ParsedPages::default(),
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

    /// Finds the pages of a file, and which of them have changed.
    pub(crate) fn look(&self, file: &PageFile) -> LookedAt {
        let alone = |issue| vec![(file.pages(1).remove(0), PageStatus { issue, changed: true })];
        let Ok(bytes) = file::read(&self.job.root, &file.path) else {
            return LookedAt { pages: alone(String::new()), diagnostics: Vec::new() };
        };
        let hash = record::fingerprint(&bytes);
        let known = self.known_pages(&file.path, &hash).and_then(|count| {
            let facts = self.facts(file, &bytes, &hash, count);
            let pages = file.pages(count).into_iter().map(|page| {
                let issue = self.unchanged_issue(&page, &self.material(&page, &facts))?;
                Some((page, PageStatus { issue, changed: false }))
            });
            let pages = pages.collect::<Option<Vec<(PageFile, PageStatus)>>>()?;
            self.scans.restore(pages.iter().map(|(page, _)| page), &bytes, &hash);
            lock(&self.files).insert(file.path.clone(), facts);
            Some(pages)
        });
        let pages = known.unwrap_or_else(|| {
            let (facts, mastheads) = self.parse(file, &bytes, &|name, page| self.parsed.keep(name, page));
            let status = |(page, masthead): (PageFile, Option<Masthead>)| {
                let material = self.material(&page, &facts);
                let unchanged = self.unchanged_issue(&page, &material);
                let changed = unchanged.is_none();
                let issue = unchanged.or_else(|| Some(issue_of(&completed(masthead?, &material.metadata), &page)));
                let issue = issue.unwrap_or_default();
                (page, PageStatus { issue, changed })
            };
            match facts.pages {
                0 => alone(String::new()),
                count => file.pages(count).into_iter().zip(mastheads).map(status).collect(),
            }
        });
        let mut diagnostics = self.sidecars.unused(&file.path, pages.len());
        diagnostics.extend(file.numbers.iter().filter(|&&number| number > pages.len()).map(|number| {
            let message = format!("{} has no page {number}, only {}", file.path, pages.len());
            Diagnostic::new(Code::NoPage, message).hint("pages are counted from 1 in the order of the file")
        }));
        LookedAt { pages, diagnostics }
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

    fn sidecar(&self, page: &str) -> SidecarFile {
        self.sidecars.read(&self.job.root, page, &self.config.theme_ids())
    }

    fn facts(&self, file: &PageFile, bytes: &[u8], hash: &str, pages: usize) -> FileFacts {
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
            let metadata = PageMetadata { sidecar: self.sidecar(&name).corrections, ..PageMetadata::default() };
            let page = parsed.as_ref().ok().map(|parsed| &parsed.parsed.page);
            shared.push(page.map(|page| resolve_masthead(page, &metadata)));
            mastheads.insert(index_of(&name), page.map(|page| corrected_masthead(page, &metadata)));
            keep(name, parsed);
        });
        let mastheads: Vec<Option<Masthead>> = mastheads.into_values().collect();
        let facts = match decoded {
            Ok(1) => self.facts(file, bytes, &hash, 1),
            // what a correction of one page's text says of the issue is no matter of the other pages
            Ok(count) => FileFacts { shared: SharedMasthead::of(&shared), ..self.facts(file, bytes, &hash, count) },
            Err(diagnostic) => {
                keep(file.path.clone(), Err(diagnostic));
                self.facts(file, bytes, &hash, 0)
            }
        };
        lock(&self.files).insert(file.path.clone(), facts.clone());
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
        parallel::map(&files.into_iter().collect::<Vec<_>>(), |&path| match file::read(&self.job.root, path) {
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
        let facts = lock(&self.files).get(file_of(&page.path)).cloned().unwrap_or_default();
        let Material { metadata, mut record, diagnostics: mut sidecar_findings } = self.material(page, &facts);
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
                let diagnostic = Diagnostic::new(Code::Unreadable, "the file changed while it was read");
                sidecar_findings.push(diagnostic.in_file(&page.path).hint("import it again"));
            }
        }
        Err(sidecar_findings)
    }

    /// An error for a page that was a scan with articles, and is not read any more: without its text, these would be removed.
    fn as_before(&self, page: &PageFile, record: &PageRecord, mut parsed: ParsedSource) -> ParseResult {
        let known = self.before.pages.get(self.earlier_path(page, &record.bytes));
        let had_articles = known.is_some_and(|known| !known.ocr.is_empty() && !known.articles.is_empty());
        parsed.unread.take().filter(|_| had_articles).map_or(Ok(parsed), Err)
    }

    fn material(&self, page: &PageFile, facts: &FileFacts) -> Material {
        let SidecarFile { corrections: sidecar, bytes: sidecar_bytes, diagnostics } = self.sidecar(&page.path);
        let (file, number) = file_and_number(&page.path);
        let bytes = record::page_fingerprint(&facts.bytes, number.unwrap_or(1), facts.pages);
        let known = self.before.pages.get(self.earlier_path(page, &bytes));
        let options =
            self.metadata_options(page).or(&known.map_or_else(MetadataOptions::default, |known| known.options.clone()));
        let first = options.page.or_else(|| page_in_name(file));
        let behind_first = |number: usize| first.unwrap_or(1).saturating_add(u32::try_from(number - 1).unwrap_or(0));
        let metadata = PageMetadata {
            sidecar,
            date: options.date.as_ref().and_then(|date| date.parse().ok()).or_else(|| date_in_name(file)),
            paper: (options.paper.clone()).or_else(|| paper_of_name(file, &self.config.papers).map(str::to_owned)),
            page: number.map_or(first, |number| Some(behind_first(number))),
            punctuation_as_printed: !self.config.import.full_width,
        };
        // the bytes: a change that makes a sidecar invalid has to be noticed too
        let command = facts.may_be_scan.then_some(&self.config.ocr.command);
        let settings = fingerprint_of(&(&self.settings, &metadata, sidecar_bytes, &facts.said, command));
        let metadata = PageMetadata {
            date: facts.shared.date.or(metadata.date),
            paper: facts.shared.paper.clone().or(metadata.paper),
            ..metadata
        };
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

/// The fingerprint of all fields of a value.
fn fingerprint_of(value: &impl Serialize) -> String {
    record::fingerprint(&postcard::to_allocvec(value).expect("plain fields can always be encoded"))
}

/// Whether the file of a page is there; the file system is asked only for those that are not listed.
fn is_file_present(listed: &HashSet<&str>, root: &Path, page: &str) -> bool {
    let file = file_of(page);
    listed.contains(file) || file::exists(&root.join(file))
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

/// Paper and day of a page, where it does not print them.
fn completed(masthead: Masthead, metadata: &PageMetadata) -> Masthead {
    Masthead {
        date: masthead.date.or(metadata.date),
        paper: masthead.paper.or_else(|| metadata.paper.clone()),
        ..masthead
    }
}

/// As in the record: [`PageRecord::issue`].
fn issue_of(masthead: &Masthead, page: &PageFile) -> String {
    match (&masthead.paper, masthead.date) {
        (Some(paper), Some(date)) => format!("{paper} {date}"),
        (None, Some(date)) => date.to_string(),
        (_, None) => match file_and_number(&page.path) {
            (file, Some(_)) => file.to_owned(),
            (_, None) => String::new(),
        },
    }
}
