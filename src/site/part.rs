//! The part of a site that a build makes: all of it, one of its shards, or what joins the shards.
//!
//! A shard has the pages that show articles of one year alone: the articles themselves, their other formats, issues and source pages, and
//! its volumes of the search index. They know no articles but those of their shard, so that a shard is built without the others. All other
//! pages, which list articles of several years, and the names of the search index belong to the join, which knows each article's
//! entry. Addresses follow from names and dates alone, so that each part knows those of the pages of all others.

use crate::config::year_shard::YearShard;
use crate::site::index_set::IndexSet;
use crate::site::page::{CardSubject, Page};

/// A part of a site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SitePart {
    /// all of a site without shards
    #[default]
    Whole,
    /// the pages of the articles of a shard
    Shard(YearShard),
    /// all pages but those of shards, whose volumes of the search index are these, newest first
    Join(Vec<IndexSet>),
}

impl SitePart {
    /// Whether the site has no shards.
    pub(crate) fn is_whole(&self) -> bool {
        *self == Self::Whole
    }

    /// Whether the files of `static/` belong to it.
    pub(crate) fn copies_statics(&self) -> bool {
        !matches!(self, Self::Shard(_))
    }

    /// Whether it is what joins the shards of a site.
    pub(crate) fn is_join(&self) -> bool {
        matches!(self, Self::Join(_))
    }

    /// Whether a page belongs to it.
    pub(crate) fn owns(&self, page: Page) -> bool {
        match self {
            Self::Whole => true,
            Self::Shard(_) => is_of_shard(page),
            Self::Join(_) => !is_of_shard(page),
        }
    }
}

/// Whether a page shows articles of one shard alone.
fn is_of_shard(page: Page) -> bool {
    matches!(
        page,
        Page::Article(_)
            | Page::Alternate(..)
            | Page::ShareCard(CardSubject::Article(_))
            | Page::Issue(_)
            | Page::SourcePage(_)
    )
}
