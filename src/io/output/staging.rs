//! The staging folder of a first build: folders that the output folder does not have yet are filled there, and then renamed.
//!
//! Nobody reads a file before its folder is renamed, so that files are written under their own names, without a rename of each. The
//! staging folder is hidden and lies in the output folder: on the same disk, and where the next build looks for what a killed
//! one left.

use crate::diagnostics::error::Result;
use crate::io::fs::file;
use crate::io::fs::folder_tree::FolderTree;
use crate::io::fs::os_error::{FileOperation, path_error};
use crate::io::fs::staged_file::temporary_folder;
use crate::io::fs::stamp::Stamp;
use crate::util::path_list::{PathList, folder_of, folders_of};
use std::collections::BTreeSet;
use std::path::Path;
use tempfile::TempDir;

/// Folders that are being filled. They are removed if they are dropped.
#[derive(Debug)]
pub(crate) struct Staging {
    /// the outermost folders
    folders: BTreeSet<String>,
    tree: FolderTree,
    _folder: TempDir,
}

impl Staging {
    /// A staging folder for the planned folders that are not there.
    ///
    /// # Errors
    /// The disk refuses to make a folder.
    pub(crate) fn open(out: &Path, planned: &PathList) -> Result<Self> {
        let folders: BTreeSet<&str> = planned.iter().filter_map(outermost_folder).collect();
        let missing = folders.into_iter().filter(|folder| !file::exists(&out.join(folder)));
        let folders = missing.map(str::to_owned).collect();
        let folder = temporary_folder(out).map_err(|error| path_error(FileOperation::MakeFolderIn, out, error))?;
        Ok(Self { folders, tree: FolderTree::new(folder.path()), _folder: folder })
    }

    /// Whether a file is written here.
    pub(crate) fn takes(&self, path: &str) -> bool {
        outermost_folder(path).is_some_and(|folder| self.folders.contains(folder))
    }

    /// Makes the folder of a file.
    pub(crate) fn make_folder_of(&self, path: &str) -> Result<()> {
        self.tree.make_folder(folder_of(path))
    }

    /// Writes a file into a folder that was made.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> Result<Stamp> {
        let file = self.tree.join(path);
        if let Some(stamp) = file::write_hidden(&file, bytes)? {
            return Ok(stamp);
        }
        // a system to which another file has the same name
        file::replace(&file, bytes)?;
        Ok(Stamp::at(&file).unwrap_or_default())
    }

    /// Puts the folders into their places. Where something has come to stand there meanwhile, or a folder cannot be renamed since a
    /// program has it open, its files (`paths` are those of all folders) are renamed one by one.
    pub(crate) fn publish<'p>(self, out: &FolderTree, paths: impl Iterator<Item = &'p str> + Clone) -> Result<()> {
        for folder in &self.folders {
            let staged = self.tree.join(folder);
            if !file::exists(&staged) || file::rename(&staged, &out.join(folder)).is_ok() {
                continue;
            }
            for path in paths.clone().filter(|path| outermost_folder(path) == Some(folder)) {
                out.make_folder(folder_of(path))?;
                let (from, to) = (self.tree.join(path), out.join(path));
                if file::exists(&from) {
                    file::rename(&from, &to).map_err(|error| path_error(FileOperation::Write, &to, error))?;
                }
            }
        }
        Ok(())
    }
}

fn outermost_folder(path: &str) -> Option<&str> {
    folders_of(path).next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::fs::file::{exists, read, write};
    use crate::io::fs::walk::list;
    use tempfile::tempdir;

    const PATHS: [&str; 3] = ["a/b/c", "d/e", "top"];

    fn filled(out: &Path) -> Staging {
        let staging = Staging::open(out, &PATHS.iter().collect()).unwrap();
        for path in PATHS.into_iter().filter(|path| staging.takes(path)) {
            staging.make_folder_of(path).unwrap();
            staging.write(path, path.as_bytes()).unwrap();
        }
        staging
    }

    fn publish(staging: Staging, out: &Path) {
        staging.publish(&FolderTree::new(out), PATHS.into_iter()).unwrap();
        assert_eq!(std::fs::read_dir(out).unwrap().count(), 2, "the staging folder is gone");
    }

    #[test]
    fn folders_appear_at_the_end_and_whole() {
        let home = tempdir().unwrap();
        let staging = filled(home.path());
        assert!(!staging.takes("top"));
        assert_eq!(list(home.path(), "", &[]).0, []);
        publish(staging, home.path());
        for path in &PATHS[..2] {
            assert_eq!(read(home.path(), path).unwrap(), path.as_bytes());
        }
    }

    #[test]
    fn files_join_those_of_a_folder_that_was_made_meanwhile() {
        let home = tempdir().unwrap();
        let staging = filled(home.path());
        write(&home.path().join("a/b/by-hand"), b"x").unwrap();
        publish(staging, home.path());
        let found: Vec<String> = list(home.path(), "", &[]).0.into_iter().map(|file| file.path).collect();
        assert_eq!(found, ["a/b/by-hand", "a/b/c", "d/e"]);
    }

    #[test]
    fn a_folder_that_is_there_is_not_staged_and_what_is_dropped_is_removed() {
        let home = tempdir().unwrap();
        write(&home.path().join("a/by-hand"), b"x").unwrap();
        let staging = filled(home.path());
        assert!(!staging.takes("a/b/c") && staging.takes("d/e"));
        drop(staging);
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1);
        assert!(!exists(&home.path().join("d")));
    }
}
