//! The pages of lists: home, themes, issues, archive, people.

use crate::content::article::Kind;
use crate::library::entry::EntryId;
use crate::library::shelves::{Month, Person};
use crate::render::calendar::calendar;
use crate::render::cards::Cards;
use crate::render::views::{
    ArchiveView, Calendar, DayBlock, ExportPaths, HomeView, IssueView, IssuesView, MonthLink, MonthView, Pager,
    PaperView, PaperYear, PeopleView, PersonView, PrintedView, SourcePageView, ThemeBlock, ThemeView, ThemesView,
    YearBlock, YearView,
};
use crate::site::page::{Export, Page};
use std::collections::BTreeMap;

/// Stories beside the lead on the home page.
const FRONT: usize = 6;
/// Issues named on the home page, the latest aside.
const ISSUES: usize = 8;
/// Articles shown under each theme on a page of themes.
const NEWEST: usize = 5;
/// 字 from which a story can lead.
const LEADING: usize = 200;

/// The article that leads the home page: of the newest issue, the first story with something to read; where there are no
/// issues, of the newest articles.
pub fn lead(cards: Cards<'_>) -> Option<EntryId> {
    let newest = newest(cards);
    newest.iter().copied().find(|&id| can_lead(cards, id)).or(newest.first().copied())
}

fn newest(cards: Cards<'_>) -> Vec<EntryId> {
    let library = &cards.site.library;
    match library.issues.issues.is_empty() {
        false => library.issues.articles(0).collect(),
        true => (0..library.entries.len()).take(FRONT + 1).collect(),
    }
}

/// `opening` is the beginning of the lead's text.
pub fn home(cards: Cards<'_>, lead: Option<EntryId>, opening: String) -> HomeView {
    let library = &cards.site.library;
    let front: Vec<EntryId> = (newest(cards).into_iter())
        .filter(|&id| Some(id) != lead && can_stand_in_front(cards, id))
        .take(FRONT)
        .collect();
    let shown = |id: EntryId| Some(id) == lead || front.contains(&id);
    HomeView {
        date: library.entries.first().and_then(|entry| entry.front.date).map(|date| cards.day(date)),
        lead: lead.map(|id| cards.card(id)),
        opening,
        front: cards.cards(&front),
        latest: (!library.issues.issues.is_empty()).then(|| cards.issue_block(0)),
        themes: blocks(cards, &shown).into_iter().filter(|block| block.theme.count > 0).collect(),
        issues: (1..library.issues.issues.len()).take(ISSUES).map(|issue| cards.issue(issue)).collect(),
    }
}

/// A story that is filed under a theme.
fn can_stand_in_front(cards: Cards<'_>, id: EntryId) -> bool {
    let story = !matches!(cards.site.library.entries[id].front.kind, Kind::Photo | Kind::Brief);
    story && !cards.site.library.themes_of(id).is_empty()
}

fn can_lead(cards: Cards<'_>, id: EntryId) -> bool {
    can_stand_in_front(cards, id) && cards.site.library.entries[id].amount.count() >= LEADING
}

pub fn themes(cards: Cards<'_>) -> ThemesView {
    ThemesView { themes: blocks(cards, &|_| false) }
}

/// Each theme with its newest articles: those that the page does not show elsewhere, or any where it shows them all.
fn blocks(cards: Cards<'_>, shown: &dyn Fn(EntryId) -> bool) -> Vec<ThemeBlock> {
    let newest = |shelf: &[EntryId]| {
        let fresh: Vec<EntryId> = shelf.iter().copied().filter(|&id| !shown(id)).take(NEWEST).collect();
        if fresh.is_empty() { cards.cards(shelf.iter().take(NEWEST)) } else { cards.cards(&fresh) }
    };
    let shelves = cards.site.library.themes.iter().enumerate();
    shelves.map(|(theme, shelf)| ThemeBlock { theme: cards.theme(theme), newest: newest(shelf) }).collect()
}

pub fn theme(cards: Cards<'_>, theme: usize, part: usize) -> ThemeView {
    let size = cards.site.config.page_size.max(1);
    let shelf = &cards.site.library.themes[theme];
    let from = (part - 1) * size;
    let parts = cards.site.parts(theme);
    let path = |part| cards.path(Page::Theme { theme, part });
    ThemeView {
        theme: cards.theme(theme),
        articles: cards.cards(shelf.iter().skip(from).take(size)),
        exports: cards.site.config.twins.enabled.then(|| ExportPaths {
            csv: cards.path(Page::ThemeExport(theme, Export::Csv)),
            bibtex: cards.path(Page::ThemeExport(theme, Export::BibTeX)),
        }),
        pager: Pager {
            part,
            parts,
            newer: (part > 1).then(|| path(part - 1)),
            older: (part < parts).then(|| path(part + 1)),
        },
    }
}

pub fn issues(cards: Cards<'_>) -> IssuesView {
    let issues = &cards.site.library.issues;
    let mut papers: BTreeMap<(bool, Option<&str>), Vec<PaperYear>> = BTreeMap::new();
    for (at, issue) in issues.issues.iter().enumerate() {
        let years = papers.entry((issue.paper.is_none(), issue.paper.as_deref())).or_default();
        let year = issue.date.year();
        if years.last().is_none_or(|last| last.year != year) {
            years.push(PaperYear { year, name: cards.words().year(year), issues: Vec::new() });
        }
        if let Some(last) = years.last_mut() {
            last.issues.push(cards.issue(at));
        }
    }
    IssuesView {
        papers: papers
            .into_iter()
            .map(|((_, name), years)| PaperView { name: cards.paper_name(name), years })
            .collect(),
        undated: issues.undated_pages().map(|page| cards.source_page_link(page)).collect(),
    }
}

