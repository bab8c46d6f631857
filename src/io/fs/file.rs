//! Files: read, written whole or not at all, removed.
//!
//! Reading answers with a [`Diagnostic`]: one file that cannot be read leaves the others. Writing answers with an
//! [`Error`]: a disk that refuses leaves nothing to go on with. A file is written beside its
//! place under a [temporary name](TEMPORARY_PREFIX) and then renamed, so whoever looks, and whenever a process is killed, finds
//! the old file or the new one. [`remove_leftovers`] clears what a killed process left.

#![allow(clippy::disallowed_methods, reason = "this is the place where files are touched")]

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::diagnostics::source::Source;
use crate::io::fs::os_error::{path_error, unreadable};
use crate::io::fs::path::TEMPORARY_PREFIX;
use crate::io::fs::stamp::Stamp;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Result as IoResult, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use walkdir::WalkDir;

/// The bytes of a file below `root`. Errors: `unreadable`, in the file as named.
pub(crate) fn read(root: &Path, name: &str) -> Result<Vec<u8>, Diagnostic> {
    fs::read(root.join(name)).map_err(|error| unreadable(name, &error))
}

/// The first line of a file, without its end; nothing where it cannot be read, or is no text.
pub(crate) fn first_line(path: &Path) -> Option<String> {
    let mut line = String::new();
    BufReader::new(fs::File::open(path).ok()?).read_line(&mut line).ok()?;
    line.strip_suffix('\n').map(str::to_owned)
}

/// The text of a file below `root`, as it stands there (a byte order mark included). Errors: `unreadable`, or `not-utf8`
/// with the place of the first byte that is no text.
pub(crate) fn read_source(root: &Path, name: &str) -> Result<Source, Diagnostic> {
    String::from_utf8(read(root, name)?)
        .map(|text| Source::new(name, text))
        .map_err(|error| not_utf8(name, error.as_bytes(), error.utf8_error().valid_up_to()))
}

/// Bytes past the first wrong one that a finding can show.
const SHOWN: usize = 200;

fn not_utf8(name: &str, bytes: &[u8], valid: usize) -> Diagnostic {
    let shown = &bytes[..bytes.len().min(valid + SHOWN)];
    let source = Source::new(name, String::from_utf8_lossy(shown));
    Diagnostic::new(
        Code::NotUtf8,
        format!("{name} is not UTF-8 text: byte 0x{:02X} belongs to no character", bytes[valid]),
    )
    .at(&source, valid..valid + char::REPLACEMENT_CHARACTER.len_utf8())
    .hint("open it in an editor and save it as UTF-8")
}

/// Whether there is something of this name, be it a link that leads nowhere.
pub(crate) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The bytes of a file (not of a link to one); nothing where there is none.
pub(crate) fn size(path: &Path) -> Option<u64> {
    fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|found| found.len())
}

/// Whether there is something of this name that is no folder.
pub(crate) fn is_file(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|there| !there.is_dir())
}

/// Write a whole file, with the folders it stands in. A file that is there keeps its permissions, a link goes on leading
/// to it, and a device or pipe (`/dev/stdout`) is written to instead of replaced.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let written = match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(ErrorKind::IsADirectory.into()),
        Ok(found) if !found.is_file() => fs::write(path, bytes),
        Ok(found) => replace_with(&target, bytes, Some(found.permissions())),
        Err(_) => parent_made(&target).and_then(|()| replace_with(&target, bytes, None)),
    };
    written.map_err(|error| path_error("write", path, error))
}

/// As [`write()`] where nothing of this name is there; otherwise the error `exists`, and nothing changes.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    if exists(path) {
        return Err(Error::failure(
            Diagnostic::new(Code::Exists, format!("{} is there already", path.display()))
                .hint("move it away first: it is not overwritten"),
        ));
    }
    write(path, bytes)
}

/// Make a folder and those it stands in. One that is there is fine.
pub(crate) fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|error| path_error("make the folder", path, error))
}

/// Write a whole file into a folder that is there, in place of whatever file or link has its name.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    replace_with(path, bytes, None).map_err(|error| path_error("write", path, error))
}

