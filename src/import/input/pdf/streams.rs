//! Streams of a PDF, unpacked within bounds.
//!
//! A stream may be packed a thousandfold, and packed streams may be in one another. So streams are unpacked here, with a budget for
//! the document, and the streams that the parser unpacks itself (tables of objects) are measured before it sees the file.

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::object::{Array, Dict, Name, Stream};
use memchr::memmem;
use std::io::Read;

/// Bytes of a document's streams that are unpacked: this many in any case, more for a large file, but for no file more than that.
const LEAST_UNPACKED: usize = 64 << 20;
const MOST_UNPACKED: usize = 512 << 20;
/// Times that a large file is unpacked to its own size, at most.
const RATIO: usize = 8;
/// Bytes of a document's tables of objects, at most.
const MAX_TABLES: usize = 48 << 20;
/// Bytes before a stream in which its dictionary is.
const DICTIONARY: usize = 1024;
/// A stream of other filters than deflate may be this long, packed, in all its filters; they unpack to less than 3,000 times that.
const MAX_OTHER: usize = 64 << 10;

/// Bytes that may still be unpacked.
#[derive(Debug)]
pub(crate) struct Budget {
    left: usize,
    is_spent: bool,
}

impl Budget {
    /// For a document of so many bytes.
    pub(crate) fn of_document(bytes: usize) -> Self {
        Self { left: bytes.saturating_mul(RATIO).clamp(LEAST_UNPACKED, MOST_UNPACKED), is_spent: false }
    }

    /// Takes unpacked bytes; None where there are more than the budget has left.
    fn take(&mut self, bytes: Vec<u8>) -> Option<Vec<u8>> {
        let left = self.left.checked_sub(bytes.len());
        self.is_spent |= left.is_none();
        self.left = left?;
        Some(bytes)
    }

    /// Whether something was left packed for want of budget.
    pub(crate) fn is_spent(&self) -> bool {
        self.is_spent
    }
}

/// The bytes of a stream; None where it is damaged from its beginning on, or the budget is spent.
pub(crate) fn unpacked(stream: &Stream<'_>, budget: &mut Budget) -> Option<Vec<u8>> {
    let has_predictor = stream.dict().contains_key("DecodeParms") || stream.dict().contains_key("DP");
    let bytes = match &filters_of(stream.dict())[..] {
        [] => stream.raw_data().into_owned(),
        [only] if matches!(only.as_str(), "FlateDecode" | "Fl") && !has_predictor => {
            inflated(&stream.raw_data(), budget.left)?
        }
        _ if stream.raw_data().len() > MAX_OTHER => return None,
        _ => stream.decoded().ok()?.into_owned(),
    };
    budget.take(bytes)
}

/// The names of a stream's filters, in the order in which they are undone.
fn filters_of<'a>(dictionary: &Dict<'a>) -> Vec<Name<'a>> {
    let one = ["Filter", "F"].iter().find_map(|key| dictionary.get::<Name<'_>>(key));
    let several = ["Filter", "F"].iter().find_map(|key| dictionary.get::<Array<'_>>(key));
    one.into_iter().chain(several.iter().flat_map(Array::iter::<Name<'_>>)).take(8).collect()
}

/// What deflate's stream holds, as far as it is whole, and of more than `most` bytes one more than these; None where that is nothing.
fn inflated(packed: &[u8], most: usize) -> Option<Vec<u8>> {
    let read = |reader: &mut dyn Read| {
        let mut bytes = Vec::new();
        // an end that is cut off leaves what was before it
        let _ = reader.take(most as u64 + 1).read_to_end(&mut bytes);
        bytes
    };
    let mut bytes = read(&mut ZlibDecoder::new(packed));
    if bytes.is_empty() {
        bytes = read(&mut DeflateDecoder::new(packed));
    }
    (!bytes.is_empty()).then_some(bytes)
}

/// Whether the tables of objects in a file, which the parser unpacks as a whole, stay within bounds.
pub(crate) fn has_bounded_tables(file: &[u8]) -> bool {
    let mut budget = MAX_TABLES;
    for at in memmem::find_iter(file, b"stream") {
        if file[..at].ends_with(b"end") {
            continue;
        }
        let before = &file[at.saturating_sub(DICTIONARY)..at];
        let dictionary = &before[memmem::rfind(before, b"obj").unwrap_or(0)..];
        let has = |part: &[u8]| memmem::find(dictionary, part).is_some();
        // a name may be written in hexadecimal digits
        if !(has(b"ObjStm") || has(b"XRef") || has(b"#")) {
            continue;
        }
        if has(b"LZW") || has(b"RL") || has(b"RunLength") || memmem::find_iter(dictionary, b"Fl").count() > 1 {
            return false;
        }
        let packed = file[at + b"stream".len()..].trim_ascii_start();
        match unpacked_length(packed, budget) {
            Some(length) => budget -= length,
            None => return false,
        }
    }
    true
}

/// The length of what is packed; None where it is more than `most`.
fn unpacked_length(packed: &[u8], most: usize) -> Option<usize> {
    let (mut buffer, mut total) = ([0; 16 << 10], 0);
    let mut decoder = ZlibDecoder::new(packed);
    while let Ok(read @ 1..) = decoder.read(&mut buffer) {
        total += read;
        if total > most {
            return None;
        }
    }
    Some(total)
}
