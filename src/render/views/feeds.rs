//! What the templates for machines are given: feeds, sitemap, robots.

use crate::render::views::views::{Shared, ThemeTag};
use serde::Serialize;

/// `feed.xml`
#[derive(Debug, Serialize)]
pub struct FeedView {
    pub title: String,
    pub subtitle: String,
    /// `urn:uuid:…`
    pub id: String,
    /// RFC 3339
    pub updated: String,
    pub author: String,
    /// the feed itself, and the page it belongs to: absolute where the site's address is known, else relative
    pub feed_url: String,
    pub page_url: String,
    pub entries: Vec<FeedEntry>,
}

#[derive(Debug, Serialize)]
pub struct FeedEntry {
    pub title: String,
    pub id: String,
    pub url: String,
    pub updated: String,
    pub authors: Vec<String>,
    pub themes: Vec<ThemeTag>,
    pub summary: String,
    /// the text as HTML, where feeds carry it
    pub content: Option<String>,
}

/// `sitemap.xml`
#[derive(Debug, Serialize)]
pub struct SitemapView {
    pub urls: Vec<Shared<SitemapUrl>>,
    /// of a site that is too large for one sitemap: the others, absolute, and no `urls`
    pub parts: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct SitemapUrl {
    pub url: String,
    /// a day
    pub changed: Option<String>,
}

/// `robots.txt`
#[derive(Debug, Serialize)]
pub struct RobotsView {
    /// absolute
    pub sitemap: Option<String>,
}
