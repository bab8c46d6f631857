//! Walks a folder and lists its files with their stamps.
//!
//! Hidden names and leftovers of editors are ignored, and links are followed unless the caller says otherwise. What cannot be followed or read becomes a
//! diagnostic, and the walk goes on.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::io::fs::os_error::unreadable;
use crate::io::fs::path::{contains, is_ignored_name};
use crate::io::fs::stamp::Stamp;
use crate::message;
use crate::util::parallel;
use std::fs;
use std::io::ErrorKind;
use std::path::{MAIN_SEPARATOR, Path};
use walkdir::{DirEntry, Error as WalkError, WalkDir};

/// A file below the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFile {
    /// the path below the root, with `/`
    pub(crate) path: String,
    pub(crate) stamp: Stamp,
}

/// The files below `root/folder` with one of the extensions (in upper or lower case, without a dot; none given: all files),
/// sorted by path. `folder` is relative with `/`, empty for the root itself.
///
/// A folder that does not exist has no files; see `exists`. Diagnostics: `unreadable`, `symlink-loop`, `broken-link`, `name-not-utf8`, `not-a-folder`.
pub fn list(root: &Path, folder: &str, extensions: &[&str]) -> (Vec<FoundFile>, Vec<Diagnostic>) {
    listed(root, folder, extensions, usize::MAX, true)
}

/// [`list`] without the folders below.
pub(crate) fn list_shallow(root: &Path, folder: &str, extensions: &[&str]) -> (Vec<FoundFile>, Vec<Diagnostic>) {
    listed(root, folder, extensions, 1, true)
}

/// All files below the root, as [`list`] has them, but for links and what lies behind them. The root itself may be a link.
pub(crate) fn list_without_links(root: &Path) -> (Vec<FoundFile>, Vec<Diagnostic>) {
    listed(root, "", &[], usize::MAX, false)
}

/// The names in a folder, sorted, but for hidden ones and leftovers of editors, each with whether it is a folder and no link to one.
/// At most `most` names are looked at; there are none where the folder cannot be read.
pub(crate) fn names(folder: &Path, most: usize) -> Vec<(String, bool)> {
    let entries = fs::read_dir(folder).into_iter().flatten().take(most).filter_map(Result::ok);
    let named = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok().filter(|name| !is_ignored_name(name))?;
        Some((name, entry.file_type().is_ok_and(|kind| kind.is_dir())))
    });
    let mut names: Vec<_> = named.collect();
    names.sort();
    names
}

fn listed(
    root: &Path,
    folder: &str,
    extensions: &[&str],
    depth: usize,
    follows_links: bool,
) -> (Vec<FoundFile>, Vec<Diagnostic>) {
    let start = root.join(folder);
    let (pending, found, diagnostics) = (Vec::new(), Vec::new(), Vec::new());
    let mut walk = Walk { start: &start, folder, extensions, depth, follows_links, pending, found, diagnostics };
    match fs::metadata(&start) {
        Ok(metadata) if metadata.is_dir() => walk.run(),
        Ok(_) => walk.diagnostics.push(not_a_folder(folder)),
        Err(error) if error.kind() == ErrorKind::NotFound && fs::symlink_metadata(&start).is_err() => {}
        Err(error) => walk.add_broken(&start, &error),
    }
    walk.found.sort_by(|a, b| a.path.cmp(&b.path));
    walk.diagnostics.sort_by_cached_key(|it| it.location.as_ref().map(|location| location.file.clone()));
    (walk.found, walk.diagnostics)
}

/// Files whose metadata are read at once.
const CHUNK: usize = 16_384;

struct Walk<'a> {
    start: &'a Path,
    folder: &'a str,
    extensions: &'a [&'a str],
    /// the deepest level of folders, from 1
    depth: usize,
    follows_links: bool,
    /// listed, with metadata still to be read
    pending: Vec<(String, DirEntry)>,
    found: Vec<FoundFile>,
    diagnostics: Vec<Diagnostic>,
}

