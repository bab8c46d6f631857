//! What the templates for machines are given: feeds, sitemap, robots.

use crate::render::views::made::Shared;
use crate::render::views::shared::ThemeTag;
use serde::Serialize;

/// `feed.xml`
#[derive(Debug, Serialize)]
pub(crate) struct FeedView {
    pub(crate) title: String,
    pub(crate) subtitle: String,
    /// `urn:uuid:…`
    pub(crate) id: String,
    /// RFC 3339
    pub(crate) updated: String,
    pub(crate) author: String,
    /// the feed itself, and the page it belongs to: absolute where the site's address is known, else relative
    pub(crate) feed_url: String,
    pub(crate) page_url: String,
    pub(crate) entries: Vec<FeedEntry>,
}

#[derive(Debug, Serialize)]
pub(crate) struct FeedEntry {
    pub(crate) title: String,
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) updated: String,
    pub(crate) authors: Vec<String>,
    pub(crate) themes: Vec<ThemeTag>,
    pub(crate) summary: String,
    /// the text as HTML, where feeds carry it
    pub(crate) content: Option<String>,
}

/// `sitemap.xml`
#[derive(Debug, Serialize)]
pub(crate) struct SitemapView {
    pub(crate) urls: Vec<Shared<SitemapUrl>>,
    /// of a site that is too large for one sitemap: the others, absolute, and no `urls`
    pub(crate) parts: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct SitemapUrl {
    pub(crate) url: String,
    /// a day
    pub(crate) changed: Option<String>,
}

/// `robots.txt`
#[derive(Debug, Serialize)]
pub(crate) struct RobotsView {
    /// absolute
    pub(crate) sitemap: Option<String>,
}
