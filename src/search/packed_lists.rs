//! Lists by gram, packed while they grow.
//!
//! What is new waits as plain pairs of gram and number. When there is enough of it, it is sorted and woven into what is
//! packed already: for each gram, in ascending order, the difference to the one before, the length of its list in bytes, and
//! the list as differences in varints, which is what it will be in its file. A long list has its last number in front, where
//! the next one goes on; the numbers of a short one are summed up.

use crate::search::grams::Gram;
use crate::search::varint;

/// A gram and a number, the gram in the upper half.
pub(crate) type Pair = u64;

/// Bytes from which a list is long.
const LONG: usize = 16;
/// Bytes of pairs that may wait, whatever is packed already; beyond that, a part of what is packed.
const WAITING: usize = 16 * 1024;
const WAITING_PART: usize = 4;

pub(crate) fn pair(gram: Gram, number: u32) -> Pair {
    u64::from(gram) << 32 | u64::from(number)
}

pub(crate) fn gram(pair: Pair) -> Gram {
    (pair >> 32) as Gram
}

fn number(pair: Pair) -> u32 {
    pair as u32
}

/// Ascending numbers: each as the difference to the one before, in varints, the first as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct List<'a> {
    pub(crate) differences: &'a [u8],
    pub(crate) last: u32,
}

/// Lists by gram.
#[derive(Debug, Default)]
pub(crate) struct Packed {
    bytes: Vec<u8>,
    waiting: Vec<Pair>,
}

impl Packed {
    /// One more number of a gram; it may come more than once. No number is less than one that was [woven](Self::weave) in.
    pub(crate) fn push(&mut self, pair: Pair) {
        self.waiting.push(pair);
    }

    /// Whether so much waits that it should be woven in.
    pub(crate) fn is_due(&self) -> bool {
        size_of_val(self.waiting.as_slice()) >= (self.bytes.len() / WAITING_PART).max(WAITING)
    }

    /// Packs what waits.
    pub(crate) fn weave(&mut self) {
        self.waiting.sort_unstable();
        self.waiting.dedup();
        let mut woven = Weaving { bytes: Vec::with_capacity(self.bytes.len() + 3 * self.waiting.len()), before: 0 };
        let mut held = lists(&self.bytes).peekable();
        for new in self.waiting.chunk_by(|a, b| gram(*a) == gram(*b)) {
            let own = new.first().map_or(0, |pair| gram(*pair));
            while let Some((gram, list)) = held.next_if(|(gram, _)| *gram < own) {
                woven.list(gram, list, &[]);
            }
            let list = held.next_if(|(gram, _)| *gram == own).map(|(_, list)| list);
            woven.list(own, list.unwrap_or(List { differences: &[], last: 0 }), new);
        }
        held.for_each(|(gram, list)| woven.list(gram, list, &[]));
        self.bytes = woven.bytes;
        self.waiting.clear();
    }

    /// All that was woven in, by gram.
    pub(crate) fn lists(&self) -> impl Iterator<Item = (Gram, List<'_>)> {
        lists(&self.bytes)
    }
}

fn lists(mut bytes: &[u8]) -> impl Iterator<Item = (Gram, List<'_>)> {
    let mut gram = 0;
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        gram += varint::take(&mut bytes);
        let length = varint::take(&mut bytes) as usize;
        let last = (length >= LONG).then(|| varint::take(&mut bytes));
        let (differences, rest) = bytes.split_at(length);
        bytes = rest;
        Some((gram, List { differences, last: last.unwrap_or_else(|| sum(differences)) }))
    })
}

fn sum(mut differences: &[u8]) -> u32 {
    let mut sum = 0;
    while !differences.is_empty() {
        sum += varint::take(&mut differences);
    }
    sum
}

/// The packed lists that come to be.
struct Weaving {
    bytes: Vec<u8>,
    before: Gram,
}

impl Weaving {
    /// A list with new numbers behind it.
    fn list(&mut self, gram: Gram, list: List<'_>, new: &[Pair]) {
        let mut added = Vec::new();
        let mut last = list.last;
        for number in new.iter().map(|pair| number(*pair)) {
            // the number that a list ends with may come again
            if number > last || list.differences.is_empty() && added.is_empty() {
                varint::push(&mut added, number - last);
                last = number;
            }
        }
        let length = list.differences.len() + added.len();
        varint::push(&mut self.bytes, gram - self.before);
        varint::push(
            &mut self.bytes,
            u32::try_from(length).expect("a list of numbers of 32 bits, each once, is shorter"),
        );
        if length >= LONG {
            varint::push(&mut self.bytes, last);
        }
        self.bytes.extend_from_slice(list.differences);
        self.bytes.extend_from_slice(&added);
        self.before = gram;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn numbers(list: List<'_>) -> Vec<u32> {
        let (mut left, mut last, mut numbers) = (list.differences, 0, Vec::new());
        while !left.is_empty() {
            last += varint::take(&mut left);
            numbers.push(last);
        }
        assert_eq!(numbers.last(), Some(&list.last));
        numbers
    }

    #[test]
    fn little_waits_for_company() {
        let mut packed = Packed::default();
        (0..9).for_each(|number| packed.push(pair(7, number)));
        assert!(!packed.is_due());
        (0..4000).for_each(|number| packed.push(pair(7, number)));
        assert!(packed.is_due());
        packed.weave();
        assert!(!packed.is_due() && packed.bytes.len() < 4010, "a byte a number");
    }

    proptest! {
        #[test]
        fn every_list_holds_what_was_pushed_however_often_it_is_woven(
            rounds in prop::collection::vec(prop::collection::vec((0u32..9, 0u32..50), 0..40), 1..6), far in 0u32..400_000_000,
        ) {
            let (mut packed, mut expected) = (Packed::default(), BTreeMap::<Gram, BTreeSet<u32>>::new());
            for (round, pairs) in (0..).zip(rounds) {
                for (gram, number) in pairs {
                    // numbers of a round begin with the last ones of the round before
                    let (gram, number) = (gram * far, round * 49 + number);
                    packed.push(pair(gram, number));
                    expected.entry(gram).or_default().insert(number);
                }
                packed.weave();
            }
            let held: BTreeMap<Gram, Vec<u32>> = packed.lists().map(|(gram, list)| (gram, numbers(list))).collect();
            let expected: BTreeMap<Gram, Vec<u32>> =
                expected.into_iter().map(|(gram, numbers)| (gram, numbers.into_iter().collect())).collect();
            prop_assert_eq!(held, expected);
        }
    }
}
