//! Segmentation: the most probable words of a text, after a unigram model, and how sure each boundary between them is.

use crate::text::words::list::{LONGEST, WordList};

/// How a run of characters is divided into words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Segmentation {
    /// where each word begins
    pub(crate) starts: Vec<usize>,
    /// for each of `starts`, by how much the best division with a word across that boundary costs more
    pub(crate) margins: Vec<u32>,
}

/// Costs are sums of a few words'; this is more than any.
const INFINITE: u32 = u32::MAX / 4;

/// Divides `text` into the words that cost least.
pub(crate) fn segment(list: &WordList, text: &[char]) -> Segmentation {
    let length = text.len();
    // the words of the text: where each begins, its length and cost, ordered by where they begin
    let mut words: Vec<(usize, usize, u32)> = Vec::with_capacity(4 * length);
    for at in 0..length {
        let window = &text[at..length.min(at + LONGEST)];
        list.words_at(window, |word, cost| words.push((at, word, cost)));
    }
    let (forward, last_word) = cheapest_until(&words, length);
    let backward = cheapest_from(&words, length);
    let mut starts = Vec::with_capacity(length / 2 + 1);
    let mut at = length;
    while at > 0 {
        at -= last_word[at];
        starts.push(at);
    }
    starts.reverse();
    let across = cheapest_across(&words, &forward, &backward);
    let margins = starts.iter().map(|&at| across[at].saturating_sub(forward[at] + backward[at])).collect();
    Segmentation { starts, margins }
}

/// For each position, the cost of the cheapest words up to there, and the length of the last of them.
fn cheapest_until(words: &[(usize, usize, u32)], length: usize) -> (Vec<u32>, Vec<usize>) {
    let (mut costs, mut last_word) = (vec![INFINITE; length + 1], vec![0; length + 1]);
    costs[0] = 0;
    for &(at, word, cost) in words {
        let sum = costs[at] + cost;
        if sum < costs[at + word] {
            (costs[at + word], last_word[at + word]) = (sum, word);
        }
    }
    (costs, last_word)
}

/// For each position, the cost of the cheapest words from there on.
fn cheapest_from(words: &[(usize, usize, u32)], length: usize) -> Vec<u32> {
    let mut costs = vec![INFINITE; length + 1];
    costs[length] = 0;
    for &(at, word, cost) in words.iter().rev() {
        costs[at] = costs[at].min(costs[at + word] + cost);
    }
    costs
}

/// For each position, the cost of the cheapest words of which one goes across it.
fn cheapest_across(words: &[(usize, usize, u32)], forward: &[u32], backward: &[u32]) -> Vec<u32> {
    let mut costs = vec![INFINITE; forward.len()];
    for &(at, word, cost) in words {
        let sum = forward[at] + cost + backward[at + word];
        for inside in &mut costs[at + 1..at + word] {
            *inside = sum.min(*inside);
        }
    }
    costs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let text: Vec<char> = text.chars().collect();
        let starts = segment(WordList::built_in(), &text).starts;
        let ends = starts[1..].iter().copied().chain([text.len()]);
        starts.iter().zip(ends).map(|(&from, to)| text[from..to].iter().collect()).collect()
    }

    #[test]
    fn the_most_probable_words_are_found() {
        assert_eq!(words("职工亲子读书会"), ["职工", "亲子", "读书会"]);
        assert_eq!(words("网约车司机考下证"), ["网约车", "司机", "考", "下", "证"]);
        assert_eq!(words("驫"), ["驫"]);
    }

    #[test]
    fn a_boundary_that_a_word_may_go_across_is_less_sure() {
        // of the boundary before the second word
        let margin = |text: &str| segment(WordList::built_in(), &text.chars().collect::<Vec<char>>()).margins[1];
        assert!(margin("机器椅子") > margin("研究生命起源"));
        assert_eq!(segment(WordList::built_in(), &[]), Segmentation::default());
    }
}
