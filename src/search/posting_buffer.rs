//! A buffer of posting lists that grows in little memory.
//!
//! New postings wait as plain pairs of n-gram and number. When there are enough, they are sorted and merged into the lists
//! that are already encoded: for each n-gram, in ascending order, the difference to the one before, the length of its list
//! in bytes, and the list itself, delta-encoded in varints as in the index file. A long list is preceded by its last number,
//! to which the next one is appended; that of a short list is the sum of its deltas.

use crate::search::ngrams::Ngram;
use crate::search::varint;

/// An n-gram and the number of an article that contains it, the n-gram in the upper half.
pub(crate) type Posting = u64;

/// The length in bytes from which a list is long.
const LONG: usize = 16;
/// Pending postings are merged from this many bytes on,
const PENDING: usize = 16 * 1024;
/// or from this fraction of the bytes that are encoded already, if that is more.
const PENDING_FRACTION: usize = 4;

pub(crate) fn posting(ngram: Ngram, number: u32) -> Posting {
    u64::from(ngram) << 32 | u64::from(number)
}

pub(crate) fn ngram(posting: Posting) -> Ngram {
    (posting >> 32) as Ngram
}

/// A posting list: ascending numbers, delta-encoded in varints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PostingList<'a> {
    pub(crate) deltas: &'a [u8],
    /// the last number
    pub(crate) last: u32,
}

/// Posting lists by n-gram.
#[derive(Debug, Default)]
pub(crate) struct PostingBuffer {
    encoded: Vec<u8>,
    pending: Vec<Posting>,
}

impl PostingBuffer {
    /// Adds a posting; duplicates are dropped. No number may be less than one that was [merged](Self::merge) already.
    pub(crate) fn push(&mut self, posting: Posting) {
        self.pending.push(posting);
    }

    /// Whether enough postings wait for a merge to be worth it.
    pub(crate) fn is_due(&self) -> bool {
        size_of_val(self.pending.as_slice()) >= (self.encoded.len() / PENDING_FRACTION).max(PENDING)
    }

    /// Merges the pending postings into the encoded lists.
    pub(crate) fn merge(&mut self) {
        self.pending.sort_unstable();
        self.pending.dedup();
        let mut merged = Encoder { bytes: Vec::with_capacity(self.encoded.len() + 3 * self.pending.len()), before: 0 };
        let mut present = lists(&self.encoded).peekable();
        for new in self.pending.chunk_by(|a, b| ngram(*a) == ngram(*b)) {
            let own = new.first().map_or(0, |posting| ngram(*posting));
            while let Some((ngram, list)) = present.next_if(|(ngram, _)| *ngram < own) {
                merged.add(ngram, list, &[]);
            }
            let list = present.next_if(|(ngram, _)| *ngram == own).map(|(_, list)| list);
            merged.add(own, list.unwrap_or(PostingList { deltas: &[], last: 0 }), new);
        }
        present.for_each(|(ngram, list)| merged.add(ngram, list, &[]));
        self.encoded = merged.bytes;
        self.pending.clear();
    }

    /// All merged lists, by n-gram.
    pub(crate) fn lists(&self) -> impl Iterator<Item = (Ngram, PostingList<'_>)> {
        lists(&self.encoded)
    }
}

fn lists(mut bytes: &[u8]) -> impl Iterator<Item = (Ngram, PostingList<'_>)> {
    let mut ngram = 0;
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        ngram += varint::take(&mut bytes);
        let length = varint::take(&mut bytes) as usize;
        let last = (length >= LONG).then(|| varint::take(&mut bytes));
        let (deltas, rest) = bytes.split_at(length);
        bytes = rest;
        Some((ngram, PostingList { deltas, last: last.unwrap_or_else(|| sum(deltas)) }))
    })
}

fn sum(mut deltas: &[u8]) -> u32 {
    let mut sum = 0;
    while !deltas.is_empty() {
        sum += varint::take(&mut deltas);
    }
    sum
}

/// Encodes lists in the order of their n-grams.
struct Encoder {
    bytes: Vec<u8>,
    before: Ngram,
}

impl Encoder {
    /// Appends a list, extended by new numbers.
    fn add(&mut self, ngram: Ngram, list: PostingList<'_>, new: &[Posting]) {
        let mut added = Vec::new();
        let mut last = list.last;
        for number in new.iter().map(|posting| *posting as u32) {
            // the last number of a list may be added again
            if number > last || list.deltas.is_empty() && added.is_empty() {
                varint::push(&mut added, number - last);
                last = number;
            }
        }
        let length = list.deltas.len() + added.len();
        varint::push(&mut self.bytes, ngram - self.before);
        let encoded_length = u32::try_from(length).expect("a list of numbers of 32 bits, each once, is shorter");
        varint::push(&mut self.bytes, encoded_length);
        if length >= LONG {
            varint::push(&mut self.bytes, last);
        }
        self.bytes.extend_from_slice(list.deltas);
        self.bytes.extend_from_slice(&added);
        self.before = ngram;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn numbers(list: PostingList<'_>) -> Vec<u32> {
        let (mut left, mut last, mut numbers) = (list.deltas, 0, Vec::new());
        while !left.is_empty() {
            last += varint::take(&mut left);
            numbers.push(last);
        }
        assert_eq!(numbers.last(), Some(&list.last));
        numbers
    }

    #[test]
    fn few_postings_are_not_merged_yet() {
        let mut buffer = PostingBuffer::default();
        (0..9).for_each(|number| buffer.push(posting(7, number)));
        assert!(!buffer.is_due());
        (0..4000).for_each(|number| buffer.push(posting(7, number)));
        assert!(buffer.is_due());
        buffer.merge();
        assert!(!buffer.is_due() && buffer.encoded.len() < 4010, "a byte a number");
    }

    proptest! {
        #[test]
        fn every_list_has_what_was_added_however_often_it_is_merged(
            rounds in prop::collection::vec(prop::collection::vec((0u32..9, 0u32..50), 0..40), 1..6), far in 0u32..400_000_000,
        ) {
            let (mut buffer, mut expected) = (PostingBuffer::default(), BTreeMap::<Ngram, BTreeSet<u32>>::new());
            for (round, pairs) in (0..).zip(rounds) {
                for (ngram, number) in pairs {
                    // numbers of a round begin with the last ones of the round before
                    let (ngram, number) = (ngram * far, round * 49 + number);
                    buffer.push(posting(ngram, number));
                    expected.entry(ngram).or_default().insert(number);
                }
                buffer.merge();
            }
            let found: BTreeMap<Ngram, Vec<u32>> = buffer.lists().map(|(ngram, list)| (ngram, numbers(list))).collect();
            let expected: BTreeMap<Ngram, Vec<u32>> =
                expected.into_iter().map(|(ngram, numbers)| (ngram, numbers.into_iter().collect())).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
