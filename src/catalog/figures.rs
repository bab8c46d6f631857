//! Key figures of a list of articles: the heaviest of all, without duplicates.

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

/// The key figures of some articles, the heaviest first, at most `limit`; the same number of the same thing once, and at
/// most two of each article.
pub(crate) fn top_figures(entries: &[Entry], articles: &[EntryId], limit: usize) -> Vec<FigureId> {
    let figures = |&id: &EntryId| (0..entries[id].figures.len()).map(move |at| (id, at));
    let mut ranked: Vec<FigureId> = articles.iter().flat_map(figures).collect();
    ranked.sort_by_key(|&(id, at)| (Reverse(entries[id].figures[at].weight), id, at));
    let mut seen: HashSet<(&str, &str)> = HashSet::new();
    let mut of_articles: Vec<EntryId> = Vec::new();
    let mut shown = Vec::new();
    for (id, at) in ranked {
        let (_, number, after) = entries[id].figures[at].parts();
        let few = of_articles.iter().filter(|&&other| other == id).count() < PER_ARTICLE;
        if shown.len() < limit && few && seen.insert((number, prefix(after, CONTEXT))) {
            of_articles.push(id);
            shown.push((id, at));
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::figures::Figure;

    fn entry(numbers: &[(&str, u16)]) -> Entry {
        let figure = |&(number, weight): &(&str, u16)| Figure {
            text: format!("建成{number}驿站").into(),
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
        assert_eq!(top_figures(&entries, &[0, 1], 9), [(1, 0), (1, 1), (0, 1), (0, 2)]);
        assert_eq!(top_figures(&entries, &[0, 1], 1), [(1, 0)]);
        assert_eq!(top_figures(&entries, &[], 1), []);
    }
}
