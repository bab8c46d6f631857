//! Files: reading, atomic writing, removal.
//!
//! A read fails with a [`Diagnostic`], since one file that cannot be read leaves the others to go on with; a write fails with an
//! [`Error`], since nothing can go on without the disk.

#![allow(clippy::disallowed_methods, reason = "files are read, written and removed here")]

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::diagnostics::source::Source;
use crate::io::fs::os_error::{FileOperation, path_error, unreadable};
use crate::io::fs::own_file::open_own_file;
use crate::io::fs::staged_file::{StagedFile, temporary_for};
use crate::io::fs::stamp::Stamp;
use crate::message;
use std::fs;
use std::io::{ErrorKind, Read, Result as IoResult, Seek, SeekFrom, Write};
use std::path::Path;

/// The bytes of a file below `root`, or `unreadable`, located in the file `name`.
pub(crate) fn read(root: &Path, name: &str) -> Result<Vec<u8>, Diagnostic> {
    fs::read(root.join(name)).map_err(|error| unreadable(name, &error))
}

/// [`read()`], or `None` where nothing has this name.
pub(crate) fn read_if_present(root: &Path, name: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
    let path = root.join(name);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        // a link that leads to nothing is something
        Err(error) if error.kind() == ErrorKind::NotFound && !exists(&path) => Ok(None),
        Err(error) => Err(unreadable(name, &error)),
    }
}

/// So many bytes of a file from an offset on, or `unreadable`, also where it has fewer.
pub(crate) fn read_part(path: &Path, name: &str, offset: u64, length: usize) -> Result<Vec<u8>, Diagnostic> {
    let read = || {
        let mut file = fs::File::open(path)?;
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes).map(|()| bytes)
    };
    read().map_err(|error| unreadable(name, &error))
}

/// A file that is read from its beginning as far as is needed; `None` where it cannot be opened.
pub(crate) fn open(path: &Path) -> Option<impl Read> {
    fs::File::open(path).ok()
}

/// The text of a file below `root`, unchanged (with its byte order mark, if any). Errors: `unreadable`, or `not-utf8` located
/// at the first invalid byte.
pub(crate) fn read_source(root: &Path, name: &str) -> Result<Source, Diagnostic> {
    source(name, read(root, name)?)
}

/// The text of a file whose bytes were read. Error: `not-utf8`, as in [`read_source`].
pub(crate) fn source(name: &str, bytes: Vec<u8>) -> Result<Source, Diagnostic> {
    String::from_utf8(bytes)
        .map(|text| Source::new(name, text))
        .map_err(|error| not_utf8(name, error.as_bytes(), error.utf8_error().valid_up_to()))
}

/// The bytes after the first invalid one that a diagnostic can show.
const SHOWN: usize = 200;

fn not_utf8(name: &str, bytes: &[u8], valid: usize) -> Diagnostic {
    let shown = &bytes[..bytes.len().min(valid + SHOWN)];
    let source = Source::new(name, String::from_utf8_lossy(shown));
    let message = message!(
        "{name} is not UTF-8 text: byte 0x{valid} belongs to no character",
        name,
        valid = format!("{:02X}", bytes[valid])
    );
    Diagnostic::new(Code::NotUtf8, message)
        .at(&source, valid..valid + char::REPLACEMENT_CHARACTER.len_utf8())
        .hint(message!("open it in an editor and save it as UTF-8"))
}

/// Whether anything has this name, be it a broken link.
pub(crate) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The size of a file in bytes; `None` where there is no file (a link to one does not count).
pub(crate) fn size(path: &Path) -> Option<u64> {
    fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|metadata| metadata.len())
}

/// Whether something other than a folder has this name.
pub(crate) fn is_file(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_dir())
}

/// Whether a folder has this name, and no link to one.
pub(crate) fn is_own_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// Writes a file at once as a [`StagedFile`].
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = StagedFile::create(path)?;
    file.write(bytes)?;
    file.persist()
}

/// Writes a file that only its owner may read, with the folders above it.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    make_folder(path.parent().unwrap_or(Path::new(".")))?;
    replace_by(path, |file| {
        #[cfg(unix)]
        file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        file.write_all(bytes)
    })
}

/// [`write()`] where nothing has this name; error `exists` where something has.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    if exists(path) {
        let diagnostic = Diagnostic::new(Code::Exists, message!("{path} is there already", path = path.display()));
        return Err(Error::failure(diagnostic.hint(message!("move it away first: it is not overwritten"))));
    }
    write(path, bytes)
}

/// Appends to a file of wenzhai's own, which is made where it is missing.
pub(crate) fn append(path: &Path, bytes: &[u8]) -> Result<()> {
    let opened = open_own_file(path, false);
    let appended = opened.and_then(|mut file| file.seek(SeekFrom::End(0)).and_then(|_| file.write_all(bytes)));
    appended.map_err(|error| path_error(FileOperation::Write, path, error))
}

/// Creates a folder and those above it, where they are missing.
pub(crate) fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|error| path_error(FileOperation::MakeFolder, path, error))
}

/// Writes a file atomically into an existing folder, in place of any file or link of its name.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    replace_by(path, |file| file.write_all(bytes))
}

/// [`replace`] with the bytes that `fill` writes; returns what `fill` returns.
pub(crate) fn replace_by<T>(path: &Path, fill: impl FnOnce(&mut fs::File) -> IoResult<T>) -> Result<T> {
    let replaced = temporary_for(path).and_then(|mut temporary| {
        let filled = fill(temporary.as_file_mut())?;
        temporary.persist(path)?;
        Ok(filled)
    });
    replaced.map_err(|error| path_error(FileOperation::Write, path, error))
}

