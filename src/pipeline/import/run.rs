//! Imports source pages into article files.
//!
//! 1. the record of earlier imports is read; the issue of every page is found, and whether the page has changed
//! 2. issues that have changed are imported, in batches so that memory does not grow with their number
//! 3. articles that continue on another page of their issue are stitched
//! 4. articles are named and written
//! 5. the record is written

use crate::config::settings::Config;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::import::issue::stitch::{Part, chains, match_jumps, stitch};
use crate::import::ledger::LedgerEntry;
use crate::import::naming::{article_file, day_folder, page_keys};
use crate::import::page_import::{PageImport, UnnamedArticle, name_articles};
use crate::import::record::{self, ImportRecord, PageRecord};
use crate::io::fs::file;
use crate::io::fs::lock::Lock;
use crate::pipeline::import::files::ArticleFiles;
use crate::pipeline::import::group::{Group, batches, due, groups, with_known_papers};
use crate::pipeline::import::job::{ImportJob, ImportReport, PageFile};
use crate::pipeline::import::read::{PageReader, Read};
use crate::project::RECORD;
use crate::util::parallel;
use std::collections::HashMap;

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
    let read_record = || file::read_source(&job.into, RECORD).and_then(|source| record::parse(&source));
    let (before, diagnostics) = match file::exists(&job.into.join(RECORD)).then(read_record).transpose() {
        Ok(record) => (record.unwrap_or_default(), Vec::new()),
        Err(diagnostic) => (ImportRecord::default(), vec![diagnostic]),
    };
    let report = ImportReport { pages: job.requested(), diagnostics, ..ImportReport::default() };
    let mut import = Import {
        reader: PageReader::new(job, config, &before),
        record: before.clone(),
        owners: key_owners(&before),
        files: ArticleFiles { job, before: &before, report },
    };
    let due = import.due();
    let stage = job.progress.stage("import", "pages", due.iter().map(Vec::len).sum());
    for batch in batches(due, BATCH) {
        let entries = import.issues(&batch)?;
        stage.add(batch.iter().map(Vec::len).sum());
        put(entries)?;
    }
    drop(stage);
    import.finish()
}

/// An import under way.
struct Import<'a> {
    reader: PageReader<'a>,
    record: ImportRecord,
    /// the folder of a day and the key of a page in the names of its articles → the page
    owners: HashMap<String, String>,
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

