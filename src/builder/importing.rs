//! Source pages → article files.
//!
//! 1. read the record of earlier imports; a page whose bytes and settings are the same is skipped
//! 2. read and import the others, a handful at a time so that memory does not grow with their number
//! 3. name the articles, decide on each file, write what may be written
//! 4. keep the record, and tell what a person has changed
//!
//! An article that a person edited or took out stays as it is. Where fewer articles are found on a page than before, the
//! files that are left over go, unless a person edited them.

use crate::base::error::Result;
use crate::base::note::{Note, Severity};
use crate::base::stage;
use crate::config::Config;
use crate::content::article::Article;
use crate::content::emit;
use crate::edge::lock::Lock;
use crate::edge::{disk, walk};
use crate::import::assemble::Draft;
use crate::import::decode::decode;
use crate::import::edits::{self, Fate, PageRecord, Record, fate};
use crate::import::ledger::Entry;
use crate::import::naming::{date_in_name, folder, page_in_name, page_keys, paper_of_name};
use crate::import::sheet::{Sheet, Told, named, sheet};
use crate::import::sidecar::{Sidecar, sidecar};
use crate::theme::classify::{Classifier, Text};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// What may be a source page.
pub const PAGE_TYPES: &[&str] = &["txt", "md"];
/// The record, in the folder of articles.
const RECORD: &str = ".imported.toml";
/// Pages in memory at a time.
const AT_A_TIME: usize = 256;

/// What is asked of an import.
#[derive(Debug, Clone)]
pub struct Job {
    /// what the pages' paths are below
    pub root: PathBuf,
    /// pages, each by its path below the root and its name in the ledger
    pub pages: Vec<PageFile>,
    /// the folder of articles
    pub into: PathBuf,
    /// the folder of articles as a person reads it, with `/` at the end
    pub into_shown: String,
    pub date: Option<Date>,
    pub paper: Option<String>,
    pub page: Option<u32>,
    /// pages that have not changed as well
    pub unchanged_too: bool,
    /// articles that a person took out as well
    pub again: bool,
    /// tell what would be done, and write nothing
    pub dry_run: bool,
    /// ledger entries of all pages are wanted
    pub ledger: bool,
}

/// A source page on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFile {
    /// below the job's root, with `/`
    pub path: String,
    /// below the folder that was named to the command
    pub name: String,
}

/// What an import did.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    pub pages: usize,
    /// pages that had not changed
    pub skipped: usize,
    /// files of articles written, below the folder of articles
    pub written: Vec<String>,
    pub unchanged: usize,
    pub removed: usize,
    pub ledger: Vec<Entry>,
    /// what was made of each page; kept for a dry run alone
    pub sheets: Vec<Sheet>,
    pub notes: Vec<Note>,
}

/// The pages of a folder, and what stood in the way of listing them.
pub fn pages_in(root: &Path, folder: &str) -> (Vec<PageFile>, Vec<Note>) {
    let (found, notes) = walk::list(root, folder, PAGE_TYPES);
    let prefix = if folder.is_empty() { String::new() } else { format!("{}/", folder.trim_end_matches('/')) };
    let pages = found
        .into_iter()
        .map(|found| PageFile {
            name: found.path.strip_prefix(&prefix).unwrap_or(&found.path).to_owned(),
            path: found.path,
        })
        .collect();
    (pages, notes)
}

/// Imports pages. `put` takes the ledger's entries of each handful of pages, where they are wanted.
///
/// # Errors
/// What the disk refuses. What is wrong with a page is a finding, and the other pages are done.
pub fn import(job: &Job, config: &Config, put: &mut dyn FnMut(Vec<Entry>) -> Result<()>) -> Result<Imported> {
    let _lock = if job.dry_run {
        None
    } else {
        disk::make_folder(&job.into)?;
        Some(Lock::take(&job.into)?)
    };
    let mut import = Import::new(job, config);
    for pages in job.pages.chunks(AT_A_TIME) {
        let entries = import.pages(pages)?;
        put(entries)?;
    }
    import.finish()
}

/// An import under way.
struct Import<'a> {
    job: &'a Job,
    config: &'a Config,
    classifier: Classifier,
    before: Record,
    record: Record,
    /// what stands for a page in the names of its articles, with their folder → the page
    taken: HashMap<String, String>,
    done: Imported,
}

/// A page read and imported, or skipped.
enum Read {
    Skipped,
    Refused(Vec<Note>),
    Page { sheet: Box<Sheet>, record: PageRecord, notes: Vec<Note> },
}

impl<'a> Import<'a> {
    fn new(job: &'a Job, config: &'a Config) -> Self {
        let mut done = Imported::default();
        let before = match disk::exists(&job.into.join(RECORD)).then(|| disk::read_source(&job.into, RECORD)) {
            Some(Ok(source)) => edits::parse(&source).unwrap_or_else(|note| {
                done.notes.push(note);
                Record::default()
            }),
            Some(Err(note)) => {
                done.notes.push(note);
                Record::default()
            }
            None => Record::default(),
        };
        let classifier = Classifier::new(&config.themes, &config.filing);
        let taken = taken_names(&before, &job.pages);
        Self { job, config, classifier, record: before.clone(), before, taken, done }
    }