/// Writes a file atomically into an existing folder, where nothing has its name; returns `None` and does nothing where something
/// has.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> Result<Option<Stamp>> {
    let created = temporary_for(path).and_then(|mut temporary| {
        temporary.write_all(bytes)?;
        match temporary.persist_noclobber(path) {
            // the new name is a change of the file, so that its times are read now
            Ok(file) => Ok(Some(Stamp::of(&file.metadata()?))),
            Err(failed) if failed.error.kind() == ErrorKind::AlreadyExists => Ok(None),
            Err(failed) => Err(failed.error),
        }
    });
    created.map_err(|error| path_error(FileOperation::Write, path, error))
}

/// Writes a file in a folder that nobody reads yet, where nothing has its name; returns `None` where something has.
pub(crate) fn write_hidden(path: &Path, bytes: &[u8]) -> Result<Option<Stamp>> {
    let written = fs::File::create_new(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.metadata().map(|metadata| Some(Stamp::of(&metadata)))
    });
    match written {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(None),
        written => written.map_err(|error| path_error(FileOperation::Write, path, error)),
    }
}

/// Gives a file or folder another name on the same disk.
pub(crate) fn rename(from: &Path, to: &Path) -> IoResult<()> {
    fs::rename(from, to)
}

/// Whether a file (not a link to one) has exactly this content. Sizes are compared first.
pub(crate) fn has_content(path: &Path, bytes: &[u8]) -> bool {
    size(path) == Some(bytes.len() as u64) && fs::read(path).is_ok_and(|content| content == bytes)
}

/// Removes a file or link, but no folder, and returns whether there was one.
pub(crate) fn remove(path: &Path) -> Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if !metadata.is_dir() => {
            fs::remove_file(path).map(|()| true).map_err(|error| path_error(FileOperation::Remove, path, error))
        }
        _ => Ok(false),
    }
}

/// Removes the folders above a removed file as far as they are empty, up to but not including `stop`.
pub(crate) fn remove_empty_parents(path: &Path, stop: &Path) {
    let mut parents = path.ancestors().skip(1).take_while(|folder| *folder != stop && folder.starts_with(stop));
    while parents.next().is_some_and(remove_if_empty) {}
}

/// Removes a folder where it is empty, and returns whether it did.
pub(crate) fn remove_if_empty(folder: &Path) -> bool {
    fs::remove_dir(folder).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::lang::Lang;
    use proptest::prelude::*;
    use tempfile::tempdir;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_written_file_is_read_again_and_nothing_else_is_left() {
        let home = tempdir().unwrap();
        let path = home.path().join("a/b/产改.md");
        write(&path, "产改".as_bytes()).unwrap();
        assert!(has_content(&path, "产改".as_bytes()));
        assert!(!has_content(&path, "工匠".as_bytes()), "same size, other bytes");
        write(&path, "工匠".as_bytes()).unwrap();
        assert_eq!(read_source(home.path(), "a/b/产改.md").unwrap().text, "工匠");
        assert_eq!(names(&home.path().join("a/b")), ["产改.md"]);
    }

    #[test]
    fn a_file_that_is_not_utf8_is_located() {
        let home = tempdir().unwrap();
        write(&home.path().join("a.md"), b"\xEF\xBB\xBFone\ntwo \xB2\xFA end").unwrap();
        let diagnostic = read_source(home.path(), "a.md").unwrap_err();
        let location = diagnostic.location.as_ref().unwrap();
        assert_eq!((diagnostic.code, location.line, location.column), (Code::NotUtf8, 2, 5));
        assert!(diagnostic.message.english().contains("0xB2"), "{diagnostic:?}");
        assert!(diagnostic.render(Lang::En, false).contains("a.md:2:5"));
    }

    #[test]
    fn a_text_cut_inside_its_last_character_is_shown() {
        let home = tempdir().unwrap();
        let bytes = "产".as_bytes();
        write(&home.path().join("a.md"), &bytes[..2]).unwrap();
        assert_eq!(read_source(home.path(), "a.md").unwrap_err().location.unwrap().column, 1);
    }

    #[test]
    fn a_missing_file_is_a_diagnostic() {
        let home = tempdir().unwrap();
        let diagnostic = read(home.path(), "content/none.md").unwrap_err();
        assert_eq!(
            (diagnostic.code, diagnostic.location.unwrap().file.as_str()),
            (Code::Unreadable, "content/none.md")
        );
    }

    #[test]
    fn a_failed_write_leaves_the_old_content_and_no_temporary_file() {
        let home = tempdir().unwrap();
        let folder = home.path().join("index.html");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("keep"), "x").unwrap();
        let message = write(&folder, b"page").unwrap_err().to_string();
        assert!(message.contains("a folder stands where a file has to be"), "{message}");
        replace(&folder, b"page").unwrap_err();
        assert_eq!(names(home.path()), ["index.html"]);
        assert_eq!(names(&folder), ["keep"]);
    }

    #[test]
    fn a_file_where_a_folder_has_to_be_gets_a_message() {
        let home = tempdir().unwrap();
        write(&home.path().join("a"), b"file").unwrap();
        let message = write(&home.path().join("a/b.html"), b"page").unwrap_err().to_string();
        assert!(message.contains("a file stands where a folder has to be"), "{message}");
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
    fn a_link_points_to_the_written_file_which_keeps_its_permissions() {
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
    fn only_empty_folders_are_removed_with_a_file() {
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
        fn any_bytes_are_text_or_a_diagnostic_that_can_be_shown(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let home = tempdir().unwrap();
            write(&home.path().join("x"), &bytes).unwrap();
            match read_source(home.path(), "x") {
                Ok(source) => prop_assert_eq!(source.text.into_bytes(), bytes),
                Err(diagnostic) => prop_assert!(diagnostic.render(Lang::En, false).contains("not-utf8")),
            }
        }
    }
}
