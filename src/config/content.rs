//! The settings of what becomes of text: of a page's in an import, `[import]`, and of Markdown on the site, `[content]`.

use serde::{Deserialize, Serialize};

/// How pages become articles.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct ImportRules {
    /// whether half-width punctuation between 汉字 becomes full-width: `改革,走深走实` → `改革，走深走实`
    pub(crate) full_width: bool,
}

impl Default for ImportRules {
    fn default() -> Self {
        Self { full_width: true }
    }
}

/// How Markdown becomes pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContentRules {
    /// what becomes of raw HTML
    pub(crate) html: RawHtml,
}

/// What becomes of raw HTML in the Markdown of articles and plain pages, and of addresses that would run a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RawHtml {
    /// elements and attributes on a list of harmless ones stay, everything else is left out
    #[default]
    Safe,
    /// it is shown as text
    Escape,
    /// it is written as it stands, scripts included
    Keep,
}