impl Import<'_> {
    /// The issues that are to be imported.
    fn due(&mut self) -> Vec<Group> {
        let job = self.reader.job;
        let stage = job.progress.stage("look", "pages", job.pages.len());
        let statuses = with_known_papers(parallel::map(&job.pages, |page| {
            stage.add_one();
            self.reader.status(page)
        }));
        let mut groups = groups(&statuses, BATCH);
        if !(job.includes_unchanged || job.ledger || job.dry_run) {
            groups = due(groups, &job.pages, &statuses, self.reader.before);
        }
        groups.retain(|group| group.iter().any(|&at| job.pages[at].requested));
        let due = groups.iter().flatten().filter(|&&at| job.pages[at].requested).count();
        self.files.report.skipped = job.requested() - due;
        groups
    }

    fn issues(&mut self, issues: &[Group]) -> Result<Vec<LedgerEntry>> {
        let job = self.reader.job;
        let pages: Vec<&PageFile> = issues.iter().flatten().map(|&at| &job.pages[at]).collect();
        let mut read = parallel::map(&pages, |page| self.reader.read(page)).into_iter();
        let mut entries = Vec::new();
        for issue in issues {
            let read: Vec<Read> = read.by_ref().take(issue.len()).collect();
            entries.extend(self.issue(issue, read)?);
        }
        Ok(entries)
    }

    /// Stitches, names and writes the articles of an issue's pages.
    fn issue(&mut self, issue: &Group, read: Vec<Read>) -> Result<Vec<LedgerEntry>> {
        let job = self.reader.job;
        let (mut imports, mut pages) = (Vec::new(), Vec::new());
        for (&at, read) in issue.iter().zip(read) {
            match read {
                Read::Failed(diagnostics) => self.files.report.diagnostics.extend(diagnostics),
                Read::Page { import, mut record, diagnostics } => {
                    self.files.report.diagnostics.extend(diagnostics);
                    self.files.report.diagnostics.extend(import.diagnostics.iter().cloned());
                    record.issue_pages = if record.issue.is_empty() { 0 } else { issue.len() };
                    pages.push(self.issue_page(&job.pages[at], record, &import));
                    imports.push(*import);
                }
            }
        }
        self.stitch(&mut imports, &pages);
        let mut entries = Vec::new();
        for (import, page) in imports.into_iter().zip(pages) {
            entries.extend(self.write(page, import)?);
        }
        Ok(entries)
    }

    fn issue_page<'p>(&mut self, page: &'p PageFile, record: PageRecord, import: &PageImport) -> IssuePage<'p> {
        let earlier = self.reader.earlier_path(page, &record.bytes).to_owned();
        // a second page of these bytes is another page
        self.reader.gone.remove(&record.bytes);
        let key = self.key(page, import, &earlier);
        IssuePage { page, record, earlier, key }
    }

    /// The key that the page has, or the first one that no other page of its day has.
    fn key(&mut self, page: &PageFile, import: &PageImport, earlier: &str) -> String {
        let keys_of = |path| page_keys(&import.masthead, &self.reader.config.papers, path);
        let day = day_folder(import.masthead.date);
        let owner = |key: &String| self.owners.get(&format!("{day}/{key}")).map(String::as_str);
        let (keys, before) = (keys_of(&page.path), keys_of(earlier));
        let own = keys.iter().chain(&before).find(|key| owner(key) == Some(earlier));
        let key = own.or_else(|| keys.iter().find(|key| owner(key).is_none())).or(keys.last()).cloned();
        let key = key.unwrap_or_default();
        self.owners.insert(format!("{day}/{key}"), page.path.clone());
        key
    }

    /// Stitches articles that continue on another page, unless a person has edited them.
    fn stitch(&mut self, imports: &mut [PageImport], pages: &[IssuePage<'_>]) {
        let (mut continuations, diagnostics) = match_jumps(imports);
        self.files.report.diagnostics.extend(diagnostics);
        let file = |part: Part| article_file(imports[part.page].masthead.date, &pages[part.page].key, part.article + 1);
        continuations.retain(|&parts| self.may_stitch(parts, &file, pages, imports));
        let chains = chains(&continuations);
        let files: Vec<String> = chains.iter().map(|chain| file(chain[0])).collect();
        let stitched: Vec<_> =
            parallel::map(&chains, |chain| stitch(imports, chain, |draft| self.reader.themes(draft)));
        for ((chain, file), stitched) in chains.iter().zip(files).zip(stitched) {
            let Some(article) = stitched else { continue };
            imports[chain[0].page].articles[chain[0].article] = article;
            for rest in &chain[1..] {
                imports[rest.page].part_of.insert(rest.article, file.clone());
            }
        }
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
            format!("an article of {path} was edited or taken out, so the parts of it on two pages stay apart");
        let hint = "join the two texts by hand, or remove both files and name their pages to import them anew";
        let shown = format!("{}{file}", self.reader.job.into_shown);
        self.files.report.diagnostics.push(Diagnostic::new(Code::NotStitched, message).in_file(shown).hint(hint));
        false
    }

    /// Names a page's articles and writes them. Returns their entries in the ledger, where the job has one.
    fn write(&mut self, page: IssuePage<'_>, import: PageImport) -> Result<Vec<LedgerEntry>> {
        let IssuePage { page, mut record, earlier, key } = page;
        if page.requested {
            self.count(&import);
        }
        let (articles, mut entries) = name_articles(&import, &key, str::to_owned);
        record.articles = self.files.write(page, &earlier, &articles)?;
        self.record.pages.remove(&earlier);
        self.record.pages.insert(page.path.clone(), record);
        if self.reader.job.dry_run && page.requested {
            self.files.report.imports.push(import);
        }
        if !(self.reader.job.ledger && page.requested) {
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
        self.forget_gone()?;
        if !self.reader.job.dry_run && self.record != *self.reader.before {
            file::write(&self.reader.job.into.join(RECORD), record::emit(&self.record).as_bytes())?;
        }
        Ok(self.files.report)
    }

    /// Removes pages that are gone from the record. Where a copy of a page was imported, the articles of the page are removed
    /// too, unless a person edited them; otherwise they stay: they are content.
    fn forget_gone(&mut self) -> Result<()> {
        let is_gone = |path: &&String| !file::exists(&self.reader.job.root.join(path));
        let gone: Vec<String> = self.record.pages.keys().filter(is_gone).cloned().collect();
        for path in gone {
            let Some(mut old) = self.record.pages.remove(&path) else { continue };
            if let Some(copy) = self.record.pages.values().find(|page| page.bytes == old.bytes) {
                old.articles.retain(|file, _| !copy.articles.contains_key(file));
                self.files.remove_left_over(&path, &old.articles, &[])?;
            } else {
                let message = format!("the page {path} is gone; its {} articles stay", old.articles.len());
                let hint = "remove those that are not wanted by hand";
                self.files.report.diagnostics.push(Diagnostic::new(Code::PageGone, message).hint(hint));
            }
        }
        Ok(())
    }
}

/// The keys that pages of earlier imports have in the names of their articles: each page keeps its own.
fn key_owners(record: &ImportRecord) -> HashMap<String, String> {
    let articles = record.pages.iter().flat_map(|(path, page)| page.articles.keys().map(move |file| (file, path)));
    articles.filter_map(|(file, path)| Some((file.rsplit_once('-')?.0.to_owned(), path.clone()))).collect()
}
