//! Articles by month, each month cut into parts that a page can show.

use crate::catalog::entry::{Entry, EntryId};
use std::ops::Range;

/// Approximate number of articles per part; a day is never split.
const PART: usize = 300;

/// The articles of one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Month {
    pub(crate) year: i16,
    pub(crate) month: i8,
    /// newest first
    pub(crate) articles: Vec<EntryId>,
    /// ranges of `articles`, at least one
    pub(crate) parts: Vec<Range<usize>>,
}

/// The months that have articles, newest first.
pub(crate) fn months(entries: &[Entry]) -> Vec<Month> {
    let month_of = |id: EntryId| entries[id].front.date.map(|date| (date.year(), date.month()));
    let dated: Vec<EntryId> = (0..entries.len()).filter(|&id| month_of(id).is_some()).collect();
    let runs = dated.chunk_by(|&a, &b| month_of(a) == month_of(b));
    let month = |articles: &[EntryId]| {
        let (year, month) = month_of(articles[0])?;
        Some(Month { year, month, articles: articles.to_vec(), parts: parts(articles, entries) })
    };
    runs.filter_map(month).collect()
}

/// Ranges of whole days, each of about [`PART`] articles.
fn parts(articles: &[EntryId], entries: &[Entry]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for day in articles.chunk_by(|&a, &b| entries[a].front.date == entries[b].front.date) {
        match parts.last_mut() {
            Some(last) if last.len() + day.len() <= PART => last.end += day.len(),
            last => {
                let from = last.map_or(0, |last| last.end);
                parts.push(from..from + day.len());
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::FrontMatter;
    use jiff::civil::date;

    #[test]
    fn a_full_month_is_cut_between_days() {
        let day = |day| Entry {
            front: FrontMatter { date: Some(date(2025, 3, day)), ..FrontMatter::default() },
            ..Entry::default()
        };
        let days = [(9, 2 * PART), (8, PART - 1), (7, 1), (6, 1)];
        let entries: Vec<Entry> = days.iter().flat_map(|&(on, count)| (0..count).map(move |_| day(on))).collect();
        let made = months(&entries);
        assert_eq!((made.len(), made[0].articles.len()), (1, 3 * PART + 1));
        assert_eq!(made[0].parts, [0..2 * PART, 2 * PART..3 * PART, 3 * PART..3 * PART + 1]);
    }
}
