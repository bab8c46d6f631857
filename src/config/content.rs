//! The settings of what becomes of text: of a page's in an import, `[import]`, and of articles and their Markdown on the site, `[content]`.

use crate::config::article_filter::{ArticleFilter, OneOrMany, RawFilter};
use crate::config::findings::Findings;
use crate::config::table_pattern::TablePattern;
use crate::config::year_shard::Sharding;
use crate::diagnostics::code::Code;
use crate::message;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use toml::Spanned;

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

/// What articles there are, and how their Markdown becomes pages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ContentRules {
    /// what becomes of raw HTML
    pub(crate) html: RawHtml,
    /// tables of articles beside the files of `content/articles/`
    pub(crate) tables: Vec<TablePattern>,
    /// which articles the site is made of
    pub(crate) filter: ArticleFilter,
    /// how the site is divided into shards; `None`: it is built as a whole
    pub(crate) shards: Option<Sharding>,
}

/// The section as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawContentRules {
    html: RawHtml,
    articles: Option<Spanned<OneOrMany<String>>>,
    #[serde(rename = "where")]
    filter: RawFilter,
    shards: Option<Sharding>,
}

impl RawContentRules {
    /// Adds patterns that name no tables, and filters that no article can pass. `themes` are those of the site.
    pub(crate) fn validate(&self, themes: &[&str], findings: &mut Findings<'_>) {
        for (span, pattern) in self.patterns() {
            if let Err(why) = TablePattern::new(pattern) {
                let hint = message!("such as \"content/tables/*.parquet\"; * matches a part of a name, ** any folders");
                findings.add(Code::BadPattern, why, span, hint);
            }
        }
        self.filter.validate(themes, findings);
    }

    fn patterns(&self) -> impl Iterator<Item = (Range<usize>, &str)> {
        let listed = self.articles.iter().flat_map(|listed| listed.get_ref().iter().map(|it| (listed.span(), it)));
        listed.map(|(span, pattern)| (span, pattern.as_str()))
    }

    /// The rules; they have to be valid.
    pub(crate) fn resolve(self) -> ContentRules {
        let tables = self.patterns().filter_map(|(_, pattern)| TablePattern::new(pattern).ok()).collect();
        ContentRules { html: self.html, tables, filter: self.filter.resolve(), shards: self.shards }
    }
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
