//! The history of a page's corrections: every step can be undone and done again, across restarts.
//!
//! A file of JSON lines for each page, to which entries are only appended: what an action changed, as the sidecar before and after it, and
//! what was undone and done again. A line that a killed process left half written is no entry. A sidecar that is not as the
//! last entry left it was changed outside of the desk, which becomes an entry of its own ([`History::settle`]).

use crate::diagnostics::error::Result;
use crate::io::fs::file;
use crate::util::digest::Digest;
use serde::{Deserialize, Serialize};
use std::mem::take;
use std::path::{Path, PathBuf};

/// What the desk keeps for itself, below the site's root.
pub(crate) const FOLDER: &str = ".wenzhai/desk";

/// A change that can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Change {
    /// the name of the action
    pub(crate) label: String,
    /// local date and time, for a person
    pub(crate) time: String,
    /// the text of the sidecar; none where there was no such file
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    /// article files that a person had edited and that were made anew: below the folder of articles, with their text
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) replaced: Vec<(String, String)>,
    /// those that were made anew when it was undone
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) replaced_by_undo: Vec<(String, String)>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Entry {
    Did(Change),
    /// the next entry makes these edited files anew, as in [`Change::replaced`]
    Replaces(Vec<(String, String)>),
    Undid,
    Redid,
}

/// The history of one page.
#[derive(Debug, Default)]
pub(crate) struct History {
    file: PathBuf,
    /// oldest first
    changes: Vec<Change>,
    /// those of them that hold; the others were undone
    done: usize,
    /// files that the next step makes anew
    replaces: Vec<(String, String)>,
}

/// Adds files with their texts; of one that is known, the new text replaces the old one.
fn add(known: &mut Vec<(String, String)>, files: Vec<(String, String)>) {
    known.retain(|(file, _)| files.iter().all(|(other, _)| other != file));
    known.extend(files);
}

/// The label of a change that was made outside of the desk.
pub(crate) const OUTSIDE: &str = "outside";

impl History {
    /// Reads the history of a page, which may be empty.
    pub(crate) fn read(root: &Path, page: &str) -> Self {
        let name = format!("{FOLDER}/{}.jsonl", Digest::of_bytes(page.as_bytes()));
        let mut history = Self { file: root.join(&name), ..Self::default() };
        let bytes = file::read(root, &name).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        for entry in text.lines().filter_map(|line| serde_json::from_str(line).ok()) {
            history.follow(entry);
        }
        history
    }

    fn follow(&mut self, entry: Entry) {
        match entry {
            Entry::Did(change) => {
                // noted for a step that was never done
                self.replaces.clear();
                self.changes.truncate(self.done);
                self.changes.push(change);
                self.done = self.changes.len();
            }
            Entry::Replaces(files) => self.replaces = files,
            Entry::Undid => {
                self.done = self.done.saturating_sub(1);
                if let Some(change) = self.changes.get_mut(self.done) {
                    add(&mut change.replaced_by_undo, take(&mut self.replaces));
                }
            }
            Entry::Redid => {
                if let Some(change) = self.changes.get_mut(self.done) {
                    add(&mut change.replaced, take(&mut self.replaces));
                }
                self.done = (self.done + 1).min(self.changes.len());
            }
        }
    }

    fn append(&mut self, entry: Entry) -> Result<()> {
        let json = serde_json::to_string(&entry).expect("texts are always JSON");
        // a line of its own also behind one that was left half written
        let folder = self.file.parent().unwrap_or(Path::new("."));
        file::make_folder(folder)?;
        file::append(&self.file, format!("\n{json}\n").as_bytes())?;
        self.follow(entry);
        Ok(())
    }

    /// Makes the history agree with the sidecar as it is: an action whose sidecar was not written did not happen, and a change
    /// made outside becomes an entry. Returns the article files, with their texts, that a step which was cut short has still to put back.
    pub(crate) fn settle(&mut self, sidecar: Option<&str>, time: &str) -> Result<Vec<(String, String)>> {
        let expected = |history: &Self| match history.done.checked_sub(1) {
            Some(last) => Some(history.changes[last].after.clone()),
            None => history.changes.first().map(|first| first.before.clone()),
        };
        let is_expected = |history: &Self| expected(history).is_none_or(|text| text.as_deref() == sidecar);
        if is_expected(self) {
            return Ok(Vec::new());
        }
        let undone = self.done.checked_sub(1).map(|last| self.changes[last].before.as_deref() == sidecar);
        if undone == Some(true) {
            self.append(Entry::Undid)?;
            return Ok(self.changes[self.done].replaced.clone());
        }
        let redone = self.changes.get(self.done).map(|next| next.after.as_deref() == sidecar);
        if redone == Some(true) {
            self.append(Entry::Redid)?;
            return Ok(self.changes[self.done - 1].replaced_by_undo.clone());
        }
        let before = expected(self).flatten();
        let change = Change {
            label: OUTSIDE.to_owned(),
            time: time.to_owned(),
            before,
            after: sidecar.map(str::to_owned),
            replaced: Vec::new(),
            replaced_by_undo: Vec::new(),
        };
        self.append(Entry::Did(change))?;
        Ok(Vec::new())
    }

