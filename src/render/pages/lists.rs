//! The pages of people and columns: `PeopleView`, `ColumnsView`, `ArticleListView`. [`part_of`] and [`pager`] divide all lists.

use crate::catalog::entry::EntryId;
use crate::catalog::groups::NamedArticles;
use crate::render::views::cards::Cards;
use crate::render::views::common::{Card, Link, Pager};
use crate::render::views::lists::{ArticleListView, ColumnsView, PeopleView};
use crate::site::page::Page;
use crate::site::page_list::{NAMES, parts};

/// A part of a list of articles, counted from 1, and the pager; `page` is the page of a part.
pub(crate) fn part_of(
    cards: Cards<'_>,
    ids: &[EntryId],
    part: usize,
    page: &dyn Fn(usize) -> Page,
) -> (Vec<Card>, Pager) {
    let size = cards.site.config.page_size.max(1);
    let pager = pager(cards, part, *parts(ids.len(), cards.site.config.page_size).end(), page);
    (cards.cards(ids.iter().skip((part - 1) * size).take(size)), pager)
}

/// The links from a part of a list to its neighbours.
pub(crate) fn pager(cards: Cards<'_>, part: usize, parts: usize, page: &dyn Fn(usize) -> Page) -> Pager {
    Pager {
        part,
        parts,
        newer: (part > 1).then(|| cards.path(page(part - 1))),
        older: (part < parts).then(|| cards.path(page(part + 1))),
    }
}

/// A part of the names of all authors.
pub(crate) fn people(cards: Cards<'_>, part: usize) -> PeopleView {
    let people = &cards.site.catalog.people;
    PeopleView {
        people: names(cards, people, part, &|person| Page::Person { person, part: 1 }),
        pager: pager(cards, part, *parts(people.len(), NAMES).end(), &|part| Page::People { part }),
    }
}

/// A part of the names, with links to the pages of their indexes.
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
