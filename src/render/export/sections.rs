//! Divides chosen articles into sections: by page where they are of one day, by day where they are of about two months, else by month.

use crate::catalog::entry::EntryId;
use crate::render::pages::source_page::cited_page;
use crate::render::views::cards::Cards;
use jiff::civil::Date;

/// The most days between the first and the last article of a book that is divided by days.
const DAYS: i32 = 62;

/// What a section is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Division {
    Page,
    Day,
    Month,
}

/// The articles of each section, in their order, with its name.
pub(crate) fn sections(cards: Cards<'_>, ids: &[EntryId]) -> Vec<(String, Vec<EntryId>)> {
    let division = division(cards, ids);
    let paper = |id: &EntryId| &cards.site.catalog.entries[*id].front.paper;
    let one_paper = ids.iter().all(|id| paper(id) == paper(&ids[0]));
    let name = |id: EntryId| section_name(cards, id, division, one_paper);
    let mut sections: Vec<(String, Vec<EntryId>)> = Vec::new();
    for &id in ids {
        let name = name(id);
        match sections.last_mut().filter(|(last, _)| *last == name) {
            Some((_, articles)) => articles.push(id),
            None => sections.push((name, vec![id])),
        }
    }
    sections
}

fn division(cards: Cards<'_>, ids: &[EntryId]) -> Division {
    let dates = || ids.iter().filter_map(|&id| cards.site.catalog.entries[id].front.date);
    let (Some(first), Some(last)) = (dates().min(), dates().max()) else { return Division::Page };
    match days_between(first, last) {
        0 => Division::Page,
        1..=DAYS => Division::Day,
        _ => Division::Month,
    }
}

fn days_between(first: Date, last: Date) -> i32 {
    last.since(first).map_or(i32::MAX, |span| span.get_days())
}

fn section_name(cards: Cards<'_>, id: EntryId, division: Division, one_paper: bool) -> String {
    let catalog = &cards.site.catalog;
    let words = cards.messages();
    match (division, catalog.entries[id].front.date) {
        (Division::Page, Some(_)) => match catalog.issues.page_of(id) {
            None if one_paper => words.text("loose").to_owned(),
            Some(page) if one_paper => cards.source_page_link(page).name,
            _ => cited_page(cards, id),
        },
        (Division::Day, Some(date)) => words.day(date),
        (Division::Month, Some(date)) => words.month(date.year(), date.month()),
        (_, None) => words.text("undated").to_owned(),
    }
}
