//! Writes a ZIP archive as an EPUB needs it (APPNOTE 6.3; EPUB Open Container Format 3.3), one file after another.
//!
//! 1. [`Archive::add`] returns the bytes of a file with its header: the caller writes them and may forget them
//! 2. [`Archive::finish`] returns the directory of all files, which ends the archive
//!
//! Sizes are known before a file is written, so nothing is written twice. Times are those of the first day that the format knows,
//! so that the same files make the same archive. A crate for ZIP would bring ten others for reading, encryption and Zip64.

use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::Write;

/// The most files that an archive without Zip64 lists.
pub(crate) const MAX_FILES: usize = u16::MAX as usize;

const LOCAL_HEADER: u32 = 0x0403_4B50;
const DIRECTORY_ENTRY: u32 = 0x0201_4B50;
const END_OF_DIRECTORY: u32 = 0x0605_4B50;
/// version 2.0: the first with deflated files
const VERSION: u16 = 20;
/// names are UTF-8
const FLAGS: u16 = 1 << 11;
/// midnight of the first of January 1980
const TIME: u16 = 0;
const DAY: u16 = 1 << 5 | 1;

/// How the bytes of a file stand in the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Stored = 0,
    Deflated = 8,
}

/// A file of an archive, ready to be written.
#[derive(Debug)]
pub(crate) struct Packed {
    name: String,
    method: Method,
    bytes: Vec<u8>,
    checksum: u32,
    /// before it was deflated
    length: usize,
}

impl Packed {
    /// Packs the bytes of a file.
    pub(crate) fn new(name: &str, bytes: &[u8], method: Method) -> Self {
        let mut checksum = flate2::Crc::new();
        checksum.update(bytes);
        let packed = match method {
            Method::Stored => bytes.to_vec(),
            Method::Deflated => deflated(bytes),
        };
        Self { name: name.to_owned(), method, bytes: packed, checksum: checksum.sum(), length: bytes.len() }
    }

    /// The fields that a local header and the directory have in common.
    fn header(&self) -> Option<Vec<u8>> {
        let mut header = Vec::new();
        for field in [VERSION, FLAGS, self.method as u16, TIME, DAY] {
            header.extend(field.to_le_bytes());
        }
        for field in [self.checksum, u32::try_from(self.bytes.len()).ok()?, u32::try_from(self.length).ok()?] {
            header.extend(field.to_le_bytes());
        }
        // the length of the name, and that of no further fields
        header.extend(u16::try_from(self.name.len()).ok()?.to_le_bytes());
        header.extend(0u16.to_le_bytes());
        Some(header)
    }
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.expect("a vector takes all bytes")
}

/// The archive so far: where its files begin.
#[derive(Debug, Default)]
pub(crate) struct Archive {
    directory: Vec<u8>,
    files: usize,
    length: usize,
}

impl Archive {
    /// The bytes to write for a file; none where the archive would be larger than the format allows.
    pub(crate) fn add(&mut self, file: &Packed) -> Option<Vec<u8>> {
        let header = file.header()?;
        let offset = u32::try_from(self.length).ok()?;
        let mut bytes = LOCAL_HEADER.to_le_bytes().to_vec();
        bytes.extend(&header);
        bytes.extend(file.name.as_bytes());
        bytes.extend(&file.bytes);
        self.directory.extend(DIRECTORY_ENTRY.to_le_bytes());
        self.directory.extend(VERSION.to_le_bytes());
        self.directory.extend(header);
        // no comment, the first disk, no attributes
        self.directory.extend([0; 10]);
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(file.name.as_bytes());
        self.files += 1;
        self.length += bytes.len();
        Some(bytes)
    }

    /// The bytes that end the archive; none where it is larger than the format allows.
    pub(crate) fn finish(self) -> Option<Vec<u8>> {
        let files = u16::try_from(self.files).ok()?;
        let (size, offset) = (u32::try_from(self.directory.len()).ok()?, u32::try_from(self.length).ok()?);
        let mut bytes = self.directory;
        bytes.extend(END_OF_DIRECTORY.to_le_bytes());
        bytes.extend([0; 4]);
        bytes.extend(files.to_le_bytes());
        bytes.extend(files.to_le_bytes());
        bytes.extend(size.to_le_bytes());
        bytes.extend(offset.to_le_bytes());
        bytes.extend(0u16.to_le_bytes());
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_file_is_stored_where_readers_look_for_it() {
        let mut archive = Archive::default();
        let mimetype = Packed::new("mimetype", b"application/epub+zip", Method::Stored);
        let first = archive.add(&mimetype).unwrap();
        assert_eq!(&first[..4], b"PK\x03\x04");
        assert_eq!(&first[30..], b"mimetypeapplication/epub+zip");
        let text = "正文".repeat(500);
        let second = archive.add(&Packed::new("正文.xhtml", text.as_bytes(), Method::Deflated)).unwrap();
        assert!(second.len() < text.len() / 10, "{}", second.len());
        let end = archive.finish().unwrap();
        assert_eq!(&end[..4], b"PK\x01\x02");
        let offset = u32::from_le_bytes(end[end.len() - 6..end.len() - 2].try_into().unwrap());
        assert_eq!(offset as usize, first.len() + second.len());
    }
}
