//! The variables of every template: `site` and `page`.
//!
//! A template sees the fields of its own view and, beside them:
//!
//! - `page`: the [`PageMeta`] of the page that is rendered
//! - `root`: the relative path from this page to the site's root (`../../`); every `path` of a view is appended to it:
//!   `<a href="{{ root }}{{ article.path }}">`
//! - `site`: the [`SiteView`]
//! - `words`: the messages of the interface, by name
//!
//! A field that may be absent is an `Option`, which is none in a template: `{% if article.kicker %}`.

use crate::render::views::shared::{Day, Link, ThemeTag};
use serde::Serialize;

/// The site as a whole: `site`.
#[derive(Debug, Serialize)]
pub(crate) struct SiteView {
    pub(crate) title: String,
    pub(crate) description: String,
    /// of the interface and the pages, as in site.toml's `lang`: `zh-Hans`, `zh-Hant`, `en`
    pub(crate) language: &'static str,
    /// of the articles
    pub(crate) text_language: &'static str,
    /// ends with a slash; empty where site.toml tells none
    pub(crate) base_url: String,
    pub(crate) author: String,
    pub(crate) themes: Vec<ThemeTag>,
    /// plain pages, in the order of the menu
    pub(crate) menu: Vec<Link>,
    pub(crate) articles: usize,
    pub(crate) issues: usize,
    /// the path of `static/custom.css`, where the site has one
    pub(crate) custom_style: Option<&'static str>,
    /// the path of the search page, where there is one
    pub(crate) search: Option<String>,
    /// the paths of the pages of all columns, and of all places, where there are any
    pub(crate) columns: Option<String>,
    pub(crate) places: Option<String>,
    /// days of the first and the last article
    pub(crate) since: Option<Day>,
    pub(crate) until: Option<Day>,
}

/// The page that is rendered: `page`.
#[derive(Debug, Serialize)]
pub(crate) struct PageMeta {
    /// home, article, themes, theme, key-figures, issues, paper, issue, source-page, archive, year, month, undated, people, person,
    /// columns, column, places, place, plain, search, not-found
    pub(crate) kind: &'static str,
    /// empty on the home page
    pub(crate) title: String,
    pub(crate) description: String,
    /// below the root
    pub(crate) path: String,
    /// absolute, where the site's address is known
    pub(crate) canonical: Option<String>,
    /// an Atom feed of what is shown here, besides the site's own
    pub(crate) feed: Option<String>,
    /// holds code, and needs the style sheet of the highlighter
    pub(crate) has_code: bool,
}
