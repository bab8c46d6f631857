//! Source pages → article files.
//!
//! 1. read the record of earlier imports, and look at every page: which issue is it of, has it changed?
//! 2. take the issues apart that have changed, a handful of pages at a time so that memory does not grow with their number
//! 3. stitch articles that go on on another page of their issue
//! 4. name the articles, decide on each file, write what may be written
//! 5. keep the record, and tell what a person has changed
//!
//! An article that a person edited or took out stays as it is. Where fewer articles are found on a page than before, the
//! files that are left over go, unless a person edited them.

use crate::config::settings::Config;
use crate::content::article::Article;
use crate::content::emit;
use crate::content::parse;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::diagnostics::source::Source;
use crate::import::issue::stitch::{Part, chains, match_jumps, stitch};
use crate::import::ledger::LedgerEntry;
use crate::import::naming::{article_file, day_folder, page_keys};
use crate::import::page_import::{PageImport, UnnamedArticle, name_articles};
use crate::import::record::{self, ImportRecord, PageRecord, WriteDecision, decide_write};
use crate::io::fs::file;
use crate::io::fs::lock::Lock;
use crate::pipeline::import::group::{Group, due, groups, handfuls, settled};
use crate::pipeline::import::job::{ImportJob, ImportReport, PageFile};
use crate::pipeline::import::read::{PageReader, Read};
use crate::project::RECORD;
use crate::util::parallel;
use std::collections::HashMap;

/// Pages in memory at a time.
const AT_A_TIME: usize = 256;

/// Imports pages. `put` takes the ledger's entries of each handful of pages, where they are wanted.
///
/// # Errors
/// What the disk refuses. What is wrong with a page is a finding, and the other pages are done.
pub(crate) fn import(
    job: &ImportJob,
    config: &Config,
    put: &mut dyn FnMut(Vec<LedgerEntry>) -> Result<()>,
) -> Result<ImportReport> {
    let _lock = if job.dry_run {
        None
    } else {
        file::make_folder(&job.into)?;
        Some(Lock::acquire_or_wait(&job.into)?)
    };
    let (before, diagnostics) = remembered(job);
    let mut import = Import::new(PageReader::new(job, config, &before), diagnostics);
    let due = import.due();
    let stage = job.progress.stage("import", "pages", due.iter().map(Vec::len).sum());
    for handful in handfuls(due, AT_A_TIME) {
        let entries = import.issues(&handful)?;
        stage.add(handful.iter().map(Vec::len).sum());
        put(entries)?;
    }
    drop(stage);
    import.finish()
}

/// What earlier imports made.
fn remembered(job: &ImportJob) -> (ImportRecord, Vec<Diagnostic>) {
    if !file::exists(&job.into.join(RECORD)) {
        return Default::default();
    }
    match file::read_source(&job.into, RECORD).and_then(|source| record::parse(&source)) {
        Ok(record) => (record, Vec::new()),
        Err(diagnostic) => (ImportRecord::default(), vec![diagnostic]),
    }
}

/// An import under way.
struct Import<'a> {
    reader: PageReader<'a>,
    record: ImportRecord,
    /// what stands for a page in the names of its articles, with their folder → the page
    taken: HashMap<String, String>,
    done: ImportReport,
}

/// A page of an issue, read.
struct Open<'a> {
    page: &'a PageFile,
    record: PageRecord,
    /// where it stood when it was last imported
    earlier: String,
    /// stands for it in the names of its articles
    key: String,
}

impl<'a> Import<'a> {
    fn new(reader: PageReader<'a>, diagnostics: Vec<Diagnostic>) -> Self {
        let done = ImportReport { pages: reader.job.asked(), diagnostics, ..ImportReport::default() };
        let taken = taken_names(reader.before);
        Self { record: reader.before.clone(), reader, taken, done }
    }

