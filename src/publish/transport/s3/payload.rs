//! The body of a request, with its digests.
//!
//! Small bodies are in memory; large ones are read from their file in chunks, once for the digests and once to be sent.

use crate::diagnostics::error::Result;
use crate::io::fs::os_error::{FileOperation, path_error};
use crate::publish::transport::s3::signature_v4::hex;
use md5::Context as Md5;
use ring::digest::{Context, SHA256};
use std::fs::File;
use std::io::{Read, Result as IoResult};
use std::path::Path;

/// The bytes of a body.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Payload<'a> {
    Bytes(&'a [u8]),
    File(&'a Path),
}

/// Size and digests of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Digests {
    /// bytes
    pub(crate) size: u64,
    /// for the signature, in hexadecimal
    pub(crate) sha256: String,
    /// for `Content-MD5` and most ETags
    pub(crate) md5: [u8; 16],
}

/// Bytes read at a time.
const CHUNK_SIZE: usize = 64 * 1024;

impl Payload<'_> {
    pub(crate) fn digests(&self) -> Result<Digests> {
        match self {
            Self::Bytes(bytes) => Ok(Digests::of(&mut &**bytes).expect("memory can be read")),
            Self::File(path) => File::open(path)
                .and_then(|mut file| Digests::of(&mut file))
                .map_err(|error| path_error(FileOperation::Read, path, error)),
        }
    }

    /// A reader of the bytes from their beginning.
    pub(crate) fn open(&self) -> Result<Box<dyn Read + '_>> {
        match self {
            Self::Bytes(bytes) => Ok(Box::new(*bytes)),
            Self::File(path) => {
                Ok(Box::new(File::open(path).map_err(|error| path_error(FileOperation::Read, path, error))?))
            }
        }
    }
}

impl Digests {
    /// The digests of all bytes of a reader.
    pub(crate) fn of(reader: &mut impl Read) -> IoResult<Self> {
        let (mut sha256, mut md5, mut size) = (Context::new(&SHA256), Md5::new(), 0);
        let mut chunk = vec![0; CHUNK_SIZE];
        loop {
            match reader.read(&mut chunk)? {
                0 => return Ok(Self { size, sha256: hex(sha256.finish().as_ref()), md5: md5.finalize().0 }),
                read => {
                    sha256.update(&chunk[..read]);
                    md5.consume(&chunk[..read]);
                    size += read as u64;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::tempdir;

    #[test]
    fn a_file_has_the_digests_of_its_bytes() {
        let home = tempdir().unwrap();
        let path = home.path().join("a");
        let bytes: Vec<u8> = (0..CHUNK_SIZE * 2 + 3).map(|at| (at % 253) as u8).collect();
        crate::io::fs::file::write(&path, &bytes).unwrap();
        assert_eq!(Payload::File(&path).digests().unwrap(), Payload::Bytes(&bytes).digests().unwrap());
        let mut read = Vec::new();
        Payload::File(&path).open().unwrap().read_to_end(&mut read).unwrap();
        assert_eq!(read, bytes);
        assert!(Payload::File(&home.path().join("none")).digests().is_err());
    }

    #[test]
    fn digests_are_those_of_the_standards() {
        let digests = Payload::Bytes(b"abc").digests().unwrap();
        assert_eq!(hex(&digests.md5), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(digests.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(digests.size, 3);
    }
}
