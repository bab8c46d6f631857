//! The words that a text comes back to, by which [`related`](crate::catalog::related) knows what it tells of.
//!
//! Without a dictionary a word is a pair of neighbouring 汉字. What stands in the headline counts, and what the text says
//! more than once; of these the most frequent are kept, packed into four bytes each, so that an article is known by some
//! hundred bytes and its text need not be read again.

use crate::text::han::is_han;
use ahash::{HashMap, HashMapExt};
use std::cmp::Reverse;

/// Pairs that are kept of an article.
const KEPT: usize = 48;
/// What standing in the headline is worth beside standing once in the text.
const HEADLINE: u32 = 3;
/// From here on a pair is kept: a headline, or twice in the text.
const ENOUGH: u32 = 2;
/// Different pairs of most articles.
const ROOM: usize = 1000;

/// The pairs of 汉字 that a headline and a text come back to, sorted.
pub(crate) fn salient<'t>(headline: &str, texts: impl IntoIterator<Item = &'t str>) -> Box<[u32]> {
    let mut counts: HashMap<u32, u32> = HashMap::with_capacity(ROOM);
    pairs(headline).for_each(|pair| *counts.entry(pair).or_default() += HEADLINE);
    texts.into_iter().flat_map(pairs).for_each(|pair| *counts.entry(pair).or_default() += 1);
    let enough = counts.into_iter().filter(|&(_, count)| count >= ENOUGH);
    let mut ranked: Vec<(Reverse<u32>, u32)> = enough.map(|(pair, count)| (Reverse(count), pair)).collect();
    if ranked.len() > KEPT {
        ranked.select_nth_unstable(KEPT);
        ranked.truncate(KEPT);
    }
    let mut kept: Vec<u32> = ranked.into_iter().map(|(_, pair)| pair).collect();
    kept.sort_unstable();
    kept.into()
}

/// The pairs of neighbouring 汉字, those of the basic plane, two bytes for each.
fn pairs(text: &str) -> impl Iterator<Item = u32> + '_ {
    let code = |c: char| u16::try_from(u32::from(c)).ok().filter(|_| is_han(c)).map(u32::from);
    let mut before = None;
    text.chars().filter_map(move |c| {
        let (first, second) = (before, code(c));
        before = second;
        Some(first? << 16 | second?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(pairs: &[u32]) -> Vec<String> {
        let char = |code: u32| char::from_u32(code & 0xFFFF).unwrap();
        pairs.iter().map(|pair| [char(pair >> 16), char(*pair)].iter().collect()).collect()
    }

    #[test]
    fn headlines_and_what_is_said_again_are_kept() {
        let kept = salient("骑手食堂", ["食堂开饭。", "钳工来了，又来了。"]);
        let mut kept = words(&kept);
        kept.sort();
        assert_eq!(kept, ["手食", "来了", "食堂", "骑手"]);
    }

    #[test]
    fn no_more_than_some_are_kept_whatever_the_text() {
        let text: String = ('一'..='乿').chain('一'..='乿').collect();
        let kept = salient("", [text.as_str()]);
        assert!(kept.len() == KEPT && kept.is_sorted());
    }
}
