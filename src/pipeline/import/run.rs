//! Imports source pages into article files.
//!
//! 1. the record of earlier imports is read, and scans are read by the OCR command; the issue of every page is found, and whether the
//!    page has changed
//! 2. issues that have changed are imported, in batches so that memory does not grow with their number
//! 3. articles that continue on another page of their issue are stitched
//! 4. articles are named, and what becomes of their files is planned, so that no line of the issue is lost
//! 5. each change is noted in the journal, and made
//! 6. the record is written, and the journal removed

use crate::config::settings::Config;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::import::issue::stitch::{Part, file_of, match_jumps, stitch_issue};
use crate::import::journal;
use crate::import::ledger::LedgerEntry;
use crate::import::naming::{day_folder, page_keys};
use crate::import::page_import::{PageImport, UnnamedArticle, name_articles};
use crate::import::record::{self, ImportRecord, PageRecord};
use crate::io::fs::file;
use crate::io::fs::folder_tree::FolderTree;
use crate::io::fs::lock::Lock;
use crate::io::fs::stamp::Stamp;
use crate::message;
use crate::pipeline::import::changes::PageStatus;
use crate::pipeline::import::coverage::{self, Coverage, PlannedPage};
use crate::pipeline::import::files::{ArticleFiles, Change, PlannedFile};
use crate::pipeline::import::group::{Group, batches, due, groups, with_known_papers};
use crate::pipeline::import::job::{ImportJob, ImportReport, PageFile, Recorded};
use crate::pipeline::import::read::{LookedAt, PageReader, Read};
use crate::pipeline::ocr::recognizer::collapse_missing;
use crate::project::{ARTICLES, JOURNAL, RECORD};
use crate::template;
use crate::util::parallel;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

/// Pages in memory at a time.
const BATCH: usize = 256;

/// Imports pages. `put` takes the ledger's entries of each batch.
///
/// # Errors
/// The disk refuses to write. What is wrong with a page is a diagnostic, and the other pages are imported.
pub(crate) fn import(
    job: &ImportJob,
    config: &Config,
    put: &mut dyn FnMut(Vec<LedgerEntry>) -> Result<()>,
) -> Result<ImportReport> {
    let lock = || file::make_folder(&job.into).and_then(|()| Lock::acquire_or_wait(&job.into));
    let _lock = (!job.dry_run).then(lock).transpose()?;
    let earlier = job.earlier.as_ref().filter(|earlier| earlier.recorded.is_current(&job.into));
    let (before, diagnostics) = match earlier {
        Some(earlier) => (earlier.recorded.record.clone(), Vec::new()),
        None => Some(read_record(&job.into)).map(|(record, found)| (Arc::new(record), found)).unwrap_or_default(),
    };
    let report = ImportReport { diagnostics, ..ImportReport::default() };
    let mut import = Import {
        reader: PageReader::new(job, config, &before, earlier.map(|earlier| &earlier.changed)),
        record: (*before).clone(),
        owners: key_owners(&before),
        pages_of_day: pages_of_day(&before),
        files: ArticleFiles { job, tree: FolderTree::new(&job.into), before: &before, report },
    };
    import.reader.scans.recognize_new();
    let (pages, due) = import.due();
    let stage = job.progress.stage(template!("import"), template!("pages"), due.iter().map(Vec::len).sum());
    for batch in batches(due, BATCH) {
        let entries = import.issues(&pages, &batch)?;
        stage.add(batch.iter().map(Vec::len).sum());
        put(entries)?;
    }
    drop(stage);
    import.finish()
}

/// The record of earlier imports, with the changes of one that did not finish; and why it cannot be read.
pub(crate) fn read_record(into: &Path) -> (ImportRecord, Vec<Diagnostic>) {
    let parsed = || file::read_source(into, RECORD).and_then(|source| record::parse(&source));
    let (mut record, diagnostics) = match file::exists(&into.join(RECORD)).then(parsed).transpose() {
        Ok(parsed) => parsed.unwrap_or_default(),
        Err(diagnostic) => (ImportRecord::default(), vec![diagnostic]),
    };
    let entries = file::read(into, JOURNAL).map(|bytes| journal::parse(&String::from_utf8_lossy(&bytes)));
    let present = |file: &str| Some(record::fingerprint(&file::read(into, file).ok()?));
    journal::replay(&mut record, &entries.unwrap_or_default(), present);
    (record, diagnostics)
}

/// An import under way.
struct Import<'a> {
    reader: PageReader<'a>,
    record: ImportRecord,
    /// the folder of a day and the key of a page in the names of its articles → the page
    owners: HashMap<String, String>,
    /// day → its pages in the record of earlier imports: not all pages of an issue print the paper
    pages_of_day: HashMap<String, Vec<String>>,
    files: ArticleFiles<'a>,
}

