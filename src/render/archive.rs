//! The archive: years, months, days.

use crate::library::entry::EntryId;
use crate::library::shelves::Month;
use crate::render::calendar::calendar;
use crate::render::cards::Cards;
use crate::render::list_views::{ArchiveView, Calendar, DayBlock, MonthLink, MonthView, YearBlock, YearView};
use crate::site::page::Page;
use jiff::civil::Date;

pub fn archive(cards: Cards<'_>) -> ArchiveView {
    ArchiveView {
        years: cards.site.years().into_iter().map(|year| year_block(cards, year)).collect(),
        undated: cards.cards(&cards.site.library.undated),
    }
}

fn year_block(cards: Cards<'_>, year: i16) -> YearBlock {
    let count = |month: i8| {
        let mut shelves = cards.site.library.months.iter();
        shelves.find(|shelf| (shelf.year, shelf.month) == (year, month)).map_or(0, |shelf| shelf.articles.len())
    };
    let month = |month| MonthLink {
        month,
        name: cards.words().month_name(month),
        path: cards.path(Page::Month(year, month)),
        count: count(month),
    };
    let months: Vec<MonthLink> = (1..=12).map(month).collect();
    let name = cards.words().year(year);
    YearBlock {
        year,
        name,
        path: cards.path(Page::Year(year)),
        count: months.iter().map(|month| month.count).sum(),
        months,
    }
}

pub fn year(cards: Cards<'_>, year: i16) -> YearView {
    let years = cards.site.years();
    let at = years.iter().position(|&other| other == year);
    let link = |at: usize| {
        let year = *years.get(at)?;
        Some(cards.link(Page::Year(year), cards.words().year(year), 0))
    };
    let months = cards.site.library.months.iter().filter(|month| month.year == year);
    let months: Vec<Calendar> = months.map(|month| calendar_of(cards, month)).collect();
    YearView {
        year,
        count: months.iter().map(|month| month.count).sum(),
        months,
        newer: at.and_then(|at| at.checked_sub(1)).and_then(link),
        older: at.and_then(|at| link(at + 1)),
    }
}

fn calendar_of(cards: Cards<'_>, shelf: &Month) -> Calendar {
    let Month { year, month, articles } = shelf;
    let path = cards.path(Page::Month(*year, *month));
    let days = of_days(cards, articles).map(|(date, run)| (date, run.len(), format!("{path}#{}", anchor(date))));
    let calendar = calendar(*year, *month, days);
    Calendar { name: cards.words().month(*year, *month), path, ..calendar }
}

/// None where the month has no articles.
pub fn month(cards: Cards<'_>, year: i16, month: i8) -> Option<MonthView> {
    let months = &cards.site.library.months;
    let at = months.iter().position(|shelf| (shelf.year, shelf.month) == (year, month))?;
    let link = |at: usize| {
        let Month { year, month, articles } = months.get(at)?;
        Some(cards.link(Page::Month(*year, *month), cards.words().month(*year, *month), articles.len()))
    };
    Some(MonthView {
        calendar: calendar_of(cards, &months[at]),
        days: days(cards, &months[at].articles),
        newer: at.checked_sub(1).and_then(link),
        older: link(at + 1),
    })
}

fn days(cards: Cards<'_>, articles: &[EntryId]) -> Vec<DayBlock> {
    let block = |(date, run): (Date, &[EntryId])| DayBlock {
        date: cards.day(date),
        anchor: anchor(date),
        articles: cards.cards(run),
    };
    of_days(cards, articles).map(block).collect()
}

/// The articles of each day, newest first.
fn of_days<'a>(cards: Cards<'a>, articles: &'a [EntryId]) -> impl Iterator<Item = (Date, &'a [EntryId])> {
    let date = move |id: &EntryId| cards.site.library.entries[*id].front.date;
    let runs = articles.chunk_by(move |a, b| date(a) == date(b));
    runs.filter_map(move |run| Some((run.first().and_then(date)?, run)))
}

/// The place of a day on the page of its month.
fn anchor(date: Date) -> String {
    format!("d{}", date.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::Kind;
    use crate::render::sample::{site, titles};

    #[test]
    fn a_month_is_told_day_by_day() {
        let site = site(&[(18, 9, Kind::News, &[]), (19, 9, Kind::News, &[]), (18, 9, Kind::News, &[])]);
        let view = month(Cards::of(&site), 2025, 3).unwrap();
        let days: Vec<(&str, Vec<&str>)> =
            view.days.iter().map(|day| (day.anchor.as_str(), titles(&day.articles))).collect();
        assert_eq!(days, [("d19", vec!["1"]), ("d18", vec!["0", "2"])]);
        assert_eq!(archive(Cards::of(&site)).years[0].months[2].count, 3);
    }
}