impl Walk<'_> {
    fn run(&mut self) {
        let entries = WalkDir::new(self.start).follow_links(self.follows_links);
        let mut entries = entries.min_depth(1).max_depth(self.depth).into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) => {
                    let is_folder = entry.file_type().is_dir();
                    if !self.visit(entry) && is_folder {
                        entries.skip_current_dir();
                    }
                    if self.pending.len() == CHUNK {
                        self.read_metadata();
                    }
                }
                Err(error) => self.add_error(&error),
            }
        }
        self.read_metadata();
    }

    fn read_metadata(&mut self) {
        let stamps =
            parallel::map(&self.pending, |(_, entry)| entry.metadata().map(|metadata| stamp(entry, &metadata)));
        for ((path, _), stamp) in self.pending.drain(..).zip(stamps) {
            match stamp {
                Ok(stamp) => self.found.push(FoundFile { path, stamp }),
                // It has vanished meanwhile, or access is denied.
                Err(error) => self.diagnostics.push(unreadable(&path, &std::io::Error::from(error))),
            }
        }
    }

    /// Lists an entry; false where the walk ignores it and, if it is a folder, its content.
    fn visit(&mut self, entry: DirEntry) -> bool {
        let Some(name) = entry.file_name().to_str() else {
            self.diagnostics.push(not_utf8(&self.name(entry.path())));
            return false;
        };
        if is_ignored_name(name) {
            return false;
        }
        if self.follows_links && entry.path_is_symlink() && contains(entry.path(), self.start) {
            self.diagnostics.push(symlink_loop(&self.name(entry.path()), "a folder above"));
            return false;
        }
        if entry.file_type().is_file() && self.has_extension(entry.path()) {
            self.pending.push((self.name(entry.path()), entry));
        }
        true
    }

    fn has_extension(&self, path: &Path) -> bool {
        let extension = path.extension().and_then(|extension| extension.to_str());
        self.extensions.is_empty()
            || extension.is_some_and(|own| self.extensions.iter().any(|listed| listed.eq_ignore_ascii_case(own)))
    }

    fn add_error(&mut self, error: &WalkError) {
        let path = error.path().unwrap_or(self.start);
        if error.depth() > 0 && path.file_name().and_then(|name| name.to_str()).is_some_and(is_ignored_name) {
            return;
        }
        if let Some(ancestor) = error.loop_ancestor() {
            self.diagnostics.push(symlink_loop(&self.name(path), &self.name(ancestor)));
        } else if let Some(error) = error.io_error() {
            self.add_broken(path, error);
        }
    }

    /// Adds `broken-link` or `symlink-loop` for a link, `unreadable` for everything else.
    fn add_broken(&mut self, path: &Path, error: &std::io::Error) {
        let name = self.name(path);
        let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
        self.diagnostics.push(match error.kind() {
            ErrorKind::NotFound if is_link => broken_link(&name),
            ErrorKind::NotFound | ErrorKind::PermissionDenied => unreadable(&name, error),
            _ if is_link => symlink_loop(&name, &name),
            _ => unreadable(&name, error),
        });
    }

    /// The path below the root, with `/`.
    fn name(&self, path: &Path) -> String {
        let below = path.strip_prefix(self.start).unwrap_or(path).to_string_lossy();
        let below = if MAIN_SEPARATOR == '/' { below } else { below.replace(MAIN_SEPARATOR, "/").into() };
        match (self.folder.trim_end_matches('/'), &*below) {
            ("", "") => ".".to_owned(),
            ("", below) => below.to_owned(),
            (folder, "") => folder.to_owned(),
            (folder, below) => format!("{folder}/{below}"),
        }
    }
}

/// The stamp of the file behind an entry.
fn stamp(entry: &DirEntry, metadata: &fs::Metadata) -> Stamp {
    let stamp = Stamp::of(metadata);
    if entry.path_is_symlink() { stamp.with_link(entry.path()) } else { stamp }
}

fn symlink_loop(name: &str, ancestor: &str) -> Diagnostic {
    Diagnostic::new(Code::SymlinkLoop, message!("the link {name} leads back to {ancestor}", name, ancestor))
        .in_file(name)
        .hint(message!("remove the link, or let it lead somewhere else"))
}

fn broken_link(name: &str) -> Diagnostic {
    Diagnostic::new(Code::BrokenLink, message!("the link {name} leads to nothing", name))
        .in_file(name)
        .hint(message!("remove the link, or bring back what it leads to"))
}

fn not_utf8(name: &str) -> Diagnostic {
    Diagnostic::new(Code::NameNotUtf8, message!("the name {name} is not UTF-8, so no address can be made of it", name))
        .in_file(name)
        .hint(message!("rename it"))
}

