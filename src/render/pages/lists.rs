//! Lists of articles in parts: people and columns, and what they share with themes and places.

use crate::catalog::entry::EntryId;
use crate::catalog::names::Named;
use crate::render::views::cards::Cards;
use crate::render::views::lists::{ArticleListView, ColumnsView, PeopleView};
use crate::render::views::shared::Card;
use crate::render::views::shared::Pager;
use crate::site::page::Page;
use crate::site::plan::{NAMES, parts};

/// A part of a list of articles, and the way to the others; `page` names a part.
pub(crate) fn part_of(
    cards: Cards<'_>,
    shelf: &[EntryId],
    part: usize,
    page: &dyn Fn(usize) -> Page,
) -> (Vec<Card>, Pager) {
    let size = cards.site.config.page_size.max(1);
    let pager = pager(cards, part, *cards.site.parts(shelf.len()).end(), page);
    (cards.cards(shelf.iter().skip((part - 1) * size).take(size)), pager)
}

/// The way from a part of a list to the others.
pub(crate) fn pager(cards: Cards<'_>, part: usize, parts: usize, page: &dyn Fn(usize) -> Page) -> Pager {
    Pager {
        part,
        parts,
        newer: (part > 1).then(|| cards.path(page(part - 1))),
        older: (part < parts).then(|| cards.path(page(part + 1))),
    }
}

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

pub(crate) fn person(cards: Cards<'_>, person: usize, part: usize) -> ArticleListView {
    shelf(cards, &cards.site.catalog.people[person], part, &|part| Page::Person { person, part })
}

pub(crate) fn columns(cards: Cards<'_>, part: usize) -> ColumnsView {
    let columns = &cards.site.catalog.columns;
    let shelves = columns.iter().enumerate().skip((part - 1) * NAMES).take(NAMES);
    let link = |(column, shelf): (usize, &Named)| {
        cards.link(Page::Column { column, part: 1 }, shelf.name.as_str(), shelf.articles.len())
    };
    ColumnsView {
        columns: shelves.map(link).collect(),
        pager: pager(cards, part, *parts(columns.len(), NAMES).end(), &|part| Page::Columns { part }),
    }
}

pub(crate) fn column(cards: Cards<'_>, column: usize, part: usize) -> ArticleListView {
    shelf(cards, &cards.site.catalog.columns[column], part, &|part| Page::Column { column, part })
}

fn shelf(cards: Cards<'_>, shelf: &Named, part: usize, page: &dyn Fn(usize) -> Page) -> ArticleListView {
    let (articles, pager) = part_of(cards, &shelf.articles, part, page);
    ArticleListView { name: shelf.name.clone(), count: shelf.articles.len(), articles, pager }
}
