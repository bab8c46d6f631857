//! Reads a large file of lines in blocks, with the place of each line: the lines of a block can be worked on in parallel, and be read again later.

use crate::diagnostics::diagnostic::Diagnostic;
use crate::io::fs::os_error::unreadable;
use std::fs::File;
use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result as IoResult};
use std::path::Path;

/// Bytes of a block, about.
const BLOCK: u64 = 8 << 20;
/// Bytes of a line, at most.
const MAX_LINE: u64 = 64 << 20;

/// A line that is not blank, without its line break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlacedLine<'a> {
    /// from 1; blank lines count
    pub(crate) number: usize,
    /// its first byte in the file
    pub(crate) offset: u64,
    pub(crate) bytes: &'a [u8],
}

/// Passes the lines of a file to `work`, those of a block at a time. `name` is the file's name in messages.
///
/// # Errors
/// `unreadable`, also where a line is longer than 64 MiB.
pub(crate) fn for_each_block(
    path: &Path,
    name: &str,
    work: &mut dyn FnMut(&[PlacedLine<'_>]),
) -> Result<(), Diagnostic> {
    let mut read = || {
        let mut input = BufReader::new(File::open(path)?);
        let (mut number, mut offset, mut block) = (1, 0, Vec::new());
        while read_block(&mut input, &mut block)? {
            let (lines, next) = lines_of(&block, number, offset);
            work(&lines);
            number = next;
            offset += block.len() as u64;
            block.clear();
        }
        Ok(())
    };
    read().map_err(|error| unreadable(name, &error))
}

/// Reads a block that ends with a line, or with the file; false at the end.
fn read_block(input: &mut impl BufRead, block: &mut Vec<u8>) -> IoResult<bool> {
    input.take(BLOCK).read_to_end(block)?;
    if block.last().is_some_and(|last| *last != b'\n') {
        let read = input.take(MAX_LINE).read_until(b'\n', block)?;
        if read as u64 == MAX_LINE {
            return Err(Error::new(ErrorKind::InvalidData, "a line is longer than 64 MiB"));
        }
    }
    Ok(!block.is_empty())
}

/// The lines of a block and the number of the line behind it, given the number and the offset of its first one.
fn lines_of(block: &[u8], first: usize, offset: u64) -> (Vec<PlacedLine<'_>>, usize) {
    let (mut lines, mut number, mut at) = (Vec::new(), first, offset);
    for line in block.split_inclusive(|byte| *byte == b'\n') {
        let bytes = line.trim_ascii_end();
        if !bytes.is_empty() {
            lines.push(PlacedLine { number, offset: at, bytes });
        }
        number += 1;
        at += line.len() as u64;
    }
    (lines, number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::fs::file;
    use tempfile::tempdir;

    #[test]
    fn lines_have_their_numbers_and_can_be_read_again_at_their_places() {
        let home = tempdir().unwrap();
        let path = home.path().join("t.jsonl");
        let long = "长".repeat(3 << 20);
        file::write(&path, format!("a\r\n\n{long}\n  b\nc").as_bytes()).unwrap();
        let (mut found, mut blocks) = (Vec::new(), 0);
        for_each_block(&path, "t.jsonl", &mut |lines| {
            blocks += 1;
            found.extend(lines.iter().map(|it| (it.number, it.offset, String::from_utf8(it.bytes.to_vec()).unwrap())));
        })
        .unwrap();
        assert_eq!(found.iter().map(|(number, ..)| *number).collect::<Vec<_>>(), [1, 3, 4, 5]);
        assert_eq!((found[1].2.len(), found[3].2.as_str(), blocks), (long.len(), "c", 2));
        for (_, offset, text) in found {
            assert_eq!(file::read_part(&path, "t.jsonl", offset, text.len()).unwrap(), text.as_bytes());
        }
        assert_eq!(file::read_part(&path, "t.jsonl", 0, 99 << 20).unwrap_err().code.name(), "unreadable");
        let missing = for_each_block(&home.path().join("no.jsonl"), "no.jsonl", &mut |_| {});
        assert_eq!(missing.unwrap_err().code.name(), "unreadable");
    }
}