    fn pages(&mut self, pages: &[PageFile]) -> Result<Vec<Entry>> {
        let read = stage::map(pages, |page| self.read(page));
        let mut entries = Vec::new();
        for (page, read) in pages.iter().zip(read) {
            self.done.pages += 1;
            match read {
                Read::Skipped => self.done.skipped += 1,
                Read::Refused(notes) => self.done.notes.extend(notes),
                Read::Page { sheet, record, notes } => {
                    self.done.notes.extend(notes);
                    self.done.notes.extend(sheet.notes.iter().cloned());
                    entries.extend(self.take_in(page, *sheet, record)?);
                }
            }
        }
        Ok(entries)
    }

    /// Reads a page and takes it apart: no state is touched, so that many can be done at once.
    fn read(&self, page: &PageFile) -> Read {
        let job = self.job;
        let bytes = match disk::read(&job.root, &page.path) {
            Ok(bytes) => bytes,
            Err(note) => return Read::Refused(vec![note]),
        };
        let (beside, mut notes) = self.sidecar(page);
        let sidecar_holds = notes.is_empty();
        let told = Told {
            sidecar: beside,
            date: job.date.or_else(|| date_in_name(&page.path)),
            paper: job.paper.clone().or_else(|| paper_of_name(&page.path, &self.config.papers).map(str::to_owned)),
            page: job.page.or_else(|| page_in_name(&page.path)),
        };
        let record =
            PageRecord { bytes: edits::hash(&bytes), settings: self.settings(&told), articles: BTreeMap::new() };
        let known = self.before.pages.get(&page.path);
        let same = known.is_some_and(|known| known.bytes == record.bytes && known.settings == record.settings);
        if same && !job.unchanged_too && !job.ledger && !job.dry_run {
            return Read::Skipped;
        }
        match decode(&page.path, &bytes) {
            Ok(decoded) => {
                notes.extend(decoded.notes);
                let sheet = sheet(&decoded.source, &told, |draft| self.themes(draft));
                let mut record = record;
                if !sidecar_holds || sheet.notes.iter().any(|note| note.severity == Severity::Error) {
                    // what is wrong is told again at the next import, until it is mended
                    record.settings.clear();
                }
                Read::Page { sheet: Box::new(sheet), record, notes }
            }
            Err(note) => {
                notes.push(note);
                Read::Refused(notes)
            }
        }
    }

    fn sidecar(&self, page: &PageFile) -> (Sidecar, Vec<Note>) {
        let path = match page.path.rsplit_once('.') {
            Some((stem, _)) => format!("{stem}.toml"),
            None => return (Sidecar::default(), Vec::new()),
        };
        if !disk::exists(&self.job.root.join(&path)) {
            return (Sidecar::default(), Vec::new());
        }
        match disk::read_source(&self.job.root, &path) {
            Ok(source) => sidecar(&source, &self.config.theme_ids()),
            Err(note) => (Sidecar::default(), vec![note]),
        }
    }

    /// Everything beside the page's bytes that its articles follow from.
    fn settings(&self, told: &Told) -> String {
        let Config { themes, filing, papers, .. } = self.config;
        edits::hash(format!("{} {told:?} {themes:?} {filing:?} {papers:?}", env!("CARGO_PKG_VERSION")).as_bytes())
    }

    fn themes(&self, draft: &Draft) -> Vec<String> {
        let front = &draft.front;
        let part = |text: &'_ Option<String>| text.clone().unwrap_or_default();
        let (kicker, subtitle, column) = (part(&front.kicker), part(&front.subtitle), part(&front.column));
        // a headline that was made from the text says nothing beside the text
        let title = if front.title_inferred { "" } else { front.title.as_str() };
        let text = Text { title, kicker: &kicker, subtitle: &subtitle, column: &column, body: &draft.text };
        self.classifier.ids(&text)
    }

    /// Names a page's articles and writes them.
    fn take_in(&mut self, page: &PageFile, sheet: Sheet, record: PageRecord) -> Result<Vec<Entry>> {
        let key = self.key(page, &sheet);
        let (articles, mut entries) = named(&sheet, &key, str::to_owned);
        for entry in &mut entries {
            entry.page.clone_from(&page.name);
        }
        let record = self.write(page, &articles, record)?;
        self.record.pages.insert(page.path.clone(), record);
        if self.job.dry_run {
            self.done.sheets.push(sheet);
        }
        Ok(if self.job.ledger { entries } else { Vec::new() })
    }

    /// The first name for the page that no other page of its day has.
    fn key(&mut self, page: &PageFile, sheet: &Sheet) -> String {
        let keys = page_keys(&sheet.printed, &self.config.papers, &page.path);
        let day = folder(sheet.printed.date);
        let free = |key: &&String| self.taken.get(&format!("{day}/{key}")).is_none_or(|owner| *owner == page.path);
        let key = keys.iter().find(free).or(keys.last()).cloned().unwrap_or_default();
        self.taken.insert(format!("{day}/{key}"), page.path.clone());
        key
    }

