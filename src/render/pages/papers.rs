//! The pages of newspapers: `IssuesView` (all papers), `PaperView` (a paper with the calendar of a year), `IssueView`.

use crate::catalog::issues::Issue;
use crate::catalog::issues::PaperIssues;
use crate::render::charts::miniature::miniature;
use crate::render::pages::calendar::calendar;
use crate::render::pages::lists::pager;
use crate::render::pages::source_page::shares;
use crate::render::views::cards::Cards;
use crate::render::views::common::{Calendar, Link};
use crate::render::views::papers::{IssueView, IssuesView, PaperBlock, PaperLink, PaperView, YearLink};
use crate::site::page::Page;
use crate::site::page_list::{NAMES, parts};

/// Issues listed under each paper.
const NEWEST: usize = 12;

/// All papers, on the first part, and a part of the source pages without a date.
pub(crate) fn issues(cards: Cards<'_>, part: usize) -> IssuesView {
    let catalog = &cards.site.catalog;
    let undated = catalog.issues.undated_pages();
    let block = |(at, indexed): (usize, &PaperIssues)| {
        let issues = indexed.issues.iter().take(NEWEST).map(|&issue| cards.issue(issue)).collect();
        Some(PaperBlock { paper: paper_link(cards, at)?, issues })
    };
    IssuesView {
        papers: catalog.papers.iter().enumerate().filter(|_| part == 1).filter_map(block).collect(),
        pager: pager(cards, part, *parts(undated.len(), NAMES).end(), &|part| Page::Issues { part }),
        undated: undated.skip((part - 1) * NAMES).take(NAMES).map(|page| cards.source_page_link(page)).collect(),
    }
}

/// None for a paper without issues, of which the catalog has none.
fn paper_link(cards: Cards<'_>, paper: usize) -> Option<PaperLink> {
    let indexed = &cards.site.catalog.papers[paper];
    let day = |issue: &usize| cards.day(cards.site.catalog.issues.issues[*issue].date);
    Some(PaperLink {
        name: cards.paper_name(indexed.name.as_deref()),
        path: cards.path(Page::Paper(paper)),
        issues: indexed.issues.len(),
        since: indexed.issues.last().map(day)?,
        until: indexed.issues.first().map(day)?,
    })
}

/// A paper with the calendar of a year, by default the newest; none if it has no issues in that year.
pub(crate) fn paper(cards: Cards<'_>, paper: usize, year: Option<i16>) -> Option<PaperView> {
    let indexed = &cards.site.catalog.papers[paper];
    let years: Vec<(i16, &[usize])> = indexed.years(&cards.site.catalog.issues.issues).collect();
    let at = years.iter().position(|(own, _)| year.is_none_or(|year| year == *own))?;
    let link = |&(year, issues): &(i16, &[usize])| {
        cards.link(Page::PaperYear(paper, year), cards.messages().year(year), issues.len())
    };
    let year_link = |year: &(i16, &[usize])| {
        let Link { name, path, count } = link(year);
        YearLink { year: year.0, name, path, count }
    };
    Some(PaperView {
        paper: paper_link(cards, paper)?,
        year: years[at].0,
        months: months(cards, years[at].1),
        years: years.iter().map(year_link).collect(),
        newer: at.checked_sub(1).map(|at| link(&years[at])),
        older: years.get(at + 1).map(link),
    })
}

/// The calendars of a year's issues, January first.
fn months(cards: Cards<'_>, issues: &[usize]) -> Vec<Calendar> {
    let all = &cards.site.catalog.issues;
    let date = |issue: &usize| all.issues[*issue].date;
    let runs = issues.chunk_by(|a, b| date(a).month() == date(b).month());
    let month = |run: &[usize]| {
        let first = run.first().map(date)?;
        let days = run.iter().map(|issue| (date(issue), all.articles(*issue).count(), cards.path(Page::Issue(*issue))));
        let name = cards.messages().month(first.year(), first.month());
        Some(Calendar { name, ..calendar(first.year(), first.month(), days) })
    };
    let mut months: Vec<Calendar> = runs.filter_map(month).collect();
    months.reverse();
    months
}

/// An issue with its pages and articles.
pub(crate) fn issue(cards: Cards<'_>, at: usize) -> IssueView {
    let catalog = &cards.site.catalog;
    let Issue { paper, newer, older, .. } = &catalog.issues.issues[at];
    let index = catalog.papers.iter().position(|indexed| indexed.name == *paper);
    let has_charts = cards.site.config.charts.enabled;
    let in_small = |page| if has_charts { miniature(&shares(cards, page)) } else { None };
    IssueView {
        block: cards.issue_block(at),
        paper: index.and_then(|paper| paper_link(cards, paper)),
        miniatures: catalog.issues.issues[at].pages.clone().map(in_small).collect(),
        newer: newer.map(|issue| cards.issue(issue)),
        older: older.map(|issue| cards.issue(issue)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::catalog::Catalog;
    use crate::catalog::entry::Entry;
    use crate::config::settings::Config;
    use crate::content::address_book::AddressBook;
    use crate::content::article::{ArticleKind, FrontMatter, PageLines};
    use crate::render::pages::lists::columns;
    use crate::render::views::sample::site;
    use crate::site::plan::plan;

    #[test]
    fn source_pages_without_a_date_and_columns_come_in_parts() {
        let entry = |at: usize| {
            let source = PageLines { page: format!("{at:04}.txt"), lines: "1".to_owned(), more: Vec::new() };
            let column = Some(format!("栏{at:04}"));
            let front = FrontMatter { source: Some(Box::new(source)), column, ..FrontMatter::default() };
            Entry { file: format!("content/articles/{at:04}.md"), front, ..Entry::default() }
        };
        let catalog = Catalog::index((0..=NAMES).map(entry).collect(), &[]);
        let site =
            plan(Config { page_size: 9, ..Config::default() }, catalog, vec![], &[], AddressBook::default(), false).0;
        let cards = Cards::of(&site);
        let (first, second) = (issues(cards, 1), issues(cards, 2));
        assert_eq!((first.undated.len(), second.undated.len()), (NAMES, 1));
        assert_eq!((second.pager.part, second.pager.parts), (2, 2));
        assert_eq!((second.pager.newer.as_deref(), second.pager.older.as_deref()), (Some("issues/"), None));
        let (first, second) = (columns(cards, 1), columns(cards, 2));
        assert_eq!((first.columns.len(), second.columns.len()), (NAMES, 1));
        assert_eq!(first.pager.older.as_deref(), Some("columns/page/2/"));
    }

    #[test]
    fn a_paper_shows_its_issues_in_the_calendar_of_a_year() {
        let site =
            site(&[(18, 9, ArticleKind::News, &[]), (18, 9, ArticleKind::News, &[]), (3, 9, ArticleKind::News, &[])]);
        let cards = Cards::of(&site);
        let view = paper(cards, 0, None).unwrap();
        let days: Vec<(i8, usize, &str)> = (view.months[0].weeks.iter().flatten())
            .filter(|cell| cell.count > 0)
            .map(|cell| (cell.day, cell.count, cell.path.as_str()))
            .collect();
        assert_eq!(days, [(3, 1, "issues/unnamed/2025/03-03/"), (18, 2, "issues/unnamed/2025/03-18/")]);
        assert_eq!((view.years.len(), view.paper.issues, view.newer.is_some()), (1, 2, false));
        assert!(paper(cards, 0, Some(2024)).is_none());
    }
}
