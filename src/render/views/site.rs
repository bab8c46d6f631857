//! The variables of every template: `site` and `page`.
//!
//! A template is given the fields of its own view, `page` ([`PageMeta`]), `site` ([`SiteView`]), the texts of the interface by
//! name (`words`), and `root`, the relative path to the site's root: `<a href="{{ root }}{{ article.path }}">`.

use crate::render::views::common::{Day, Link, ThemeTag};
use serde::Serialize;

/// The site as a whole: `site`.
#[derive(Debug, Serialize)]
pub(crate) struct SiteView {
    /// the site's title
    pub(crate) title: String,
    /// the site's description
    pub(crate) description: String,
    /// the language of the interface, site.toml's `lang`: `zh-Hans`, `zh-Hant`, `en`
    pub(crate) language: &'static str,
    /// the language of the articles
    pub(crate) text_language: &'static str,
    /// the address of the site, with a slash at the end; empty if site.toml has none
    pub(crate) base_url: String,
    /// the author of the digest, as in site.toml
    pub(crate) author: String,
    /// all themes, in the order of site.toml
    pub(crate) themes: Vec<ThemeTag>,
    /// the plain pages, in the order of the menu
    pub(crate) menu: Vec<Link>,
    /// path of the icon for home screens, if there is one
    pub(crate) touch_icon: Option<String>,
    /// path of the web app manifest, if there is one
    pub(crate) manifest: Option<String>,
    /// number of articles; none on the pages of a shard, which knows no others
    pub(crate) articles: Option<usize>,
    /// number of issues; none on the pages of a shard
    pub(crate) issues: Option<usize>,
    /// path of `static/custom.css`, if the site has one
    pub(crate) custom_style: Option<&'static str>,
    /// path of the search page, if there is one
    pub(crate) search: Option<String>,
    /// the most megabytes that a browser keeps for reading without network, if the site has that switched on
    pub(crate) offline: Option<u16>,
    /// path of the list of columns, if articles have any
    pub(crate) columns: Option<String>,
    /// path of the list of places, if articles name any
    pub(crate) places: Option<String>,
    /// date of the oldest article; none on the pages of a shard
    pub(crate) since: Option<Day>,
    /// date of the newest article; none on the pages of a shard
    pub(crate) until: Option<Day>,
}

/// The page that is rendered: `page`.
#[derive(Debug, Serialize)]
pub(crate) struct PageMeta {
    /// home, article, themes, theme, key-figures, issues, paper, issue, source-page, archive, year, month, undated, people, person,
    /// columns, column, places, place, plain, search, day, offline, not-found
    pub(crate) kind: &'static str,
    /// the page's title; empty on the home page
    pub(crate) title: String,
    /// the page's description; empty if it has none
    pub(crate) description: String,
    /// path of the page below the site's root
    pub(crate) path: String,
    /// absolute address of the page, if the address of the site is known
    pub(crate) canonical: Option<String>,
    /// path of an Atom feed of this page's articles, in addition to the site's feed
    pub(crate) feed: Option<String>,
    /// the picture for those who share a link to the page, if the address of the site is known
    pub(crate) image: Option<ShareImage>,
    /// the page contains highlighted code and needs its style sheet
    pub(crate) has_code: bool,
}

/// The picture for those who share a link to a page: its own, that of its theme, or that of the site.
#[derive(Debug, Serialize)]
pub(crate) struct ShareImage {
    /// full address
    pub(crate) url: String,
    /// in pixels, unless it is a file of `static/`
    pub(crate) width: Option<u32>,
    /// in pixels, unless it is a file of `static/`
    pub(crate) height: Option<u32>,
    /// what it shows
    pub(crate) alt: String,
}
