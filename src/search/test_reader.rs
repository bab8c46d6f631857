//! A reader of the index for tests: `static/search-index.js` in Rust, without its patience.

use crate::search::fold::Fold;
use crate::search::grams::{Gram, each, shard};
use crate::site::shards::{self, Shards, TEXTS, VOLUME};
use std::collections::BTreeMap;

/// The list of a gram in a shard's bytes; empty where it has none.
pub(crate) fn list_in(bytes: &[u8], gram: Gram) -> Vec<u32> {
    let length = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize;
    let (table, lists) = bytes[4..].split_at(length);
    let (mut at, mut known, mut from) = (0, 0, 0);
    while at < table.len() {
        known += number(table, &mut at);
        let length = number(table, &mut at) as usize;
        if known == gram {
            return numbers(&lists[from..from + length]);
        }
        from += length;
    }
    Vec::new()
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
pub(crate) struct Reader<'a> {
    pub(crate) files: &'a BTreeMap<String, Vec<u8>>,
    pub(crate) shards: &'a Shards,
}

impl Reader<'_> {
    /// The articles whose records the grams suggest: where all are held in one volume.
    pub(crate) fn suggested(&self, grams: &[Gram]) -> Vec<usize> {
        let mut suggested = Vec::new();
        for (volume, &count) in self.shards.volumes.iter().enumerate() {
            let lists: Vec<Vec<u32>> = (grams.iter())
                .map(|&gram| list_in(&self.files[&shards::grams(volume, shard(gram, count))], gram))
                .collect();
            let first = lists[0].iter().filter(|id| lists.iter().all(|list| list.binary_search(id).is_ok()));
            suggested.extend(first.map(|&id| volume * VOLUME + id as usize));
        }
        suggested
    }

    /// Articles that hold all grams in their heads: in the headline, or in kicker and subtitle.
    pub(crate) fn heads(&self, grams: &[Gram], beside: bool) -> Vec<usize> {
        let lists: Vec<Vec<u32>> = (grams.iter())
            .map(|&gram| list_in(&self.files[&shards::heads(shard(gram, self.shards.heads))], gram))
            .collect();
        let held = lists[0].iter().filter(|id| lists.iter().all(|list| list.binary_search(id).is_ok()));
        held.filter(|id| (*id % 2 == 1) == beside).map(|id| *id as usize / 2).collect()
    }

    /// An article's lines.
    pub(crate) fn record(&self, id: usize) -> Vec<String> {
        let units: Vec<u16> = (self.files[&shards::texts(id / TEXTS)].chunks(2))
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect();
        let text = String::from_utf16(&units).unwrap();
        text.split('\0').nth(id % TEXTS).unwrap().split('\n').map(str::to_owned).collect()
    }

    /// The articles that hold what was typed.
    pub(crate) fn find(&self, typed: &str) -> Vec<usize> {
        let fold = Fold::default();
        let typed = fold.text(typed);
        let mut grams = Vec::new();
        each(&typed, |gram| grams.push(gram));
        let holds = |id: &usize| {
            let record = self.record(*id);
            record[4..].iter().any(|line| fold.text(line).windows(typed.len()).any(|part| part == typed))
        };
        self.suggested(&grams).into_iter().filter(holds).collect()
    }
}
