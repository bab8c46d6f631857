//! The words that a text comes back to, by which [`related`](crate::library::related) knows what it tells of.
//!
//! Without a dictionary a word is a pair of neighbouring 汉字. What stands in the headline counts, and what the text says
//! more than once; of these the most frequent are kept, packed into four bytes each, so that an article is known by some
//! hundred bytes and its text need not be read again.

use crate::base::han::is_han;
use std::cmp::Reverse;

/// Pairs that are kept of an article.
const KEPT: usize = 48;
/// What standing in the headline is worth beside standing once in the text.
const HEADLINE: u32 = 3;
/// From here on a pair is kept: a headline, or twice in the text.
const ENOUGH: usize = 2;
/// Pairs of most articles.
const ROOM: usize = 1000;

/// The pairs of 汉字 that a headline and a text come back to, sorted.
pub fn salient<'t>(headline: &str, texts: impl IntoIterator<Item = &'t str>) -> Box<[u32]> {
    let mut all: Vec<u32> = Vec::with_capacity(ROOM);
    (0..HEADLINE).for_each(|_| all.extend(pairs(headline)));
    texts.into_iter().for_each(|text| all.extend(pairs(text)));
    // equal ones side by side: sooner done than a table of all that stand there but once
    all.sort_unstable();
    let counted = all.chunk_by(|a, b| a == b).map(|same| (Reverse(same.len()), same[0]));
    let mut ranked: Vec<_> = counted.filter(|(count, _)| count.0 >= ENOUGH).collect();
    ranked.sort_unstable();
    let mut kept: Vec<u32> = ranked.into_iter().take(KEPT).map(|(_, pair)| pair).collect();
    kept.sort_unstable();
    kept.into()
}

/// The pairs of neighbouring 汉字, those of the basic plane, two bytes for each.
fn pairs(text: &str) -> impl Iterator<Item = u32> + '_ {
    let code = |c: char| u16::try_from(u32::from(c)).ok().filter(|_| is_han(c)).map(u32::from);
    text.chars().zip(text.chars().skip(1)).filter_map(move |(a, b)| Some(code(a)? << 16 | code(b)?))
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