    /// Notes a change, before it is made.
    pub(crate) fn did(&mut self, change: Change) -> Result<()> {
        self.append(Entry::Did(change))
    }

    /// The change that is undone next.
    pub(crate) fn last(&self) -> Option<&Change> {
        self.done.checked_sub(1).map(|last| &self.changes[last])
    }

    /// The change that is done again next.
    pub(crate) fn next(&self) -> Option<&Change> {
        self.changes.get(self.done)
    }

    /// Notes the edited files that undoing or doing again makes anew, before it does.
    pub(crate) fn replaces(&mut self, files: Vec<(String, String)>) -> Result<()> {
        if files.is_empty() { Ok(()) } else { self.append(Entry::Replaces(files)) }
    }

    pub(crate) fn undid(&mut self) -> Result<()> {
        self.append(Entry::Undid)
    }

    pub(crate) fn redid(&mut self) -> Result<()> {
        self.append(Entry::Redid)
    }

    /// All changes, newest first, and whether each is undone.
    pub(crate) fn changes(&self) -> impl Iterator<Item = (&Change, bool)> {
        self.changes.iter().enumerate().rev().map(|(at, change)| (change, at >= self.done))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::tempdir;

    fn change(label: &str, before: Option<&str>, after: Option<&str>) -> Change {
        let (before, after) = (before.map(str::to_owned), after.map(str::to_owned));
        Change {
            label: label.to_owned(),
            time: String::new(),
            before,
            after,
            replaced: Vec::new(),
            replaced_by_undo: Vec::new(),
        }
    }

    #[test]
    fn steps_are_undone_and_done_again_after_a_restart() {
        let home = tempdir().unwrap();
        let read = || History::read(home.path(), "content/pages/a.txt");
        let mut history = read();
        assert!(history.last().is_none() && history.next().is_none());
        history.did(change("title", None, Some("one"))).unwrap();
        history.did(change("split", Some("one"), Some("two"))).unwrap();
        history.undid().unwrap();
        let mut history = read();
        assert_eq!(
            (history.last().unwrap().label.as_str(), history.next().unwrap().label.as_str()),
            ("title", "split")
        );
        history.did(change("merge", Some("one"), Some("three"))).unwrap();
        let history = read();
        assert!(history.next().is_none(), "what was undone is gone after another step");
        assert_eq!(history.changes().map(|(change, _)| change.label.as_str()).collect::<Vec<_>>(), ["merge", "title"]);
        assert!(History::read(home.path(), "content/pages/b.txt").last().is_none());
    }

    #[test]
    fn a_step_whose_sidecar_was_not_written_did_not_happen() {
        let home = tempdir().unwrap();
        let mut history = History::read(home.path(), "a");
        history.did(change("title", None, Some("one"))).unwrap();
        history.did(change("split", Some("one"), Some("two"))).unwrap();
        history.settle(Some("one"), "").unwrap();
        assert_eq!(history.last().unwrap().label, "title");
    }

    #[test]
    fn a_change_from_outside_is_a_step_too() {
        let home = tempdir().unwrap();
        let mut history = History::read(home.path(), "a");
        history.settle(Some("by hand"), "").unwrap();
        assert!(history.last().is_none(), "what was there before the first step is the beginning");
        history.did(change("title", Some("by hand"), Some("one"))).unwrap();
        history.settle(Some("other"), "").unwrap();
        assert_eq!(
            history.last().map(|last| (last.label.as_str(), last.before.as_deref())),
            Some((OUTSIDE, Some("one")))
        );
    }

    #[test]
    fn a_half_written_line_is_no_step() {
        let home = tempdir().unwrap();
        let mut history = History::read(home.path(), "a");
        history.did(change("title", None, Some("one"))).unwrap();
        file::append(&history.file, b"{\"did\":{\"label\":\"spl").unwrap();
        let mut history = History::read(home.path(), "a");
        history.did(change("merge", Some("one"), Some("two"))).unwrap();
        let history = History::read(home.path(), "a");
        assert_eq!(history.changes().map(|(change, _)| change.label.as_str()).collect::<Vec<_>>(), ["merge", "title"]);
    }
}
