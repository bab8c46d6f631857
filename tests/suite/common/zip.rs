//! Reads ZIP archives, by their directory and independently of the program's own code.

use flate2::read::DeflateDecoder;
use std::io::Read;

/// A file of an archive.
#[derive(Debug)]
pub(crate) struct ZipFile {
    pub(crate) name: String,
    /// 0: stored, 8: deflated
    pub(crate) method: u16,
    /// where its header stands
    pub(crate) offset: usize,
    pub(crate) bytes: Vec<u8>,
}

fn number(bytes: &[u8], at: usize, length: usize) -> usize {
    bytes[at..at + length].iter().rev().fold(0, |number, &byte| number << 8 | usize::from(byte))
}

/// The files of an archive in the order of its directory. Lengths and checksums have to be right.
#[track_caller]
pub(crate) fn unzip(archive: &[u8]) -> Vec<ZipFile> {
    let end = archive.len() - 22;
    assert_eq!(&archive[end..end + 4], b"PK\x05\x06");
    let (count, mut at) = (number(archive, end + 10, 2), number(archive, end + 16, 4));
    let mut files = Vec::new();
    for _ in 0..count {
        assert_eq!(&archive[at..at + 4], b"PK\x01\x02");
        let (packed, length) = (number(archive, at + 20, 4), number(archive, at + 24, 4));
        let (name_length, offset) = (number(archive, at + 28, 2), number(archive, at + 42, 4));
        let name = String::from_utf8(archive[at + 46..at + 46 + name_length].to_vec()).unwrap();
        assert_eq!(&archive[offset..offset + 4], b"PK\x03\x04", "{name}");
        let from = offset + 30 + number(archive, offset + 26, 2) + number(archive, offset + 28, 2);
        let data = &archive[from..from + packed];
        let method = u16::try_from(number(archive, at + 10, 2)).unwrap();
        let mut bytes = Vec::new();
        match method {
            0 => bytes = data.to_vec(),
            _ => drop(DeflateDecoder::new(data).read_to_end(&mut bytes).unwrap()),
        }
        let mut checksum = flate2::Crc::new();
        checksum.update(&bytes);
        assert_eq!((bytes.len(), checksum.sum() as usize), (length, number(archive, at + 16, 4)), "{name}");
        files.push(ZipFile { name, method, offset, bytes });
        at += 46 + name_length;
    }
    assert_eq!(at, end, "the directory ends where the archive says");
    files
}
