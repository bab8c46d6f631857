//! Plain pages: `content/*.md`, such as about and colophon.

use crate::base::note::Note;
use crate::base::source::Source;
use crate::content::parse::{front_matter, split};
use serde::Deserialize;

/// A page of the site's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainPage {
    /// below the site's root: `content/about.md`
    pub file: String,
    pub title: String,
    /// place in the menu: small numbers first, then by file name
    pub order: i64,
    pub draft: bool,
    pub body: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    title: String,
    #[serde(default)]
    order: i64,
    #[serde(default)]
    draft: bool,
}

/// Reads a plain page.
///
/// # Errors
/// A finding at its place, as for articles.
pub fn plain_page(source: &Source) -> Result<PlainPage, Note> {
    let parts = split(source)?;
    let keys: Keys = front_matter(source, &parts)?;
    Ok(PlainPage {
        file: source.name.clone(),
        title: keys.title,
        order: keys.order,
        draft: keys.draft,
        body: source.text[parts.body].to_owned(),
    })
}
