//! The pages of people and columns. Views: `PeopleView` and `ColumnsView` (all names, in parts), `ArticleListView` (the articles of
//! one). [`part_of`] and [`pager`] divide every list of the site into parts.

use crate::catalog::entry::EntryId;
use crate::catalog::names::NamedArticles;
use crate::render::views::cards::Cards;
use crate::render::views::common::{Card, Pager};
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
    let from = (part - 1) * NAMES;
    let shown = from..people.len().min(from + NAMES);
    PeopleView {
        people: shown
            .map(|person| {
                cards.link(
                    Page::Person { person, part: 1 },
                    people[person].name.as_str(),
                    people[person].articles.len(),
                )
            })
            .collect(),
        pager: pager(cards, part, *parts(people.len(), NAMES).end(), &|part| Page::People { part }),
    }
}

/// A part of the articles of an author.
pub(crate) fn person(cards: Cards<'_>, person: usize, part: usize) -> ArticleListView {
    articles_of(cards, &cards.site.catalog.people[person], part, &|part| Page::Person { person, part })
}

/// A part of the names of all columns.
pub(crate) fn columns(cards: Cards<'_>, part: usize) -> ColumnsView {
    let columns = &cards.site.catalog.columns;
    let names = columns.iter().enumerate().skip((part - 1) * NAMES).take(NAMES);
    let link = |(column, named): (usize, &NamedArticles)| {
        cards.link(Page::Column { column, part: 1 }, named.name.as_str(), named.articles.len())
    };
    ColumnsView {
        columns: names.map(link).collect(),
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
