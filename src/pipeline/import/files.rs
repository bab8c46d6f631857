//! Plans what becomes of the article files of a page, and carries plans out.
//!
//! An article that a person edited or removed stays as it is. Where an import finds fewer articles on a page than the one before,
//! the files that are left over are removed, unless a person edited them. Every change is in the journal before it is made. A file
//! that is a link, or lies behind one, is left as it is, since a link may lead out of the folder of articles.

use crate::content::article::{Article, PageLines};
use crate::content::emit;
use crate::content::parse;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::diagnostics::message::Message;
use crate::diagnostics::source::Source;
use crate::import::journal::{self, JournalEntry};
use crate::import::line_holders::{CoveredFile, DeclaredLines, PlannedAction};
use crate::import::record::{self, ImportRecord, WriteDecision, decide_write};
use crate::io::fs::file;
use crate::io::fs::folder_tree::FolderTree;
use crate::message;
use crate::pipeline::import::job::{ImportJob, ImportReport, PageFile};
use crate::project::JOURNAL;
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

/// The article files of an import, and its report so far.
pub(crate) struct ArticleFiles<'a> {
    pub(crate) job: &'a ImportJob,
    /// the folder of articles
    pub(crate) tree: FolderTree,
    /// the record of earlier imports
    pub(crate) before: &'a ImportRecord,
    pub(crate) report: ImportReport,
}

/// Article file, below the folder of articles → its fingerprint in the record.
type Fingerprints = BTreeMap<String, String>;

/// The plan for one article file.
#[derive(Debug)]
pub(crate) struct PlannedFile {
    /// below the folder of articles
    pub(crate) file: String,
    pub(crate) change: Change,
    /// its fingerprint in the record of earlier imports
    recorded: Option<String>,
    /// the file on the disk, where it is to be replaced or removed, or is kept
    on_disk: Option<FileOnDisk>,
}

/// What an article's file holds before an import.
#[derive(Debug)]
struct FileOnDisk {
    /// the lines that it says it holds
    declared: Option<DeclaredLines>,
    text: String,
}

impl FileOnDisk {
    fn of(bytes: &[u8]) -> Self {
        let declared = source_lines(bytes).map(|source| DeclaredLines::of(&source));
        Self { declared, text: String::from_utf8_lossy(bytes).into_owned() }
    }
}

/// What is done with an article file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    Write(String),
    Remove,
    /// it has the bytes that would be written, of this fingerprint
    Unchanged(String),
    /// a person edited it, or it cannot be changed without losing a line
    Keep,
    /// a person removed it
    StayAway,
    /// it is not written, since another file holds its lines
    Superseded,
    /// a person edited it, and its page has no such article any more
    Release,
}

impl PlannedFile {
    /// For the check that no line is lost.
    pub(crate) fn covered(&self) -> CoveredFile {
        let action = match self.change {
            Change::Write(_) | Change::Unchanged(_) => PlannedAction::Generate,
            Change::Remove => PlannedAction::Remove,
            Change::Keep | Change::Release => PlannedAction::Keep,
            Change::StayAway | Change::Superseded => PlannedAction::StayAway,
        };
        let (declared, text) =
            self.on_disk.as_ref().map_or((None, String::new()), |file| (file.declared.clone(), file.text.clone()));
        let is_new = self.on_disk.is_none() && matches!(self.change, Change::Write(_));
        CoveredFile { action, is_new, declared, text, names_absent_page: false }
    }

    /// The fingerprint to record when the plan is carried out.
    pub(crate) fn fingerprint(&self) -> Option<String> {
        match &self.change {
            Change::Write(text) => Some(record::fingerprint(text.as_bytes())),
            Change::Unchanged(fingerprint) => Some(fingerprint.clone()),
            Change::Keep | Change::StayAway => self.recorded.clone(),
            Change::Remove | Change::Release | Change::Superseded => None,
        }
    }

    fn journal_entry(&self, page: &PageFile, earlier: &str) -> Option<JournalEntry> {
        matches!(self.change, Change::Write(_) | Change::Remove).then(|| JournalEntry {
            page: page.path.clone(),
            earlier: earlier.to_owned(),
            file: self.file.clone(),
            written: self.fingerprint(),
        })
    }
}

/// The lines of its page that an article's file names in its front matter.
#[derive(Deserialize)]
struct SourceKey {
    source: Option<PageLines>,
}

