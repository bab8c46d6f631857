//! A reader of the index for tests: `static/search-index.js` in Rust, without its asynchronous requests.

use crate::search::fold::fold;
use crate::search::ngrams::{Ngram, for_each, shard_of};
use crate::site::shards::{self, Shards, TEXTS, VOLUME};
use std::collections::BTreeMap;

/// The list of an n-gram in a shard's bytes; empty where it has none.
pub(crate) fn list_in(bytes: &[u8], ngram: Ngram) -> Vec<u32> {
    lists_in(bytes).remove(&ngram).unwrap_or_default()
}

/// All posting lists of a shard.
pub(crate) fn lists_in(bytes: &[u8]) -> BTreeMap<Ngram, Vec<u32>> {
    let length = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize;
    let (table, lists) = bytes[4..].split_at(length);
    let (mut at, mut ngram, mut from) = (0, 0, 0);
    let mut found = BTreeMap::new();
    while at < table.len() {
        ngram += number(table, &mut at);
        let length = number(table, &mut at) as usize;
        found.insert(ngram, numbers(&lists[from..from + length]));
        from += length;
    }
    found
}

fn numbers(list: &[u8]) -> Vec<u32> {
    let (kind, rest) = list.split_first().unwrap();
    if *kind == 1 {
        return (0..rest.len() as u32 * 8).filter(|n| rest[*n as usize / 8] >> (n % 8) & 1 == 1).collect();
    }
    let (mut at, mut last, mut found) = (0, 0, Vec::new());
    while at < rest.len() {
        last += number(rest, &mut at);
        found.push(last);
    }
    found
}

fn number(bytes: &[u8], at: &mut usize) -> u32 {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = bytes[*at];
        *at += 1;
        number |= u32::from(byte & 0x7F) << shift;
        shift += 7;
        if byte < 0x80 {
            return number;
        }
    }
}

/// An index in memory.
#[derive(Debug)]
pub(crate) struct IndexReader<'a> {
    pub(crate) files: &'a BTreeMap<String, Vec<u8>>,
    pub(crate) shards: &'a Shards,
}

impl IndexReader<'_> {
    /// The candidates: articles that contain all n-grams.
    pub(crate) fn candidates(&self, ngrams: &[Ngram]) -> Vec<usize> {
        let mut candidates = Vec::new();
        for (volume, &count) in self.shards.volumes.iter().enumerate() {
            let lists: Vec<Vec<u32>> = (ngrams.iter())
                .map(|&ngram| list_in(&self.files[&shards::volume_file(volume, shard_of(ngram, count))], ngram))
                .collect();
            let first = lists[0].iter().filter(|id| lists.iter().all(|list| list.binary_search(id).is_ok()));
            candidates.extend(first.map(|&id| volume * VOLUME + id as usize));
        }
        candidates
    }

    /// Articles whose headline contains all n-grams; with `subtitles`, whose kicker and subtitle do.
    pub(crate) fn headings(&self, ngrams: &[Ngram], subtitles: bool) -> Vec<usize> {
        let lists: Vec<Vec<u32>> = (ngrams.iter())
            .map(|&ngram| list_in(&self.files[&shards::headings_file(shard_of(ngram, self.shards.headings))], ngram))
            .collect();
        let common = lists[0].iter().filter(|id| lists.iter().all(|list| list.binary_search(id).is_ok()));
        common.filter(|id| (*id % 2 == 1) == subtitles).map(|id| *id as usize / 2).collect()
    }

    /// The lines of a document.
    pub(crate) fn document(&self, id: usize) -> Vec<String> {
        let units: Vec<u16> = (self.files[&shards::texts_file(id / TEXTS)].chunks(2))
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect();
        let text = String::from_utf16(&units).unwrap();
        text.split('\0').nth(id % TEXTS).unwrap().split('\n').map(str::to_owned).collect()
    }

    /// The articles that contain what was typed.
    pub(crate) fn find(&self, typed: &str) -> Vec<usize> {
        let typed = fold(typed);
        let mut ngrams = Vec::new();
        for_each(&typed, |ngram| ngrams.push(ngram));
        let matches = |id: &usize| {
            let document = self.document(*id);
            document[4..].iter().any(|line| fold(line).windows(typed.len()).any(|part| part == typed))
        };
        self.candidates(&ngrams).into_iter().filter(matches).collect()
    }
}
