//! The settings of what a site republishes of its articles (papers differ in that), and of parts that can be switched off.

use serde::{Deserialize, Serialize};

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
