//! How much of the articles a site shows, and in which forms.
//!
//! Papers differ in what may be republished, and sites in how many files they want: each of these is a word in site.toml.

use serde::Deserialize;

/// How much of an article's text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    #[default]
    Full,
    /// headline, citation, key figures and excerpt: the text may not be republished
    Excerpt,
}

/// Something that a site has unless it says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Switch {
    pub(crate) enabled: bool,
}

impl Default for Switch {
    fn default() -> Self {
        Self { enabled: true }
    }
}

/// The text of source pages: `[source]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SourceRules {
    /// off: a source page lists its articles, and its text stays unseen
    pub(crate) show: bool,
}

impl Default for SourceRules {
    fn default() -> Self {
        Self { show: true }
    }
}

/// What feeds carry: `[feeds]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FeedRules {
    /// of articles that are shown in full
    pub(crate) articles: Extent,
}

impl Default for FeedRules {
    fn default() -> Self {
        Self { articles: Extent::Excerpt }
    }
}
