//! The desk: a site's pages, an editor's actions on them, and the files that these become.
//!
//! Everything is written at once and atomically, as the plain files that a person can write too: an action becomes the page's sidecar. What was
//! there before is noted in the [history](crate::desk::history) first. Imports follow by themselves: the preview's watcher sees the
//! sidecar change. Nothing outside of the site's folder is read or written.

use crate::desk::adoption::{Adoption, adopt};
use crate::desk::article_files::{Conflict, article_files, conflicts, file_of_article, make_anew, restore};
use crate::desk::edit::action::Action;
use crate::desk::edit::arrangement::Refused;
use crate::desk::error::{DeskError, DeskResult};
use crate::desk::history::{Change, FOLDER, History};
use crate::desk::page_state::{PageState, Rejection, sidecar_path};
use crate::desk::page_view::{PageView, PreviewedSite, page_view};
use crate::desk::pages::SitePages;
use crate::desk::reviewed::ReviewedPages;
use crate::diagnostics::error::{Error, Result};
use crate::import::record::fingerprint;
use crate::io::clock;
use crate::io::fs::file;
use crate::io::fs::folder_tree::FolderTree;
use crate::io::fs::lock::Lock;
use crate::io::fs::staged_file::remove_leftovers;
use crate::pipeline::import::run::read_record;
use crate::project::PAGES;
use crate::util::sync::lock;
use serde::Deserialize;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// The desk of a site.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) pages: Arc<SitePages>,
    /// actions are done one after another
    turn: Mutex<()>,
    /// none where another desk of this site runs
    _lock: Option<Lock>,
}

/// What a browser asks to be done.
#[derive(Debug, Deserialize)]
pub(crate) struct ActRequest {
    pub(crate) page: String,
    /// of the page that the action was chosen on
    pub(crate) version: String,
    pub(crate) action: Action,
    /// what becomes of files that a person edited
    #[serde(default)]
    pub(crate) edited: Option<EditedFiles>,
}

/// What becomes of article files that a person edited and that an action would change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum EditedFiles {
    /// they stay, and the action is not done
    Keep,
    /// they are made anew; undoing brings them back
    Discard,
    /// what a person changed in them becomes corrections first; where corrections cannot say all of it, the action is not done
    Adopt,
    /// as much of it as corrections can say becomes corrections first; undoing brings the rest back
    Part,
}

/// What a browser asks to be undone or done again.
#[derive(Debug, Deserialize)]
pub(crate) struct StepRequest {
    pub(crate) page: String,
    /// what becomes of files that a person edited: they stay, or are made anew
    #[serde(default)]
    pub(crate) edited: Option<EditedFiles>,
}

/// What a browser asks to be turned into corrections.
#[derive(Debug, Deserialize)]
pub(crate) struct AdoptRequest {
    pub(crate) page: String,
    pub(crate) article: usize,
    /// also where corrections cannot say all of the edits
    #[serde(default)]
    pub(crate) part: bool,
}

fn conflict(page: &str, conflicts: Vec<Conflict>, is_rest: bool) -> DeskError {
    DeskError::Conflict { page: page.to_owned(), conflicts, is_rest }
}

/// The conflicts about other files than these; none where there are none.
fn others(conflicts: &[Conflict], files: &[String]) -> Option<Vec<Conflict>> {
    let others: Vec<Conflict> = conflicts.iter().filter(|conflict| !files.contains(&conflict.file)).cloned().collect();
    (!others.is_empty()).then_some(others)
}

impl Desk {
    /// The desk of the site at `root`.
    pub(crate) fn new(root: &Path) -> Self {
        let lock = Lock::acquire(&root.join(FOLDER)).ok();
        if lock.is_some() {
            // of a desk that was killed while it wrote a sidecar
            remove_leftovers(&root.join(PAGES));
        }
        Self { pages: Arc::new(SitePages::new(root)), turn: Mutex::default(), _lock: lock }
    }

    /// The view of a page.
    pub(crate) fn page(&self, name: &str, site: &dyn PreviewedSite) -> DeskResult<PageView> {
        // between the two writes of an action, its history and its sidecar do not agree
        let _turn = lock(&self.turn);
        let state = self.pages.load(name)?;
        let history = self.settled(&state)?;
        Ok(self.view(&state, &history, site))
    }

    /// The history of a page, in agreement with its sidecar. What a desk that was killed had still to put back is put back, unless a person
    /// has edited the file since.
    fn settled(&self, state: &PageState) -> DeskResult<History> {
        let mut history = History::read(&self.pages.root, state.name());
        let back = history.settle(state.sidecar_text.as_deref(), &clock::now())?;
        if !back.is_empty() {
            let files: Vec<String> = back.iter().map(|(file, _)| file.clone()).collect();
            let edited = self.pages.edited_files(state.name());
            self.make_anew(state.name(), &files.into_iter().filter(|file| !edited.contains(file)).collect::<Vec<_>>())?;
            let back: Vec<_> = back.into_iter().filter(|(file, _)| !edited.contains(file)).collect();
            restore(&self.pages.articles(), state.name(), &back)?;
        }
        Ok(history)
    }

