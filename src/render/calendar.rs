//! A month as weeks.

use crate::render::views::{Calendar, Cell};
use jiff::civil::Date;

/// The calendar of a month, without name and path; `days` are the days of its articles, in any order.
pub fn calendar(year: i16, month: i8, days: impl Iterator<Item = Date>) -> Calendar {
    let mut counts = [0usize; 32];
    for date in days {
        counts[usize::from(date.day().unsigned_abs())] += 1;
    }
    let first = Date::new(year, month, 1).unwrap_or(Date::ZERO);
    let before = usize::from(first.weekday().to_monday_zero_offset().unsigned_abs());
    let mut cells = vec![Cell::default(); before];
    cells.extend((1..=first.days_in_month()).map(|day| Cell { day, count: counts[usize::from(day.unsigned_abs())] }));
    cells.resize(cells.len().next_multiple_of(7), Cell::default());
    let weeks = cells.chunks(7).map(<[Cell]>::to_vec).collect();
    Calendar { year, month, count: counts.iter().sum(), weeks, ..Calendar::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weeks_begin_on_monday() {
        let days = [date(2025, 3, 18), date(2025, 3, 18), date(2025, 3, 31)];
        let march = calendar(2025, 3, days.into_iter());
        let days: Vec<Vec<i8>> = march.weeks.iter().map(|week| week.iter().map(|cell| cell.day).collect()).collect();
        assert_eq!(days[0], [0, 0, 0, 0, 0, 1, 2]);
        assert_eq!(days[5], [31, 0, 0, 0, 0, 0, 0]);
        assert_eq!((march.weeks[3][1], march.count), (Cell { day: 18, count: 2 }, 3));
    }
}