/// Write a file into a folder that is there, where nothing has its name; nothing is done, and nothing told, where something
/// has. A process that is killed may leave a part of it.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> Result<Option<Stamp>> {
    let created = fs::File::options().write(true).create_new(true).open(path);
    let mut file = match created {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(None),
        created => created.map_err(|error| path_error("write", path, error))?,
    };
    let written = file.write_all(bytes).and_then(|()| file.metadata());
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written.map(|there| Some(Stamp::of(&there))).map_err(|error| path_error("write", path, error))
}

/// As [`replace`], with what `fill` writes; answers with what it answers.
pub(crate) fn replace_by<T>(path: &Path, fill: impl FnOnce(&mut fs::File) -> IoResult<T>) -> Result<T> {
    replace_filled(path, None, fill).map_err(|error| path_error("write", path, error))
}

/// Whether a file (not a link to one) holds exactly these bytes. The size is looked at first.
pub(crate) fn holds(path: &Path, bytes: &[u8]) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.len() == bytes.len() as u64)
        && fs::read(path).is_ok_and(|there| there == bytes)
}

/// Remove a file or link, and say whether there was one; a folder of this name stays.
pub(crate) fn remove(path: &Path) -> Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(there) if !there.is_dir() => {
            fs::remove_file(path).map(|()| true).map_err(|error| path_error("remove", path, error))
        }
        _ => Ok(false),
    }
}

/// Remove the folders above a removed file as far as they are empty, up to but not including `stop`.
pub(crate) fn remove_empty_parents(path: &Path, stop: &Path) {
    let mut above = path.ancestors().skip(1).take_while(|folder| *folder != stop && folder.starts_with(stop));
    while above.next().is_some_and(remove_if_empty) {}
}

/// Remove a folder that holds nothing, and say whether it did; any other stays.
pub(crate) fn remove_if_empty(folder: &Path) -> bool {
    fs::remove_dir(folder).is_ok()
}

