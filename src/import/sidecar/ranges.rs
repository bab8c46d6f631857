//! Lines of a page as a person names them: `27`, `25-31`, `25-31,40`.
//!
//! Their order is significant: it is the order in which the lines are read.

use crate::import::page::lines::{Line, Page};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

/// Ranges of line numbers, in the order in which they are named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Ranges(pub(crate) Vec<RangeInclusive<usize>>);

impl Ranges {
    /// Parses `25-31,40`.
    ///
    /// # Errors
    /// The reason, as a clause of a message.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let parts = text.split([',', '，', '、']).map(str::trim);
        let range = |part| parse_range(part).ok_or_else(|| format!("{part:?} is no line and no range of lines"))?;
        parts.map(range).collect::<Result<_, _>>().map(Self)
    }

    /// The indexes of the page's lines that are named, in the order named, and an error where a range has no line of text or
    /// ends after the last one; the other ranges are followed all the same.
    pub(crate) fn line_indexes(&self, page: &Page) -> (Vec<usize>, Option<String>) {
        let last = match page.printed {
            true => page.lines.iter().flat_map(Line::numbers).max(),
            false => page.lines.last().map(|line| line.number),
        };
        let last = last.unwrap_or(0);
        let (mut indexes, mut error) = (Vec::new(), None);
        for range in &self.0 {
            let found = if page.printed { printed_on(page, range) } else { numbered(page, range).collect() };
            let is_empty = found.is_empty();
            indexes.extend(found);
            if *range.end() > last {
                error.get_or_insert(format!("the page has no line {}: its text ends at line {last}", range.end()));
            } else if is_empty {
                error.get_or_insert(format!("there is no text on line {}", range.start()));
            }
        }
        if page.printed {
            // several ranges may name lines of one paragraph
            let mut named = vec![false; page.lines.len()];
            indexes.retain(|&index| !std::mem::replace(&mut named[index], true));
        }
        (indexes, error)
    }
}

/// The indexes of the lines whose numbers are in a range.
fn numbered(page: &Page, range: &RangeInclusive<usize>) -> Range<usize> {
    let from = page.lines.partition_point(|line| line.number < *range.start());
    let to = page.lines.partition_point(|line| line.number <= *range.end());
    from..to.max(from)
}

/// … of the lines that are printed on one of a range of lines of the file.
fn printed_on(page: &Page, range: &RangeInclusive<usize>) -> Vec<usize> {
    let is_on = |line: &Line| line.numbers().any(|number| range.contains(&number));
    (0..page.lines.len()).filter(|&at| is_on(&page.lines[at])).collect()
}

/// None: not a range; an error: a range that cannot be.
fn parse_range(part: &str) -> Option<Result<RangeInclusive<usize>, String>> {
    let (from, to) = part.split_once(['-', '–', '—']).unwrap_or((part, part));
    let (from, to): (usize, usize) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    Some(match (from, to) {
        (0, _) => Err("lines count from 1".to_owned()),
        (from, to) if to < from => Err(format!("the range {from}-{to} ends before it begins")),
        (from, to) => Ok(from..=to),
    })
}

/// Lines that corrections have claimed, as first line → last line: no two claims may overlap.
#[derive(Debug, Default)]
pub(crate) struct ClaimedLines(BTreeMap<usize, usize>);

impl ClaimedLines {
    /// Claims lines, all or none.
    ///
    /// # Errors
    /// A line that is claimed already.
    pub(crate) fn claim(&mut self, ranges: &Ranges) -> Result<(), usize> {
        for (at, range) in ranges.0.iter().enumerate() {
            let (from, to) = (*range.start(), *range.end());
            // claimed ranges do not overlap, so the last one that begins before the end is the one that could
            if let Some((&start, _)) = self.0.range(..=to).next_back().filter(|&(_, &end)| end >= from) {
                ranges.0[..at].iter().for_each(|claimed| _ = self.0.remove(claimed.start()));
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
    fn a_range_without_text_is_an_error() {
        let page = parse_page(&Source::new("p.txt", "一\n\n二\n三\n\n"));
        let indexes = |text: &str| Ranges::parse(text).unwrap().line_indexes(&page);
        assert_eq!(indexes("4,1-3"), (vec![2, 0, 1], None));
        assert_eq!(indexes("2").1.as_deref(), Some("there is no text on line 2"));
        assert_eq!(indexes("3-9"), (vec![1, 2], Some("the page has no line 9: its text ends at line 4".into())));
    }

    #[test]
    fn lines_can_be_claimed_once() {
        let mut claims = ClaimedLines::default();
        let mut claim = |text: &str| claims.claim(&Ranges::parse(text).unwrap());
        assert_eq!(claim("5-9,20"), Ok(()));
        assert_eq!(claim("1-4,20-30"), Err(20));
        assert_eq!(claim("1-4"), Ok(()));
        assert_eq!(claim("8-8"), Err(8));
        assert_eq!(claim("31,31"), Err(31));
    }
}
