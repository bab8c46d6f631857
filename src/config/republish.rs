//! The settings of what a site republishes of its articles (papers differ in that), and of parts that can be switched off.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::num::NonZeroU16;

/// How much of an article's text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// the whole text
    #[default]
    Full,
    /// headline, citation, key figures and an excerpt: the text may not be republished
    Excerpt,
}

/// A part of the site that is on unless it is switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Switch {
    pub(crate) enabled: bool,
}

impl Default for Switch {
    fn default() -> Self {
        Self { enabled: true }
    }
}

/// What browsers keep for reading without network: `[offline]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct OfflineRules {
    pub(crate) enabled: bool,
    /// the most that a browser keeps
    pub(crate) megabytes: NonZeroU16,
}

impl Default for OfflineRules {
    fn default() -> Self {
        Self { enabled: false, megabytes: const { NonZeroU16::new(50).unwrap() } }
    }
}

/// Pictures for those who share a link: `[cards]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct CardRules {
    /// of the site and of each theme
    pub(crate) enabled: bool,
    /// of each article as well; not by default, since some hosts limit the number of files
    pub(crate) articles: bool,
}

impl Default for CardRules {
    fn default() -> Self {
        Self { enabled: true, articles: false }
    }
}

/// Files in other formats: `[twins]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct TwinRules {
    /// beside each article; none by default, since some hosts limit the number of files
    pub(crate) formats: BTreeSet<TwinFormat>,
    /// `.csv` and `.bib` beside each theme
    pub(crate) themes: bool,
}

impl Default for TwinRules {
    fn default() -> Self {
        Self { formats: BTreeSet::new(), themes: true }
    }
}

/// A format of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TwinFormat {
    /// its Markdown
    Markdown,
    /// its metadata and text as JSON
    Json,
    /// a citation in BibTeX
    BibTeX,
    /// a citation in RIS
    Ris,
}

impl TwinFormat {
    /// The file beside the article's page.
    pub(crate) fn file(self) -> &'static str {
        match self {
            Self::Markdown => "index.md",
            Self::Json => "index.json",
            Self::BibTeX => "cite.bib",
            Self::Ris => "cite.ris",
        }
    }
}

/// The text of source pages: `[source]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct SourceRules {
    /// where false, a source page only lists its articles
    pub(crate) show: bool,
}

impl Default for SourceRules {
    fn default() -> Self {
        Self { show: true }
    }
}

/// What feeds contain: `[feeds]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct FeedRules {
    /// how much of articles that are shown in full
    pub(crate) articles: Extent,
}

impl Default for FeedRules {
    fn default() -> Self {
        Self { articles: Extent::Excerpt }
    }
}
