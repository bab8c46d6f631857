//! The files that a folder is to hold, which of them have come, and which of their folders are there.

use crate::util::path_list::{PathList, folder_of};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// PathList, and whether each was taken.
#[derive(Debug)]
pub(crate) struct Planned {
    paths: Arc<PathList>,
    taken: Vec<AtomicBool>,
    /// at the place of the first path below a folder: it is known to be there
    made: Vec<AtomicBool>,
}

impl Planned {
    pub(crate) fn new(paths: Arc<PathList>) -> Self {
        let none = || paths.iter().map(|_| AtomicBool::new(false)).collect();
        Self { taken: none(), made: none(), paths }
    }

    pub(crate) fn holds(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// Whether a file is to stand below this folder.
    pub(crate) fn holds_folder(&self, folder: &str) -> bool {
        self.paths.first_below(folder).is_some()
    }

    /// Whether the path was planned and is taken now for the first time; from several threads at once.
    pub(crate) fn take(&self, path: &str) -> bool {
        self.paths.position(path).is_some_and(|place| !self.taken[place].swap(true, Ordering::Relaxed))
    }

    /// Whether the folder that a path stands right in is known to be there.
    pub(crate) fn is_made(&self, path: &str) -> bool {
        self.folder(path).is_some_and(|folder| folder.load(Ordering::Relaxed))
    }

    /// The folder that a path stands right in is there.
    pub(crate) fn made(&self, path: &str) {
        if let Some(folder) = self.folder(path) {
            folder.store(true, Ordering::Relaxed);
        }
    }

    /// What was taken, and those of the rest that `others` hold.
    pub(crate) fn taken_or_in<'a>(&'a self, others: &'a PathList) -> impl Iterator<Item = &'a str> {
        let all = self.paths.iter().zip(&self.taken);
        all.filter(|(path, taken)| taken.load(Ordering::Relaxed) || others.contains(path)).map(|(path, _)| path)
    }

    /// A folder is told by its first path; one whose first path stands deeper has none, and nothing is known of it.
    fn folder(&self, path: &str) -> Option<&AtomicBool> {
        let folder = folder_of(path);
        let first = self.paths.first_below(folder)?;
        (folder_of(self.paths.get(first)) == folder).then(|| &self.made[first])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(paths: &[&str]) -> Planned {
        Planned::new(Arc::new(paths.iter().collect()))
    }

    #[test]
    fn each_path_is_taken_once_and_folders_are_known() {
        let planned = planned(&["a/b", "ab", "c"]);
        assert!(planned.take("c") && !planned.take("c") && !planned.take("d"));
        assert!(planned.holds_folder("a") && !planned.holds_folder("ab") && !planned.holds_folder("a/b"));
        assert!(planned.holds("ab") && !planned.holds("a"));
        assert_eq!(planned.taken_or_in(&PathList::default()).collect::<Vec<_>>(), ["c"]);
        let others = PathList::from_iter(["a/b", "z"]);
        assert_eq!(planned.taken_or_in(&others).collect::<Vec<_>>(), ["a/b", "c"]);
    }

    #[test]
    fn a_folder_that_is_made_is_known_for_all_that_stands_right_in_it() {
        let planned = planned(&["a/b/x", "a/b/y", "a/z", "c"]);
        assert!(!planned.is_made("a/b/y"));
        planned.made("a/z");
        assert!(!planned.is_made("a/b/x"), "the one around it tells nothing of a folder");
        planned.made("a/b/y");
        assert!(planned.is_made("a/b/x") && planned.is_made("a/b/y"));
    }
}
