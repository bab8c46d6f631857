//! Files from one folder to another, in pieces: memory does not follow their size.

#![allow(clippy::disallowed_methods, reason = "this is a place where files are touched")]

use crate::diagnostics::error::Result;
use crate::io::fs::file::{self, make_folder};
use crate::io::fs::os_error::path_error;
use blake3::{Hash, Hasher};
use std::fs::File;
use std::io::{Read, Result as IoResult, Write};
use std::path::Path;

/// Bytes read at a time.
const PIECE: usize = 64 * 1024;

/// The hash of a file, and how many bytes it has.
///
/// # Errors
/// What the disk refuses.
pub(crate) fn hash(path: &Path) -> Result<(Hash, u64)> {
    let hashed = File::open(path).and_then(|mut file| each_piece(&mut file, |_| Ok(())));
    hashed.map_err(|error| path_error("read", path, error))
}

/// Copies a file into the place of another, whole or not at all, with the folders it stands in; answers with the hash and
/// size of what was written.
///
/// # Errors
/// What the disk refuses.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(Hash, u64)> {
    let mut source = File::open(from).map_err(|error| path_error("read", from, error))?;
    if let Some(folder) = to.parent() {
        make_folder(folder)?;
    }
    file::replace_by(to, |file| each_piece(&mut source, |piece| file.write_all(piece)))
}

/// Goes through a reader piece by piece.
fn each_piece(source: &mut impl Read, mut take: impl FnMut(&[u8]) -> IoResult<()>) -> IoResult<(Hash, u64)> {
    let (mut hasher, mut size) = (Hasher::new(), 0);
    let mut piece = vec![0; PIECE];
    loop {
        match source.read(&mut piece)? {
            0 => return Ok((hasher.finalize(), size)),
            read => {
                hasher.update(&piece[..read]);
                take(&piece[..read])?;
                size += read as u64;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::tempdir;

    #[test]
    fn a_copy_is_whole_and_says_what_it_wrote() {
        let home = tempdir().unwrap();
        let bytes: Vec<u8> = (0..PIECE * 2 + 7).map(|at| (at % 251) as u8).collect();
        let (from, to) = (home.path().join("a"), home.path().join("b/c/d"));
        std::fs::write(&from, &bytes).unwrap();
        let told = copy(&from, &to).unwrap();
        assert_eq!(told, (blake3::hash(&bytes), bytes.len() as u64));
        assert_eq!(std::fs::read(&to).unwrap(), bytes);
        assert_eq!(hash(&to).unwrap(), told);
    }

    #[test]
    fn what_cannot_be_read_or_written_is_named() {
        let home = tempdir().unwrap();
        let told = copy(&home.path().join("none"), &home.path().join("b")).unwrap_err().to_string();
        assert!(told.contains("cannot read"), "{told}");
    }
}