    /// The issues that are to be imported.
    fn due(&mut self) -> Vec<Group> {
        let job = self.reader.job;
        let stage = job.progress.stage("look", "pages", job.pages.len());
        let statuses = settled(parallel::map(&job.pages, |page| {
            stage.add_one();
            self.reader.status(page)
        }));
        let mut groups = groups(&statuses, AT_A_TIME);
        if !(job.includes_unchanged || job.ledger || job.dry_run) {
            groups = due(groups, &job.pages, &statuses, self.reader.before);
        }
        groups.retain(|group| group.iter().any(|&at| job.pages[at].asked));
        self.done.skipped = job.asked() - groups.iter().flatten().filter(|&&at| job.pages[at].asked).count();
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
        let (mut imports, mut open) = (Vec::new(), Vec::new());
        for (&at, read) in issue.iter().zip(read) {
            match read {
                Read::Refused(diagnostics) => self.done.diagnostics.extend(diagnostics),
                Read::Page { import, mut record, diagnostics } => {
                    self.done.diagnostics.extend(diagnostics);
                    self.done.diagnostics.extend(import.diagnostics.iter().cloned());
                    record.issue_pages = if record.issue.is_empty() { 0 } else { issue.len() };
                    open.push(self.open(&job.pages[at], record, &import));
                    imports.push(*import);
                }
            }
        }
        self.stitch(&mut imports, &open);
        let mut entries = Vec::new();
        for (import, open) in imports.into_iter().zip(open) {
            entries.extend(self.take_in(open, import)?);
        }
        Ok(entries)
    }

