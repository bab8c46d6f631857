//! Copying and hashing of files in chunks, so that memory does not depend on their size.

#![allow(clippy::disallowed_methods, reason = "files are read here")]

use crate::diagnostics::error::Result;
use crate::io::fs::file::{self, make_folder};
use crate::io::fs::os_error::{FileOperation, path_error};
use blake3::{Hash, Hasher};
use std::fs::File;
use std::io::{Read, Result as IoResult, Write};
use std::path::Path;

const CHUNK: usize = 64 * 1024;

/// The hash of a file and its size in bytes.
///
/// # Errors
/// A failure of the file system.
pub(crate) fn hash(path: &Path) -> Result<(Hash, u64)> {
    let hashed = File::open(path).and_then(|mut file| for_each_chunk(&mut file, |_| Ok(())));
    hashed.map_err(|error| path_error(FileOperation::Read, path, error))
}

/// Copies a file atomically, replacing any file at `to` and creating the folders above it; returns the hash and size of the
/// content.
///
/// # Errors
/// A failure of the file system.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(Hash, u64)> {
    let mut source = File::open(from).map_err(|error| path_error(FileOperation::Read, from, error))?;
    if let Some(folder) = to.parent() {
        make_folder(folder)?;
    }
    file::replace_by(to, |file| for_each_chunk(&mut source, |chunk| file.write_all(chunk)))
}

/// Calls `take` with each chunk of a reader; returns the hash and size of all.
fn for_each_chunk(source: &mut impl Read, mut take: impl FnMut(&[u8]) -> IoResult<()>) -> IoResult<(Hash, u64)> {
    let mut hasher = Hasher::new();
    let mut buffer = vec![0; CHUNK];
    loop {
        let chunk = match source.read(&mut buffer)? {
            0 => return Ok((hasher.finalize(), hasher.count())),
            size => &buffer[..size],
        };
        hasher.update(chunk);
        take(chunk)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::tempdir;

    #[test]
    fn a_copy_is_complete_and_returns_its_hash_and_size() {
        let home = tempdir().unwrap();
        let bytes: Vec<u8> = (0..CHUNK * 2 + 7).map(|at| (at % 251) as u8).collect();
        let (from, to) = (home.path().join("a"), home.path().join("b/c/d"));
        std::fs::write(&from, &bytes).unwrap();
        let copied = copy(&from, &to).unwrap();
        assert_eq!(copied, (blake3::hash(&bytes), bytes.len() as u64));
        assert_eq!(std::fs::read(&to).unwrap(), bytes);
        assert_eq!(hash(&to).unwrap(), copied);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        let home = tempdir().unwrap();
        let message = copy(&home.path().join("none"), &home.path().join("b")).unwrap_err().to_string();
        assert!(message.contains("cannot read"), "{message}");
    }
}
