//! What the library keeps of an article.
//!
//! The body is read again when its page is rendered, so that memory follows the metadata and not the site's size.

use crate::base::han::Amount;
use crate::content::article::{Article, Front};
use crate::content::text;
use std::cmp::Ordering;

/// Characters of an excerpt, about.
const EXCERPT: usize = 120;

/// An entry's place in [`Library::entries`](crate::library::shelves::Library::entries): newest first.
pub type EntryId = usize;

/// An article without its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// the file, below the site's root: `content/articles/2025-02-25/p1-03.md`
    pub file: String,
    pub front: Front,
    /// the beginning of the body as plain text, to the end of a sentence
    pub excerpt: String,
    pub amount: Amount,
}

impl Entry {
    pub fn of(article: &Article) -> Self {
        let digest = text::digest(&article.body, EXCERPT);
        Self {
            file: article.file.clone(),
            front: article.front.clone(),
            excerpt: digest.excerpt,
            amount: digest.amount,
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
