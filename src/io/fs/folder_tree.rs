//! A folder whose files are named by relative paths, in which no link is followed.
//!
//! Records, manifests and plans name files below a folder: the output folder, the articles, a publishing target. A link in that
//! folder could lead a write or a removal out of it. So every folder above a file is looked at before the file is written or
//! removed, and one that is a link is the error `behind-link`. A file is written under a temporary name and renamed, which
//! replaces a link of its name and leaves what the link led to as it is.
//!
//! The root may be a link: its user chose where it leads. A folder that is found to be one is not looked at again, so a process
//! that has the right to write there and puts a link in its place meanwhile is not kept out; the lock of the folder keeps out
//! other runs of wenzhai. (Handles of folders, as crates of capabilities have them, would close that gap for ten more crates.)

#![allow(clippy::disallowed_methods, reason = "folders are made here")]

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::file;
use crate::io::fs::os_error::{FileOperation, path_error};
use crate::message;
use crate::util::path_list::{folder_of, folders_of};
use crate::util::sync::lock;
use std::collections::HashSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// A folder and all below it. Paths are relative to it, with `/`, and have been
/// [checked](crate::io::fs::path::path_problem).
#[derive(Debug)]
pub(crate) struct FolderTree {
    root: PathBuf,
    /// folders with others in them that exist and are no links
    outer: Mutex<HashSet<String>>,
}

impl FolderTree {
    pub(crate) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), outer: Mutex::default() }
    }

    /// The path of a file for the system.
    pub(crate) fn join(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The outermost folder above a path that is a link.
    pub(crate) fn link_above<'p>(&self, path: &'p str) -> Option<&'p str> {
        folders_of(path).find(|folder| is_link(&self.join(folder)))
    }

    /// As [`Self::link_above`], or the path itself where it is a link.
    pub(crate) fn link_at<'p>(&self, path: &'p str) -> Option<&'p str> {
        self.link_above(path).or_else(|| is_link(&self.join(path)).then_some(path))
    }

    /// The finding about a file that was left as it is because of a link on the way to it.
    pub(crate) fn behind_link(&self, path: &str, link: &str) -> Diagnostic {
        let (path, link) = (self.join(path), self.join(link));
        let message = match path == link {
            true => message!("{path} is a link, and is left as it is", path = path.display()),
            false => message!(
                "{path} lies behind the link {link}, and is left as it is",
                path = path.display(),
                link = link.display()
            ),
        };
        Diagnostic::new(Code::BehindLink, message)
            .hint(message!("put a folder or file of its own in the place of the link, or remove the link"))
    }

    /// Makes a folder and those above it below the root, which has to exist; error `behind-link` where one of them is a link.
    pub(crate) fn make_folder(&self, folder: &str) -> Result<()> {
        for outer in folders_of(folder) {
            if !lock(&self.outer).contains(outer) {
                self.make_one(outer)?;
                lock(&self.outer).insert(outer.to_owned());
            }
        }
        if folder.is_empty() { Ok(()) } else { self.make_one(folder) }
    }

    fn make_one(&self, folder: &str) -> Result<()> {
        let path = self.join(folder);
        match fs::create_dir(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => match fs::symlink_metadata(&path) {
                Ok(metadata) if metadata.is_dir() => Ok(()),
                Ok(metadata) if metadata.is_symlink() => Err(Error::failure(self.behind_link(folder, folder))),
                _ => Err(path_error(FileOperation::MakeFolder, &path, error)),
            },
            made => made.map_err(|error| path_error(FileOperation::MakeFolder, &path, error)),
        }
    }

    /// Writes a file atomically, with the folders above it. An old file passes on its permissions; a link is replaced.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        self.make_folder(folder_of(path))?;
        let target = self.join(path);
        if is_link(&target) { file::replace(&target, bytes) } else { file::write(&target, bytes) }
    }

    /// Removes a file, or a link in its place, but no folder, and returns whether there was one; error `behind-link` where a folder
    /// above it is a link.
    pub(crate) fn remove(&self, path: &str) -> Result<bool> {
        match self.link_above(path) {
            Some(link) => Err(Error::failure(self.behind_link(path, link))),
            None => file::remove(&self.join(path)),
        }
    }

    /// Removes the folders above a removed file as far as they are empty.
    pub(crate) fn remove_empty_parents(&self, path: &str) {
        file::remove_empty_parents(&self.join(path), &self.root);
    }
}

fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;
    use tempfile::{TempDir, tempdir};

    /// A tree, beside it a folder with a file, and in it a link to that folder.
    fn tree_with_link() -> (TempDir, FolderTree) {
        let home = tempdir().unwrap();
        let (root, outside) = (home.path().join("root"), home.path().join("outside"));
        fs::create_dir_all(root.join("a/b")).unwrap();
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("x"), "victim").unwrap();
        symlink(&outside, root.join("a/link")).unwrap();
        let tree = FolderTree::new(&root);
        (home, tree)
    }

    fn code(result: Result<impl Sized>) -> &'static str {
        result.err().map_or("done", |error| error.diagnostics[0].code.name())
    }

    #[test]
    fn nothing_behind_a_link_is_written_or_removed() {
        let (home, tree) = tree_with_link();
        let results =
            [code(tree.write("a/link/x", b"new")), code(tree.make_folder("a/link/y")), code(tree.remove("a/link/x"))];
        assert_eq!(results, ["behind-link"; 3]);
        let outside = home.path().join("outside");
        assert_eq!(fs::read_to_string(outside.join("x")).unwrap(), "victim");
        assert!(!outside.join("y").exists());
        assert_eq!(
            (tree.link_above("a/link/x"), tree.link_above("a/link"), tree.link_at("a/link")),
            (Some("a/link"), None, Some("a/link"))
        );
    }

    #[test]
    fn a_link_in_the_place_of_a_file_is_replaced_and_what_it_leads_to_stays() {
        let (home, tree) = tree_with_link();
        let victim = home.path().join("outside/x");
        symlink(&victim, tree.join("a/file")).unwrap();
        tree.write("a/file", b"new").unwrap();
        assert_eq!(
            (fs::read(tree.join("a/file")).unwrap(), fs::read(&victim).unwrap()),
            (b"new".to_vec(), b"victim".to_vec())
        );
        symlink(&victim, tree.join("a/other")).unwrap();
        assert!(tree.remove("a/other").unwrap() && victim.exists());
    }

    #[test]
    fn folders_are_made_and_removed_again_when_they_are_empty() {
        let (_home, tree) = tree_with_link();
        tree.write("c/d/e", b"1").unwrap();
        tree.write("c/d/f", b"2").unwrap();
        assert!(tree.remove("c/d/e").unwrap() && !tree.remove("c/d/e").unwrap());
        tree.remove_empty_parents("c/d/e");
        assert!(tree.join("c/d/f").is_file());
        assert_eq!(code(tree.write("c/d/f/g", b"3")), "disk", "a file stands where a folder has to be");
    }

    #[test]
    fn a_root_that_is_a_link_is_followed() {
        let (home, _) = tree_with_link();
        symlink(home.path().join("outside"), home.path().join("public")).unwrap();
        let tree = FolderTree::new(&home.path().join("public"));
        tree.write("y/z", b"1").unwrap();
        assert!(home.path().join("outside/y/z").is_file());
    }
}
