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

/// The parts of an article for which an n-gram has lists of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// the whole article
    Article,
    Title,
    /// kicker and subtitle
    Subtitles,
    /// pairs of characters that punctuation or a space parts
    Parted,
}

/// The number of sections.
pub(crate) const SECTIONS: u32 = 4;

/// The number of a posting in a builder of [`Numbers::Articles`].
pub(crate) fn in_section(article: u32, section: Section) -> u32 {
    article * SECTIONS + section as u32
}

/// What the numbers of postings count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numbers {
    /// articles, each [in a section](in_section)
    Articles,
    /// places in the texts of a volume
    Places,
}

/// The posting lists of some shards.
#[derive(Debug)]
pub(crate) struct ShardBuilder {
    numbers: Numbers,
    shards: usize,
    /// the partition of a shard is the remainder of its number
    partitions: Vec<PostingBuffer>,
}

impl ShardBuilder {
    /// A builder of `shards` shards, at least one.
    pub(crate) fn new(numbers: Numbers, shards: usize) -> Self {
        let partitions = (0..shards.min(PARTITIONS)).map(|_| PostingBuffer::default()).collect();
        Self { numbers, shards, partitions }
    }

    /// Adds postings. None may have a lesser number than one that was [merged](Self::merge_due).
    pub(crate) fn extend(&mut self, postings: impl IntoIterator<Item = Posting>) {
        let partitions = self.partitions.len();
        for posting in postings {
            self.partitions[shard_of(ngram(posting), self.shards) % partitions].push(posting);
        }
    }

    /// Merges the postings of partitions that have many.
    pub(crate) fn merge_due(&mut self) {
        self.partitions.par_iter_mut().filter(|buffer| buffer.is_due()).for_each(PostingBuffer::merge);
    }

    /// Every n-gram, and in how many articles it is.
    pub(crate) fn frequencies(&mut self) -> impl Iterator<Item = (Ngram, u32)> + '_ {
        self.partitions.par_iter_mut().for_each(PostingBuffer::merge);
        let lists = self.partitions.iter().flat_map(PostingBuffer::lists);
        lists.map(|(ngram, list)| (ngram, articles_in(list.deltas))).filter(|(_, articles)| *articles > 0)
    }

    /// Calls `put` with every shard and its bytes, several in parallel; empty shards included.
    pub(crate) fn each_shard(self, put: impl Fn(usize, Vec<u8>) -> Result<()> + Sync) -> Result<()> {
        let (numbers, shards, count) = (self.numbers, self.shards, self.partitions.len());
        (self.partitions.into_par_iter().enumerate()).try_for_each(|(at, mut buffer)| {
            buffer.merge();
            let mut lists: Vec<ShardedList<'_>> =
                buffer.lists().map(|(ngram, list)| (shard_of(ngram, shards), ngram, list)).collect();
            lists.sort_unstable_by_key(|&(shard, ngram, _)| (shard, ngram));
            (at..shards).step_by(count).try_for_each(|shard| {
                let from = lists.partition_point(|list| list.0 < shard);
                let to = lists.partition_point(|list| list.0 <= shard);
                put(shard, encode_shard(numbers, lists[from..to].iter().map(|&(_, ngram, list)| (ngram, list))))
            })
        })
    }
}

/// A posting list with its shard and its n-gram.
type ShardedList<'a> = (usize, Ngram, PostingList<'a>);

/// The bytes of a shard, given its lists in the order of their n-grams.
pub(crate) fn encode_shard<'a>(numbers: Numbers, lists: impl Iterator<Item = (Ngram, PostingList<'a>)>) -> Vec<u8> {
    let (mut table, mut encoded, mut before) = (Vec::new(), Vec::new(), 0);
    for (ngram, list) in lists {
        varint::push(&mut table, ngram - before);
        before = ngram;
        match numbers {
            Numbers::Articles => encode_sections(list, &mut table, &mut encoded),
            Numbers::Places => {
                varint::push(&mut table, size(list.deltas.len()));
                encoded.extend(list.deltas);
            }
        }
    }
    [size(table.len()).to_le_bytes().to_vec(), table, encoded].concat()
}

/// The number of articles in a list of all sections.
fn articles_in(mut deltas: &[u8]) -> u32 {
    let (mut number, mut articles) = (0, 0);
    while !deltas.is_empty() {
        number += varint::take(&mut deltas);
        articles += u32::from(number % SECTIONS == Section::Article as u32);
    }
    articles
}

