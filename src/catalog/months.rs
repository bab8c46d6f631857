//! Articles by month and by day: entries are sorted newest first, so each has a range of them.

use crate::catalog::entry::{Entry, EntryId};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::ops::Range;

/// The articles of one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Month {
    pub(crate) year: i16,
    pub(crate) month: i8,
    /// newest first
    pub(crate) articles: Range<EntryId>,
}

/// The articles of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) date: Date,
    pub(crate) articles: Range<EntryId>,
}

/// The months that have articles, newest first.
pub(crate) fn months(entries: &[Entry]) -> Vec<Month> {
    let month_of = |entry: &Entry| entry.front.date.map(|date| (date.year(), date.month()));
    let mut from = 0;
    let runs = entries.chunk_by(|a, b| month_of(a) == month_of(b));
    let month = |run: &[Entry]| {
        let articles = from..from + run.len();
        from = articles.end;
        let (year, month) = month_of(run.first()?)?;
        Some(Month { year, month, articles })
    };
    runs.filter_map(month).collect()
}

/// The days that have articles among a range of entries that are sorted, newest first.
pub(crate) fn days(entries: &[Entry], range: Range<EntryId>) -> impl Iterator<Item = Day> + '_ {
    let mut from = range.start;
    let runs = entries[range].chunk_by(|a, b| a.front.date == b.front.date);
    runs.filter_map(move |run| {
        let articles = from..from + run.len();
        from = articles.end;
        Some(Day { date: run.first()?.front.date?, articles })
    })
}

/// The articles of a day, an empty range if there are none.
pub(crate) fn articles_of_day(entries: &[Entry], date: Date) -> Range<EntryId> {
    let key = |entry: &Entry| Reverse(entry.front.date);
    let day = Reverse(Some(date));
    entries.partition_point(|entry| key(entry) < day)..entries.partition_point(|entry| key(entry) <= day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::FrontMatter;
    use jiff::civil::date;

    #[test]
    fn months_and_days_are_ranges_of_the_entries() {
        let dates = [Some((4, 1)), Some((3, 9)), Some((3, 9)), Some((3, 7)), None];
        let entry = |of: &Option<(i8, i8)>| Entry {
            front: FrontMatter { date: of.map(|(month, day)| date(2025, month, day)), ..FrontMatter::default() },
            ..Entry::default()
        };
        let entries: Vec<Entry> = dates.iter().map(entry).collect();
        let made: Vec<(i8, Range<EntryId>)> = months(&entries).into_iter().map(|it| (it.month, it.articles)).collect();
        assert_eq!(made, [(4, 0..1), (3, 1..4)]);
        let of_march: Vec<Day> = days(&entries, 1..4).collect();
        assert_eq!(
            of_march,
            [Day { date: date(2025, 3, 9), articles: 1..3 }, Day { date: date(2025, 3, 7), articles: 3..4 }]
        );
        assert_eq!(articles_of_day(&entries, date(2025, 3, 9)), 1..3);
        assert!(articles_of_day(&entries, date(2025, 3, 8)).is_empty());
    }
}