fn not_a_folder(name: &str) -> Diagnostic {
    Diagnostic::new(Code::NotAFolder, message!("{name} is a file, and has to be a folder", name))
        .in_file(name)
        .hint(message!("move the file away and make a folder of this name"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::fs::file::write;
    use tempfile::{TempDir, tempdir};

    fn site(files: &[&str]) -> TempDir {
        let home = tempdir().unwrap();
        for file in files {
            write(&home.path().join(file), b"x").unwrap();
        }
        home
    }

    fn paths(found: &[FoundFile]) -> Vec<&str> {
        found.iter().map(|found| found.path.as_str()).collect()
    }

    fn codes(diagnostics: &[Diagnostic]) -> Vec<&str> {
        diagnostics.iter().map(|diagnostic| diagnostic.code.name()).collect()
    }

    #[test]
    fn files_are_sorted_by_path_without_leftovers() {
        let home = site(&["c/b.md", "c/b/a.MD", "c/a.txt", "c/.git/x.md", "c/a.md~", "c/.a.md.swp", "other/z.md"]);
        let (found, diagnostics) = list(home.path(), "c", &["md"]);
        assert_eq!(paths(&found), ["c/b.md", "c/b/a.MD"]);
        assert_eq!(found[0].stamp.size, 1);
        assert_eq!(diagnostics, []);
        assert_eq!(paths(&list(home.path(), "c/", &[]).0), ["c/a.txt", "c/b.md", "c/b/a.MD"]);
        assert_eq!(paths(&list(home.path(), "", &["txt"]).0), ["c/a.txt"]);
    }

    #[test]
    fn a_missing_folder_has_no_files_and_a_file_is_no_folder() {
        let home = site(&["content"]);
        assert_eq!(list(home.path(), "static", &[]), (vec![], vec![]));
        assert_eq!(codes(&list(home.path(), "content", &[]).1), ["not-a-folder"]);
    }

    #[cfg(unix)]
    #[test]
    fn loops_and_broken_links_are_reported_and_the_rest_is_found() {
        use std::os::unix::fs::symlink;
        let home = site(&["c/a/one.md", "elsewhere/two.md"]);
        let c = home.path().join("c");
        symlink("..", c.join("a/up")).unwrap();
        symlink("itself", c.join("itself")).unwrap();
        symlink("nowhere", c.join("lost.md")).unwrap();
        symlink("nowhere", c.join(".#lock")).unwrap();
        symlink("../elsewhere", c.join("linked")).unwrap();
        let (found, diagnostics) = list(home.path(), "c", &["md"]);
        assert_eq!(paths(&found), ["c/a/one.md", "c/linked/two.md"]);
        assert_eq!(codes(&diagnostics), ["symlink-loop", "symlink-loop", "broken-link"]);
        assert_eq!(diagnostics[0].message.english(), "the link c/a/up leads back to c");
        assert_eq!(diagnostics[2].location.as_ref().unwrap().file, "c/lost.md");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_folder_above_the_start_is_a_loop() {
        let home = site(&["c/one.md", "other/two.md"]);
        std::os::unix::fs::symlink("..", home.path().join("c/up")).unwrap();
        let (found, diagnostics) = list(home.path(), "c", &[]);
        assert_eq!((paths(&found), codes(&diagnostics)), (vec!["c/one.md"], vec!["symlink-loop"]));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_not_utf8_is_reported_and_the_rest_is_found() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let home = site(&["c/one.md"]);
        let odd = home.path().join("c").join(OsStr::from_bytes(b"\xB2\xFA.md"));
        write(&odd, b"x").unwrap();
        let (found, diagnostics) = list(home.path(), "c", &["md"]);
        assert_eq!((paths(&found), codes(&diagnostics)), (vec!["c/one.md"], vec!["name-not-utf8"]));
    }

    /// A user who may read everything (root) is not denied access; then the test only prints that.
    #[cfg(unix)]
    #[test]
    fn an_unreadable_folder_is_reported_and_the_rest_is_found() {
        use std::os::unix::fs::PermissionsExt;
        let home = site(&["c/closed/x.md", "c/one.md"]);
        let closed = home.path().join("c/closed");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        let ignores_modes = fs::read_dir(&closed).is_ok();
        let (found, diagnostics) = list(home.path(), "c", &["md"]);
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
        if ignores_modes {
            eprintln!("this user may read any folder: nothing is tested");
            assert_eq!(paths(&found), ["c/closed/x.md", "c/one.md"]);
        } else {
            assert_eq!((paths(&found), codes(&diagnostics)), (vec!["c/one.md"], vec!["unreadable"]));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_is_a_link_to_itself_is_reported() {
        let home = tempdir().unwrap();
        std::os::unix::fs::symlink("content", home.path().join("content")).unwrap();
        assert_eq!(codes(&list(home.path(), "content", &[]).1), ["symlink-loop"]);
    }
}
