//! Key figures, each with the way to its place in the text.

use crate::config::shown::Extent;
use crate::library::entry::EntryId;
use crate::library::gallery::gallery;
use crate::render::cards::Cards;
use crate::render::html::paragraph_id;
use crate::render::views::FigureView;
use crate::site::page::Page;

/// The key figures of a shelf, those that say most first.
pub fn figures(cards: Cards<'_>, shelf: &[EntryId], limit: usize) -> Vec<FigureView> {
    gallery(&cards.site.library.entries, shelf, limit).into_iter().map(|(id, at)| figure(cards, id, at)).collect()
}

/// The key figures of an article, in reading order; none where they stand in its excerpt instead of the text.
pub fn of_article(cards: Cards<'_>, id: EntryId) -> Vec<FigureView> {
    if cards.site.extent(id) == Extent::Excerpt {
        return Vec::new();
    }
    (0..cards.site.library.entries[id].figures.len()).map(|at| figure(cards, id, at)).collect()
}

fn figure(cards: Cards<'_>, id: EntryId, at: usize) -> FigureView {
    let entry = &cards.site.library.entries[id];
    let figure = &entry.figures[at];
    let (before, number, after) = figure.parts();
    let paragraph = paragraph_id(usize::from(figure.paragraph));
    FigureView {
        before: before.to_owned(),
        number: number.to_owned(),
        after: after.to_owned(),
        path: match cards.site.extent(id) {
            Extent::Full => format!("{}#{paragraph}", cards.path(Page::Article(id))),
            Extent::Excerpt => cards.path(Page::Article(id)),
        },
        paragraph,
        title: entry.front.title.clone(),
        date: entry.front.date.map(|date| cards.day(date)),
    }
}
