//! Lists of articles in parts: people and columns, and what they share with themes and places.

use crate::library::entry::EntryId;
use crate::library::named::Named;
use crate::render::cards::Cards;
use crate::render::list_views::{ColumnsView, Pager, PeopleView, ShelfView};
use crate::render::views::{Card, Link};
use crate::site::page::Page;

/// A part of a list of articles, and the way to the others; `page` names a part.
pub fn part_of(cards: Cards<'_>, shelf: &[EntryId], part: usize, page: &dyn Fn(usize) -> Page) -> (Vec<Card>, Pager) {
    let size = cards.site.config.page_size.max(1);
    let parts = *cards.site.parts(shelf.len()).end();
    let pager = Pager {
        part,
        parts,
        newer: (part > 1).then(|| cards.path(page(part - 1))),
        older: (part < parts).then(|| cards.path(page(part + 1))),
    };
    (cards.cards(shelf.iter().skip((part - 1) * size).take(size)), pager)
}

pub fn people(cards: Cards<'_>) -> PeopleView {
    PeopleView { people: links(cards, &cards.site.library.people, &|person| Page::Person { person, part: 1 }) }
}

pub fn person(cards: Cards<'_>, person: usize, part: usize) -> ShelfView {
    shelf(cards, &cards.site.library.people[person], part, &|part| Page::Person { person, part })
}

pub fn columns(cards: Cards<'_>) -> ColumnsView {
    ColumnsView { columns: links(cards, &cards.site.library.columns, &|column| Page::Column { column, part: 1 }) }
}

pub fn column(cards: Cards<'_>, column: usize, part: usize) -> ShelfView {
    shelf(cards, &cards.site.library.columns[column], part, &|part| Page::Column { column, part })
}

fn links(cards: Cards<'_>, shelves: &[Named], page: &dyn Fn(usize) -> Page) -> Vec<Link> {
    let link = |(at, shelf): (usize, &Named)| cards.link(page(at), shelf.name.as_str(), shelf.articles.len());
    shelves.iter().enumerate().map(link).collect()
}

fn shelf(cards: Cards<'_>, shelf: &Named, part: usize, page: &dyn Fn(usize) -> Page) -> ShelfView {
    let (articles, pager) = part_of(cards, &shelf.articles, part, page);
    ShelfView { name: shelf.name.clone(), count: shelf.articles.len(), articles, pager }
}