/// Remove the temporary files that killed processes left below a folder. Only for one who holds the folder's
/// [lock](crate::io::fs::lock::Lock): the file of a living process looks the same. Links are not followed, and what cannot
/// be removed stays: it harms nobody.
pub(crate) fn remove_leftovers(folder: &Path) {
    for entry in WalkDir::new(folder).into_iter().flatten() {
        if entry.file_type().is_file()
            && entry.file_name().to_str().is_some_and(|name| name.starts_with(TEMPORARY_PREFIX))
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn parent_made(path: &Path) -> IoResult<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

fn replace_with(path: &Path, bytes: &[u8], permissions: Option<fs::Permissions>) -> IoResult<()> {
    replace_filled(path, permissions, |file| file.write_all(bytes))
}

fn replace_filled<T>(
    path: &Path,
    permissions: Option<fs::Permissions>,
    fill: impl FnOnce(&mut fs::File) -> IoResult<T>,
) -> IoResult<T> {
    let temporary = temporary_beside(path);
    let written = fs::File::create(&temporary)
        .and_then(|mut file| fill(&mut file))
        .and_then(|filled| permissions.map_or(Ok(()), |same| fs::set_permissions(&temporary, same)).map(|()| filled))
        .and_then(|filled| fs::rename(&temporary, path).map(|()| filled));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// A name that no other thread or living process writes to.
pub(crate) fn temporary_beside(path: &Path) -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    path.with_file_name(format!("{TEMPORARY_PREFIX}{}-{count}", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tempfile::tempdir;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_written_is_read_again_and_nothing_else_is_left() {
        let home = tempdir().unwrap();
        let path = home.path().join("a/b/产改.md");
        write(&path, "产改".as_bytes()).unwrap();
        assert!(holds(&path, "产改".as_bytes()));
        assert!(!holds(&path, "工匠".as_bytes()), "same size, other bytes");
        write(&path, "工匠".as_bytes()).unwrap();
        assert_eq!(read_source(home.path(), "a/b/产改.md").unwrap().text, "工匠");
        assert_eq!(names(&home.path().join("a/b")), ["产改.md"]);
    }

    #[test]
    fn a_file_that_is_no_text_says_where() {
        let home = tempdir().unwrap();
        write(&home.path().join("a.md"), b"\xEF\xBB\xBFone\ntwo \xB2\xFA end").unwrap();
        let diagnostic = read_source(home.path(), "a.md").unwrap_err();
        let place = diagnostic.location.as_ref().unwrap();
        assert_eq!((diagnostic.code.name(), place.line, place.column), ("not-utf8", 2, 5));
        assert!(diagnostic.message.contains("0xB2"), "{}", diagnostic.message);
        assert!(diagnostic.render(false).contains("a.md:2:5"));
    }

    #[test]
    fn text_cut_inside_a_character_at_the_very_end_is_shown() {
        let home = tempdir().unwrap();
        let bytes = "产".as_bytes();
        write(&home.path().join("a.md"), &bytes[..2]).unwrap();
        assert_eq!(read_source(home.path(), "a.md").unwrap_err().location.unwrap().column, 1);
    }

    #[test]
    fn a_missing_file_is_a_finding() {
        let home = tempdir().unwrap();
        let diagnostic = read(home.path(), "content/none.md").unwrap_err();
        assert_eq!(
            (diagnostic.code.name(), diagnostic.location.unwrap().file.as_str()),
            ("unreadable", "content/none.md")
        );
    }

    #[test]
    fn a_failed_write_leaves_no_temporary_file_and_the_old_content() {
        let home = tempdir().unwrap();
        let folder = home.path().join("index.html");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("keep"), "x").unwrap();
        let told = write(&folder, b"page").unwrap_err().to_string();
        assert!(told.contains("a folder stands where a file has to be"), "{told}");
        replace(&folder, b"page").unwrap_err();
        assert_eq!(names(home.path()), ["index.html"]);
        assert_eq!(names(&folder), ["keep"]);
    }

    #[test]
    fn a_file_where_a_folder_has_to_be_gets_a_message() {
        let home = tempdir().unwrap();
        write(&home.path().join("a"), b"file").unwrap();
        let told = write(&home.path().join("a/b.html"), b"page").unwrap_err().to_string();
        assert!(told.contains("a file stands where a folder has to be"), "{told}");
    }

    #[test]
    fn a_new_file_overwrites_nothing() {
        let home = tempdir().unwrap();
        let path = home.path().join("site.toml");
        write_new(&path, b"one").unwrap();
        assert_eq!(write_new(&path, b"two").unwrap_err().diagnostics[0].code, Code::Exists);
        assert_eq!(fs::read(&path).unwrap(), b"one");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_leads_on_to_the_written_file_which_keeps_its_permissions() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let home = tempdir().unwrap();
        let (real, link) = (home.path().join("real.md"), home.path().join("link.md"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("real.md", &link).unwrap();
        write(&link, b"new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&real).unwrap(), b"new");
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_and_stays_a_device() {
        use std::os::unix::fs::FileTypeExt;
        write(Path::new("/dev/null"), b"report").unwrap();
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    }

    #[test]
    fn what_a_killed_process_left_is_cleared_and_nothing_else() {
        let home = tempdir().unwrap();
        let deep = home.path().join("2025/02");
        fs::create_dir_all(&deep).unwrap();
        fs::write(temporary_beside(&deep.join("index.html")), "half a pa").unwrap();
        fs::write(deep.join("index.html"), "page").unwrap();
        fs::write(deep.join(".nojekyll"), "").unwrap();
        assert_eq!(names(&deep).len(), 3);
        remove_leftovers(home.path());
        assert_eq!(names(&deep), [".nojekyll", "index.html"]);
    }

    #[test]
    fn only_empty_folders_go_with_a_removed_file() {
        let home = tempdir().unwrap();
        let path = home.path().join("a/b/c/x.html");
        write(&path, b"x").unwrap();
        write(&home.path().join("a/keep"), b"x").unwrap();
        assert!(remove(&path).unwrap());
        assert!(!remove(&path).unwrap(), "a second time there is nothing to remove");
        remove_empty_parents(&path, home.path());
        assert_eq!(names(&home.path().join("a")), ["keep"]);
        remove(&home.path().join("a/keep")).unwrap();
        remove_empty_parents(&home.path().join("a/keep"), home.path());
        assert!(home.path().is_dir() && names(home.path()).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn any_bytes_are_text_or_a_finding_that_can_be_shown(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let home = tempdir().unwrap();
            write(&home.path().join("x"), &bytes).unwrap();
            match read_source(home.path(), "x") {
                Ok(source) => prop_assert_eq!(source.text.into_bytes(), bytes),
                Err(diagnostic) => prop_assert!(diagnostic.render(false).contains("not-utf8")),
            }
        }
    }
}
