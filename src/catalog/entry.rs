//! Catalog entries: an article's front matter, summary and extracted features, without its body.
//!
//! The body is read again when its page is rendered, so that memory follows the metadata and not the site's size.

use crate::content::article::{Article, FrontMatter};
use crate::content::plain_text::{ParagraphRole, paragraphs, summarize_paragraphs};
use crate::extract::extractor::Extractor;
use crate::extract::figures::Figure;
use crate::extract::gazetteer::PlaceId;
use crate::extract::shingles::Shingles;
use crate::text::word_count::WordCount;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Characters, about.
const EXCERPT_LENGTH: usize = 120;

/// An entry's position in [`Catalog::entries`](crate::catalog::catalog::Catalog::entries): newest first.
pub(crate) type EntryId = usize;

/// An article without its body.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Entry {
    /// the file, below the site's root: `content/articles/2025/02-25/p1-03.md`
    pub file: String,
    /// its front matter
    pub front: FrontMatter,
    /// the places it is about, the most prominent first
    pub places: Box<[PlaceId]>,
    /// its key figures, in reading order
    pub figures: Box<[Figure]>,
    /// its keywords, packed (two characters each) and sorted
    pub keywords: Box<[u32]>,
    /// a sample of its text, by which other printings of it are found
    pub shingles: Shingles,
    /// what lists show of its text
    pub summary: TrackedSummary,
}

/// What lists show of a text. It changes with the text, and no page's existence, address or neighbours depend on it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Summary {
    /// the beginning of the body as plain text, to the end of a sentence
    pub excerpt: String,
    /// the length of the whole body
    pub word_count: WordCount,
}

/// How two entries of one file differ: each kind includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Difference {
    None,
    Summary,
    /// so perhaps other articles are related
    Keywords,
    /// what indexes, addresses or lists depend on
    Structure,
}

/// A summary, read through `Catalog::summary` alone, which records the access.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TrackedSummary(pub(crate) Summary);

impl From<Summary> for TrackedSummary {
    fn from(summary: Summary) -> Self {
        Self(summary)
    }
}

impl Entry {
    /// The entry of an article, with the features that the extractor is set to extract.
    pub fn of(article: &Article, extractor: &Extractor) -> Self {
        let front = article.front.clone();
        let paragraphs = paragraphs(&article.body);
        let digest = summarize_paragraphs(&paragraphs, EXCERPT_LENGTH);
        let texts = || paragraphs.iter().filter(|part| part.role == ParagraphRole::Text).map(|part| part.text.as_str());
        Self {
            file: article.file.clone(),
            places: extractor.places(&front, texts()),
            figures: extractor.figures(front.filed_under(), &paragraphs),
            keywords: extractor.keywords(&front, texts()),
            shingles: Shingles::of(texts()),
            summary: TrackedSummary(Summary { excerpt: digest.excerpt, word_count: digest.word_count }),
            front,
        }
    }

    /// The difference to another entry of the same file. Shingles are left out: what another sample of a text means for the site
    /// depends on the other articles ([`same_pairs`](crate::catalog::reprints::same_pairs)).
    pub(crate) fn difference(&self, other: &Self) -> Difference {
        let structure = |entry: &Self| Self {
            summary: TrackedSummary::default(),
            keywords: Box::default(),
            shingles: Shingles::default(),
            ..entry.clone()
        };
        match () {
            () if structure(self) != structure(other) => Difference::Structure,
            () if self.keywords != other.keywords => Difference::Keywords,
            () if self.summary != other.summary => Difference::Summary,
            () => Difference::None,
        }
    }

    /// The order of the digest: newest first and undated last; then by paper, page and position on the page, which the file's
    /// name counts. No two entries are equal, since no two have one file.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        let (a, b) = (&self.front, &other.front);
        (b.date, a.paper.is_none(), &a.paper, a.page.is_none(), a.page, &self.file).cmp(&(
            a.date,
            b.paper.is_none(),
            &b.paper,
            b.page.is_none(),
            b.page,
            &other.file,
        ))
    }
}

/// The name of an article's file without folder and ending: `p1-03`.
pub(crate) fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".md").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A build holds one entry for each article of the site in memory, so a field that few articles have belongs in a box.
    #[test]
    fn an_entry_is_small() {
        assert!(size_of::<Entry>() <= 352, "{}", size_of::<Entry>());
        assert!(size_of::<FrontMatter>() <= 216, "{}", size_of::<FrontMatter>());
    }
}