pub fn issue(cards: Cards<'_>, at: usize) -> IssueView {
    let issue = &cards.site.library.issues.issues[at];
    IssueView {
        block: cards.issue_block(at),
        newer: issue.newer.map(|issue| cards.issue(issue)),
        older: issue.older.map(|issue| cards.issue(issue)),
    }
}

pub fn source_page(cards: Cards<'_>, at: usize, printed: Option<PrintedView>) -> SourcePageView {
    let issues = &cards.site.library.issues;
    let issue = issues.pages[at].issue;
    let pages = issue.map(|issue| issues.issues[issue].pages.clone()).unwrap_or_default();
    SourcePageView {
        block: cards.source_page(at),
        issue: issue.map(|issue| cards.issue(issue)),
        pages: pages.map(|page| cards.source_page_link(page)).collect(),
        printed,
    }
}

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

fn calendar_of(cards: Cards<'_>, month: &Month) -> Calendar {
    let dates = month.articles.iter().filter_map(|&id| cards.site.library.entries[id].front.date);
    let (year, month) = (month.year, month.month);
    let name = cards.words().month(year, month);
    Calendar { name, path: cards.path(Page::Month(year, month)), ..calendar(year, month, dates) }
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
    let date = |id: &EntryId| cards.site.library.entries[*id].front.date;
    let runs = articles.chunk_by(|a, b| date(a) == date(b));
    let block = |run: &[EntryId]| {
        let date = run.first().and_then(date)?;
        Some(DayBlock { date: cards.day(date), anchor: format!("d{}", date.day()), articles: cards.cards(run) })
    };
    runs.filter_map(block).collect()
}

pub fn people(cards: Cards<'_>) -> PeopleView {
    let people = cards.site.library.people.iter().enumerate();
    let link =
        |(at, person): (usize, &Person)| cards.link(Page::Person(at), person.name.as_str(), person.articles.len());
    PeopleView { people: people.map(link).collect() }
}

pub fn person(cards: Cards<'_>, at: usize) -> PersonView {
    let person = &cards.site.library.people[at];
    PersonView { name: person.name.clone(), articles: cards.cards(&person.articles) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::han::Amount;
    use crate::config::{Config, Theme};
    use crate::content::article::Front;
    use crate::library::entry::Entry;
    use crate::library::shelves::Library;
    use crate::render::views::Card;
    use crate::site::plan::Site;
    use jiff::civil::date;

    /// (day of March, 字数, kind, themes), in the order of the page
    type Story = (i8, usize, Kind, &'static [&'static str]);

    fn site(stories: &[Story]) -> Site {
        let theme = |id: &str| Theme { id: id.into(), name: id.into(), slug: id.into(), ..Theme::default() };
        let config = Config { page_size: 2, themes: vec![theme("a"), theme("b")], ..Config::default() };
        let entry = |(at, &(day, han, kind, themes)): (usize, &Story)| Entry {
            file: format!("content/articles/{at:02}.md"),
            front: Front {
                title: at.to_string(),
                date: (day > 0).then(|| date(2025, 3, day)),
                kind,
                themes: themes.iter().map(|&id| id.to_owned()).collect(),
                ..Front::default()
            },
            amount: Amount { han, words: 0 },
            ..Entry::default()
        };
        let library = Library::shelve(stories.iter().enumerate().map(entry).collect(), &config.themes);
        Site::plan(config, library, vec![], &[]).0
    }

    fn title(card: &Card) -> &str {
        card.0.get_from_path("title").and_then(|title| title.as_str()).unwrap()
    }

    fn titles(cards: &[Card]) -> Vec<&str> {
        cards.iter().map(title).collect()
    }

    #[test]
    fn the_first_story_of_the_newest_issue_leads() {
        let site = site(&[
            (18, 900, Kind::News, &["a"]),
            (19, 900, Kind::Photo, &["a"]),
            (19, 50, Kind::News, &["a"]),
            (19, 900, Kind::News, &[]),
            (19, 900, Kind::News, &["a"]),
            (19, 900, Kind::Theory, &["b"]),
        ]);
        let cards = Cards::of(&site);
        let lead = lead(cards);
        let view = home(cards, lead, String::new());
        assert_eq!(view.lead.as_ref().map(title), Some("4"));
        assert_eq!(titles(&view.front), ["2", "5"]);
        assert_eq!(titles(&view.themes[0].newest), ["1", "0"], "what stands in front is not told again");
        assert_eq!(titles(&view.themes[1].newest), ["5"], "unless there is nothing else");
        assert_eq!((view.latest.unwrap().issue.count, view.issues.len()), (5, 1));
    }

    #[test]
    fn without_dates_the_home_page_shows_what_there_is() {
        let site = site(&[(0, 10, Kind::News, &[]), (0, 900, Kind::News, &["a"])]);
        let cards = Cards::of(&site);
        let view = home(cards, lead(cards), String::new());
        assert_eq!(view.lead.as_ref().map(title), Some("1"));
        assert!(view.latest.is_none() && view.date.is_none());
        assert_eq!(titles(&archive(cards).undated), ["0", "1"]);
    }

    #[test]
    fn a_theme_is_cut_into_parts() {
        let story: Story = (1, 9, Kind::News, &["a"]);
        let site = site(&[story; 5]);
        let cards = Cards::of(&site);
        let parts: Vec<usize> = (1..=3).map(|part| theme(cards, 0, part).articles.len()).collect();
        assert_eq!(parts, [2, 2, 1]);
        let last = theme(cards, 0, 3).pager;
        assert_eq!((last.newer.as_deref(), last.older), (Some("themes/a/page/2/"), None));
        assert_eq!(theme(cards, 0, 2).pager.newer.as_deref(), Some("themes/a/"));
    }

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
