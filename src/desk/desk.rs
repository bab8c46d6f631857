//! The desk: a site's pages, an editor's actions on them, and the files that these become.
//!
//! Everything is written at once and atomically, as the plain files that a person can write too: an action becomes the page's sidecar. What was
//! there before is noted in the [history](crate::desk::history) first. Imports follow by themselves: the preview's watcher sees the
//! sidecar change. Nothing outside of the site's folder is read or written.

use crate::desk::article_files::{Conflict, article_files, conflicts, make_anew, restore};
use crate::desk::edit::action::Action;
use crate::desk::error::{DeskError, DeskResult};
use crate::desk::history::{Change, FOLDER, History};
use crate::desk::page_state::{PageState, sidecar_path};
use crate::desk::page_view::{PageView, PreviewedSite, page_view};
use crate::desk::pages::SitePages;
use crate::desk::reviewed::ReviewedPages;
use crate::diagnostics::error::{Error, Result};
use crate::io::clock;
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
        let mut history = History::read(&self.pages.root, name);
        history.settle(state.sidecar_text.as_deref(), &clock::now())?;
        Ok(self.view(&state, &history, site))
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
        let after = state.sidecar_after(&request.action).map_err(DeskError::Rejected)?;
        let next = PageState::new(state.settings.clone(), state.uncorrected.clone(), after.clone());
        let conflicts = self.conflicts(&state, &next)?;
        if !conflicts.is_empty() {
            match request.edited {
                Some(EditedFiles::Discard) => {}
                Some(EditedFiles::Keep) => {
                    return Ok(self.view(&state, &History::read(&self.pages.root, &request.page), site));
                }
                None => return Err(DeskError::Conflict { page: request.page.clone(), conflicts }),
            }
        }
        let replaced: Vec<(String, String)> = conflicts.into_iter().map(Conflict::into_file_and_text).collect();
        let files: Vec<String> = replaced.iter().map(|(file, _)| file.clone()).collect();
        let mut history = History::read(&self.pages.root, &request.page);
        let time = clock::now();
        history.settle(state.sidecar_text.as_deref(), &time)?;
        let label = request.action.name().to_owned();
        history.did(Change { label, time, before: state.sidecar_text, after, replaced })?;
        self.write_sidecar(&request.page, next.sidecar_text.as_deref())?;
        if matches!(request.action, Action::Masthead { .. }) {
            self.pages.forget_siblings(&request.page);
        }
        self.make_anew(&request.page, &files)?;
        Ok(self.view(&next, &history, site))
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
    pub(crate) fn undo(&self, page: &str, site: &dyn PreviewedSite) -> DeskResult<PageView> {
        self.step(page, site, |desk, history| {
            let change = history.last().ok_or(DeskError::NothingToUndo)?.clone();
            desk.write_sidecar(page, change.before.as_deref())?;
            restore(&desk.pages.articles(), &change.replaced)?;
            Ok(history.undid()?)
        })
    }

    /// Does again what was undone last.
    pub(crate) fn redo(&self, page: &str, site: &dyn PreviewedSite) -> DeskResult<PageView> {
        self.step(page, site, |desk, history| {
            let change = history.next().ok_or(DeskError::NothingToUndo)?.clone();
            desk.write_sidecar(page, change.after.as_deref())?;
            let files: Vec<String> = change.replaced.into_iter().map(|(file, _)| file).collect();
            desk.make_anew(page, &files)?;
            Ok(history.redid()?)
        })
    }

    fn step(
        &self,
        page: &str,
        site: &dyn PreviewedSite,
        step: impl FnOnce(&Self, &mut History) -> DeskResult<()>,
    ) -> DeskResult<PageView> {
        let _turn = lock(&self.turn);
        self.pages.check_name(page)?;
        let mut history = History::read(&self.pages.root, page);
        history.settle(self.pages.sidecar_text(page)?.as_deref(), &clock::now())?;
        step(self, &mut history)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::fs::file;
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use tempfile::{TempDir, tempdir};

    const NAME: &str = "content/pages/a.txt";
    const TEXT: &str = "示范工人报\n2025年3月18日 星期二\n\n货车司机有了驿站\n\n本报记者 凌霄\n\n市总工会在国道沿线建起了驿站，冬天有热水。\n\n\
        驿站里有床、有饭，还有人帮忙看车。\n\n口袋书里的三十年\n\n本报记者 麦田\n\n邹明月把修泵的窍门写成一本口袋书。\n\n\
        徒弟们说，师傅的书比说明书好懂。\n\n图为邹明月在车间。\n";

    const BY_HAND: &str = "# by hand\npaper = \"y\"\n";

    struct NoPreview;

    impl PreviewedSite for NoPreview {
        fn url_of(&self, _: &str) -> Option<String> {
            None
        }

        fn picture_of(&self, _: &str) -> Option<String> {
            None
        }
    }

    fn desk() -> (TempDir, Desk) {
        let home = tempdir().unwrap();
        file::write(
            &home.path().join("site.toml"),
            b"title = \"x\"\n[[themes]]\nid = \"t\"\nslug = \"t\"\n[themes.terms]\n\"\xE9\xA9\xBF\xE7\xAB\x99\" = 3.0\n",
        )
        .unwrap();
        file::write(&home.path().join(NAME), TEXT.as_bytes()).unwrap();
        let desk = Desk::new(home.path());
        (home, desk)
    }

    fn view(page: &PageView) -> Value {
        serde_json::to_value(page).unwrap()
    }

    /// Actions in the form of a browser's, on lines and articles that may not exist.
    fn action() -> impl Strategy<Value = Value> {
        let lines = || prop::collection::vec(0..11_usize, 1..4);
        let roles = prop::sample::select(vec!["title", "body", "furniture", "caption", "byline", "jump", "kicker"]);
        prop_oneof![
            (lines(), roles).prop_map(|(lines, role)| json!({"do": "role", "lines": lines, "role": role})),
            lines().prop_map(|lines| json!({"do": "new", "lines": lines})),
            lines().prop_map(|lines| json!({"do": "split", "lines": lines})),
            (0..5_usize).prop_map(|article| json!({"do": "merge", "article": article})),
            (lines(), 0..4_usize).prop_map(|(lines, to)| json!({"do": "move", "lines": lines, "to": to})),
            (lines(), prop::bool::ANY)
                .prop_map(|(lines, later)| json!({"do": "order", "lines": lines, "by": if later { 1 } else { -1 }})),
            (0..4_usize, "[\"'#\\\\一二\u{301} ]{0,5}").prop_map(
                |(article, title)| json!({"do": "front", "article": article, "set": {"title": title, "themes": ["t"]}})
            ),
            (0..11_usize, "[一二三。]{1,6}").prop_map(|(line, text)| json!({"do": "text", "line": line, "text": text})),
            (1..9_u32).prop_map(|page| json!({"do": "masthead", "set": {"page": page}})),
        ]
    }

    /// Each line that is text is in one article, and in the place that this article says.
    fn each_line_has_one_place(page: &Value) {
        let mut seen: Vec<u64> = Vec::new();
        for article in page["articles"].as_array().unwrap() {
            for line in article["lines"].as_array().unwrap() {
                let line = line.as_u64().unwrap();
                assert_eq!(page["lines"][line as usize]["article"], article["k"]);
                seen.push(line);
            }
        }
        seen.sort_unstable();
        let lines = page["lines"].as_array().unwrap();
        let expected: Vec<u64> =
            lines.iter().filter(|it| !it["article"].is_null()).map(|it| it["i"].as_u64().unwrap()).collect();
        assert_eq!(seen, expected);
        for line in lines.iter().filter(|it| it["article"].is_null()) {
            assert!(["furniture", "jump"].contains(&line["role"].as_str().unwrap()), "{line}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

        #[test]
        fn whatever_an_editor_does_no_line_is_lost_and_all_of_it_can_be_undone(
            actions in prop::collection::vec((action(), 0..6_u8), 1..12),
            by_hand in prop::option::of(0..12_usize),
        ) {
            let (_home, desk) = desk();
            let sidecar = desk.pages.root.join(sidecar_path(NAME));
            let mut beginning = None;
            for (at, (action, kind)) in actions.into_iter().enumerate() {
                if by_hand == Some(at) {
                    // before the first step it is what the steps began at
                    beginning = desk.log(NAME).unwrap().is_empty().then(|| BY_HAND.to_owned());
                    file::write(&sidecar, BY_HAND.as_bytes()).unwrap();
                }
                let before = view(&desk.page(NAME, &NoPreview).unwrap());
                let done = match kind {
                    0 => desk.undo(NAME, &NoPreview),
                    1 => desk.redo(NAME, &NoPreview),
                    _ => {
                        let version = before["version"].as_str().unwrap().to_owned();
                        let action = serde_json::from_value(action.clone()).unwrap();
                        desk.act(&ActRequest { page: NAME.to_owned(), version, action, edited: None }, &NoPreview)
                    }
                };
                let now = view(&desk.page(NAME, &NoPreview).unwrap());
                each_line_has_one_place(&now);
                match done {
                    Ok(page) => prop_assert_eq!(&view(&page)["lines"], &now["lines"]),
                    Err(DeskError::Rejected(_) | DeskError::NothingToUndo) => prop_assert_eq!(&before["version"], &now["version"]),
                    Err(error) => prop_assert!(false, "{:?} {:?}", action, error),
                }
                prop_assert!(now["findings"].as_array().unwrap().iter().all(|it| it["severity"] != "error"), "{}", now["findings"]);
            }
            while desk.undo(NAME, &NoPreview).is_ok() {}
            prop_assert_eq!(desk.pages.sidecar_text(NAME).unwrap(), beginning);
        }
    }

    #[test]
    fn what_a_killed_desk_left_is_removed_by_the_next_one_that_is_alone() {
        let (home, desk) = desk();
        let left = home.path().join("content/pages/.wenzhai-tmp-x");
        file::write(&left, b"half").unwrap();
        drop(Desk::new(home.path()));
        assert!(file::exists(&left), "it may be of the desk that runs");
        drop(desk);
        drop(Desk::new(home.path()));
        assert!(!file::exists(&left));
    }

    #[test]
    fn what_was_done_survives_a_restart() {
        let (home, desk) = desk();
        let version = desk.pages.load(NAME).unwrap().version();
        let action = Action::Merge { article: 1 };
        desk.act(&ActRequest { page: NAME.to_owned(), version, action, edited: None }, &NoPreview).unwrap();
        let again = Desk::new(home.path());
        assert_eq!(view(&again.page(NAME, &NoPreview).unwrap())["undo"], "merge");
        assert_eq!(view(&again.undo(NAME, &NoPreview).unwrap())["articles"].as_array().unwrap().len(), 2);
    }
}
