//! Opens the files that wenzhai keeps for itself at fixed places (locks, clocks), which must never be links.
//!
//! Such a file is emptied whenever it is used. Where a link stands in its place, what the link leads to would be emptied; so a
//! link, or anything else that is no file, is an error and stays as it is.

#![allow(clippy::disallowed_methods, reason = "files are opened here")]

use std::fs::{File, OpenOptions, symlink_metadata};
use std::io::{Error as IoError, ErrorKind, Result as IoResult};
use std::path::Path;

/// Opens a file for reading and writing, and creates it where it is missing; `truncate` empties it.
pub(crate) fn open_own_file(path: &Path, truncate: bool) -> IoResult<File> {
    // Systems without the flag below rely on this alone, and a pipe would block the call below.
    if symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(not_a_file(path));
    }
    let mut options = File::options();
    options.create(true).truncate(truncate).read(true).write(true);
    without_links(&mut options).open(path)
}

#[cfg(unix)]
fn without_links(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.custom_flags(libc::O_NOFOLLOW)
}

#[cfg(not(unix))]
fn without_links(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

fn not_a_file(path: &Path) -> IoError {
    let is_folder = symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir());
    if is_folder {
        return ErrorKind::IsADirectory.into();
    }
    IoError::other("a link or device stands in its place, which is not followed: remove it")
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;

    #[test]
    fn what_a_link_leads_to_is_neither_emptied_nor_created() {
        let home = tempfile::tempdir().unwrap();
        let (victim, link, broken) = (home.path().join("victim"), home.path().join("clock"), home.path().join("lock"));
        fs::write(&victim, "text").unwrap();
        symlink(&victim, &link).unwrap();
        symlink(home.path().join("none"), &broken).unwrap();
        assert!(open_own_file(&link, true).is_err() && open_own_file(&broken, false).is_err());
        assert_eq!(fs::read_to_string(&victim).unwrap(), "text");
        assert!(!home.path().join("none").exists());
        fs::remove_file(&link).unwrap();
        assert!(open_own_file(&link, true).is_ok() && open_own_file(&link, false).is_ok());
    }
}
