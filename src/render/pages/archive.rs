//! The pages of the archive: `ArchiveView` (all years), `YearView`, `MonthView`, `DayView`, `ArticleListView` (articles without a
//! date).

use crate::catalog::entry::EntryId;
use crate::catalog::months::{Day, Month};
use crate::render::pages::calendar::calendar;
use crate::render::pages::lists::part_of;
use crate::render::views::cards::Cards;
use crate::render::views::common::{Calendar, Link};
use crate::render::views::lists::{
    ArchiveView, ArticleListView, DayBlock, DayView, MonthLink, MonthView, YearBlock, YearView,
};
use crate::site::page::Page;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Headlines on the page of a month, about; a day shows at least [`LEAST_OF_DAY`] of its own.
const HEADLINES: usize = 60;
const LEAST_OF_DAY: usize = 3;

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
        let indexed = cards.site.catalog.month(year, month).map(|at| &cards.site.catalog.months[at]);
        let (name, path) = (cards.messages().month_name(month), cards.path(Page::Month { year, month }));
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

/// The calendar of a month, each day linked to its page.
fn calendar_of(cards: Cards<'_>, month: &Month) -> Calendar {
    let &Month { year, month, ref articles } = month;
    let days = cards.site.catalog.days(articles.clone());
    let days = days.map(|Day { date, articles }| (date, articles.len(), cards.path(Page::Day(date))));
    let name = cards.messages().month(year, month);
    Calendar { name, path: cards.path(Page::Month { year, month }), ..calendar(year, month, days) }
}

/// A month with the first articles of each day; none if it has no articles.
pub(crate) fn month(cards: Cards<'_>, year: i16, month: i8) -> Option<MonthView> {
    let catalog = &cards.site.catalog;
    let at = catalog.month(year, month)?;
    let link = |at: usize| catalog.months.get(at).map(|month| month_link(cards, month));
    let days: Vec<Day> = catalog.days(catalog.months[at].articles.clone()).collect();
    let shown = (HEADLINES / days.len().max(1)).max(LEAST_OF_DAY);
    let block = |Day { date, articles }: Day| DayBlock {
        date: cards.day(date),
        anchor: format!("d{}", date.day()),
        count: articles.len(),
        articles: articles.take(shown).map(|id| cards.card(id)).collect(),
    };
    Some(MonthView {
        calendar: calendar_of(cards, &catalog.months[at]),
        year: cards.link(Page::Year(year), cards.messages().year(year), 0),
        days: days.into_iter().map(block).collect(),
        newer: at.checked_sub(1).and_then(link),
        older: link(at + 1),
    })
}

fn month_link(cards: Cards<'_>, month: &Month) -> Link {
    let &Month { year, month, ref articles } = month;
    cards.link(Page::Month { year, month }, cards.messages().month(year, month), articles.len())
}

/// The articles of a day, by issue and page; none if it has none.
pub(crate) fn day(cards: Cards<'_>, date: Date) -> Option<DayView> {
    let catalog = &cards.site.catalog;
    let range = catalog.day(date);
    let issues = range.clone().filter_map(|id| catalog.issues.issue_of(id));
    let issues: BTreeSet<usize> = issues.collect();
    // days beside this one: the date of the entry before its first, and behind its last article
    let link = |id: EntryId| {
        let date = catalog.entries.get(id)?.front.date?;
        Some(cards.link(Page::Day(date), cards.messages().day(date), catalog.day(date).len()))
    };
    Some(DayView {
        date: cards.day(date),
        month: month_link(cards, &catalog.months[catalog.month(date.year(), date.month())?]),
        count: range.len(),
        issues: issues.into_iter().map(|issue| cards.issue_block(issue)).collect(),
        newer: range.start.checked_sub(1).and_then(link),
        older: link(range.end),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::ArticleKind;
    use crate::render::views::sample::{Story, site, titles};

    #[test]
    fn a_month_lists_its_articles_by_day() {
        let site =
            site(&[(18, 9, ArticleKind::News, &[]), (19, 9, ArticleKind::News, &[]), (18, 9, ArticleKind::News, &[])]);
        let view = month(Cards::of(&site), 2025, 3).unwrap();
        let days: Vec<(&str, Vec<String>)> =
            view.days.iter().map(|day| (day.anchor.as_str(), titles(&day.articles))).collect();
        assert_eq!(days, [("d19", vec!["1".to_owned()]), ("d18", vec!["0".to_owned(), "2".to_owned()])]);
        assert_eq!(archive(Cards::of(&site)).years[0].months[2].count, 3);
        let view = day(Cards::of(&site), jiff::civil::date(2025, 3, 18)).unwrap();
        assert_eq!((view.count, view.month.path.as_str(), view.older), (2, "2025/03/", None));
        assert_eq!(view.newer.unwrap().path, "2025/03/19/");
        assert_eq!(view.issues.iter().map(|issue| issue.issue.count).sum::<usize>(), 2, "every article is in an issue");
    }

    #[test]
    fn a_full_month_shows_the_first_articles_of_each_day() {
        let stories: Vec<Story> = (0..90).map(|at| (1 + at / 30, 9, ArticleKind::News, &[][..])).collect();
        let view = month(Cards::of(&site(&stories)), 2025, 3).unwrap();
        let shown: Vec<(usize, usize)> = view.days.iter().map(|day| (day.articles.len(), day.count)).collect();
        assert_eq!(shown, [(20, 30); 3]);
    }
}
