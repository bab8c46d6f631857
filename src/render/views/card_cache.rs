//! Cards that are made, kept for the next page that shows them.
//!
//! An article stands on its own page, beside its neighbours, in the lists of its themes, its day and its page. Its card is
//! made once and shared: the engine counts a reference, it copies nothing. Only so many are kept, so that memory does not
//! follow the size of the site; pages that are rendered one after another show the same articles.
//!
//! Where only the keys of pages are wanted, a digest of the card stands for it: views are the same where the digests are.

use crate::catalog::entry::EntryId;
use crate::render::views::made::{Made, Shared};
use crate::render::views::shared::{Card, CardFields, Day, ThemeTag};
use crate::util::digest::Digest;
use crate::util::sync::lock;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock};
use tera::Value;

/// Parts, each with a lock of its own.
const PARTS: usize = 16;
/// Cards kept in a part: 10,000 in all, of about 3 KB each.
const KEPT: usize = 625;

/// Cards by article.
#[derive(Debug)]
pub(crate) struct CardCache {
    parts: [Mutex<HashMap<EntryId, Card>>; PARTS],
    /// of all themes
    tags: OnceLock<Vec<Shared<ThemeTag>>>,
    /// there are no more of them than the calendar has
    days: Mutex<HashMap<Date, Shared<Day>>>,
    /// a digest stands for each card
    digests: bool,
    /// the fields of an article's view that its template does not name
    unwanted: Vec<&'static str>,
}

impl CardCache {
    /// Of whole cards. `unwanted` are fields of an article's view that nobody would see.
    pub(crate) fn new(unwanted: Vec<&'static str>) -> Self {
        Self { parts: Default::default(), tags: OnceLock::new(), days: Mutex::default(), digests: false, unwanted }
    }

    /// Of digests.
    pub(crate) fn of_digests(unwanted: Vec<&'static str>) -> Self {
        Self { digests: true, ..Self::new(unwanted) }
    }

    pub(crate) fn is_for_keys(&self) -> bool {
        self.digests
    }

    pub(crate) fn uses_field(&self, field: &str) -> bool {
        !self.unwanted.contains(&field)
    }

    /// The card of an article.
    pub(crate) fn card(&self, id: EntryId, fields: impl FnOnce() -> CardFields) -> Card {
        let part = &self.parts[id % PARTS];
        if let Some(card) = lock(part).get(&id) {
            return card.clone();
        }
        let card = Card::from(self.made(&fields()));
        let mut kept = lock(part);
        // digests are few bytes each: those of all articles stay
        if kept.len() >= KEPT && !self.digests {
            kept.clear();
        }
        kept.insert(id, card.clone());
        card
    }

    /// The tag of a theme, where `all` makes those of all themes.
    pub(crate) fn tag(&self, theme: usize, all: impl FnOnce() -> Vec<ThemeTag>) -> Shared<ThemeTag> {
        let tags = self.tags.get_or_init(|| all().iter().map(|tag| self.made(tag).into()).collect());
        tags[theme].clone()
    }

    /// A day, as cards show it.
    pub(crate) fn day(&self, date: Date, make: impl FnOnce() -> Day) -> Shared<Day> {
        if let Some(day) = lock(&self.days).get(&date) {
            return day.clone();
        }
        let day = Shared::from(self.made(&make()));
        lock(&self.days).insert(date, day.clone());
        day
    }

    /// A view, or what stands for it.
    pub(crate) fn made(&self, fields: &impl Serialize) -> Made {
        match self.digests {
            true => Made::Digest(Digest::of(fields)),
            false => Made::Value(Value::from_serializable(fields)),
        }
    }
}
