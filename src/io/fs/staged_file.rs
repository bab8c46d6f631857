//! A file that is written piece by piece, and takes its place when it is whole.
//!
//! For what would be too long to hold in memory. The pieces go to a temporary file beside the place; one that is given up
//! (the work failed, the value was dropped) leaves nothing behind, and the old file stays.

#![allow(clippy::disallowed_methods, reason = "this is the edge, where files are touched")]

use crate::diagnostics::error::Result;
use crate::io::fs::file::temporary_beside;
use crate::io::fs::os_error::path_error;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

/// A file under way.
#[derive(Debug)]
pub(crate) struct StagedFile {
    path: PathBuf,
    file: BufWriter<File>,
    /// what is renamed at the end; None: a device or pipe, which is written to as it is
    temporary: Option<PathBuf>,
}

impl StagedFile {
    /// Begins a file, with the folders it stands in.
    ///
    /// # Errors
    /// What the disk refuses; a folder of this name.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let refuse = |error| path_error("write", path, error);
        let found = fs::metadata(path).ok();
        if found.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(refuse(std::io::ErrorKind::IsADirectory.into()));
        }
        if found.as_ref().is_some_and(|found| !found.is_file()) {
            let file = File::options().write(true).open(path).map_err(refuse)?;
            return Ok(Self { path: path.to_owned(), file: BufWriter::new(file), temporary: None });
        }
        path.parent().map_or(Ok(()), fs::create_dir_all).map_err(refuse)?;
        // a link goes on leading where it led
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let temporary = temporary_beside(&target);
        let file = File::create(&temporary).map_err(refuse)?;
        if let Some(found) = found {
            fs::set_permissions(&temporary, found.permissions()).map_err(refuse)?;
        }
        Ok(Self { path: target, file: BufWriter::new(file), temporary: Some(temporary) })
    }

    /// Adds a piece.
    ///
    /// # Errors
    /// What the disk refuses.
    pub(crate) fn write(&mut self, piece: &str) -> Result<()> {
        self.file.write_all(piece.as_bytes()).map_err(|error| path_error("write", &self.path, error))
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// What the disk refuses; the old file stays then.
    pub(crate) fn persist(mut self) -> Result<()> {
        let refuse = |error| path_error("write", &self.path, error);
        self.file.flush().map_err(refuse)?;
        if let Some(temporary) = &self.temporary {
            fs::rename(temporary, &self.path).map_err(refuse)?;
            self.temporary = None;
        }
        Ok(())
    }
}

impl Drop for StagedFile {
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            let _ = fs::remove_file(temporary);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::tempdir;

    #[test]
    fn the_old_file_stays_until_the_new_one_is_whole() {
        let home = tempdir().unwrap();
        let path = home.path().join("a/ledger.jsonl");
        let mut first = StagedFile::create(&path).unwrap();
        first.write("一\n").unwrap();
        first.persist().unwrap();
        let mut given_up = StagedFile::create(&path).unwrap();
        given_up.write("二\n").unwrap();
        drop(given_up);
        assert_eq!(fs::read_to_string(&path).unwrap(), "一\n");
        let mut second = StagedFile::create(&path).unwrap();
        second.write("二\n").unwrap();
        second.write("三\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "一\n");
        second.persist().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "二\n三\n");
        assert_eq!(fs::read_dir(home.path().join("a")).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_is_not_written_over() {
        let home = tempdir().unwrap();
        assert!(
            StagedFile::create(home.path()).unwrap_err().to_string().contains("a folder stands where a file has to be")
        );
    }
}
