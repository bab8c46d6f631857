//! Lines of a page as a person names them: `27`, `25-31`, `25-31,40`.
//!
//! The order in which they are written is kept: it is the order in which they are read. (How import itself writes lines is
//! [`ledger`](crate::import::ledger)'s.)

use crate::import::page::lines::Page;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Lines, in the order in which they are named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ranges(pub(crate) Vec<RangeInclusive<usize>>);

impl Ranges {
    /// Reads `25-31,40`.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let parts = text.split([',', '，', '、']).map(str::trim);
        parts.map(|part| part_of(part).ok_or_else(|| format!("{part:?} is no line and no range of lines"))?).collect()
    }

    /// Places among the lines of a page that are not empty, in the order named.
    ///
    /// # Errors
    /// The first range that has no such line, or ends behind the last one; the places of the others beside it.
    pub(crate) fn places(&self, page: &Page) -> (Vec<usize>, Option<String>) {
        let last = page.lines.last().map_or(0, |line| line.number);
        let mut wrong = None;
        let mut places = Vec::new();
        for range in &self.0 {
            let from = page.lines.partition_point(|line| line.number < *range.start());
            let to = page.lines.partition_point(|line| line.number <= *range.end());
            places.extend(from..to);
            if *range.end() > last {
                wrong.get_or_insert_with(|| {
                    format!("the page has no line {}: its text ends at line {last}", range.end())
                });
            } else if from == to {
                wrong.get_or_insert_with(|| format!("there is no text on line {}", range.start()));
            }
        }
        (places, wrong)
    }
}

impl FromIterator<RangeInclusive<usize>> for Ranges {
    fn from_iter<T: IntoIterator<Item = RangeInclusive<usize>>>(ranges: T) -> Self {
        Self(ranges.into_iter().collect())
    }
}

/// None: no range at all; an error: one that cannot be.
fn part_of(part: &str) -> Option<Result<RangeInclusive<usize>, String>> {
    let (from, to) = part.split_once(['-', '–', '—']).unwrap_or((part, part));
    let (from, to): (usize, usize) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    Some(match (from, to) {
        (0, _) => Err("lines count from 1".to_owned()),
        (from, to) if to < from => Err(format!("the range {from}-{to} ends before it begins")),
        (from, to) => Ok(from..=to),
    })
}

/// Lines that are spoken for: no two may overlap.
#[derive(Debug, Default)]
pub(crate) struct Claims(BTreeMap<usize, usize>);

impl Claims {
    /// Takes lines, all or none.
    ///
    /// # Errors
    /// A line that is taken already.
    pub(crate) fn take(&mut self, ranges: &Ranges) -> Result<(), usize> {
        for (at, range) in ranges.0.iter().enumerate() {
            let (from, to) = (*range.start(), *range.end());
            // ranges that are held do not overlap, so the last one that begins before the end is the one that could
            if let Some((&start, _)) = self.0.range(..=to).next_back().filter(|&(_, &end)| end >= from) {
                ranges.0[..at].iter().for_each(|taken| _ = self.0.remove(taken.start()));
                return Err(start.max(from));
            }
            self.0.insert(from, to);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use crate::import::page::lines::parse_page;

    #[test]
    fn lines_are_named_one_by_one_and_in_ranges() {
        assert_eq!(Ranges::parse("41, 13-19，20").unwrap().0, [41..=41, 13..=19, 20..=20]);
        for wrong in ["", "a", "3-", "5-3", "0-2", "1,,2", "-4", "99999999999999999999999"] {
            assert!(Ranges::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn lines_without_text_are_found_out() {
        let page = parse_page(&Source::new("p.txt", "一\n\n二\n三\n\n"));
        let places = |text: &str| Ranges::parse(text).unwrap().places(&page);
        assert_eq!(places("4,1-3"), (vec![2, 0, 1], None));
        assert_eq!(places("2").1.as_deref(), Some("there is no text on line 2"));
        assert_eq!(places("3-9"), (vec![1, 2], Some("the page has no line 9: its text ends at line 4".into())));
    }

    #[test]
    fn lines_can_be_claimed_once() {
        let mut claims = Claims::default();
        let mut take = |text: &str| claims.take(&Ranges::parse(text).unwrap());
        assert_eq!(take("5-9,20"), Ok(()));
        assert_eq!(take("1-4,20-30"), Err(20));
        assert_eq!(take("1-4"), Ok(()));
        assert_eq!(take("8-8"), Err(8));
        assert_eq!(take("31,31"), Err(31));
    }
}
