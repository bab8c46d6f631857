//! Paper and day of a file with several pages, which are pages of one issue: what most of the pages that print them agree on. It holds
//! for those pages that print none, since inner pages often print the page number alone.

use crate::import::page::masthead::Masthead;
use crate::import::page_metadata::PageMetadata;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Paper and day of the issue, where the pages tell them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SharedMasthead {
    pub(crate) paper: Option<String>,
    pub(crate) date: Option<Date>,
}

impl SharedMasthead {
    /// Of all pages of a file, by what each prints or its sidecar says; None for one that cannot be read.
    pub(crate) fn of(pages: &[Option<Masthead>]) -> Self {
        let pages = || pages.iter().flatten();
        Self {
            paper: majority(pages().filter_map(|page| page.paper.clone())),
            date: majority(pages().filter_map(|page| page.date)),
        }
    }

    /// What is known of one of the pages, with paper and day of the issue.
    pub(crate) fn complete(&self, metadata: PageMetadata) -> PageMetadata {
        PageMetadata { date: self.date.or(metadata.date), paper: self.paper.clone().or(metadata.paper), ..metadata }
    }
}

/// The value that more than half of all are.
fn majority<T: Ord>(values: impl Iterator<Item = T>) -> Option<T> {
    let (mut counts, mut total) = (BTreeMap::new(), 0);
    for value in values {
        *counts.entry(value).or_insert(0) += 1;
        total += 1;
    }
    counts.into_iter().find(|&(_, count)| 2 * count > total).map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_most_pages_print_holds_for_the_file() {
        let page = |day: i8| Masthead { date: (day > 0).then(|| date(2025, 3, day)), ..Masthead::default() };
        let day = |days: &[i8]| SharedMasthead::of(&days.iter().map(|&day| Some(page(day))).collect::<Vec<_>>()).date;
        assert_eq!(day(&[18, 0, 0]), Some(date(2025, 3, 18)));
        assert_eq!(day(&[18, 0, 16, 18]), Some(date(2025, 3, 18)), "one was misread");
        assert_eq!(day(&[18, 19]), None);
        assert_eq!(day(&[]), None);
    }
}
