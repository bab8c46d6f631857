//! Lines of a page as a person names them: `27`, `25-31`, `25-31,40`.
//!
//! Their order is significant: it is the order in which the lines are read.

use crate::diagnostics::message::Message;
use crate::import::page::lines::{Line, Page};
use crate::message;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::{Range, RangeInclusive};

/// Ranges of line numbers, in the order in which they are named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Ranges(pub(crate) Vec<RangeInclusive<usize>>);

impl Ranges {
    /// Parses `25-31,40`.
    ///
    /// # Errors
    /// The reason, as a clause of a message.
    pub(crate) fn parse(text: &str) -> Result<Self, Message> {
        let parts = text.split([',', '，', '、']).map(str::trim);
        let range = |part| {
            parse_range(part)
                .ok_or_else(|| message!("{part} is no line and no range of lines", part = format!("{part:?}")))?
        };
        parts.map(range).collect::<Result<_, _>>().map(Self)
    }

    /// Line numbers in reading order; those that follow one another become ranges.
    #[allow(dead_code, reason = "for those that write sidecars, who call it next")]
    pub(crate) fn of_lines(numbers: impl IntoIterator<Item = usize>) -> Self {
        let mut ranges: Vec<RangeInclusive<usize>> = Vec::new();
        for number in numbers {
            match ranges.last_mut() {
                Some(last) if last.end().checked_add(1) == Some(number) => *last = *last.start()..=number,
                _ => ranges.push(number..=number),
            }
        }
        Self(ranges)
    }

