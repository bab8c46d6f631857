//! The calendar of a month, a part of the pages of years, months and papers. View: `Calendar`.

use crate::render::views::common::{Calendar, CalendarDay};
use jiff::civil::Date;

/// The calendar of a month, without name and path. `days` are the days that have articles: the date, their number, and a path.
pub(crate) fn calendar(year: i16, month: i8, days: impl Iterator<Item = (Date, usize, String)>) -> Calendar {
    let first = Date::new(year, month, 1).unwrap_or(Date::ZERO);
    let before = usize::from(first.weekday().to_monday_zero_offset().unsigned_abs());
    let mut cells = vec![CalendarDay::default(); before];
    cells.extend((1..=first.days_in_month()).map(|day| CalendarDay { day, ..CalendarDay::default() }));
    cells.resize(cells.len().next_multiple_of(7), CalendarDay::default());
    let mut total = 0;
    for (date, count, path) in days {
        total += count;
        if let Some(cell) = cells.iter_mut().find(|cell| cell.day == date.day()) {
            cell.count += count;
            cell.path = path;
        }
    }
    let weeks = cells.chunks(7).map(<[CalendarDay]>::to_vec).collect();
    Calendar { year, month, count: total, weeks, ..Calendar::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weeks_start_on_monday() {
        let days = [(date(2025, 3, 18), 2, "a/".to_owned()), (date(2025, 3, 31), 1, "b/".to_owned())];
        let march = calendar(2025, 3, days.into_iter());
        let days: Vec<Vec<i8>> = march.weeks.iter().map(|week| week.iter().map(|cell| cell.day).collect()).collect();
        assert_eq!(days[0], [0, 0, 0, 0, 0, 1, 2]);
        assert_eq!(days[5], [31, 0, 0, 0, 0, 0, 0]);
        assert_eq!((&march.weeks[3][1], march.count), (&CalendarDay { day: 18, count: 2, path: "a/".to_owned() }, 3));
    }
}
