//! Reads shards of the index as they were written. (The format: `search/mod.rs`.)
//!
//! Their bytes come from a folder that anybody may write to: damaged ones give nothing.

use crate::search::ngrams::Ngram;
use crate::search::posting_buffer::{Posting, posting};
use crate::search::shard_builder::{Numbers, SECTIONS};
use crate::search::varint;

/// The encoded lists of an n-gram: one for each section, or the first alone with places.
type Lists<'a> = [&'a [u8]; SECTIONS as usize];

/// All postings of a shard, unsorted; none where its bytes are no shard.
pub(crate) fn postings(numbers: Numbers, shard: &[u8]) -> Option<Vec<Posting>> {
    let mut postings = Vec::new();
    for (ngram, lists) in lists(numbers, shard)? {
        match numbers {
            Numbers::Places => add_ascending(lists[0], &mut |place| postings.push(posting(ngram, place)))?,
            Numbers::Articles => {
                for (section, list) in (0..).zip(lists) {
                    let mut add =
                        |article: u32| postings.push(posting(ngram, article.wrapping_mul(SECTIONS) + section));
                    add_articles(list, &mut add)?;
                }
            }
        }
    }
    Some(postings)
}

/// The n-grams of a shard of articles, and how many articles have each; none where its bytes are no shard.
pub(crate) fn frequencies(shard: &[u8]) -> Option<Vec<(Ngram, u32)>> {
    let frequency = |(ngram, lists): (Ngram, Lists<'_>)| (ngram, articles_in(lists[0]));
    Some(lists(Numbers::Articles, shard)?.into_iter().map(frequency).filter(|(_, articles)| *articles > 0).collect())
}

fn lists(numbers: Numbers, shard: &[u8]) -> Option<Vec<(Ngram, Lists<'_>)>> {
    let (length, rest) = shard.split_first_chunk()?;
    let (mut table, mut encoded) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    let (mut ngram, mut found): (Ngram, _) = (0, Vec::new());
    while !table.is_empty() {
        ngram = ngram.checked_add(varint::take(&mut table))?;
        let first = varint::take(&mut table);
        let (first, has_more) = match numbers {
            Numbers::Articles => (first >> 1, first & 1 == 1),
            Numbers::Places => (first, false),
        };
        let mut lists = [&[][..]; SECTIONS as usize];
        for (section, list) in lists.iter_mut().enumerate().take(if has_more { SECTIONS as usize } else { 1 }) {
            let length = if section == 0 { first } else { varint::take(&mut table) };
            (*list, encoded) = encoded.split_at_checked(length as usize)?;
        }
        found.push((ngram, lists));
    }
    encoded.is_empty().then_some(found)
}

/// The number of articles in a list.
fn articles_in(list: &[u8]) -> u32 {
    match list.split_first() {
        Some((1, bitmap)) => bitmap.iter().map(|byte| byte.count_ones()).sum(),
        Some((_, deltas)) => deltas.iter().map(|byte| u32::from(*byte < 0x80)).sum(),
        None => 0,
    }
}

fn add_articles(list: &[u8], add: &mut impl FnMut(u32)) -> Option<()> {
    match list.split_first() {
        Some((1, bitmap)) => {
            let bits = (0..).zip(bitmap).flat_map(|(at, byte)| (0..8).map(move |bit| (at * 8 + bit, byte >> bit & 1)));
            bits.filter(|(_, bit)| *bit == 1).for_each(|(article, _)| add(article));
            Some(())
        }
        Some((_, deltas)) => add_ascending(deltas, add),
        None => Some(()),
    }
}

fn add_ascending(mut deltas: &[u8], add: &mut impl FnMut(u32)) -> Option<()> {
    let mut number: u32 = 0;
    while !deltas.is_empty() {
        number = number.checked_add(varint::take(&mut deltas))?;
        add(number);
    }
    Some(())
}
