//! Files that are written piece by piece and replace the old file when they are complete.
//!
//! 1. [`temporary_for`] creates a temporary file in the folder of the file to be replaced, which is removed if it is dropped
//! 2. its content is written, all at once or, through a [`StagedFile`], in pieces that need not fit into memory
//! 3. a rename puts it in the place of the old file, so that readers see the old file or the new one
//! 4. [`remove_leftovers`] removes the temporary files of killed processes

#![allow(clippy::disallowed_methods, reason = "files are written here")]

use crate::diagnostics::error::Result;
use crate::io::fs::os_error::{FileOperation, path_error};
use crate::io::fs::path::TEMPORARY_PREFIX;
use std::fs::{self, File};
use std::io::{BufWriter, ErrorKind, Result as IoResult, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile, TempDir, TempPath};
use walkdir::WalkDir;

/// A file that is being written.
#[derive(Debug)]
pub(crate) struct StagedFile {
    path: PathBuf,
    output: BufWriter<File>,
    /// the file that takes the name `path` at the end; none for a device or pipe (`/dev/stdout`), which is written directly
    temporary: Option<TempPath>,
}

impl StagedFile {
    /// Starts a file, with the folders above it. An old file passes on its permissions, and a link keeps pointing to the file
    /// that is replaced.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        Self::open(path).map_err(|error| path_error(FileOperation::Write, path, error))
    }

    fn open(path: &Path) -> IoResult<Self> {
        let old = fs::metadata(path).ok();
        if old.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(ErrorKind::IsADirectory.into());
        }
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            let device = BufWriter::new(File::options().write(true).open(path)?);
            return Ok(Self { path: path.to_owned(), output: device, temporary: None });
        }
        if old.is_none() {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
        }
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let temporary = temporary_for(&target)?;
        if let Some(old) = old {
            temporary.as_file().set_permissions(old.permissions())?;
        }
        let (file, temporary) = temporary.into_parts();
        Ok(Self { path: target, output: BufWriter::new(file), temporary: Some(temporary) })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.output.write_all(bytes).map_err(|error| path_error(FileOperation::Write, &self.path, error))
    }

    /// Replaces the old file by this one; a failure leaves the old file as it is.
    pub(crate) fn persist(self) -> Result<()> {
        let Self { path, mut output, temporary } = self;
        let persisted = output.flush().and_then(|()| match temporary {
            Some(file) => Ok(file.persist(&path)?),
            None => Ok(()),
        });
        persisted.map_err(|error| path_error(FileOperation::Write, &path, error))
    }
}

impl Write for StagedFile {
    fn write(&mut self, bytes: &[u8]) -> IoResult<usize> {
        self.output.write(bytes)
    }

    fn flush(&mut self) -> IoResult<()> {
        self.output.flush()
    }
}

/// An empty temporary file in the folder of a file, readable as a new file would be.
pub(crate) fn temporary_for(path: &Path) -> IoResult<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = Builder::new();
    builder.prefix(TEMPORARY_PREFIX);
    // By default only the owner could read the file; the process's umask restricts this mode as it does for any new file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// A hidden folder in another one, which is removed with its content when it is dropped.
pub(crate) fn temporary_folder(folder: &Path) -> IoResult<TempDir> {
    Builder::new().prefix(TEMPORARY_PREFIX).tempdir_in(folder)
}

/// A private folder for files on their way between programs, which is removed with its content when it is dropped.
#[derive(Debug)]
pub(crate) struct ScratchFolder(TempDir);

impl ScratchFolder {
    /// In another folder: what a killed process leaves of it is removed by [`remove_leftovers`].
    pub(crate) fn within(folder: &Path) -> Result<Self> {
        temporary_folder(folder).map(Self).map_err(|error| path_error(FileOperation::MakeFolderIn, folder, error))
    }

    /// Among the system's temporary files; none where no folder can be made.
    pub(crate) fn of_system() -> Option<Self> {
        Builder::new().prefix("wenzhai-").tempdir().ok().map(Self)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
}

/// Removes the temporary files and folders that killed processes left below a folder. The caller has the folder's
/// [lock](crate::io::fs::lock::Lock), since those of a running process look the same. Links are not followed, and what
/// cannot be removed stays: it does no harm.
pub(crate) fn remove_leftovers(folder: &Path) {
    remove_temporary(WalkDir::new(folder));
}

/// Removes the temporary files that killed processes left beside a file which every process writes with the same content, so that it does no
/// harm if one of them is that of a running process.
pub(crate) fn remove_leftovers_beside(file: &Path) {
    file.parent().into_iter().for_each(|folder| remove_temporary(WalkDir::new(folder).max_depth(1)));
}

fn remove_temporary(below: WalkDir) {
    let mut entries = below.min_depth(1).into_iter();
    while let Some(entry) = entries.next() {
        let Ok(entry) = entry else { continue };
        let is_temporary = entry.file_name().to_str().is_some_and(|name| name.starts_with(TEMPORARY_PREFIX));
        if is_temporary && entry.file_type().is_file() {
            let _ = fs::remove_file(entry.path());
        } else if is_temporary && entry.file_type().is_dir() {
            entries.skip_current_dir();
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::tempdir;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn the_old_file_stays_until_the_new_one_is_complete() {
        let home = tempdir().unwrap();
        let path = home.path().join("a/ledger.jsonl");
        let mut first = StagedFile::create(&path).unwrap();
        first.write("一\n".as_bytes()).unwrap();
        first.persist().unwrap();
        let mut abandoned = StagedFile::create(&path).unwrap();
        abandoned.write("二\n".as_bytes()).unwrap();
        drop(abandoned);
        assert_eq!(fs::read_to_string(&path).unwrap(), "一\n");
        let mut second = StagedFile::create(&path).unwrap();
        second.write("二\n".as_bytes()).unwrap();
        second.write("三\n".as_bytes()).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "一\n");
        second.persist().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "二\n三\n");
        assert_eq!(names(&home.path().join("a")), ["ledger.jsonl"]);
    }

    #[test]
    fn a_folder_is_not_overwritten() {
        let home = tempdir().unwrap();
        let message = StagedFile::create(home.path()).unwrap_err().to_string();
        assert!(message.contains("a folder stands where a file has to be"), "{message}");
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_has_the_permissions_of_any_new_file() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempdir().unwrap();
        let (staged, plain) = (home.path().join("staged"), home.path().join("plain"));
        StagedFile::create(&staged).unwrap().persist().unwrap();
        fs::write(&plain, "").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&staged), mode(&plain));
    }

    #[test]
    fn leftovers_of_killed_processes_are_removed_and_nothing_else() {
        let home = tempdir().unwrap();
        let deep = home.path().join("2025/02");
        fs::create_dir_all(&deep).unwrap();
        temporary_for(&deep.join("index.html")).unwrap().keep().unwrap();
        fs::write(deep.join("index.html"), "page").unwrap();
        fs::write(deep.join(".nojekyll"), "").unwrap();
        assert_eq!(names(&deep).len(), 3);
        temporary_for(&home.path().join("a.md")).unwrap().keep().unwrap();
        remove_leftovers_beside(&home.path().join("a.md"));
        assert_eq!(names(home.path()), ["2025"]);
        assert_eq!(names(&deep).len(), 3, "folders below are left alone");
        remove_leftovers(home.path());
        assert_eq!(names(&deep), [".nojekyll", "index.html"]);
    }
}