    fn open<'p>(&mut self, page: &'p PageFile, record: PageRecord, import: &PageImport) -> Open<'p> {
        let earlier = self.reader.earlier_path(page, &record.bytes).to_owned();
        // a second page of these bytes is another page
        self.reader.gone.remove(&record.bytes);
        let key = self.key(page, import, &earlier);
        Open { page, record, earlier, key }
    }

    /// Makes articles whole that go on on another page, where no person has made them their own.
    fn stitch(&mut self, imports: &mut [PageImport], open: &[Open<'_>]) {
        let (mut continuations, diagnostics) = match_jumps(imports);
        self.done.diagnostics.extend(diagnostics);
        let file = |part: Part| article_file(imports[part.page].masthead.date, &open[part.page].key, part.article + 1);
        continuations.retain(|&parts| self.may_stitch(parts, &file, open, imports));
        let chains = chains(&continuations);
        let files: Vec<String> = chains.iter().map(|chain| file(chain[0])).collect();
        let made: Vec<_> = parallel::map(&chains, |chain| stitch(imports, chain, |draft| self.reader.themes(draft)));
        for ((chain, file), made) in chains.iter().zip(files).zip(made) {
            let Some(made) = made else { continue };
            imports[chain[0].page].articles[chain[0].article] = made;
            for rest in &chain[1..] {
                imports[rest.page].part_of.insert(rest.article, file.clone());
            }
        }
    }

    fn may_stitch(
        &mut self,
        (from, to): (Part, Part),
        file: &impl Fn(Part) -> String,
        open: &[Open<'_>],
        imports: &[PageImport],
    ) -> bool {
        let (first, rest) = (&open[from.page], &open[to.page]);
        let (own, other) = (file(from), file(to));
        let edited = if self.is_touched(first, &own) && !self.goes_on(&own, imports[to.page].file()) {
            (first.page, own)
        } else if self.is_touched(rest, &other) {
            (rest.page, other)
        } else {
            return true;
        };
        let message = format!(
            "an article of {} was edited or taken out, so the parts of it on two pages stay apart",
            edited.0.path
        );
        let hint = "join the two texts by hand, or remove both files and name their pages to import them anew";
        let shown = format!("{}{}", self.reader.job.into_shown, edited.1);
        self.done.diagnostics.push(Diagnostic::new(Code::NotStitched, message).in_file(shown).hint(hint));
        false
    }

    /// A person has changed an article's file, or taken it out.
    fn is_touched(&self, open: &Open<'_>, file: &str) -> bool {
        let recorded = self.reader.before.pages.get(&open.earlier).and_then(|page| page.articles.get(file));
        match (file::read(&self.reader.job.into, file), recorded) {
            (Ok(present), Some(recorded)) => record::fingerprint(&present) != *recorded,
            (Ok(_), None) => true,
            (Err(_), Some(_)) => !self.comes_back(open.page),
            (Err(_), None) => false,
        }
    }

    /// An article's file says that it goes on on a page.
    fn goes_on(&self, file: &str, page: &str) -> bool {
        let Ok(source) = file::read_source(&self.reader.job.into, file) else { return false };
        more_pages(&source).iter().any(|more| more == page)
    }

    /// Names a page's articles and writes them.
    fn take_in(&mut self, open: Open<'_>, import: PageImport) -> Result<Vec<LedgerEntry>> {
        let Open { page, record, earlier, key } = open;
        if page.asked {
            self.count(&import);
        }
        let (articles, mut entries) = name_articles(&import, &key, str::to_owned);
        for entry in &mut entries {
            entry.page.clone_from(&page.name);
        }
        let record = self.write(page, &articles, record, &earlier)?;
        self.record.pages.remove(&earlier);
        self.record.pages.insert(page.path.clone(), record);
        if self.reader.job.dry_run && page.asked {
            self.done.imports.push(import);
        }
        Ok(if self.reader.job.ledger && page.asked { entries } else { Vec::new() })
    }

    fn count(&mut self, import: &PageImport) {
        self.done.uncertain_lines.add_page(import);
        for (article, UnnamedArticle { front, .. }) in import.articles.iter().enumerate() {
            if !import.part_of.contains_key(&article) {
                self.done.articles += 1;
                front.themes.iter().for_each(|theme| *self.done.filed.entry(theme.clone()).or_default() += 1);
            }
        }
    }

    /// The name that the page has, or the first one that no other page of its day has.
    fn key(&mut self, page: &PageFile, import: &PageImport, earlier: &str) -> String {
        let named = |path| page_keys(&import.masthead, &self.reader.config.papers, path);
        let day = day_folder(import.masthead.date);
        let owner = |key: &String| self.taken.get(&format!("{day}/{key}")).map(String::as_str);
        let is_own = |key: &&String| owner(key) == Some(earlier);
        let (keys, before) = (named(&page.path), named(earlier));
        let own = keys.iter().chain(&before).find(is_own);
        let key = own.or_else(|| keys.iter().find(|key| owner(key).is_none())).or(keys.last()).cloned();
        let key = key.unwrap_or_default();
        self.taken.insert(format!("{day}/{key}"), page.path.clone());
        key
    }

    fn write(
        &mut self,
        page: &PageFile,
        articles: &[Article],
        mut record: PageRecord,
        earlier: &str,
    ) -> Result<PageRecord> {
        let before = self.reader.before.pages.get(earlier).cloned().unwrap_or_default();
        for article in articles {
            let recorded = before.articles.get(&article.file).map(String::as_str);
            if let Some(hash) = self.write_article(page, article, recorded)? {
                record.articles.insert(article.file.clone(), hash);
            }
        }
        self.remove_left_over(page, &before, articles)?;
        Ok(record)
    }

    /// Writes an article where no person's word stands against it. Tells what is to be recorded of its file, of which so far
    /// `recorded` is.
    fn write_article(&mut self, page: &PageFile, article: &Article, recorded: Option<&str>) -> Result<Option<String>> {
        let Article { file, .. } = article;
        let text = emit::article(article);
        let present = file::read(&self.reader.job.into, file).ok();
        match decide_write(recorded, present.as_deref(), text.as_bytes()) {
            WriteDecision::Removed if !self.comes_back(page) => {
                let hint = "name the page to bring it back: wenzhai import PAGE";
                self.say_kept(page, file, "was taken out, and stays out", hint);
                return Ok(Some(recorded.unwrap_or_default().to_owned()));
            }
            WriteDecision::Edited => {
                let hint = "to import it anew, remove the file and name the page";
                self.say_kept(page, file, "was edited, and is kept as it is", hint);
                return Ok(recorded.map(str::to_owned));
            }
            WriteDecision::Unchanged => self.done.unchanged += 1,
            WriteDecision::Write | WriteDecision::Removed => {
                if !self.reader.job.dry_run {
                    file::write(&self.reader.job.into.join(file), text.as_bytes())?;
                }
                self.done.written.push(file.clone());
            }
        }
        Ok(Some(record::fingerprint(text.as_bytes())))
    }

    /// Files that an earlier import of the page wrote and this one did not.
    fn remove_left_over(&mut self, page: &PageFile, before: &PageRecord, articles: &[Article]) -> Result<()> {
        for (file, hash) in &before.articles {
            if articles.iter().any(|article| article.file == *file) {
                continue;
            }
            match file::read(&self.reader.job.into, file) {
                Ok(bytes) if record::fingerprint(&bytes) == *hash => {
                    if !self.reader.job.dry_run {
                        self.remove(file)?;
                    }
                    self.done.removed += 1;
                }
                Ok(_) => self.say_left_over(page, file, articles),
                Err(_) => {}
            }
        }
        Ok(())
    }

    /// An edited article that its page no longer gives; where the page's day or number has changed, it gives it elsewhere.
    fn say_left_over(&mut self, page: &PageFile, file: &str, articles: &[Article]) {
        let place = |file: &str| file.rsplit_once('-').map(|(_, place)| place.to_owned());
        match articles.iter().find(|article| place(&article.file) == place(file)) {
            Some(now) => {
                let now = format!("{}{}", self.reader.job.into_shown, now.file);
                let hint = format!("carry your edit over to {now}, and remove one of the two");
                self.say_kept(page, file, "was edited, and is kept; by its page it now stands elsewhere", &hint);
            }
            None => self.say_kept(
                page,
                file,
                "is no longer found on its page, but was edited, and is kept",
                "remove it by hand if it is not wanted",
            ),
        }
    }

    fn remove(&self, file: &str) -> Result<()> {
        let path = self.reader.job.into.join(file);
        file::remove(&path)?;
        file::remove_empty_parents(&path, &self.reader.job.into);
        Ok(())
    }

    /// Articles of the page that a person took out are asked for.
    fn comes_back(&self, page: &PageFile) -> bool {
        self.reader.job.restores_removed && page.asked
    }

    fn say_kept(&mut self, page: &PageFile, file: &str, what: &str, hint: &str) {
        let shown = format!("{}{file}", self.reader.job.into_shown);
        let message = format!("an article of {} {what}", page.path);
        self.done.diagnostics.push(Diagnostic::new(Code::Kept, message).in_file(shown).hint(hint));
    }

    fn finish(mut self) -> Result<ImportReport> {
        self.forget_gone()?;
        if !self.reader.job.dry_run && self.record != *self.reader.before {
            file::write(&self.reader.job.into.join(RECORD), record::emit(&self.record).as_bytes())?;
        }
        Ok(self.done)
    }

    /// Of a page that is gone and of which a copy was imported, the articles go, unless a person edited them. Articles of a
    /// page that is gone altogether stay: they are content.
    fn forget_gone(&mut self) -> Result<()> {
        let gone: Vec<String> =
            self.record.pages.keys().filter(|path| !file::exists(&self.reader.job.root.join(path))).cloned().collect();
        for path in gone {
            let Some(old) = self.record.pages.remove(&path) else { continue };
            let new = self.record.pages.values().find(|page| page.bytes == old.bytes).cloned();
            if let Some(new) = new {
                let page = PageFile { path: path.clone(), name: path.clone(), asked: true };
                let kept: Vec<String> = new.articles.into_keys().collect();
                let left = PageRecord {
                    articles: old.articles.into_iter().filter(|(file, _)| !kept.contains(file)).collect(),
                    ..old
                };
                self.remove_left_over(&page, &left, &[])?;
            } else {
                let message = format!("the page {path} is gone; its {} articles stay", old.articles.len());
                self.done
                    .diagnostics
                    .push(Diagnostic::new(Code::PageGone, message).hint("remove those that are not wanted by hand"));
            }
        }
        Ok(())
    }
}

/// The pages that an article's front matter names beside the first one.
fn more_pages(article: &Source) -> Vec<String> {
    let front: Option<toml::Table> =
        parse::split_front_matter(article).and_then(|parts| parse::parse_front_matter(article, &parts)).ok();
    let more = front.as_ref().and_then(|front| front.get("source")?.get("more")?.as_array());
    let page = |more: &toml::Value| more.get("page").and_then(toml::Value::as_str).map(str::to_owned);
    more.into_iter().flatten().filter_map(page).collect()
}

/// The names that pages of earlier imports have: each page keeps its own.
fn taken_names(record: &ImportRecord) -> HashMap<String, String> {
    let names = record.pages.iter().flat_map(|(path, page)| {
        page.articles.keys().filter_map(|file| Some((file.rsplit_once('-')?.0.to_owned(), path.clone())))
    });
    names.collect()
}
