//! Time series: numbers of articles over time.
//!
//! A period is cut into months; where these are too many to be shown side by side, into quarters, then into years.

use crate::catalog::catalog::Catalog;
use crate::catalog::entry::EntryId;

/// The most steps that can be shown side by side.
const MAX_STEPS: usize = 24;

/// The longest period in years: a date that is wrong by centuries must not draw a line of thousands of bars.
const YEARS: i32 = 120;

/// The length of a step, in months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Month = 1,
    Quarter = 3,
    Year = 12,
}

/// The time from the first article to the last, cut into steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) step: Step,
    /// the first step, counted from year 0
    first: i32,
    pub(crate) steps: usize,
}

impl Period {
    /// None where no article has a date.
    pub(crate) fn of(catalog: &Catalog) -> Option<Self> {
        let (newest, oldest) = (catalog.months.first()?, catalog.months.last()?);
        let (from, to) = (month(oldest.year, oldest.month), month(newest.year, newest.month));
        let cut = |step: Step| {
            let first = from.max(to - YEARS * 12).div_euclid(step as i32);
            let steps = to.div_euclid(step as i32) - first + 1;
            Self { step, first, steps: usize::try_from(steps).unwrap_or(1) }
        };
        let fits = |span: &Self| span.steps <= MAX_STEPS;
        Some([Step::Month, Step::Quarter].map(cut).into_iter().find(fits).unwrap_or_else(|| cut(Step::Year)))
    }

    /// The year of a step, and its month or quarter, counted from 1.
    pub(crate) fn at(&self, step: usize) -> (i16, i8) {
        let months = (self.first + i32::try_from(step).unwrap_or(0)) * self.step as i32;
        let within = months.rem_euclid(12) / self.step as i32 + 1;
        (i16::try_from(months.div_euclid(12)).unwrap_or(0), i8::try_from(within).unwrap_or(1))
    }

    /// The number of these articles in each step.
    pub(crate) fn counts(&self, catalog: &Catalog, articles: &[EntryId]) -> Vec<usize> {
        let mut counts = vec![0; self.steps];
        for date in articles.iter().filter_map(|&id| catalog.entries[id].front.date) {
            let step = month(date.year(), date.month()).div_euclid(self.step as i32) - self.first;
            if let Some(count) = usize::try_from(step).ok().and_then(|step| counts.get_mut(step)) {
                *count += 1;
            }
        }
        counts
    }
}

/// Months since year 0.
fn month(year: i16, month: i8) -> i32 {
    i32::from(year) * 12 + i32::from(month) - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::entry::Entry;
    use crate::content::article::FrontMatter;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn catalog(days: &[(i16, i8)]) -> Catalog {
        let entry = |(at, &(year, month)): (usize, &(i16, i8))| Entry {
            file: format!("{at}.md"),
            front: FrontMatter { date: (year > 0).then(|| date(year, month, 1)), ..FrontMatter::default() },
            ..Entry::default()
        };
        Catalog::index(days.iter().enumerate().map(entry).collect(), &[])
    }

    fn all(catalog: &Catalog) -> Vec<EntryId> {
        (0..catalog.entries.len()).collect()
    }

    #[test]
    fn months_are_counted_with_those_that_are_empty() {
        let catalog = catalog(&[(2025, 3), (2025, 3), (2025, 1), (2024, 12), (0, 0)]);
        let span = Period::of(&catalog).unwrap();
        assert_eq!((span.step, span.counts(&catalog, &all(&catalog))), (Step::Month, vec![1, 1, 0, 2]));
        assert_eq!([0, 1, 3].map(|step| span.at(step)), [(2024, 12), (2025, 1), (2025, 3)]);
    }

    #[test]
    fn a_long_time_is_cut_into_quarters_and_a_longer_one_into_years() {
        let quarters = Period::of(&catalog(&[(2021, 2), (2025, 12)])).unwrap();
        assert_eq!(
            (quarters.step, quarters.steps, quarters.at(0), quarters.at(19)),
            (Step::Quarter, 20, (2021, 1), (2025, 4))
        );
        let years = Period::of(&catalog(&[(1998, 2), (2025, 12)])).unwrap();
        assert_eq!((years.step, years.steps, years.at(27)), (Step::Year, 28, (2025, 1)));
        assert_eq!(Period::of(&catalog(&[(1, 2), (2025, 12)])).unwrap().steps, 121, "a wrong date stays out");
        assert_eq!(Period::of(&catalog(&[(0, 0)])), None);
    }

    proptest! {
        #[test]
        fn every_dated_article_is_counted_once(days in proptest::collection::vec((1950i16..2050, 1i8..13), 1..40)) {
            let catalog = catalog(&days);
            let counts = Period::of(&catalog).unwrap().counts(&catalog, &all(&catalog));
            prop_assert_eq!(counts.iter().sum::<usize>(), days.len());
            prop_assert!(counts[0] > 0 && counts[counts.len() - 1] > 0);
        }
    }
}
