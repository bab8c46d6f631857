//! A cache of cards: the small views of articles that many pages show.
//!
//! A card is made once and shared. The number of cached cards is bounded, so that memory does not grow with the site; pages that
//! are rendered one after another show the same articles.

use crate::catalog::entry::EntryId;
use crate::render::views::common::{Card, CardFields, Day, ThemeTag};
use crate::render::views::shared::Shared;
use crate::util::sync::lock;
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock};

/// Parts of the cache, each behind a lock of its own.
const PARTS: usize = 16;
/// Cards in a part: 10,000 in all, of about 2.5 KB each.
const CARDS_IN_PART: usize = 625;

/// Cards by article, and the views of themes and days that cards refer to.
#[derive(Debug)]
pub(crate) struct CardCache {
    parts: [Mutex<HashMap<EntryId, Card>>; PARTS],
    tags: OnceLock<Vec<Shared<ThemeTag>>>,
    /// unbounded: there are no more days than the calendar has
    days: Mutex<HashMap<Date, Shared<Day>>>,
    /// the fields of an article's view that its template does not use
    unused_fields: Vec<&'static str>,
}

impl CardCache {
    /// An empty cache.
    pub(crate) fn new(unused_fields: Vec<&'static str>) -> Self {
        Self { parts: Default::default(), tags: OnceLock::new(), days: Mutex::default(), unused_fields }
    }

    /// Whether the template of articles uses this field.
    pub(crate) fn uses_field(&self, field: &str) -> bool {
        !self.unused_fields.contains(&field)
    }

    pub(crate) fn card(&self, id: EntryId, fields: impl FnOnce() -> CardFields) -> Card {
        let part = &self.parts[id % PARTS];
        if let Some(card) = lock(part).get(&id) {
            return card.clone();
        }
        let card = Card::from(fields());
        let mut cards = lock(part);
        if cards.len() >= CARDS_IN_PART {
            cards.clear();
        }
        cards.insert(id, card.clone());
        card
    }

    /// A theme; `all` makes the views of all themes on the first call.
    pub(crate) fn tag(&self, theme: usize, all: impl FnOnce() -> Vec<ThemeTag>) -> Shared<ThemeTag> {
        self.tags.get_or_init(|| all().into_iter().map(Shared::from).collect())[theme].clone()
    }

    pub(crate) fn day(&self, date: Date, make: impl FnOnce() -> Day) -> Shared<Day> {
        lock(&self.days).entry(date).or_insert_with(|| make().into()).clone()
    }
}
