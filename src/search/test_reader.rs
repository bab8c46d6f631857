//! A reader of the index for tests: `static/search-index.js` in Rust, without its asynchronous requests.

use crate::search::fold::fold;
use crate::search::ngrams::{Ngram, for_each, shard_of};
use crate::search::packing::unpack;
use crate::search::places::{SLOT, TITLE_ROOM};
use crate::search::shard_builder::Section;
use crate::search::varint;
use crate::site::index_set::{IndexSet, TEXTS, VOLUME};
use std::collections::BTreeMap;

/// The lines of an article's metadata, before its headline.
const METADATA_LINES: usize = 7;

/// A section's list of an n-gram in a shard's bytes; empty where it has none.
pub(crate) fn list_in(bytes: &[u8], ngram: Ngram, section: Section) -> Vec<u32> {
    lists_in(bytes).remove(&ngram).map_or(Vec::new(), |mut lists| lists.swap_remove(section as usize))
}

/// The places of an n-gram in a shard's bytes.
pub(crate) fn places_in(bytes: &[u8], ngram: Ngram) -> Vec<u32> {
    let (mut table, mut lists) = parts(bytes);
    let mut at = 0;
    while !table.is_empty() {
        at += varint::take(&mut table);
        let (list, rest) = lists.split_at(varint::take(&mut table) as usize);
        lists = rest;
        if at == ngram {
            return ascending(list);
        }
    }
    Vec::new()
}

/// All posting lists of a shard of articles: four sections of each n-gram.
pub(crate) fn lists_in(bytes: &[u8]) -> BTreeMap<Ngram, Vec<Vec<u32>>> {
    let (mut table, mut lists) = parts(bytes);
    let (mut ngram, mut found) = (0, BTreeMap::new());
    while !table.is_empty() {
        ngram += varint::take(&mut table);
        let first = varint::take(&mut table);
        let mut lengths = vec![first >> 1];
        lengths.extend((0..3).map(|_| if first & 1 == 1 { varint::take(&mut table) } else { 0 }));
        let sections = lengths.into_iter().map(|length| {
            let (list, rest) = lists.split_at(length as usize);
            lists = rest;
            articles(list)
        });
        found.insert(ngram, sections.collect());
    }
    found
}

fn parts(bytes: &[u8]) -> (&[u8], &[u8]) {
    let length = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize;
    bytes[4..].split_at(length)
}

fn articles(list: &[u8]) -> Vec<u32> {
    match list.split_first() {
        None => Vec::new(),
        Some((1, rest)) => (0..rest.len() as u32 * 8).filter(|n| rest[*n as usize / 8] >> (n % 8) & 1 == 1).collect(),
        Some((_, rest)) => ascending(rest),
    }
}

fn ascending(mut list: &[u8]) -> Vec<u32> {
    let (mut last, mut found) = (0, Vec::new());
    while !list.is_empty() {
        last += varint::take(&mut list);
        found.push(last);
    }
    found
}

/// An index in memory.
#[derive(Debug)]
pub(crate) struct IndexReader<'a> {
    pub(crate) files: &'a BTreeMap<String, Vec<u8>>,
    pub(crate) set: &'a IndexSet,
}

impl IndexReader<'_> {
    /// The candidates: articles that contain all n-grams, in a section.
    pub(crate) fn candidates(&self, ngrams: &[Ngram], section: Section) -> Vec<usize> {
        let mut candidates = Vec::new();
        for (volume, &count) in self.set.volumes.iter().enumerate() {
            let file = |ngram| &self.files[&self.set.list_file(volume, shard_of(ngram, count))];
            let lists: Vec<Vec<u32>> = ngrams.iter().map(|&ngram| list_in(file(ngram), ngram, section)).collect();
            let first = lists[0].iter().filter(|id| lists.iter().all(|list| list.binary_search(id).is_ok()));
            candidates.extend(first.map(|&id| volume * VOLUME + id as usize));
        }
        candidates
    }

    /// The lines of a document.
    pub(crate) fn document(&self, id: usize) -> Vec<String> {
        let text = String::from_utf8(unpack(&self.files[&self.set.texts_file(id / TEXTS)]).unwrap()).unwrap();
        text.split('\0').nth(id % TEXTS).unwrap().split('\n').map(str::to_owned).collect()
    }

    /// The articles that contain what was typed: those of its n-grams, verified against the texts.
    pub(crate) fn find(&self, typed: &str) -> Vec<usize> {
        let typed = fold(typed);
        let mut ngrams = Vec::new();
        for_each(&typed, |ngram, _| ngrams.push(ngram));
        let matches = |id: &usize| {
            let document = self.document(*id);
            document[METADATA_LINES..].iter().any(|line| fold(line).windows(typed.len()).any(|part| part == typed))
        };
        self.candidates(&ngrams, Section::Article).into_iter().filter(matches).collect()
    }

    /// The same, by the places of its n-grams alone; each with whether its headline contains it.
    pub(crate) fn find_by_places(&self, typed: &str) -> Vec<(usize, bool)> {
        let typed = fold(typed);
        let mut ngrams = Vec::new();
        for_each(&typed, |ngram, at| ngrams.push((ngram, at as u32)));
        let mut found: Vec<(usize, bool)> = Vec::new();
        for (volume, &count) in self.set.volumes.iter().enumerate() {
            let slots = first_slots(&unpack(&self.files[&self.set.slots_file(volume)]).unwrap());
            let places = |ngram| places_in(&self.files[&self.set.places_file(volume, shard_of(ngram, count))], ngram);
            let lists: Vec<(Vec<u32>, u32)> = ngrams.iter().map(|&(ngram, at)| (places(ngram), at)).collect();
            let starts = lists[0]
                .0
                .iter()
                .filter(|start| lists.iter().all(|(list, at)| list.binary_search(&(*start + at)).is_ok()));
            for start in starts {
                let article = slots.partition_point(|slot| slot * SLOT <= *start) - 1;
                let is_title = start - slots[article] * SLOT < TITLE_ROOM;
                match found.last_mut().filter(|last| last.0 == volume * VOLUME + article) {
                    Some(last) => last.1 |= is_title,
                    None => found.push((volume * VOLUME + article, is_title)),
                }
            }
        }
        found
    }
}

/// The first slot of each article, given their numbers of slots.
fn first_slots(mut counts: &[u8]) -> Vec<u32> {
    let (mut next, mut first) = (0, Vec::new());
    while !counts.is_empty() {
        first.push(next);
        next += varint::take(&mut counts);
    }
    first
}
