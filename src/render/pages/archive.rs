//! The pages of the archive: `ArchiveView` (all years), `YearView`, `MonthView`, `ArticleListView` (articles without a date).

use crate::catalog::entry::EntryId;
use crate::catalog::months::Month;
use crate::render::pages::calendar::calendar;
use crate::render::pages::lists::{pager, part_of};
use crate::render::views::cards::Cards;
use crate::render::views::common::Calendar;
use crate::render::views::lists::{ArchiveView, ArticleListView, DayBlock, MonthLink, MonthView, YearBlock, YearView};
use crate::site::page::Page;
use jiff::civil::Date;

/// All years with their months.
pub(crate) fn archive(cards: Cards<'_>) -> ArchiveView {
    let undated = cards.site.catalog.undated.len();
    let link = || cards.link(Page::Undated { part: 1 }, cards.messages().text("undated"), undated);
    ArchiveView {
        years: cards.site.catalog.years().into_iter().map(|year| year_block(cards, year)).collect(),
        undated: (undated > 0).then(link),
    }
}

/// A part of the articles without a date.
pub(crate) fn undated(cards: Cards<'_>, part: usize) -> ArticleListView {
    let ids = &cards.site.catalog.undated;
    let (articles, pager) = part_of(cards, ids, part, &|part| Page::Undated { part });
    ArticleListView { name: cards.messages().text("undated").to_owned(), count: ids.len(), articles, pager }
}

fn year_block(cards: Cards<'_>, year: i16) -> YearBlock {
    let link = |month| {
        let indexed = cards.site.catalog.months.iter().find(|other| (other.year, other.month) == (year, month));
        let (name, path) = (cards.messages().month_name(month), cards.path(Page::Month { year, month, part: 1 }));
        MonthLink { month, name, path, count: indexed.map_or(0, |month| month.articles.len()) }
    };
    let months: Vec<MonthLink> = (1..=12).map(link).collect();
    let count = months.iter().map(|month| month.count).sum();
    YearBlock { year, name: cards.messages().year(year), path: cards.path(Page::Year(year)), count, months }
}

/// A year, with a calendar of each month that has articles.
pub(crate) fn year(cards: Cards<'_>, year: i16) -> YearView {
    let years = cards.site.catalog.years();
    let at = years.iter().position(|&other| other == year);
    let link = |at: usize| {
        let year = *years.get(at)?;
        Some(cards.link(Page::Year(year), cards.messages().year(year), 0))
    };
    let months = cards.site.catalog.months.iter().filter(|month| month.year == year);
    let months: Vec<Calendar> = months.map(|month| calendar_of(cards, month)).collect();
    YearView {
        year,
        count: months.iter().map(|month| month.count).sum(),
        months,
        newer: at.and_then(|at| at.checked_sub(1)).and_then(link),
        older: at.and_then(|at| link(at + 1)),
    }
}

/// The calendar of a month, each day linked to its articles.
fn calendar_of(cards: Cards<'_>, month: &Month) -> Calendar {
    let &Month { year, month, ref articles, ref parts } = month;
    let page = |part| cards.path(Page::Month { year, month, part });
    let days = (1..).zip(parts).flat_map(|(part, range)| {
        let path = page(part);
        let day = move |(date, run): (Date, &[EntryId])| (date, run.len(), format!("{path}#{}", anchor(date)));
        of_days(cards, &articles[range.clone()]).map(day)
    });
    Calendar { name: cards.messages().month(year, month), path: page(1), ..calendar(year, month, days) }
}

/// A part of the articles of a month; none if it has no articles.
pub(crate) fn month(cards: Cards<'_>, year: i16, month: i8, part: usize) -> Option<MonthView> {
    let months = &cards.site.catalog.months;
    let at = months.iter().position(|other| (other.year, other.month) == (year, month))?;
    let link = |at: usize| {
        let &Month { year, month, ref articles, .. } = months.get(at)?;
        Some(cards.link(Page::Month { year, month, part: 1 }, cards.messages().month(year, month), articles.len()))
    };
    let Month { articles, parts, .. } = &months[at];
    let day = |(date, run): (Date, &[EntryId])| DayBlock {
        date: cards.day(date),
        anchor: anchor(date),
        articles: cards.cards(run),
    };
    Some(MonthView {
        calendar: calendar_of(cards, &months[at]),
        days: of_days(cards, &articles[parts.get(part - 1)?.clone()]).map(day).collect(),
        pager: pager(cards, part, parts.len(), &|part| Page::Month { year, month, part }),
        newer: at.checked_sub(1).and_then(link),
        older: link(at + 1),
    })
}

/// The articles of each day, newest first.
fn of_days<'a>(cards: Cards<'a>, articles: &'a [EntryId]) -> impl Iterator<Item = (Date, &'a [EntryId])> {
    let date = move |id: &EntryId| cards.site.catalog.entries[*id].front.date;
    let runs = articles.chunk_by(move |a, b| date(a) == date(b));
    runs.filter_map(move |run| Some((run.first().and_then(date)?, run)))
}

/// The id of a day on the page of its month.
fn anchor(date: Date) -> String {
    format!("d{}", date.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::ArticleKind;
    use crate::render::views::sample::{site, titles};

    #[test]
    fn a_month_lists_its_articles_by_day() {
        let site =
            site(&[(18, 9, ArticleKind::News, &[]), (19, 9, ArticleKind::News, &[]), (18, 9, ArticleKind::News, &[])]);
        let view = month(Cards::of(&site), 2025, 3, 1).unwrap();
        let days: Vec<(&str, Vec<String>)> =
            view.days.iter().map(|day| (day.anchor.as_str(), titles(&day.articles))).collect();
        assert_eq!(days, [("d19", vec!["1".to_owned()]), ("d18", vec!["0".to_owned(), "2".to_owned()])]);
        assert_eq!(archive(Cards::of(&site)).years[0].months[2].count, 3);
    }
}
