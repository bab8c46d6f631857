//! The pages of people and columns: `PeopleView`, `ColumnsView`, `ArticleListView`. [`part_of`] and [`pager`] divide all lists.

use crate::catalog::entry::EntryId;
use crate::catalog::groups::NamedArticles;
use crate::render::views::cards::Cards;
use crate::render::views::common::{Card, Link, Pager, PagerPage, YearStart};
use crate::render::views::lists::{ArticleListView, ColumnsView, Letter, NameGroup, PeopleView};
use crate::site::lists::{Initial, NO_LETTER, years};
use crate::site::page::Page;
use crate::site::page_list::{NAMES, parts};
use std::collections::BTreeSet;
use std::ops::Range;

/// Authors on the page of those with most articles, where all do not fit on one.
const MOST: usize = 200;

/// A part of a list of articles, newest first, each dispatch once, counted from 1, and the pager; `page` is the page of a part.
pub(crate) fn part_of(
    cards: Cards<'_>,
    ids: &[EntryId],
    part: usize,
    page: &dyn Fn(usize) -> Page,
) -> (Vec<Card>, Pager) {
    let ids = &*cards.site.catalog.reprints.once(ids);
    let size = cards.site.config.page_size.max(1);
    let count = *parts(ids.len(), size).end();
    let mut pager = pager(cards, part, count, page);
    if count > 1 {
        (pager.years, pager.starts) = year_jumps(cards, ids, part, page);
    }
    (cards.cards(ids.iter().skip((part - 1) * size).take(size)), pager)
}

/// The links from a part of a list to its other parts.
pub(crate) fn pager(cards: Cards<'_>, part: usize, parts: usize, page: &dyn Fn(usize) -> Page) -> Pager {
    let near = [1, part.saturating_sub(1), part, part + 1, parts].into_iter();
    let near: BTreeSet<usize> = near.filter(|near| parts > 1 && (1..=parts).contains(near)).collect();
    let mut before = 0;
    let link = |part: usize| {
        let after_gap = part > before + 1;
        before = part;
        PagerPage { part, path: cards.path(page(part)), after_gap }
    };
    Pager {
        part,
        parts,
        newer: (part > 1).then(|| cards.path(page(part - 1))),
        older: (part < parts).then(|| cards.path(page(part + 1))),
        pages: near.into_iter().map(link).collect(),
        years: Vec::new(),
        starts: Vec::new(),
    }
}

/// The links to where each year of a list begins, if it has several, and the years that begin in a part of it.
fn year_jumps(
    cards: Cards<'_>,
    ids: &[EntryId],
    part: usize,
    page: &dyn Fn(usize) -> Page,
) -> (Vec<Link>, Vec<YearStart>) {
    let years = years(&cards.site.catalog, ids);
    if years.len() < 2 {
        return Default::default();
    }
    let (size, name) = (cards.site.config.page_size.max(1), |year: i16| cards.messages().year(year));
    let link = |(year, range): &(i16, Range<usize>)| {
        let path = format!("{}#y{year}", cards.path(page(range.start / size + 1)));
        Link { name: name(*year), path, count: range.len() }
    };
    let begins_here = |(_, range): &&(i16, Range<usize>)| range.start / size + 1 == part;
    let start = |(year, range): &(i16, Range<usize>)| YearStart {
        at: range.start % size,
        anchor: format!("y{year}"),
        name: name(*year),
    };
    (years.iter().map(link).collect(), years.iter().filter(begins_here).map(start).collect())
}

/// All authors, or those with most articles where they do not fit on one page.
pub(crate) fn people(cards: Cards<'_>) -> PeopleView {
    let site = cards.site;
    let all = site.catalog.people.len() <= NAMES;
    let of_letter = |initial: &Initial| NameGroup {
        name: initial.letter.to_string(),
        anchor: Some(anchor(initial.letter)),
        names: people_links(cards, &initial.people),
    };
    let most = || NameGroup {
        name: cards.messages().text("most_articles").to_owned(),
        anchor: None,
        names: people_links(cards, &(0..MOST).collect::<Vec<_>>()),
    };
    PeopleView {
        groups: if all { site.divisions.initials.iter().map(of_letter).collect() } else { vec![most()] },
        ..people_view(cards, None)
    }
}