/// Appends the lists of each section, and their lengths to the table.
fn encode_sections(list: PostingList<'_>, table: &mut Vec<u8>, out: &mut Vec<u8>) {
    let mut sections = [const { Vec::new() }; SECTIONS as usize];
    let (mut left, mut number) = (list.deltas, 0);
    while !left.is_empty() {
        number += varint::take(&mut left);
        sections[(number % SECTIONS) as usize].push(number / SECTIONS);
    }
    let lengths = sections.map(|articles| {
        let from = out.len();
        encode_list(&articles, out);
        size(out.len() - from)
    });
    let has_more = lengths[1..].iter().any(|length| *length > 0);
    varint::push(table, lengths[0] << 1 | u32::from(has_more));
    lengths[1..].iter().filter(|_| has_more).for_each(|length| varint::push(table, *length));
}

/// Appends the encoding of a list: deltas, or a bitmap where that is shorter; nothing for an empty one.
fn encode_list(articles: &[u32], out: &mut Vec<u8>) {
    let Some(last) = articles.last() else { return };
    let (from, bitmap) = (out.len(), *last as usize / 8 + 1);
    out.push(0);
    let mut before = 0;
    for &article in articles {
        varint::push(out, article - before);
        before = article;
    }
    if out.len() - from - 1 <= bitmap {
        return;
    }
    out.truncate(from);
    out.push(1);
    out.resize(from + 1 + bitmap, 0);
    articles.iter().for_each(|article| out[from + 1 + *article as usize / 8] |= 1 << (article % 8));
}

fn size(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("a shard has the lists of a few hundred n-grams of one volume")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::posting_buffer::posting;
    use crate::search::test_reader::{list_in, places_in};
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};
    use std::sync::Mutex;

    fn shards(numbers: Numbers, count: usize, postings: impl IntoIterator<Item = Posting>) -> BTreeMap<usize, Vec<u8>> {
        let mut builder = ShardBuilder::new(numbers, count);
        builder.extend(postings);
        builder.merge_due();
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
        let bytes = |articles: &[u32]| {
            let postings = articles.iter().map(|&article| posting(7, in_section(article, Section::Article)));
            shards(Numbers::Articles, 1, postings).remove(&0).unwrap()
        };
        assert_eq!(bytes(&[3, 3, 300]), [2, 0, 0, 0, 7, 8, 0, 3, 0xA9, 2]);
        assert_eq!(bytes(&[0, 1, 2, 9]), [2, 0, 0, 0, 7, 6, 1, 0b111, 0b10]);
        assert_eq!(bytes(&[]), [0, 0, 0, 0]);
    }

    #[test]
    fn a_list_of_another_section_is_behind_that_of_articles() {
        let postings = [(1, Section::Article), (1, Section::Subtitles), (4, Section::Title)];
        let postings = postings.map(|(article, section)| posting(7, in_section(article, section)));
        let shard = shards(Numbers::Articles, 1, postings).remove(&0).unwrap();
        assert_eq!(shard, [5, 0, 0, 0, 7, 5, 2, 2, 0, 0, 1, 0, 4, 0, 1]);
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
                || lists.iter().flat_map(|(&ngram, numbers)| numbers.iter().map(move |&number| posting(ngram, number)));
            let made = shards(Numbers::Articles, count, postings());
            let places = shards(Numbers::Places, count, postings());
            prop_assert_eq!((made.len(), places.len()), (count, count));
            for (ngram, numbers) in &lists {
                for section in [Section::Article, Section::Title, Section::Subtitles, Section::Parted] {
                    let list = list_in(&made[&shard_of(*ngram, count)], *ngram, section);
                    let expected = numbers.iter().filter(|number| *number % SECTIONS == section as u32);
                    prop_assert_eq!(list, expected.map(|number| number / SECTIONS).collect::<Vec<_>>());
                }
                let list = places_in(&places[&shard_of(*ngram, count)], *ngram);
                prop_assert_eq!(list, numbers.iter().copied().collect::<Vec<_>>());
            }
            let other = dense.wrapping_add(1);
            let expected = lists.get(&other).map_or(0, BTreeSet::len);
            prop_assert_eq!(places_in(&places[&shard_of(other, count)], other).len(), expected);
        }
    }
}
