//! Key figures of a list of articles: the heaviest of all, without duplicates and without sentences that the page shows elsewhere.

use crate::catalog::entry::{Entry, EntryId};
use crate::text::excerpt::prefix;
use std::cmp::Reverse;
use std::collections::HashSet;

/// The most figures of one article.
const PER_ARTICLE: usize = 2;
/// Characters behind a number that say what it counts: two figures that share them and the number are duplicates.
const CONTEXT: usize = 4;

/// A figure of an entry, by its position in [`Entry::figures`].
pub(crate) type FigureId = (EntryId, usize);

/// The key figures of some articles, the heaviest first, at most `limit`; the same number of the same thing once, each sentence once
/// and none of those in the `shown` texts, and at most two of each article.
pub(crate) fn top_figures(entries: &[Entry], articles: &[EntryId], limit: usize, shown: &[&str]) -> Vec<FigureId> {
    let figures = |&id: &EntryId| (0..entries[id].figures.len()).map(move |at| (id, at));
    let mut ranked: Vec<FigureId> = articles.iter().flat_map(figures).collect();
    ranked.sort_by_key(|&(id, at)| (Reverse(entries[id].figures[at].weight), id, at));
    let mut seen: HashSet<(&str, &str)> = HashSet::new();
    let mut sentences: HashSet<&str> = HashSet::new();
    let mut top: Vec<FigureId> = Vec::new();
    for (id, at) in ranked {
        if top.len() == limit {
            break;
        }
        let figure = &entries[id].figures[at];
        let (_, number, after) = figure.parts();
        let few = top.iter().filter(|&&(other, _)| other == id).count() < PER_ARTICLE;
        let is_shown = sentences.contains(&*figure.text) || shown.iter().any(|text| shows(text, &figure.text));
        if few && !is_shown && seen.insert((number, prefix(after, CONTEXT))) {
            sentences.insert(&figure.text);
            top.push((id, at));
        }
    }
    top
}

/// Whether a text contains a sentence, or the part of it that a figure has.
fn shows(text: &str, sentence: &str) -> bool {
    text.contains(sentence.trim_matches('…'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::figures::Figure;

    fn entry(numbers: &[(&str, u16)]) -> Entry {
        let figure = |&(number, weight): &(&str, u16)| Figure {
            text: format!("建成{number}驿站。").into(),
            from: 6,
            to: 6 + u16::try_from(number.len()).unwrap(),
            paragraph: 1,
            weight,
        };
        Entry { figures: numbers.iter().map(figure).collect(), ..Entry::default() }
    }

    #[test]
    fn the_heaviest_come_first_each_once_and_few_of_one_article() {
        let entries = [entry(&[("7010个", 90), ("20个", 50), ("30个", 40)]), entry(&[("7010个", 95), ("9家", 60)])];
        assert_eq!(top_figures(&entries, &[0, 1], 9, &[]), [(1, 0), (1, 1), (0, 1), (0, 2)]);
        assert_eq!(top_figures(&entries, &[0, 1], 1, &[]), [(1, 0)]);
        assert_eq!(top_figures(&entries, &[], 1, &[]), []);
    }

    #[test]
    fn a_sentence_stands_once_on_a_page() {
        let mut entries = [entry(&[("7010个", 90), ("9家", 60)])];
        let shown = "全市建成7010个驿站。还要再建。";
        assert_eq!(top_figures(&entries, &[0], 9, &[shown]), [(0, 1)]);
        entries[0].figures[1].text = entries[0].figures[0].text.clone();
        assert_eq!(top_figures(&entries, &[0], 9, &[]), [(0, 0)], "two numbers of one sentence");
    }
}
