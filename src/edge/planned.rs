//! The files that a folder is to hold, and which of them have come.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

/// Paths, each once, and whether each was taken.
#[derive(Debug)]
pub struct Planned {
    /// sorted
    paths: Vec<String>,
    taken: Vec<AtomicBool>,
}

impl Planned {
    pub fn new(paths: BTreeSet<String>) -> Self {
        let taken = paths.iter().map(|_| AtomicBool::new(false)).collect();
        Self { paths: paths.into_iter().collect(), taken }
    }

    /// In ascending order.
    pub fn paths(&self) -> impl Iterator<Item = &String> {
        self.paths.iter()
    }

    pub fn holds(&self, path: &str) -> bool {
        self.place(path).is_some()
    }

    /// Whether a file is to stand below this folder.
    pub fn holds_folder(&self, folder: &str) -> bool {
        let below = format!("{folder}/");
        let from = self.paths.partition_point(|path| *path < below);
        self.paths.get(from).is_some_and(|path| path.starts_with(&below))
    }

    /// Whether the path was planned and is taken now for the first time; from several threads at once.
    pub fn take(&self, path: &str) -> bool {
        self.place(path).is_some_and(|place| !self.taken[place].swap(true, Ordering::Relaxed))
    }

    /// What was taken, and those of the rest that `others` hold.
    pub fn taken_or_in<'a>(&'a self, others: &'a BTreeSet<String>) -> impl Iterator<Item = &'a String> {
        let all = self.paths.iter().zip(&self.taken);
        all.filter(|(path, taken)| taken.load(Ordering::Relaxed) || others.contains(*path)).map(|(path, _)| path)
    }

    fn place(&self, path: &str) -> Option<usize> {
        self.paths.binary_search_by(|planned| planned.as_str().cmp(path)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_path_is_taken_once_and_folders_are_known() {
        let set = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect::<BTreeSet<String>>();
        let planned = Planned::new(set(&["a/b", "ab", "c"]));
        assert!(planned.take("c") && !planned.take("c") && !planned.take("d"));
        assert!(planned.holds_folder("a") && !planned.holds_folder("ab") && !planned.holds_folder("a/b"));
        assert!(planned.holds("ab") && !planned.holds("a"));
        let others = set(&[]);
        assert_eq!(planned.taken_or_in(&others).collect::<Vec<_>>(), ["c"]);
        let others = set(&["a/b", "z"]);
        assert_eq!(planned.taken_or_in(&others).collect::<Vec<_>>(), ["a/b", "c"]);
    }
}