    fn view(&self, state: &PageState, history: &History, site: &dyn PreviewedSite) -> PageView {
        let files = article_files(&self.pages.articles(), &self.pages.record(), state, site);
        let looked = ReviewedPages::read(&self.pages.articles()).is_reviewed(state.name(), &state.outcome());
        page_view(state, history, &files, looked, site.picture_of(state.name()))
    }

    /// Does an action, and returns the page as it is then.
    pub(crate) fn act(&self, request: &ActRequest, site: &dyn PreviewedSite) -> DeskResult<PageView> {
        let _turn = lock(&self.turn);
        let state = self.pages.load(&request.page)?;
        if state.version() != request.version {
            return Err(DeskError::Stale { page: request.page.clone() });
        }
        let mut next = self.after(&state, &request.action)?;
        let mut conflicts = self.conflicts(&state, &next)?;
        if !conflicts.is_empty() {
            match request.edited {
                Some(EditedFiles::Discard) => {}
                Some(EditedFiles::Keep) => {
                    return Ok(self.view(&state, &History::read(&self.pages.root, &request.page), site));
                }
                Some(EditedFiles::Adopt | EditedFiles::Part) => {
                    let files: Vec<String> = conflicts.into_iter().map(|conflict| conflict.file).collect();
                    let adopted = self.adopted(&state, &files, request.edited == Some(EditedFiles::Part))?;
                    next = self.after(&adopted, &request.action)?;
                    conflicts = self.conflicts(&state, &next)?;
                    if let Some(others) = others(&conflicts, &files) {
                        return Err(conflict(&request.page, others, false));
                    }
                }
                None => return Err(conflict(&request.page, conflicts, false)),
            }
        }
        let replaced = conflicts.into_iter().map(Conflict::into_file_and_text).collect();
        let history = self.commit(&state, &next, request.action.name(), replaced)?;
        if matches!(request.action, Action::Masthead { .. }) {
            self.pages.forget_siblings(&request.page);
        }
        Ok(self.view(&next, &history, site))
    }

    /// The page after an action.
    fn after(&self, state: &PageState, action: &Action) -> DeskResult<PageState> {
        let sidecar = state.sidecar_after(action).map_err(DeskError::Rejected)?;
        Ok(PageState::new(state.settings.clone(), state.uncorrected.clone(), sidecar))
    }

    /// Turns what a person edited in the file of an article into corrections, as far as `part` allows.
    pub(crate) fn adopt(&self, request: &AdoptRequest, site: &dyn PreviewedSite) -> DeskResult<PageView> {
        let _turn = lock(&self.turn);
        let state = self.pages.load(&request.page)?;
        let record = self.pages.record();
        let file = record.pages.get(&request.page).and_then(|page| file_of_article(page, request.article));
        let file = file.ok_or(DeskError::Rejected(Rejection::UnfitFile))?;
        let bytes = file::read_if_present(&self.pages.articles(), &file)?;
        let text = file::source(&file, bytes.ok_or(DeskError::Rejected(Rejection::UnfitFile))?)?.text;
        let adopted = self.adopted(&state, std::slice::from_ref(&file), request.part)?;
        let history = self.commit(&state, &adopted, "adopt", vec![(file, text)])?;
        Ok(self.view(&adopted, &history, site))
    }

    /// The page with the corrections that say what was edited in files.
    ///
    /// # Errors
    /// A conflict where corrections cannot say all of the edits, unless a part of them is enough.
    fn adopted(&self, state: &PageState, files: &[String], part: bool) -> DeskResult<PageState> {
        let articles = self.pages.articles();
        let record = self.pages.record();
        let written = record.pages.get(state.name()).cloned().unwrap_or_default();
        let mut rests = Vec::new();
        let mut adopted: Option<PageState> = None;
        for file in files {
            let now = adopted.as_ref().unwrap_or(state);
            let article = (0..now.import.articles.len()).find(|k| file_of_article(&written, *k).as_ref() == Some(file));
            let article = article.ok_or(DeskError::Rejected(Rejection::UnfitFile))?;
            let bytes = file::read(&articles, file)?;
            if written.articles.get(file).is_some_and(|written| *written == fingerprint(&bytes)) {
                return Err(DeskError::Rejected(Refused::Nothing.into()));
            }
            let text = file::source(file, bytes)?.text;
            let Adoption { state: next, rest } = adopt(now, article, file, &text).map_err(DeskError::Rejected)?;
            rests.extend(rest);
            adopted = Some(next);
        }
        if !rests.is_empty() && !part {
            return Err(conflict(state.name(), rests, true));
        }
        adopted.ok_or(DeskError::Rejected(Refused::Nothing.into()))
    }