/// A page of an issue, read.
struct IssuePage<'a> {
    page: &'a PageFile,
    record: PageRecord,
    /// its path when it was last imported
    earlier: String,
    /// its key in the names of its articles
    key: String,
}

/// A page whose articles have names, with the plan for their files.
struct NamedPage<'p> {
    page: IssuePage<'p>,
    import: PageImport,
    /// the ledger, with the articles' files below the folder of articles
    entries: Vec<LedgerEntry>,
    plan: Vec<PlannedFile>,
}

impl Import<'_> {
    /// All pages, and the issues that are to be imported.
    fn due(&mut self) -> (Vec<PageFile>, Vec<Group>) {
        let job = self.reader.changes.job;
        let stage = job.progress.stage(template!("look"), template!("files"), job.files.len());
        let files = parallel::map(&job.files, |file| {
            stage.add_one();
            self.reader.look(file)
        });
        let (mut pages, mut statuses) = (Vec::new(), Vec::new());
        for LookedAt { pages: of_file, diagnostics } in files {
            self.files.report.diagnostics.extend(diagnostics);
            let (of_file, status): (Vec<PageFile>, Vec<PageStatus>) = of_file.into_iter().unzip();
            pages.extend(of_file);
            statuses.extend(status);
        }
        let statuses = with_known_papers(statuses);
        let mut groups = groups(&statuses, BATCH);
        if !(job.includes_unchanged || job.ledger || job.dry_run) {
            groups = due(groups, &pages, &statuses, self.reader.changes.before);
        }
        groups.retain(|group| group.iter().any(|&at| pages[at].requested));
        let due = groups.iter().flatten().filter(|&&at| pages[at].requested).count();
        self.files.report.pages = pages.iter().filter(|page| page.requested).count();
        self.files.report.skipped = self.files.report.pages - due;
        self.files.report.lacks_results = self.reader.scans.lacks_results();
        (pages, groups)
    }

    fn issues(&mut self, all: &[PageFile], issues: &[Group]) -> Result<Vec<LedgerEntry>> {
        let pages: Vec<&PageFile> = issues.iter().flatten().map(|&at| &all[at]).collect();
        self.reader.prepare(&pages);
        let mut read = parallel::map(&pages, |page| self.reader.read(page)).into_iter();
        let mut entries = Vec::new();
        for issue in issues {
            let read: Vec<Read> = read.by_ref().take(issue.len()).collect();
            entries.extend(self.issue(all, issue, read)?);
        }
        Ok(entries)
    }

    /// Stitches, names and writes the articles of an issue's pages.
    fn issue(&mut self, all: &[PageFile], issue: &Group, read: Vec<Read>) -> Result<Vec<LedgerEntry>> {
        let (mut imports, mut pages) = (Vec::new(), Vec::new());
        for (&at, read) in issue.iter().zip(read) {
            match read {
                Read::Failed(diagnostics) => self.files.report.diagnostics.extend(diagnostics),
                Read::Page { import, mut record, diagnostics } => {
                    self.files.report.diagnostics.extend(diagnostics);
                    self.files.report.diagnostics.extend(import.diagnostics.iter().cloned());
                    record.issue_pages = if record.issue.is_empty() { 0 } else { issue.len() };
                    pages.push(self.issue_page(&all[at], *record, &import));
                    imports.push(*import);
                }
            }
        }
        self.stitch(&mut imports, &pages);
        let mut named = Vec::new();
        for (import, page) in imports.into_iter().zip(pages) {
            let (articles, entries) = name_articles(&import, &page.key, str::to_owned);
            let plan = self.files.plan(page.page, &page.earlier, &articles);
            named.push(NamedPage { page, import, entries, plan });
        }
        self.keep_lines(&mut named);
        let mut entries = Vec::new();
        for page in named {
            entries.extend(self.write(page)?);
        }
        Ok(entries)
    }

    fn issue_page<'p>(&mut self, page: &'p PageFile, record: PageRecord, import: &PageImport) -> IssuePage<'p> {
        let earlier = self.reader.changes.earlier_path(page, &record.bytes).to_owned();
        self.reader.changes.settle(&record.bytes);
        let key = self.key(page, import, &earlier);
        IssuePage { page, record, earlier, key }
    }

    /// The key that the page has, or the first one that no other page of its day has.
    fn key(&mut self, page: &PageFile, import: &PageImport, earlier: &str) -> String {
        let keys_of = |path| page_keys(&import.masthead, &self.reader.changes.config.papers, path);
        let day = day_folder(import.masthead.date);
        let owner = |key: &String| self.owners.get(&format!("{day}/{key}")).map(String::as_str);
        let (keys, before) = (keys_of(&page.path), keys_of(earlier));
        let own = keys.iter().chain(&before).find(|key| owner(key) == Some(earlier));
        let key = own.or_else(|| keys.iter().find(|key| owner(key).is_none())).or(keys.last()).cloned();
        let key = key.unwrap_or_default();
        self.owners.insert(format!("{day}/{key}"), page.path.clone());
        key
    }

    /// Stitches articles that continue on another page, unless a person has edited them, and notes what is missing of others.
    fn stitch(&mut self, imports: &mut [PageImport], pages: &[IssuePage<'_>]) {
        let mut jumps = match_jumps(imports);
        self.files.report.diagnostics.append(&mut jumps.diagnostics);
        let mut continuations = std::mem::take(&mut jumps.continuations);
        let keys: Vec<&str> = pages.iter().map(|page| page.key.as_str()).collect();
        let file = |part: Part| file_of(imports, &keys, part);
        continuations.retain(|&parts| self.may_stitch(parts, &file, pages, imports));
        jumps.continuations = continuations;
        stitch_issue(imports, jumps, &keys, |draft| self.reader.themes(draft));
    }

    fn may_stitch(
        &mut self,
        (from, to): (Part, Part),
        file: &impl Fn(Part) -> String,
        pages: &[IssuePage<'_>],
        imports: &[PageImport],
    ) -> bool {
        let is_edited = |part: Part, file: &str| {
            let IssuePage { page, earlier, .. } = &pages[part.page];
            self.files.is_edited(page, earlier, file)
        };
        let (first, rest) = (file(from), file(to));
        let (edited, file) = if is_edited(from, &first) && !self.files.continues_on(&first, imports[to.page].file()) {
            (from, first)
        } else if is_edited(to, &rest) {
            (to, rest)
        } else {
            return true;
        };
        let path = &pages[edited.page].page.path;
        let message =
            message!("an article of {path} was edited or taken out, so the parts of it on two pages stay apart", path);
        let hint =
            message!("join the two texts by hand, or remove both files and name their pages to import them anew");
        let shown = format!("{}{file}", self.reader.changes.job.into_shown);
        self.files.report.diagnostics.push(Diagnostic::new(Code::NotStitched, message).in_file(shown).hint(hint));
        false
    }

    /// Changes the plans for an issue so that no line is lost, and reports the lines that are not in exactly one file.
    fn keep_lines(&mut self, pages: &mut [NamedPage<'_>]) {
        let planned = pages.iter().map(|NamedPage { page, import, entries, plan }| {
            let before = self.reader.changes.before.pages.get(&page.earlier);
            PlannedPage { import, earlier: &page.earlier, record: &page.record, before, entries, plan }
        });
        let planned: Vec<PlannedPage<'_>> = planned.collect();
        let absent = self.articles_of_absent_pages(pages);
        let checked = coverage::check(&planned, &absent, &self.reader.changes.job.into_shown);
        let Coverage { kept, superseded, diagnostics, unsettled, mut numbered_by } = checked;
        self.files.report.diagnostics.extend(diagnostics);
        for (index, page) in pages.iter_mut().enumerate() {
            page.page.record.numbered_by = std::mem::take(&mut numbered_by[index]);
            for planned in &mut page.plan {
                if kept.contains(&planned.file) {
                    planned.change = Change::Keep;
                } else if superseded.contains_key(&planned.file) {
                    planned.change = Change::Superseded;
                }
            }
            for article in page.entries.iter_mut().filter_map(|entry| entry.article.as_mut()) {
                if let Some(holder) = superseded.get(article) {
                    article.clone_from(holder);
                }
            }
            if unsettled.contains(&index) {
                // the page is imported and reported again until its lines have their place
                page.page.record.settings.clear();
            }
        }
    }

    /// The articles with parts on several pages that belong to pages of the issue which are gone, unreadable or not named.
    fn articles_of_absent_pages(&self, pages: &[NamedPage<'_>]) -> Vec<PlannedFile> {
        let days: BTreeSet<&str> = pages.iter().filter_map(|page| day_of_issue(&page.page.record.issue)).collect();
        let imported: BTreeSet<&str> = pages.iter().map(|page| page.page.earlier.as_str()).collect();
        let of_days = days.into_iter().filter_map(|day| self.pages_of_day.get(day)).flatten();
        let absent = of_days.filter(|path| !imported.contains(path.as_str()));
        absent.flat_map(|path| self.files.continued_articles(path)).collect()
    }

    /// Writes the articles of a page. Returns their entries in the ledger, where the job has one.
    fn write(&mut self, page: NamedPage<'_>) -> Result<Vec<LedgerEntry>> {
        let NamedPage { page: IssuePage { page, mut record, earlier, .. }, import, mut entries, plan } = page;
        if page.requested {
            self.count(&import);
        }
        record.articles = self.files.carry_out(page, &earlier, &plan)?;
        self.record.pages.remove(&earlier);
        self.record.pages.insert(page.path.clone(), record);
        if self.reader.changes.job.dry_run && page.requested {
            self.files.report.imports.push(import);
        }
        if !(self.reader.changes.job.ledger && page.requested) {
            return Ok(Vec::new());
        }
        entries.iter_mut().for_each(|entry| entry.page.clone_from(&page.name));
        Ok(entries)
    }

    fn count(&mut self, import: &PageImport) {
        let report = &mut self.files.report;
        report.uncertain_lines.add_page(import);
        for (article, UnnamedArticle { front, .. }) in import.articles.iter().enumerate() {
            if !import.part_of.contains_key(&article) {
                report.articles += 1;
                front.themes.iter().for_each(|theme| *report.filed.entry(theme.clone()).or_default() += 1);
            }
        }
    }

    fn finish(mut self) -> Result<ImportReport> {
        self.settle_gone()?;
        if !self.reader.changes.job.dry_run {
            if self.record != *self.reader.changes.before || file::exists(&self.reader.changes.job.into.join(JOURNAL)) {
                self.files.tree.write(RECORD, record::emit(&self.record).as_bytes())?;
            }
            file::remove(&self.reader.changes.job.into.join(JOURNAL))?;
            if self.reader.changes.job.into == self.reader.changes.job.root.join(ARTICLES) {
                self.reader.scans.recognizer.forget_others(self.record.pages.values().map(|page| page.ocr.as_str()))?;
            }
        }
        collapse_missing(&mut self.files.report.diagnostics);
        let stamp = Stamp::behind_links(&self.reader.changes.job.into.join(RECORD));
        Ok(ImportReport { recorded: Some(Recorded { record: Arc::new(self.record), stamp }), ..self.files.report })
    }

    /// Settles pages of the record that are gone. Where a copy of a page was imported, the articles of the page are removed,
    /// unless a person edited them. Otherwise they stay, since they are content, and so does the record of the page: it tells
    /// which articles a person removed, should the page come back.
    fn settle_gone(&mut self) -> Result<()> {
        let (present, gone): (Vec<String>, Vec<String>) =
            self.record.pages.keys().cloned().partition(|path| self.reader.changes.is_present(path));
        self.files.report.knows_other_pages = present.iter().any(|path| !self.reader.changes.is_listed(path));
        let mut copies: HashMap<String, String> = HashMap::new();
        for path in present {
            if let Some(page) = self.record.pages.get_mut(&path) {
                page.gone = false;
                copies.entry(page.bytes.clone()).or_insert(path);
            }
        }
        for path in gone {
            let Some(old) = self.record.pages.get_mut(&path) else { continue };
            if let Some(copy) = copies.get(&old.bytes) {
                let copied = copy.clone();
                self.remove_articles_of_copied(&path, &copied)?;
            } else if !std::mem::replace(&mut old.gone, true) {
                let message = message!(
                    "the page {path} is gone; its {articles} articles stay",
                    path,
                    articles = old.articles.len()
                );
                let hint = message!("remove those that are not wanted by hand");
                self.files.report.diagnostics.push(Diagnostic::new(Code::PageGone, message).hint(hint));
            }
        }
        Ok(())
    }

    /// Removes the articles of a page that is gone, but for those that its copy has taken over.
    fn remove_articles_of_copied(&mut self, path: &str, copy: &str) -> Result<()> {
        let Some(old) = self.record.pages.remove(path) else { return Ok(()) };
        let mut left_over = old.articles;
        left_over.retain(|file, _| !self.record.pages[copy].articles.contains_key(file));
        let page = PageFile { name: path.to_owned(), path: path.to_owned(), ..PageFile::default() };
        let plan = self.files.plan_left_over(path, &left_over, &[]);
        self.files.carry_out(&page, path, &plan).map(drop)
    }
}

/// The keys that pages of earlier imports have in the names of their articles: each page keeps its own.
fn key_owners(record: &ImportRecord) -> HashMap<String, String> {
    let articles = record.pages.iter().flat_map(|(path, page)| page.articles.keys().map(move |file| (file, path)));
    articles.filter_map(|(file, path)| Some((file.rsplit_once('-')?.0.to_owned(), path.clone()))).collect()
}

/// The pages of each day in the record.
fn pages_of_day(record: &ImportRecord) -> HashMap<String, Vec<String>> {
    let mut days: HashMap<String, Vec<String>> = HashMap::new();
    for (path, page) in &record.pages {
        if let Some(day) = day_of_issue(&page.issue) {
            days.entry(day.to_owned()).or_default().push(path.clone());
        }
    }
    days
}

/// The day of an issue that is written as paper and day, or as the day alone.
fn day_of_issue(issue: &str) -> Option<&str> {
    issue.rsplit(' ').next().filter(|day| !day.is_empty())
}
