//! The list of words: a packed file, read where it lies.
//!
//! The file has a bucket for each first character, in the order of the characters (numbers are little-endian): the character (u16), the
//! size of what follows (u16), the cost of the character as a word of its own (u8), then a group for each length of words: the
//! length in characters (u8), the number of words (u16), and each word's characters behind the first (u16 each) with its cost (u8),
//! in the order of the characters. A cost is a negative logarithm of a frequency, in units of [`COSTS_PER_NAT`].

use std::cmp::Ordering;
use std::sync::LazyLock;

/// The most characters of a word.
pub(crate) const LONGEST: usize = 8;
/// Units of a cost that are one natural logarithm.
pub(crate) const COSTS_PER_NAT: f64 = 12.0;
/// The cost of a character that the list does not have.
const UNKNOWN: u32 = 220;
/// The unified ideographs that may begin a word.
const FIRST: u32 = 0x4E00;
const IDEOGRAPHS: usize = 0x5200;

static BUILT_IN: LazyLock<WordList> = LazyLock::new(|| WordList::of(include_bytes!("words.bin")));

/// A list of words with their costs.
#[derive(Debug)]
pub(crate) struct WordList {
    bytes: &'static [u8],
    /// where the bucket of each ideograph begins; 0 where there is none
    buckets: Vec<u32>,
}

impl WordList {
    /// The list in the binary.
    pub(crate) fn built_in() -> &'static Self {
        &BUILT_IN
    }

    pub(crate) fn of(bytes: &'static [u8]) -> Self {
        let mut buckets = vec![0; IDEOGRAPHS];
        let mut at = 0;
        while at + 4 <= bytes.len() {
            let size = usize::from(number(bytes, at + 2));
            if let Some(bucket) = index(u32::from(number(bytes, at))).and_then(|index| buckets.get_mut(index)) {
                *bucket = u32::try_from(at + 4).expect("a list of words is smaller than 4 GB");
            }
            at += 4 + size;
        }
        Self { bytes, buckets }
    }

    /// Calls `found` with the length and the cost of each word that `text` begins with, the single character first.
    pub(crate) fn words_at(&self, text: &[char], mut found: impl FnMut(usize, u32)) {
        let bucket = text.first().and_then(|&c| index(c.into())).map_or(0, |index| self.buckets[index] as usize);
        if bucket == 0 {
            return found(1, UNKNOWN);
        }
        found(1, self.bytes[bucket].into());
        let end = bucket + usize::from(number(self.bytes, bucket - 2));
        let mut at = bucket + 1;
        while at < end {
            let (length, count) = (usize::from(self.bytes[at]), usize::from(number(self.bytes, at + 1)));
            let size = record_size(length);
            let records = &self.bytes[at + 3..at + 3 + count * size];
            if let Some(cost) = text.get(1..length).and_then(|rest| cost(records, size, rest)) {
                found(length, cost);
            }
            at += 3 + count * size;
        }
    }
}

/// Bytes of a word of a length in its group.
pub(crate) fn record_size(length: usize) -> usize {
    2 * (length - 1) + 1
}

fn index(c: u32) -> Option<usize> {
    c.checked_sub(FIRST).map(|index| index as usize).filter(|&index| index < IDEOGRAPHS)
}

fn number(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

/// The cost of the word whose characters behind the first are `rest`.
fn cost(records: &[u8], size: usize, rest: &[char]) -> Option<u32> {
    let (mut from, mut to) = (0, records.len() / size);
    while from < to {
        let middle = from.midpoint(to);
        let record = &records[middle * size..(middle + 1) * size];
        match compare(record, rest) {
            Ordering::Less => from = middle + 1,
            Ordering::Greater => to = middle,
            Ordering::Equal => return Some(record[size - 1].into()),
        }
    }
    None
}

fn compare(record: &[u8], rest: &[char]) -> Ordering {
    let characters = record.chunks_exact(2).map(|pair| u32::from(u16::from_le_bytes([pair[0], pair[1]])));
    characters.cmp(rest.iter().map(|&c| u32::from(c)))
}
