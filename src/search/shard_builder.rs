//! Builds the shards of an index from postings, and encodes them. (The format: `search/mod.rs`.)
//!
//! Shards are grouped into partitions with a buffer each, so that each partition can be merged by itself and is split into
//! its shards in the end.

use crate::diagnostics::error::Result;
use crate::search::ngrams::{Ngram, shard_of};
use crate::search::posting_buffer::{Posting, PostingBuffer, PostingList, ngram};
use crate::search::varint;
use rayon::prelude::*;

/// The most partitions: while one is merged, it is in memory twice.
const PARTITIONS: usize = 64;

/// The posting lists of some shards.
#[derive(Debug)]
pub(crate) struct ShardBuilder {
    shards: usize,
    /// the partition of a shard is the remainder of its number
    partitions: Vec<PostingBuffer>,
}

impl ShardBuilder {
    /// A builder of `shards` shards, at least one.
    pub(crate) fn new(shards: usize) -> Self {
        Self { shards, partitions: (0..shards.min(PARTITIONS)).map(|_| PostingBuffer::default()).collect() }
    }

    /// Adds postings. Those of the next call must not have lesser numbers.
    pub(crate) fn add(&mut self, postings: impl IntoIterator<Item = Posting>) {
        let partitions = self.partitions.len();
        for posting in postings {
            self.partitions[shard_of(ngram(posting), self.shards) % partitions].push(posting);
        }
        self.partitions.par_iter_mut().filter(|buffer| buffer.is_due()).for_each(PostingBuffer::merge);
    }

    /// Calls `put` with every shard and its bytes, several in parallel; empty shards included.
    pub(crate) fn each_shard(self, put: impl Fn(usize, Vec<u8>) -> Result<()> + Sync) -> Result<()> {
        let (shards, count) = (self.shards, self.partitions.len());
        (self.partitions.into_par_iter().enumerate()).try_for_each(|(at, mut buffer)| {
            buffer.merge();
            let mut lists: Vec<ShardedList<'_>> =
                buffer.lists().map(|(ngram, list)| (shard_of(ngram, shards), ngram, list)).collect();
            lists.sort_unstable_by_key(|&(shard, ngram, _)| (shard, ngram));
            (at..shards).step_by(count).try_for_each(|shard| {
                let from = lists.partition_point(|list| list.0 < shard);
                let to = lists.partition_point(|list| list.0 <= shard);
                put(shard, encode_shard(&lists[from..to]))
            })
        })
    }
}

/// A posting list with its shard and its n-gram.
type ShardedList<'a> = (usize, Ngram, PostingList<'a>);

/// The bytes of a shard, given its lists in the order of their n-grams.
fn encode_shard(lists: &[ShardedList<'_>]) -> Vec<u8> {
    let (mut table, mut encoded, mut before) = (Vec::new(), Vec::new(), 0);
    for &(_, ngram, list) in lists {
        let from = encoded.len();
        encode_list(list, &mut encoded);
        varint::push(&mut table, ngram - before);
        varint::push(&mut table, size(encoded.len() - from));
        before = ngram;
    }
    [size(table.len()).to_le_bytes().to_vec(), table, encoded].concat()
}

/// Appends the encoding of a list: deltas, or a bitmap where that is shorter.
fn encode_list(PostingList { deltas, last }: PostingList<'_>, out: &mut Vec<u8>) {
    let bitmap = last as usize / 8 + 1;
    if deltas.len() <= bitmap {
        out.push(0);
        out.extend(deltas);
        return;
    }
    out.push(1);
    let from = out.len();
    out.resize(from + bitmap, 0);
    let (mut left, mut number) = (deltas, 0);
    while !left.is_empty() {
        number += varint::take(&mut left);
        out[from + number as usize / 8] |= 1 << (number % 8);
    }
}

fn size(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("a shard has the lists of a few hundred n-grams of one volume")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::posting_buffer::posting;
    use crate::search::test_reader::list_in;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};
    use std::sync::Mutex;

    fn shards(count: usize, postings: impl IntoIterator<Item = Posting>) -> BTreeMap<usize, Vec<u8>> {
        let mut builder = ShardBuilder::new(count);
        builder.add(postings);
        let made = Mutex::new(BTreeMap::new());
        let put = |shard, bytes| {
            assert!(made.lock().unwrap().insert(shard, bytes).is_none());
            Ok(())
        };
        builder.each_shard(put).unwrap();
        made.into_inner().unwrap()
    }

    #[test]
    fn a_sparse_list_is_deltas_and_a_dense_one_a_bitmap() {
        let bytes = |numbers: &[u32]| shards(1, numbers.iter().map(|&number| posting(7, number))).remove(&0).unwrap();
        assert_eq!(bytes(&[3, 3, 300]), [2, 0, 0, 0, 7, 4, 0, 3, 0xA9, 2]);
        assert_eq!(bytes(&[0, 1, 2, 9]), [2, 0, 0, 0, 7, 3, 1, 0b111, 0b10]);
        assert_eq!(bytes(&[]), [0, 0, 0, 0]);
    }

    proptest! {
        #[test]
        fn every_list_of_every_shard_is_decoded_as_it_was_added(
            lists in prop::collection::btree_map(any::<u32>(), prop::collection::btree_set(0u32..4000, 1..60), 0..20),
            dense in any::<u32>(), count in 1usize..200,
        ) {
            let mut lists: BTreeMap<u32, BTreeSet<u32>> = lists;
            lists.insert(dense, (0..999).collect());
            let postings =
                lists.iter().flat_map(|(&ngram, numbers)| numbers.iter().map(move |&number| posting(ngram, number)));
            let made = shards(count, postings);
            prop_assert_eq!(made.len(), count);
            for (ngram, numbers) in &lists {
                let list = list_in(&made[&shard_of(*ngram, count)], *ngram);
                prop_assert_eq!(list, numbers.iter().copied().collect::<Vec<_>>());
            }
            let other = dense.wrapping_add(1);
            let expected = lists.get(&other).map_or(0, BTreeSet::len);
            prop_assert_eq!(list_in(&made[&shard_of(other, count)], other).len(), expected);
        }
    }
}
