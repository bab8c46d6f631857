//! What the library keeps of an article.
//!
//! The body is read again when its page is rendered, so that memory follows the metadata and not the site's size.

use crate::base::han::Amount;
use crate::content::article::{Article, Front};
use crate::content::text::{Role, digest_of, paragraphs};
use crate::library::figures::Figure;
use crate::library::gazetteer::PlaceId;
use crate::library::reading::Reading;
use crate::library::salient::salient;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Characters of an excerpt, about.
const EXCERPT: usize = 120;

/// An entry's place in [`Library::entries`](crate::library::shelves::Library::entries): newest first.
pub type EntryId = usize;

/// An article without its body.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Entry {
    /// the file, below the site's root: `content/articles/2025/02-25/p1-03.md`
    pub file: String,
    pub front: Front,
    /// the beginning of the body as plain text, to the end of a sentence
    pub excerpt: String,
    pub amount: Amount,
    /// the places it tells of, the one it tells of most first
    pub places: Box<[PlaceId]>,
    /// the numbers that say most, in reading order
    pub figures: Box<[Figure]>,
    /// the words it comes back to, packed and sorted
    pub words: Box<[u32]>,
}

impl Entry {
    pub fn of(article: &Article, reading: &Reading) -> Self {
        let front = article.front.clone();
        let paragraphs = paragraphs(&article.body);
        let digest = digest_of(&paragraphs, EXCERPT);
        let texts = || paragraphs.iter().filter(|part| part.role == Role::Text).map(|part| part.text.as_str());
        Self {
            file: article.file.clone(),
            excerpt: digest.excerpt,
            amount: digest.amount,
            places: reading.places(&front, texts()),
            figures: reading.figures(front.filed_under(), &paragraphs),
            words: salient(&front.title, texts()),
            front,
        }
    }

    /// The file's name without folder and ending: `p1-03`.
    pub fn stem(&self) -> &str {
        let name = self.file.rsplit('/').next().unwrap_or(&self.file);
        name.strip_suffix(".md").unwrap_or(name)
    }

    /// The order of the digest: newest first and undated last; then by paper, page and place on the page, which is what the
    /// file's name counts. No two entries are equal, since no two have one file.
    pub fn order(&self, other: &Self) -> Ordering {
        let last = |none: bool| u8::from(none);
        let (a, b) = (&self.front, &other.front);
        (b.date.cmp(&a.date))
            .then_with(|| last(a.paper.is_none()).cmp(&last(b.paper.is_none())))
            .then_with(|| a.paper.cmp(&b.paper))
            .then_with(|| last(a.page.is_none()).cmp(&last(b.page.is_none())))
            .then_with(|| a.page.cmp(&b.page))
            .then_with(|| self.file.cmp(&other.file))
    }
}
