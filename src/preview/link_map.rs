//! Symbolic links among the watched files: a change of what a link leads to is a change of the link's path.
//!
//! 1. [`LinkMap::add`] finds the links at and below a path, and each path on the way of a link to its target
//! 2. [`LinkMap::folders`] are those in which a change of one of these paths is reported
//! 3. [`LinkMap::changed`] returns the paths in the site that lead to a changed one

#![allow(clippy::disallowed_methods, reason = "links are read here")]

use crate::io::fs::path::contains;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The links that one path may lead through: as many as Linux follows.
const MAX_LINKS: usize = 40;

/// The paths that links depend on. A link that is removed stays here: a change that is reported for it finds no file.
#[derive(Debug, Default)]
pub(crate) struct LinkMap {
    /// path of a link or target, its folder resolved → paths in the site
    links: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
    /// target that is a folder, resolved → paths in the site
    linked_folders: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
}

/// A folder to watch for the sake of links.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LinkedFolder {
    pub(crate) path: PathBuf,
    /// with the folders below
    pub(crate) is_recursive: bool,
}

impl LinkMap {
    /// Adds the links at and below `path`, which is absolute.
    pub(crate) fn add(&mut self, path: &Path) {
        let mut entries = WalkDir::new(path).follow_links(true).into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) if entry.path_is_symlink() => {
                    self.add_link(entry.path());
                    // What is above has been found already, or is not watched.
                    if entry.depth() > 0 && entry.file_type().is_dir() && contains(entry.path(), path) {
                        entries.skip_current_dir();
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    // A link that leads to nothing, or round in a circle.
                    if let Some(link) = error.path().filter(|path| path.is_symlink()) {
                        self.add_link(link);
                    }
                }
            }
        }
    }

    fn add_link(&mut self, link: &Path) {
        let steps = steps(link);
        if let Some(folder) = steps.last().filter(|target| target.is_dir() && !link.starts_with(target)) {
            self.linked_folders.entry(folder.clone()).or_default().insert(link.to_owned());
        }
        for step in steps {
            self.links.entry(step).or_default().insert(link.to_owned());
        }
    }

    /// The folders to watch, each once.
    pub(crate) fn folders(&self) -> BTreeSet<LinkedFolder> {
        let above = self.links.keys().filter_map(|path| path.parent());
        // The whole disk is not watched for the sake of a link in its uppermost folder.
        let above = above.filter(|folder| folder.parent().is_some());
        let above = above.map(|folder| LinkedFolder { path: folder.to_owned(), is_recursive: false });
        let linked = self.linked_folders.keys();
        above.chain(linked.map(|folder| LinkedFolder { path: folder.clone(), is_recursive: true })).collect()
    }

    /// The paths in the site that lead to a changed path.
    pub(crate) fn changed(&self, path: &Path) -> BTreeSet<PathBuf> {
        if self.links.is_empty() {
            return BTreeSet::new();
        }
        let path = with_resolved_folder(path);
        let mut changed = self.links.get(&path).cloned().unwrap_or_default();
        for (folder, links) in &self.linked_folders {
            if let Ok(below) = path.strip_prefix(folder) {
                changed.extend(links.iter().map(|link| link.join(below)));
            }
        }
        changed
    }
}

/// The path with all links but its last part resolved; where its folder cannot be resolved, unchanged.
fn with_resolved_folder(path: &Path) -> PathBuf {
    let resolved =
        path.parent().zip(path.file_name()).and_then(|(folder, name)| Some(fs::canonicalize(folder).ok()?.join(name)));
    resolved.unwrap_or_else(|| path.to_owned())
}

/// Every link on the way from an absolute path to its target, and the target as the last, whether or not it exists; each with
/// its folder resolved.
fn steps(path: &Path) -> Vec<PathBuf> {
    let mut steps = Vec::new();
    let mut pending: Vec<PathBuf> = parts(path);
    let mut real = PathBuf::new();
    while let Some(part) = pending.pop() {
        if part.as_os_str() == ".." {
            real.pop();
            continue;
        }
        let next = real.join(&part);
        match fs::read_link(&next) {
            Ok(target) if steps.len() < MAX_LINKS => {
                steps.push(next);
                pending.extend(parts(&target));
            }
            _ => real = next,
        }
    }
    steps.push(real);
    steps
}

/// The parts of a path, the last one first. An absolute part replaces what it is joined to.
fn parts(path: &Path) -> Vec<PathBuf> {
    path.components().rev().map(|part| PathBuf::from(part.as_os_str())).filter(|part| part.as_os_str() != ".").collect()
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::fs::file::write;
    use crate::io::fs::path::resolve;
    use std::os::unix::fs::symlink;
    use tempfile::tempdir;

    fn names(root: &Path, paths: BTreeSet<PathBuf>) -> Vec<String> {
        paths.iter().map(|path| path.strip_prefix(root).unwrap().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_change_anywhere_on_the_way_is_one_of_the_link() {
        let home = tempdir().unwrap();
        let root = resolve(home.path());
        write(&root.join("v1/a.md"), b"1").unwrap();
        fs::create_dir(root.join("content")).unwrap();
        symlink("v1", root.join("now")).unwrap();
        symlink("now/a.md", root.join("second")).unwrap();
        symlink("../second", root.join("content/a.md")).unwrap();
        let mut links = LinkMap::default();
        links.add(&root.join("content"));
        for path in ["content/a.md", "second", "now", "v1/a.md"] {
            assert_eq!(names(&root, links.changed(&root.join(path))), ["content/a.md"], "{path}");
        }
        assert!(links.changed(&root.join("v1/b.md")).is_empty());
        let folders = links.folders().into_iter().map(|folder| folder.path).collect();
        assert_eq!(names(&root, folders), ["", "content", "v1"]);
    }

    #[test]
    fn a_file_in_a_linked_folder_has_the_path_below_the_link() {
        let home = tempdir().unwrap();
        let root = resolve(home.path());
        write(&root.join("elsewhere/deep/a.md"), b"1").unwrap();
        fs::create_dir(root.join("content")).unwrap();
        symlink("../elsewhere", root.join("content/own")).unwrap();
        symlink("..", root.join("content/up")).unwrap();
        let mut links = LinkMap::default();
        links.add(&root.join("content"));
        assert_eq!(names(&root, links.changed(&root.join("elsewhere/deep/a.md"))), ["content/own/deep/a.md"]);
        let elsewhere = LinkedFolder { path: root.join("elsewhere"), is_recursive: true };
        assert!(links.folders().contains(&elsewhere), "{:?}", links.folders());
    }

    #[test]
    fn a_link_that_leads_to_nothing_or_to_itself_waits_for_a_file() {
        let home = tempdir().unwrap();
        let root = resolve(home.path());
        fs::create_dir(root.join("content")).unwrap();
        symlink("../later.md", root.join("content/a.md")).unwrap();
        symlink("itself", root.join("content/itself")).unwrap();
        let mut links = LinkMap::default();
        links.add(&root.join("content"));
        assert_eq!(names(&root, links.changed(&root.join("later.md"))), ["content/a.md"]);
        assert_eq!(names(&root, links.changed(&root.join("content/itself"))), ["content/itself"]);
    }
}
