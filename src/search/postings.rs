//! The articles that hold a gram, as bytes.
//!
//! While an index is built, lists grow as differences in varints, which is most of the compression already: memory is
//! about what the files will come to. (The format: `search/mod.rs`.)

use crate::search::grams::{Gram, shard, spread};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Ascending numbers, as they come.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct List {
    differences: Vec<u8>,
    last: Option<u32>,
}

impl List {
    /// The next number; the last one again is not counted twice.
    pub fn push(&mut self, number: u32) {
        let difference = match self.last {
            Some(last) if last == number => return,
            Some(last) => number - last,
            None => number,
        };
        varint(&mut self.differences, difference);
        self.last = Some(number);
    }

    /// The list as it stands in a shard, after `out`.
    pub fn write(&self, out: &mut Vec<u8>) {
        let bits = self.last.map_or(0, |last| last as usize / 8 + 1);
        if self.differences.len() <= bits {
            out.push(0);
            out.extend(&self.differences);
            return;
        }
        out.push(1);
        let from = out.len();
        out.resize(from + bits, 0);
        let (mut number, mut difference, mut shift) = (0, 0, 0);
        for &byte in &self.differences {
            difference |= u32::from(byte & 0x7F) << shift;
            shift += 7;
            if byte < 0x80 {
                number += difference;
                out[from + number as usize / 8] |= 1 << (number % 8);
                (difference, shift) = (0, 0);
            }
        }
    }
}

/// Seven bits a byte, the lowest first; the high bit says that more follow.
fn varint(out: &mut Vec<u8>, mut number: u32) {
    while number > 0x7F {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Lists by gram.
#[derive(Debug, Default)]
pub struct Lists {
    by_gram: HashMap<Gram, List, BuildHasherDefault<Spread>>,
}

impl Lists {
    pub fn push(&mut self, gram: Gram, number: u32) {
        self.by_gram.entry(gram).or_default().push(number);
    }

    /// The bytes of every shard, of so many, in their order; those without a gram among them.
    pub fn shards(lists: &[Self], shards: usize) -> Vec<Vec<(Gram, &List)>> {
        let mut parted: Vec<Vec<(Gram, &List)>> = vec![Vec::new(); shards];
        for (&gram, list) in lists.iter().flat_map(|lists| &lists.by_gram) {
            parted[shard(gram, shards)].push((gram, list));
        }
        parted
    }
}

/// A shard's bytes.
pub fn shard_bytes(mut lists: Vec<(Gram, &List)>) -> Vec<u8> {
    lists.sort_unstable_by_key(|(gram, _)| *gram);
    let (mut table, mut held, mut before) = (Vec::new(), Vec::new(), 0);
    for (gram, list) in lists {
        let from = held.len();
        list.write(&mut held);
        varint(&mut table, gram - before);
        varint(&mut table, size(held.len() - from));
        before = gram;
    }
    [size(table.len()).to_le_bytes().to_vec(), table, held].concat()
}

fn size(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("a shard holds the lists of a few hundred grams, of one volume")
}

/// Grams as they are spread over shards: nobody chooses them to collide, and a hash that stands against that is slow.
#[derive(Debug, Default)]
struct Spread(u32);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        u64::from(self.0) << 32 | u64::from(self.0)
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(u32::from(byte));
        }
    }

    fn write_u32(&mut self, gram: u32) {
        self.0 = spread(self.0 ^ gram);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::reader::list_in;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn list(numbers: impl IntoIterator<Item = u32>) -> List {
        let mut list = List::default();
        numbers.into_iter().for_each(|number| list.push(number));
        list
    }

    #[test]
    fn a_sparse_list_is_differences_and_a_dense_one_is_bits() {
        let bytes = |numbers: &[u32]| {
            let mut out = Vec::new();
            list(numbers.iter().copied()).write(&mut out);
            out
        };
        assert_eq!(bytes(&[3, 3, 300]), [0, 3, 0xA9, 2]);
        assert_eq!(bytes(&[0, 1, 2, 9]), [1, 0b111, 0b10]);
        assert_eq!(bytes(&[]), [0]);
    }

    proptest! {
        #[test]
        fn every_list_of_a_shard_is_read_as_it_was_written(
            lists in prop::collection::btree_map(any::<u32>(), prop::collection::btree_set(0u32..4000, 1..60), 0..20),
            dense in any::<u32>(),
        ) {
            let mut lists: BTreeMap<u32, BTreeSet<u32>> = lists;
            lists.insert(dense, (0..999).collect());
            let written: Vec<(u32, List)> =
                lists.iter().map(|(gram, numbers)| (*gram, list(numbers.iter().copied()))).collect();
            let bytes = shard_bytes(written.iter().rev().map(|(gram, list)| (*gram, list)).collect());
            for (gram, numbers) in &lists {
                prop_assert_eq!(list_in(&bytes, *gram), numbers.iter().copied().collect::<Vec<_>>());
            }
            prop_assert_eq!(list_in(&bytes, dense.wrapping_add(1)).len(), lists.get(&dense.wrapping_add(1)).map_or(0, BTreeSet::len));
        }
    }
}
