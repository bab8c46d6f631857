//! Pairs of Chinese characters that texts have, for what may have been meant where nothing was found.
//!
//! A line for each character: itself, the characters that follow it and those that precede it, the most frequent pairs first, and
//! those that sound the same, the most frequent first; separated by tabs.

use crate::search::ngrams::{Ngram, shard_of};
use crate::text::pinyin::syllables;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The most characters of each kind in a line.
const MOST: usize = 40;

/// What is known of a character.
#[derive(Default)]
struct Neighbours {
    articles: u32,
    following: Vec<(Reverse<u32>, char)>,
    preceding: Vec<(Reverse<u32>, char)>,
}

/// The shards of all characters, given the n-grams of the newest texts and in how many articles each of them is.
pub(crate) fn shards(ngrams: impl Iterator<Item = (Ngram, u32)>, count: usize) -> Vec<String> {
    let mut all: BTreeMap<char, Neighbours> = ordinary().map(|c| (c, Neighbours::default())).collect();
    for (ngram, articles) in ngrams {
        let [first, second] = [ngram >> 16, ngram & 0xFFFF].map(chinese);
        match (first, second) {
            (Some(first), Some(second)) => {
                all.entry(first).or_default().following.push((Reverse(articles), second));
                all.entry(second).or_default().preceding.push((Reverse(articles), first));
            }
            (None, Some(only)) if ngram >> 16 == 0 => all.entry(only).or_default().articles = articles,
            _ => {}
        }
    }
    let sounds = by_sound(&all);
    let mut shards = vec![String::new(); count];
    for (&c, neighbours) in &mut all {
        let same = reading(c).and_then(|reading| sounds.get(&reading)).map_or(&[][..], Vec::as_slice);
        let same: String = same.iter().map(|(_, other)| *other).filter(|other| *other != c).take(MOST).collect();
        let [following, preceding] =
            [&mut neighbours.following, &mut neighbours.preceding].map(|all| most_frequent(all));
        let line = format!("{c}\t{following}\t{preceding}\t{same}\n");
        shards[shard_of(u32::from(c), count)].push_str(&line);
    }
    shards
}

fn chinese(unit: u32) -> Option<char> {
    char::from_u32(unit).filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c))
}

/// The characters of GB 2312: what may be typed.
fn ordinary() -> impl Iterator<Item = char> {
    let cells = (0xB0..=0xF7).flat_map(|row| (0xA1..=0xFE).map(move |cell| [row, cell]));
    let bytes: Vec<u8> = cells.flatten().collect();
    let (text, _, _) = encoding_rs::GBK.decode(&bytes);
    text.chars().filter(|c| chinese(u32::from(*c)).is_some()).collect::<Vec<_>>().into_iter()
}

fn reading(c: char) -> Option<String> {
    syllables(c.encode_utf8(&mut [0; 4])).pop()
}

/// The characters of the texts by their readings, the most frequent first.
fn by_sound(all: &BTreeMap<char, Neighbours>) -> BTreeMap<String, Vec<(Reverse<u32>, char)>> {
    let mut sounds: BTreeMap<String, Vec<(Reverse<u32>, char)>> = BTreeMap::new();
    for (&c, neighbours) in all.iter().filter(|(_, neighbours)| neighbours.articles > 0) {
        reading(c)
            .into_iter()
            .for_each(|reading| sounds.entry(reading).or_default().push((Reverse(neighbours.articles), c)));
    }
    sounds.values_mut().for_each(|characters| characters.sort_unstable());
    sounds
}

fn most_frequent(characters: &mut [(Reverse<u32>, char)]) -> String {
    characters.sort_unstable();
    characters.iter().map(|(_, c)| *c).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(text: &str) -> Ngram {
        let units: Vec<u16> = text.encode_utf16().collect();
        u32::from(units[0]) << 16 | u32::from(units[1])
    }

    #[test]
    fn a_character_has_its_neighbours_and_those_that_sound_the_same() {
        let ngrams =
            [(pair("津贴"), 3), (pair("津要"), 5), (pair("铁路"), 2), (u32::from('贴'), 3), (u32::from('铁'), 9)];
        let shards = shards(ngrams.into_iter(), 1);
        let lines: Vec<&str> = shards[0].lines().collect();
        assert!(lines.contains(&"津\t要贴\t\t"), "none of the texts has another jin");
        assert!(lines.contains(&"贴\t\t津\t铁"));
        assert!(lines.contains(&"帖\t\t\t铁贴"), "no text has it, but it may be typed");
        assert_eq!(lines.len(), 6763);
    }

    #[test]
    fn what_is_no_pair_of_chinese_characters_is_left_out() {
        let shards = shards([(pair("a贴"), 3), (pair("贴，"), 3), (0xFDD1_0000, 3)].into_iter(), 1);
        assert!(shards[0].lines().any(|line| line == "贴\t\t\t"));
    }
}
