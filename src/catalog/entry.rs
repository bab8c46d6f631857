//! What the catalog keeps of an article.
//!
//! The body is read again when its page is rendered, so that memory follows the metadata and not the site's size.

use crate::content::article::{Article, FrontMatter};
use crate::content::plain_text::{ParagraphRole, paragraphs, summarize_paragraphs};
use crate::extract::extractor::Extractor;
use crate::extract::figures::Figure;
use crate::extract::gazetteer::PlaceId;
use crate::text::han::WordCount;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Characters of an excerpt, about.
const EXCERPT: usize = 120;

/// An entry's place in [`Catalog::entries`](crate::catalog::catalog::Catalog::entries): newest first.
pub(crate) type EntryId = usize;

/// An article without its body.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Entry {
    /// the file, below the site's root: `content/articles/2025/02-25/p1-03.md`
    pub file: String,
    pub front: FrontMatter,
    /// the places it tells of, the one it tells of most first
    pub places: Box<[PlaceId]>,
    /// the numbers that say most, in reading order
    pub figures: Box<[Figure]>,
    /// the words it comes back to, packed and sorted
    pub words: Box<[u32]>,
    pub summary: TrackedSummary,
}

/// What lists say of a text. It changes with the text and decides on no page's being, address or neighbours.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Summary {
    /// the beginning of the body as plain text, to the end of a sentence
    pub excerpt: String,
    pub word_count: WordCount,
}

/// How far two entries of one file differ: each kind includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Difference {
    None,
    /// what lists say of the text
    Summary,
    /// the words it comes back to, and so perhaps which articles are akin
    Words,
    /// what shelves, addresses or lists are made from
    Structure,
}

/// A summary that only [`Catalog::summary`](crate::catalog::catalog::Catalog::summary) opens, for whoever says which page reads it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TrackedSummary(pub(crate) Summary);

impl From<Summary> for TrackedSummary {
    fn from(summary: Summary) -> Self {
        Self(summary)
    }
}

impl Entry {
    pub fn of(article: &Article, extractor: &Extractor) -> Self {
        let front = article.front.clone();
        let paragraphs = paragraphs(&article.body);
        let digest = summarize_paragraphs(&paragraphs, EXCERPT);
        let texts = || paragraphs.iter().filter(|part| part.role == ParagraphRole::Text).map(|part| part.text.as_str());
        Self {
            file: article.file.clone(),
            places: extractor.places(&front, texts()),
            figures: extractor.figures(front.filed_under(), &paragraphs),
            words: extractor.words(&front, texts()),
            summary: TrackedSummary(Summary { excerpt: digest.excerpt, word_count: digest.word_count }),
            front,
        }
    }

    /// How it stands to another entry of the same file.
    pub(crate) fn against(&self, other: &Self) -> Difference {
        let apart = |entry: &Self| Self { summary: TrackedSummary::default(), words: Box::default(), ..entry.clone() };
        match () {
            () if self == other => Difference::None,
            () if apart(self) != apart(other) => Difference::Structure,
            () if self.words != other.words => Difference::Words,
            () => Difference::Summary,
        }
    }

    /// The file's name without folder and ending: `p1-03`.
    pub(crate) fn stem(&self) -> &str {
        let name = self.file.rsplit('/').next().unwrap_or(&self.file);
        name.strip_suffix(".md").unwrap_or(name)
    }

    /// The order of the digest: newest first and undated last; then by paper, page and place on the page, which is what the
    /// file's name counts. No two entries are equal, since no two have one file.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A build holds one of these for each article of the site, a text of some hundred bytes beside it: whoever adds a field
    /// that few articles have puts it into a box.
    #[test]
    fn what_is_held_of_an_article_is_small() {
        assert!(size_of::<Entry>() <= 328, "{}", size_of::<Entry>());
        assert!(size_of::<FrontMatter>() <= 216, "{}", size_of::<FrontMatter>());
    }
}
