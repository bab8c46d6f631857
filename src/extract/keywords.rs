//! Keywords: the salient terms of a text, by which [`related`](crate::catalog::related) compares articles.
//!
//! The measure is term frequency, with extra weight for the headline. Without a dictionary a term is a bigram of 汉字. The
//! most frequent ones are selected, packed into four bytes each, so that an article is described by some hundred bytes and
//! its text need not be read again.

use crate::text::han::is_han;
use ahash::{HashMap, HashMapExt};
use std::cmp::Reverse;

/// The most keywords of an article.
const MAX_KEYWORDS: usize = 48;
/// The weight of an occurrence in the headline; one in the text weighs 1.
const HEADLINE: u32 = 3;
/// The least weight of a keyword: in the headline, or twice in the text.
const THRESHOLD: u32 = 2;
/// Initial capacity: few articles have more distinct bigrams.
const CAPACITY: usize = 1000;

/// The keywords of an article as packed bigrams, sorted.
pub(crate) fn keywords<'t>(headline: &str, texts: impl IntoIterator<Item = &'t str>) -> Box<[u32]> {
    let mut weights: HashMap<u32, u32> = HashMap::with_capacity(CAPACITY);
    bigrams(headline).for_each(|bigram| *weights.entry(bigram).or_default() += HEADLINE);
    texts.into_iter().flat_map(bigrams).for_each(|bigram| *weights.entry(bigram).or_default() += 1);
    let salient = weights.into_iter().filter(|&(_, weight)| weight >= THRESHOLD);
    let mut ranked: Vec<(Reverse<u32>, u32)> = salient.map(|(bigram, weight)| (Reverse(weight), bigram)).collect();
    if ranked.len() > MAX_KEYWORDS {
        ranked.select_nth_unstable(MAX_KEYWORDS);
        ranked.truncate(MAX_KEYWORDS);
    }
    let mut selected: Vec<u32> = ranked.into_iter().map(|(_, bigram)| bigram).collect();
    selected.sort_unstable();
    selected.into()
}

/// The bigrams of neighbouring 汉字 of the basic plane, two bytes for each character.
fn bigrams(text: &str) -> impl Iterator<Item = u32> + '_ {
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

    fn words(bigrams: &[u32]) -> Vec<String> {
        let char = |code: u32| char::from_u32(code & 0xFFFF).unwrap();
        bigrams.iter().map(|bigram| [char(bigram >> 16), char(*bigram)].iter().collect()).collect()
    }

    #[test]
    fn bigrams_of_the_headline_and_repeated_ones_are_keywords() {
        let found = keywords("骑手食堂", ["食堂开饭。", "钳工来了，又来了。"]);
        let mut found = words(&found);
        found.sort();
        assert_eq!(found, ["手食", "来了", "食堂", "骑手"]);
    }

    #[test]
    fn the_number_of_keywords_is_limited() {
        let text: String = ('一'..='乿').chain('一'..='乿').collect();
        let found = keywords("", [text.as_str()]);
        assert!(found.len() == MAX_KEYWORDS && found.is_sorted());
    }
}