    /// Notes a change and writes it: the sidecar, and anew those files that a person had edited.
    fn commit(
        &self,
        before: &PageState,
        after: &PageState,
        label: &str,
        replaced: Vec<(String, String)>,
    ) -> DeskResult<History> {
        let page = before.name();
        let files: Vec<String> = replaced.iter().map(|(file, _)| file.clone()).collect();
        let mut history = self.settled(before)?;
        let (label, time) = (label.to_owned(), clock::now());
        let change = Change {
            label,
            time,
            before: before.sidecar_text.clone(),
            after: after.sidecar_text.clone(),
            replaced,
            replaced_by_undo: Vec::new(),
        };
        history.did(change)?;
        self.write_sidecar(page, after.sidecar_text.as_deref())?;
        self.make_anew(page, &files)?;
        Ok(history)
    }

    /// The conflicts with files that a person edited. What looks like one may be a file that an import under way has just written, so
    /// that it is waited for before anybody is asked.
    fn conflicts(&self, before: &PageState, after: &PageState) -> Result<Vec<Conflict>> {
        let articles = self.pages.articles();
        if conflicts(&articles, &self.pages.record(), before, after).is_empty() {
            return Ok(Vec::new());
        }
        let _lock = Lock::acquire_or_wait(&articles)?;
        Ok(conflicts(&articles, &read_record(&articles).0, before, after))
    }

    /// Undoes the last action on a page that holds.
    pub(crate) fn undo(&self, request: &StepRequest, site: &dyn PreviewedSite) -> DeskResult<PageView> {
        self.step(request, site, true)
    }

    /// Does again what was undone last.
    pub(crate) fn redo(&self, request: &StepRequest, site: &dyn PreviewedSite) -> DeskResult<PageView> {
        self.step(request, site, false)
    }

    fn step(&self, request: &StepRequest, site: &dyn PreviewedSite, undoes: bool) -> DeskResult<PageView> {
        let _turn = lock(&self.turn);
        let page = &request.page;
        let state = self.pages.load(page)?;
        let mut history = self.settled(&state)?;
        let change = if undoes { history.last() } else { history.next() }.ok_or(DeskError::NothingToUndo)?.clone();
        let (sidecar, again, back) = match undoes {
            true => (change.before, change.replaced_by_undo, change.replaced),
            false => (change.after, change.replaced, change.replaced_by_undo),
        };
        let next = PageState::new(state.settings.clone(), state.uncorrected.clone(), sidecar);
        let conflicts = self.conflicts(&state, &next)?.into_iter();
        // what was asked about before is done again without a question
        let conflicts: Vec<Conflict> =
            conflicts.filter(|conflict| !again.iter().any(|it| conflict.is_of(it))).collect();
        match request.edited {
            _ if conflicts.is_empty() => {}
            Some(EditedFiles::Discard) => {}
            Some(EditedFiles::Keep) => return Ok(self.view(&state, &history, site)),
            _ => return Err(conflict(page, conflicts, false)),
        }
        let replaced: Vec<(String, String)> = conflicts.into_iter().map(Conflict::into_file_and_text).collect();
        // those that are put back are made anew first, so that import knows them for its own, edited by a person
        let files: Vec<String> =
            [&again, &replaced, &back].into_iter().flatten().map(|(file, _)| file.clone()).collect();
        history.replaces(replaced)?;
        self.write_sidecar(page, next.sidecar_text.as_deref())?;
        self.make_anew(page, &files)?;
        restore(&self.pages.articles(), page, &back)?;
        if undoes { history.undid() } else { history.redid() }?;
        self.pages.forget_siblings(page);
        Ok(self.view(&self.pages.load(page)?, &history, site))
    }

    fn make_anew(&self, page: &str, files: &[String]) -> Result<()> {
        make_anew(&self.pages.root, &self.pages.settings()?.config, page, files)
    }

    fn write_sidecar(&self, page: &str, text: Option<&str>) -> Result<()> {
        let tree = FolderTree::new(&self.pages.root);
        let path = sidecar_path(page);
        if let Some(link) = tree.link_at(&path) {
            return Err(Error::failure(tree.behind_link(&path, link)));
        }
        match text {
            Some(text) => tree.write(&path, text.as_bytes()),
            None => tree.remove(&path).map(drop),
        }
    }

    /// Notes that a person looked at a page, or takes it back.
    pub(crate) fn set_looked(&self, page: &str, looked: bool, site: &dyn PreviewedSite) -> DeskResult<PageView> {
        let _turn = lock(&self.turn);
        let state = self.pages.load(page)?;
        let articles = self.pages.articles();
        ReviewedPages::read(&articles).set(&articles, page, looked.then(|| state.outcome()))?;
        Ok(self.view(&state, &History::read(&self.pages.root, page), site))
    }

    /// The history of a page, newest first, and whether each change is undone.
    pub(crate) fn log(&self, page: &str) -> DeskResult<Vec<(Change, bool)>> {
        self.pages.check_name(page)?;
        Ok(History::read(&self.pages.root, page).changes().map(|(change, undone)| (change.clone(), undone)).collect())
    }
}