impl ArticleFiles<'_> {
    /// Whether a person has changed an article's file, or removed it. `earlier` is the page's path in the record.
    pub(crate) fn is_edited(&self, page: &PageFile, earlier: &str, file: &str) -> bool {
        let recorded = self.before.pages.get(earlier).and_then(|page| page.articles.get(file));
        match (file::read_if_present(&self.job.into, file), recorded) {
            _ if self.job.anew.contains(file) => false,
            (Ok(Some(present)), Some(recorded)) => record::fingerprint(&present) != *recorded,
            (Ok(Some(_)), None) | (Err(_), _) => true,
            (Ok(None), recorded) => recorded.is_some() && !self.is_restored(page),
        }
    }

    /// Whether the front matter of an article's file names a page beside the first one.
    pub(crate) fn continues_on(&self, file: &str, page: &str) -> bool {
        let source = file::read(&self.job.into, file).ok().and_then(|bytes| source_lines(&bytes));
        source.is_some_and(|source| source.more.iter().any(|more| more.page == page))
    }

    /// The plan for the files of a page: those of its articles, and those that an earlier import of the page wrote.
    pub(crate) fn plan(&mut self, page: &PageFile, earlier: &str, articles: &[Article]) -> Vec<PlannedFile> {
        let unrecorded = Fingerprints::new();
        let recorded = self.before.pages.get(earlier).map_or(&unrecorded, |page| &page.articles);
        let mut plan: Vec<PlannedFile> =
            articles.iter().map(|article| self.plan_article(page, article, recorded.get(&article.file))).collect();
        plan.extend(self.plan_left_over(&page.path, recorded, articles));
        plan
    }

    fn plan_article(&mut self, page: &PageFile, article: &Article, recorded: Option<&String>) -> PlannedFile {
        let Article { file, .. } = article;
        let text = emit::article(article);
        let planned =
            |change, on_disk| PlannedFile { file: file.clone(), change, recorded: recorded.cloned(), on_disk };
        let present = match file::read_if_present(&self.job.into, file) {
            Ok(present) => present,
            Err(diagnostic) => {
                let shown = format!("{}{file}", self.job.into_shown);
                self.report.diagnostics.push(diagnostic.in_file(shown));
                return planned(Change::Keep, None);
            }
        };
        // what is written anew is as if it had been removed
        let is_anew = self.job.anew.contains(file);
        let on_disk = || present.as_deref().filter(|_| !is_anew).map(FileOnDisk::of);
        match decide_write(recorded.map(String::as_str), present.as_deref(), text.as_bytes()) {
            WriteDecision::Removed if !is_anew && !self.is_restored(page) => {
                let hint = message!("name the page to bring it back: wenzhai import PAGE");
                let message =
                    message!("an article of {page} was removed by hand, and is not written again", page = page.path);
                self.report_kept(file, message, hint);
                planned(Change::StayAway, None)
            }
            WriteDecision::Edited if !is_anew => {
                let hint = message!("to import it anew, remove the file and name the page");
                let message = message!("an article of {page} was edited, and is kept as it is", page = page.path);
                self.report_kept(file, message, hint);
                planned(Change::Keep, on_disk())
            }
            WriteDecision::Unchanged => planned(Change::Unchanged(record::fingerprint(text.as_bytes())), None),
            WriteDecision::Write | WriteDecision::Removed | WriteDecision::Edited if self.is_behind_link(file) => {
                planned(Change::Keep, on_disk())
            }
            WriteDecision::Write | WriteDecision::Removed | WriteDecision::Edited => {
                planned(Change::Write(text), on_disk())
            }
        }
    }

    /// The articles of a page that is not imported now which continue on other pages. They are kept.
    pub(crate) fn continued_articles(&self, page: &str) -> Vec<PlannedFile> {
        let recorded = self.before.pages.get(page).map(|page| page.articles.keys());
        let continued = recorded.into_iter().flatten().filter_map(|file| {
            let on_disk = FileOnDisk::of(&file::read(&self.job.into, file).ok()?);
            let planned = |on_disk| PlannedFile { file: file.clone(), change: Change::Keep, recorded: None, on_disk };
            on_disk.declared.as_ref().is_some_and(DeclaredLines::has_parts).then(|| planned(Some(on_disk)))
        });
        continued.collect()
    }

    /// The plan for files that an earlier import of the page wrote and that are not of these articles.
    pub(crate) fn plan_left_over(
        &mut self,
        page: &str,
        recorded: &Fingerprints,
        articles: &[Article],
    ) -> Vec<PlannedFile> {
        let mut plan = Vec::new();
        let present: HashSet<&str> = articles.iter().map(|article| article.file.as_str()).collect();
        for (file, fingerprint) in recorded {
            if present.contains(file.as_str()) {
                continue;
            }
            let change = match file::read_if_present(&self.job.into, file) {
                Ok(None) => continue,
                Ok(Some(bytes)) => {
                    let change = match record::fingerprint(&bytes) == *fingerprint || self.job.anew.contains(file) {
                        true if self.is_behind_link(file) => Change::Keep,
                        true => Change::Remove,
                        false => Change::Release,
                    };
                    (change, Some(FileOnDisk::of(&bytes)))
                }
                Err(diagnostic) => {
                    self.report.diagnostics.push(diagnostic);
                    (Change::Keep, None)
                }
            };
            if change.0 == Change::Release {
                self.report_left_over(page, file, articles);
            }
            let (file, recorded) = (file.clone(), Some(fingerprint.clone()));
            plan.push(PlannedFile { file, change: change.0, recorded, on_disk: change.1 });
        }
        plan
    }

    /// Carries out the plan for a page, and returns what to record of its files. In a dry run nothing is changed.
    ///
    /// # Errors
    /// An I/O error while writing.
    pub(crate) fn carry_out(&mut self, page: &PageFile, earlier: &str, plan: &[PlannedFile]) -> Result<Fingerprints> {
        let entries: Vec<JournalEntry> =
            plan.iter().filter_map(|planned| planned.journal_entry(page, earlier)).collect();
        if !self.job.dry_run && !entries.is_empty() {
            file::append(&self.job.into.join(JOURNAL), journal::emit(&entries).as_bytes())?;
        }
        for planned in plan {
            self.change(planned)?;
        }
        let recorded = plan.iter().filter_map(|planned| Some((planned.file.clone(), planned.fingerprint()?)));
        Ok(recorded.collect())
    }

    fn change(&mut self, planned: &PlannedFile) -> Result<()> {
        match &planned.change {
            Change::Write(text) => {
                if !self.job.dry_run {
                    self.tree.write(&planned.file, text.as_bytes())?;
                }
                self.report.written.push(planned.file.clone());
            }
            Change::Remove => {
                if !self.job.dry_run {
                    self.tree.remove(&planned.file)?;
                    self.tree.remove_empty_parents(&planned.file);
                }
                self.report.removed.push(planned.file.clone());
            }
            Change::Unchanged(_) => self.report.unchanged += 1,
            Change::Keep | Change::StayAway | Change::Superseded | Change::Release => {}
        }
        Ok(())
    }

    /// Reports an edited article that its page no longer has, or has under another name since the page's day or number changed.
    fn report_left_over(&mut self, page: &str, file: &str, articles: &[Article]) {
        let number = |file: &str| file.rsplit_once('-').map(|(_, number)| number.to_owned());
        match articles.iter().find(|article| number(&article.file) == number(file)) {
            Some(now) => {
                let now = format!("{}{}", self.job.into_shown, now.file);
                let hint = message!("carry your edit over to {now}, and remove one of the two", now);
                let message = message!(
                    "an article of {page} was edited, and is kept; its page now gives it another file name",
                    page
                );
                self.report_kept(file, message, hint);
            }
            None => {
                let message =
                    message!("an article of {page} is no longer found on its page, but was edited, and is kept", page);
                self.report_kept(file, message, message!("remove it by hand if it is not wanted"));
            }
        }
    }

    /// Whether articles of the page that a person removed are written again.
    fn is_restored(&self, page: &PageFile) -> bool {
        self.job.restores_removed && page.requested
    }

    /// Whether an article's file is a link or lies behind one, which is reported.
    fn is_behind_link(&mut self, file: &str) -> bool {
        let found = self.tree.link_at(file).map(|link| self.tree.behind_link(file, link));
        let is_found = found.is_some();
        self.report.diagnostics.extend(found);
        is_found
    }

    fn report_kept(&mut self, file: &str, message: Message, hint: Message) {
        let shown = format!("{}{file}", self.job.into_shown);
        self.report.diagnostics.push(Diagnostic::new(Code::Kept, message).in_file(shown).hint(hint));
    }
}

/// The lines that an article's file names as its source, if it does.
fn source_lines(bytes: &[u8]) -> Option<PageLines> {
    let source = Source::new("", std::str::from_utf8(bytes).ok()?);
    let spans = parse::split_front_matter(&source).ok()?;
    parse::parse_front_matter::<SourceKey>(&source, &spans).ok()?.source
}