    /// Lines of a page in reading order, by their indexes; ranges go on over lines without text. They name exactly these lines,
    /// unless one of them has no number of its own, in HTML or in printed lines.
    pub(crate) fn of_indexes(page: &Page, indexes: impl IntoIterator<Item = usize>) -> Self {
        let mut on_line: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, line) in page.lines.iter().enumerate() {
            // beyond the first one, numbers name lines of the page in printed lines alone
            let numbers = line.numbers().take(if page.printed { usize::MAX } else { 1 });
            numbers.for_each(|number| on_line.entry(number).or_default().push(at));
        }
        let is_its_own = |number: &usize| on_line.get(number).is_some_and(|all| all.len() == 1);
        let (mut ranges, mut last): (Vec<RangeInclusive<usize>>, _) = (Vec::new(), None);
        // the lines that the last range names
        let mut named = BTreeSet::new();
        for at in indexes {
            let line = &page.lines[at];
            let number = if page.printed { line.numbers().find(is_its_own) } else { None }.unwrap_or(line.number);
            if let Some(range) = ranges.last_mut().filter(|range| last < Some(at) && *range.end() < number) {
                let between = on_line.range(*range.end() + 1..=number).flat_map(|(_, all)| all);
                if between.clone().all(|other| *other == at || named.contains(other)) {
                    (*range, last) = (*range.start()..=number, Some(at));
                    named.insert(at);
                    continue;
                }
            }
            ranges.push(number..=number);
            named = BTreeSet::from([at]);
            last = Some(at);
        }
        Self(ranges)
    }

    /// The indexes of the page's lines that are named, in the order named, and an error where a range has no line of text or
    /// ends after the last one; the other ranges are followed all the same.
    pub(crate) fn line_indexes(&self, page: &Page) -> (Vec<usize>, Option<Message>) {
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
                error.get_or_insert(message!(
                    "the page has no line {line}: its text ends at line {last}",
                    line = range.end(),
                    last
                ));
            } else if is_empty {
                error.get_or_insert(message!("there is no text on line {line}", line = range.start()));
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

/// As a person writes them, and [`Ranges::parse`] reads them.
impl fmt::Display for Ranges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, range) in self.0.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            match (range.start(), range.end()) {
                (from, to) if from == to => write!(f, "{comma}{from}")?,
                (from, to) => write!(f, "{comma}{from}-{to}")?,
            }
        }
        Ok(())
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
fn parse_range(part: &str) -> Option<Result<RangeInclusive<usize>, Message>> {
    let (from, to) = part.split_once(['-', '–', '—']).unwrap_or((part, part));
    let (from, to): (usize, usize) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    Some(match (from, to) {
        (0, _) => Err(message!("lines count from 1")),
        (from, to) if to < from => Err(message!("the range {from}-{to} ends before it begins", from, to)),
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
    use proptest::prelude::*;

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
        let error = |text: &str| indexes(text).1.map(|error| error.english());
        assert_eq!(error("2").as_deref(), Some("there is no text on line 2"));
        assert_eq!(indexes("3-9").0, [1, 2]);
        assert_eq!(error("3-9").as_deref(), Some("the page has no line 9: its text ends at line 4"));
    }

    #[test]
    fn line_numbers_become_ranges_in_their_order() {
        let ranges = |numbers: &[usize]| Ranges::of_lines(numbers.iter().copied()).to_string();
        assert_eq!(ranges(&[13, 14, 15, 36, 37, 12, 11, 11]), "13-15,36-37,12,11,11");
        assert_eq!((ranges(&[]), ranges(&[usize::MAX, 1])), (String::new(), format!("{},1", usize::MAX)));
    }

    #[test]
    fn lines_of_a_page_become_ranges_over_lines_without_text() {
        let page = parse_page(&Source::new("p.txt", "一\n\n二\n\n三\n四\n\n\n五\n"));
        let ranges = |indexes: &[usize]| Ranges::of_indexes(&page, indexes.iter().copied()).to_string();
        assert_eq!(ranges(&[0, 1, 2, 4, 3]), "1-5,9,6");
        assert_eq!(ranges(&[0, 2, 3, 4]), "1,5-9");
    }

    /// A page in printed lines, each of whose paragraphs is on these lines of the file.
    fn printed_page(paragraphs: &[Vec<usize>]) -> Page {
        let mut page = parse_page(&Source::new("p.txt", "行\n".repeat(paragraphs.len())));
        for (line, numbers) in page.lines.iter_mut().zip(paragraphs) {
            (line.number, line.further) = (numbers[0], numbers[1..].to_vec());
        }
        page.printed = true;
        page
    }

    #[test]
    fn a_paragraph_in_printed_lines_is_named_by_a_line_that_it_has_alone() {
        // two columns, whose lines alternate; the second one's first paragraph begins on a line of the first one's
        let page = printed_page(&[vec![1, 2, 3], vec![3, 5, 7], vec![4, 6, 8], vec![9]]);
        let named = |ranges: &str| Ranges::parse(ranges).unwrap().line_indexes(&page).0;
        assert_eq!((named("1"), named("4"), named("9")), (vec![0], vec![2], vec![3]));
        assert_eq!(named("3"), [0, 1], "both are printed on it");
        let ranges = |indexes: &[usize]| Ranges::of_indexes(&page, indexes.iter().copied()).to_string();
        assert_eq!((ranges(&[1]), ranges(&[0, 1]), ranges(&[0, 2, 3])), ("5".into(), "1,5".into(), "1,4,9".into()));
    }

    proptest! {
        #[test]
        fn ranges_of_lines_name_exactly_these_lines(
            mut paragraphs in prop::collection::vec(prop::collection::btree_set(1usize..30, 1..5), 1..12),
            shuffled in Just((0..12).collect::<Vec<usize>>()).prop_shuffle(),
            count in 1usize..12,
            is_printed: bool,
        ) {
            paragraphs.sort();
            let paragraphs: Vec<Vec<usize>> = paragraphs.into_iter().map(|own| own.into_iter().collect()).collect();
            let mut page = printed_page(&paragraphs);
            if !is_printed {
                page = parse_page(&Source::new("p.txt", page.lines.iter().map(|line| "\n".repeat(line.len()) + "行\n").collect::<String>()));
            }
            let indexes: Vec<usize> = shuffled.into_iter().filter(|at| *at < page.lines.len()).take(count).collect();
            let has_own = |at: &usize| {
                let is_elsewhere = |number: usize| (0..page.lines.len()).any(|other| other != *at && page.lines[other].numbers().any(|own| own == number));
                page.lines[*at].numbers().any(|number| !is_elsewhere(number))
            };
            let ranges = Ranges::of_indexes(&page, indexes.iter().copied());
            let (named, error) = Ranges::parse(&ranges.to_string()).unwrap().line_indexes(&page);
            prop_assert_eq!(error, None);
            prop_assert!(indexes.iter().all(|at| named.contains(at)), "{}", ranges);
            if indexes.iter().all(has_own) {
                prop_assert_eq!(named, indexes, "{}", ranges);
            }
        }

        #[test]
        fn ranges_are_read_as_they_are_written(numbers in prop::collection::vec(1usize..9, 1..20)) {
            let ranges = Ranges::of_lines(numbers.iter().copied());
            prop_assert_eq!(&Ranges::parse(&ranges.to_string()).unwrap(), &ranges);
            prop_assert_eq!(ranges.0.into_iter().flatten().collect::<Vec<_>>(), numbers);
        }
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