/// A part of the authors whose names begin with a letter.
pub(crate) fn initial(cards: Cards<'_>, letter: char, part: usize) -> PeopleView {
    let found = cards.site.divisions.initials.iter().find(|initial| initial.letter == letter);
    let people = found.map_or(&[][..], |initial| &initial.people);
    let shown: Vec<usize> = people.iter().copied().skip((part - 1) * NAMES).take(NAMES).collect();
    PeopleView {
        groups: vec![NameGroup { name: letter.to_string(), anchor: None, names: people_links(cards, &shown) }],
        pager: pager(cards, part, *parts(people.len(), NAMES).end(), &|part| Page::Initial { letter, part }),
        ..people_view(cards, Some(letter))
    }
}

/// The view of a page of authors without names.
fn people_view(cards: Cards<'_>, letter: Option<char>) -> PeopleView {
    let all = cards.site.catalog.people.len() <= NAMES;
    let link = |initial: &Initial| Letter {
        name: initial.letter.to_string(),
        path: match all {
            true => format!("{}#{}", cards.path(Page::People), anchor(initial.letter)),
            false => cards.path(Page::Initial { letter: initial.letter, part: 1 }),
        },
        count: initial.people.len(),
        current: letter == Some(initial.letter),
    };
    PeopleView {
        count: cards.site.catalog.people.len(),
        letters: cards.site.divisions.initials.iter().map(link).collect(),
        groups: Vec::new(),
        pager: pager(cards, 1, 1, &|_| Page::People),
    }
}

/// The id of a letter's names on the page of all authors.
fn anchor(letter: char) -> String {
    if letter == NO_LETTER { "other".to_owned() } else { letter.to_ascii_lowercase().to_string() }
}

fn people_links(cards: Cards<'_>, people: &[usize]) -> Vec<Link> {
    let link = |&person: &usize| {
        let NamedArticles { name, articles } = &cards.site.catalog.people[person];
        cards.link(Page::Person { person, part: 1 }, name.as_str(), articles.len())
    };
    people.iter().map(link).collect()
}

/// A part of the names of columns, with links to their pages.
fn names(cards: Cards<'_>, all: &[NamedArticles], part: usize, page: &dyn Fn(usize) -> Page) -> Vec<Link> {
    let shown = all.iter().enumerate().skip((part - 1) * NAMES).take(NAMES);
    shown.map(|(at, named)| cards.link(page(at), named.name.as_str(), named.articles.len())).collect()
}

/// A part of the articles of an author.
pub(crate) fn person(cards: Cards<'_>, person: usize, part: usize) -> ArticleListView {
    articles_of(cards, &cards.site.catalog.people[person], part, &|part| Page::Person { person, part })
}

/// A part of the names of all columns.
pub(crate) fn columns(cards: Cards<'_>, part: usize) -> ColumnsView {
    let columns = &cards.site.catalog.columns;
    ColumnsView {
        columns: names(cards, columns, part, &|column| Page::Column { column, part: 1 }),
        pager: pager(cards, part, *parts(columns.len(), NAMES).end(), &|part| Page::Columns { part }),
    }
}

/// A part of the articles of a column.
pub(crate) fn column(cards: Cards<'_>, column: usize, part: usize) -> ArticleListView {
    articles_of(cards, &cards.site.catalog.columns[column], part, &|part| Page::Column { column, part })
}

fn articles_of(cards: Cards<'_>, named: &NamedArticles, part: usize, page: &dyn Fn(usize) -> Page) -> ArticleListView {
    let (articles, pager) = part_of(cards, &named.articles, part, page);
    ArticleListView { name: named.name.clone(), count: named.articles.len(), articles, pager }
}
