//! The articles that hold a gram: gathered from all texts, and as the bytes of files. (The format: `search/mod.rs`.)
//!
//! The grams of a file stand in one part, so each part by itself can be woven, and taken apart into its files in the end.

use crate::diagnostics::error::Result;
use crate::search::grams::{Gram, shard};
use crate::search::packed_lists::{List, Packed, Pair, gram};
use crate::search::varint;
use rayon::prelude::*;

/// Parts that grow side by side: while one is woven, it is in memory twice.
const PARTS: usize = 64;

/// The lists of all grams of some shards.
#[derive(Debug)]
pub(crate) struct Postings {
    shards: usize,
    /// shard → part: the remainder
    parts: Vec<Packed>,
}

impl Postings {
    /// Nothing yet, for so many shards: at least one.
    pub(crate) fn new(shards: usize) -> Self {
        Self { shards, parts: (0..shards.min(PARTS)).map(|_| Packed::default()).collect() }
    }

    /// Adds pairs. Those of the next call have no lesser numbers.
    pub(crate) fn add(&mut self, pairs: impl IntoIterator<Item = Pair>) {
        let parts = self.parts.len();
        for pair in pairs {
            self.parts[shard(gram(pair), self.shards) % parts].push(pair);
        }
        self.parts.par_iter_mut().filter(|part| part.is_due()).for_each(Packed::weave);
    }

    /// Hands over every shard with its bytes, several at once; also those that hold nothing.
    pub(crate) fn each_shard(self, put: impl Fn(usize, Vec<u8>) -> Result<()> + Sync) -> Result<()> {
        let (shards, count) = (self.shards, self.parts.len());
        (self.parts.into_par_iter().enumerate()).try_for_each(|(at, mut part)| {
            part.weave();
            let mut lists: Vec<Own<'_>> = part.lists().map(|(gram, list)| (shard(gram, shards), gram, list)).collect();
            lists.sort_unstable_by_key(|&(shard, gram, _)| (shard, gram));
            (at..shards).step_by(count).try_for_each(|shard| {
                let from = lists.partition_point(|own| own.0 < shard);
                let to = lists.partition_point(|own| own.0 <= shard);
                put(shard, shard_bytes(&lists[from..to]))
            })
        })
    }
}

/// A list with its shard and its gram.
type Own<'a> = (usize, Gram, List<'a>);

/// A shard's bytes, of its lists in the order of their grams.
fn shard_bytes(lists: &[Own<'_>]) -> Vec<u8> {
    let (mut table, mut held, mut before) = (Vec::new(), Vec::new(), 0);
    for &(_, gram, list) in lists {
        let from = held.len();
        write(list, &mut held);
        varint::push(&mut table, gram - before);
        varint::push(&mut table, size(held.len() - from));
        before = gram;
    }
    [size(table.len()).to_le_bytes().to_vec(), table, held].concat()
}

/// A list as it stands in a shard, after `out`: differences, or bits where those are shorter.
fn write(List { differences, last }: List<'_>, out: &mut Vec<u8>) {
    let bits = last as usize / 8 + 1;
    if differences.len() <= bits {
        out.push(0);
        out.extend(differences);
        return;
    }
    out.push(1);
    let from = out.len();
    out.resize(from + bits, 0);
    let (mut left, mut number) = (differences, 0);
    while !left.is_empty() {
        number += varint::take(&mut left);
        out[from + number as usize / 8] |= 1 << (number % 8);
    }
}

fn size(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("a shard holds the lists of a few hundred grams, of one volume")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::packed_lists::pair;
    use crate::search::test_reader::list_in;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};
    use std::sync::Mutex;

    fn shards(count: usize, pairs: impl IntoIterator<Item = Pair>) -> BTreeMap<usize, Vec<u8>> {
        let mut postings = Postings::new(count);
        postings.add(pairs);
        let made = Mutex::new(BTreeMap::new());
        let put = |shard, bytes| {
            assert!(made.lock().unwrap().insert(shard, bytes).is_none());
            Ok(())
        };
        postings.each_shard(put).unwrap();
        made.into_inner().unwrap()
    }

    #[test]
    fn a_sparse_list_is_differences_and_a_dense_one_is_bits() {
        let bytes = |numbers: &[u32]| shards(1, numbers.iter().map(|&number| pair(7, number))).remove(&0).unwrap();
        assert_eq!(bytes(&[3, 3, 300]), [2, 0, 0, 0, 7, 4, 0, 3, 0xA9, 2]);
        assert_eq!(bytes(&[0, 1, 2, 9]), [2, 0, 0, 0, 7, 3, 1, 0b111, 0b10]);
        assert_eq!(bytes(&[]), [0, 0, 0, 0]);
    }

    proptest! {
        #[test]
        fn every_list_of_every_shard_is_read_as_it_was_gathered(
            lists in prop::collection::btree_map(any::<u32>(), prop::collection::btree_set(0u32..4000, 1..60), 0..20),
            dense in any::<u32>(), count in 1usize..200,
        ) {
            let mut lists: BTreeMap<u32, BTreeSet<u32>> = lists;
            lists.insert(dense, (0..999).collect());
            let pairs = lists.iter().flat_map(|(&gram, numbers)| numbers.iter().map(move |&number| pair(gram, number)));
            let made = shards(count, pairs);
            prop_assert_eq!(made.len(), count);
            for (gram, numbers) in &lists {
                let list = list_in(&made[&shard(*gram, count)], *gram);
                prop_assert_eq!(list, numbers.iter().copied().collect::<Vec<_>>());
            }
            let other = dense.wrapping_add(1);
            let held = lists.get(&other).map_or(0, BTreeSet::len);
            prop_assert_eq!(list_in(&made[&shard(other, count)], other).len(), held);
        }
    }
}
