//! The key figures of a shelf: those that say most, from many articles.

use crate::catalog::entry::{Entry, EntryId};
use std::cmp::Reverse;
use std::collections::HashSet;

/// Figures of one article.
const EACH: usize = 2;
/// Characters behind a number by which two figures are told apart.
const BEHIND: usize = 4;

/// A figure of an entry, by its place in [`Entry::figures`].
pub(crate) type FigureId = (EntryId, usize);

/// The key figures of the articles of a shelf, the heaviest first, at most `limit`; the same number of the same thing once,
/// and of each article no more than two.
pub(crate) fn gallery(entries: &[Entry], shelf: &[EntryId], limit: usize) -> Vec<FigureId> {
    let all = shelf.iter().flat_map(|&id| (0..entries[id].figures.len()).map(move |at| (id, at)));
    let mut ranked: Vec<FigureId> = all.collect();
    ranked.sort_by_key(|&(id, at)| (Reverse(entries[id].figures[at].weight), id, at));
    let mut told: HashSet<(&str, &str)> = HashSet::new();
    let mut of_article: Vec<EntryId> = Vec::new();
    let mut shown = Vec::new();
    for (id, at) in ranked {
        let (_, number, after) = entries[id].figures[at].parts();
        let few = of_article.iter().filter(|&&other| other == id).count() < EACH;
        if shown.len() < limit && few && told.insert((number, beginning(after))) {
            of_article.push(id);
            shown.push((id, at));
        }
    }
    shown
}

fn beginning(text: &str) -> &str {
    let end = text.char_indices().nth(BEHIND).map_or(text.len(), |(at, _)| at);
    &text[..end]
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
        assert_eq!(gallery(&entries, &[0, 1], 9), [(1, 0), (1, 1), (0, 1), (0, 2)]);
        assert_eq!(gallery(&entries, &[0, 1], 1), [(1, 0)]);
        assert_eq!(gallery(&entries, &[], 1), []);
    }
}