    fn write(&mut self, page: &PageFile, articles: &[Article], mut record: PageRecord) -> Result<PageRecord> {
        let before = self.before.pages.get(&page.path).cloned().unwrap_or_default();
        for article in articles {
            let text = emit::article(article);
            let recorded = before.articles.get(&article.file).map(String::as_str);
            let present = disk::read(&self.job.into, &article.file).ok();
            match fate(recorded, present.as_deref(), text.as_bytes()) {
                Fate::TakenOut if !self.job.again => {
                    self.say_kept(
                        page,
                        &article.file,
                        "was taken out, and stays out",
                        "name the page to bring it back: wenzhai import PAGE",
                    );
                    record.articles.insert(article.file.clone(), recorded.unwrap_or_default().to_owned());
                    continue;
                }
                Fate::Edited => {
                    self.say_kept(
                        page,
                        &article.file,
                        "was edited, and is kept as it is",
                        "to import it anew, remove the file and name the page",
                    );
                    if let Some(recorded) = recorded {
                        record.articles.insert(article.file.clone(), recorded.to_owned());
                    }
                    continue;
                }
                Fate::Same => self.done.unchanged += 1,
                Fate::Write | Fate::TakenOut => {
                    if !self.job.dry_run {
                        disk::write(&self.job.into.join(&article.file), text.as_bytes())?;
                    }
                    self.done.written.push(article.file.clone());
                }
            }
            record.articles.insert(article.file.clone(), edits::hash(text.as_bytes()));
        }
        self.remove_left_over(page, &before, articles)?;
        Ok(record)
    }

    /// Files that an earlier import of the page wrote and this one did not.
    fn remove_left_over(&mut self, page: &PageFile, before: &PageRecord, articles: &[Article]) -> Result<()> {
        for (file, hash) in &before.articles {
            if articles.iter().any(|article| article.file == *file) {
                continue;
            }
            match disk::read(&self.job.into, file) {
                Ok(bytes) if edits::hash(&bytes) == *hash => {
                    if !self.job.dry_run {
                        self.remove(file)?;
                    }
                    self.done.removed += 1;
                }
                Ok(_) => self.say_kept(
                    page,
                    file,
                    "is no longer found on its page, but was edited, and is kept",
                    "remove it by hand if it is not wanted",
                ),
                Err(_) => {}
            }
        }
        Ok(())
    }

    fn remove(&self, file: &str) -> Result<()> {
        let path = self.job.into.join(file);
        disk::remove(&path)?;
        disk::remove_empty_parents(&path, &self.job.into);
        Ok(())
    }

    fn say_kept(&mut self, page: &PageFile, file: &str, what: &str, hint: &str) {
        let shown = format!("{}{file}", self.job.into_shown);
        let message = format!("an article of {} {what}", page.path);
        self.done.notes.push(Note::info("kept", message).in_file(shown).hint(hint));
    }

    fn finish(mut self) -> Result<Imported> {
        self.forget_moved()?;
        if !self.job.dry_run && self.record != self.before {
            disk::write(&self.job.into.join(RECORD), edits::emit(&self.record).as_bytes())?;
        }
        Ok(self.done)
    }

    /// A page that stands under another name now has its articles there; the old ones go, unless a person edited them.
    /// Articles of a page that is gone altogether stay: they are content.
    fn forget_moved(&mut self) -> Result<()> {
        let gone: Vec<String> =
            self.record.pages.keys().filter(|path| !disk::exists(&self.job.root.join(path))).cloned().collect();
        for path in gone {
            let Some(old) = self.record.pages.remove(&path) else { continue };
            let new = self.record.pages.values().find(|page| page.bytes == old.bytes).cloned();
            if let Some(new) = new {
                let page = PageFile { path: path.clone(), name: path.clone() };
                let kept: Vec<String> = new.articles.into_keys().collect();
                let left = PageRecord {
                    articles: old.articles.into_iter().filter(|(file, _)| !kept.contains(file)).collect(),
                    ..old
                };
                self.remove_left_over(&page, &left, &[])?;
            } else {
                let message = format!("the page {path} is gone; its {} articles stay", old.articles.len());
                self.done.notes.push(Note::info("page-gone", message).hint("remove those that are not wanted by hand"));
            }
        }
        Ok(())
    }
}

/// The names that pages of earlier imports have: a page keeps its name while it stands.
fn taken_names(record: &Record, pages: &[PageFile]) -> HashMap<String, String> {
    let here = |path: &String| pages.iter().any(|page| page.path == *path);
    let names = record.pages.iter().filter(|(path, _)| here(path)).flat_map(|(path, page)| {
        page.articles.keys().filter_map(|file| Some((file.rsplit_once('-')?.0.to_owned(), path.clone())))
    });
    names.collect()
}
