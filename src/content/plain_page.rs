//! Plain pages: `content/*.md`, such as about and colophon.

use crate::content::alias;
use crate::content::parse::{parse_front_matter, split_front_matter};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::Source;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// A page that is no article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlainPage {
    /// below the site's root: `content/about.md`
    pub(crate) file: String,
    pub(crate) title: String,
    /// position in the menu: small numbers first, then by file name
    pub(crate) order: i64,
    pub(crate) draft: bool,
    /// former addresses, below the site's root: `/old/about/`
    pub(crate) aliases: Vec<String>,
    pub(crate) body: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlainPageKeys {
    title: String,
    #[serde(default)]
    order: i64,
    #[serde(default)]
    draft: bool,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
}

/// Parses a plain page.
///
/// # Errors
/// A diagnostic at its location, as for articles.
pub(crate) fn parse_plain_page(source: &Source) -> Result<PlainPage, Diagnostic> {
    let parts = split_front_matter(source)?;
    let keys: PlainPageKeys = parse_front_matter(source, &parts)?;
    let mut diagnostics = Vec::new();
    let aliases = alias::check_aliases(source, parts.front.start, keys.aliases, &mut diagnostics);
    if let Some(diagnostic) = diagnostics.into_iter().next() {
        return Err(diagnostic);
    }
    Ok(PlainPage {
        file: source.name.clone(),
        title: keys.title,
        order: keys.order,
        draft: keys.draft,
        aliases,
        body: source.text[parts.body].to_owned(),
    })
}
