//! The progress of one build into an output folder: which planned files were put, and which of their folders exist.

use crate::util::path_list::{PathList, folder_of};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The planned paths, with a flag for each that was put; shared by many threads.
#[derive(Debug)]
pub(crate) struct Planned {
    paths: Arc<PathList>,
    put: Vec<AtomicBool>,
    /// at the index of the first path below a folder: whether the folder is known to exist
    known_folders: Vec<AtomicBool>,
}

impl Planned {
    pub(crate) fn new(paths: Arc<PathList>) -> Self {
        let none = || paths.iter().map(|_| AtomicBool::new(false)).collect();
        Self { put: none(), known_folders: none(), paths }
    }

    pub(crate) fn contains(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    pub(crate) fn contains_folder(&self, folder: &str) -> bool {
        self.paths.first_below(folder).is_some()
    }

    /// Marks a file as put; false where it is not planned or was put before.
    pub(crate) fn mark_put(&self, path: &str) -> bool {
        self.paths.position(path).is_some_and(|index| !self.put[index].swap(true, Ordering::Relaxed))
    }

    /// Whether the folder directly above a path is known to exist.
    pub(crate) fn is_folder_known(&self, path: &str) -> bool {
        self.folder(path).is_some_and(|folder| folder.load(Ordering::Relaxed))
    }

    /// Records that the folder directly above a path exists.
    pub(crate) fn set_folder_known(&self, path: &str) {
        if let Some(folder) = self.folder(path) {
            folder.store(true, Ordering::Relaxed);
        }
    }

    /// The planned files that were put.
    pub(crate) fn put(&self) -> impl Iterator<Item = &str> + Clone {
        self.paths.iter().zip(&self.put).filter(|(_, put)| put.load(Ordering::Relaxed)).map(|(path, _)| path)
    }

    /// The planned files that were put or are among `others`.
    pub(crate) fn put_or_in<'a>(&'a self, others: &'a PathList) -> impl Iterator<Item = &'a str> {
        let all = self.paths.iter().zip(&self.put);
        all.filter(|(path, put)| put.load(Ordering::Relaxed) || others.contains(path)).map(|(path, _)| path)
    }

    /// The flag of a folder is that of the first path below it; `None` where that path is in a deeper folder, which has the flag.
    fn folder(&self, path: &str) -> Option<&AtomicBool> {
        let folder = folder_of(path);
        let first = self.paths.first_below(folder)?;
        (folder_of(self.paths.get(first)) == folder).then(|| &self.known_folders[first])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(paths: &[&str]) -> Planned {
        Planned::new(Arc::new(paths.iter().collect()))
    }

    #[test]
    fn each_path_is_put_once_and_folders_are_planned() {
        let planned = planned(&["a/b", "ab", "c"]);
        assert!(planned.mark_put("c") && !planned.mark_put("c") && !planned.mark_put("d"));
        assert!(planned.contains_folder("a") && !planned.contains_folder("ab") && !planned.contains_folder("a/b"));
        assert!(planned.contains("ab") && !planned.contains("a"));
        assert_eq!(planned.put_or_in(&PathList::default()).collect::<Vec<_>>(), ["c"]);
        let others = PathList::from_iter(["a/b", "z"]);
        assert_eq!(planned.put_or_in(&others).collect::<Vec<_>>(), ["a/b", "c"]);
    }

    #[test]
    fn a_known_folder_is_known_for_every_path_directly_in_it() {
        let planned = planned(&["a/b/x", "a/b/y", "a/z", "c"]);
        assert!(!planned.is_folder_known("a/b/y"));
        planned.set_folder_known("a/z");
        assert!(!planned.is_folder_known("a/b/x"), "the outer folder says nothing about the inner one");
        planned.set_folder_known("a/b/y");
        assert!(planned.is_folder_known("a/b/x") && planned.is_folder_known("a/b/y"));
    }
}
