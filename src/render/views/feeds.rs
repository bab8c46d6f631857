//! The views of the files for programs: Atom feed, sitemap, robots.txt.

use crate::render::views::common::ThemeTag;
use crate::render::views::lazy_list::LazyList;
use serde::Serialize;

/// `feed.xml`
#[derive(Debug, Serialize)]
pub(crate) struct FeedView {
    /// title of the feed
    pub(crate) title: String,
    /// description of the feed
    pub(crate) subtitle: String,
    /// `urn:uuid:…`
    pub(crate) id: String,
    /// time of the newest entry, RFC 3339
    pub(crate) updated: String,
    /// author of the feed
    pub(crate) author: String,
    /// address of the feed: absolute if the address of the site is known, else relative
    pub(crate) feed_url: String,
    /// address of the page with the same articles, likewise
    pub(crate) page_url: String,
    /// the newest articles
    pub(crate) entries: Vec<FeedEntry>,
}

/// An article in a feed.
#[derive(Debug, Serialize)]
pub(crate) struct FeedEntry {
    /// headline
    pub(crate) title: String,
    /// `urn:uuid:…`
    pub(crate) id: String,
    /// address of the article
    pub(crate) url: String,
    /// publication time, RFC 3339
    pub(crate) published: String,
    /// time of its last change, RFC 3339
    pub(crate) updated: String,
    /// names of the authors
    pub(crate) authors: Vec<String>,
    /// themes, most fitting first
    pub(crate) themes: Vec<ThemeTag>,
    /// excerpt, and what was corrected
    pub(crate) summary: String,
    /// the text as HTML, if feeds contain it
    pub(crate) content: Option<String>,
}

/// `sitemap.xml`
#[derive(Debug, Serialize)]
pub(crate) struct SitemapView<'a> {
    /// the pages of the site; empty in the index of a large site
    pub(crate) urls: LazyList<'a, SitemapUrl>,
    /// absolute addresses of the sitemaps of a site that is too large for one
    pub(crate) parts: Vec<String>,
}

/// A page in a sitemap.
#[derive(Debug, Serialize)]
pub(crate) struct SitemapUrl {
    /// absolute address
    pub(crate) url: String,
    /// date of its newest article, ISO 8601
    pub(crate) changed: Option<String>,
}

/// `robots.txt`
#[derive(Debug, Serialize)]
pub(crate) struct RobotsView {
    /// absolute address of the sitemap
    pub(crate) sitemap: Option<String>,
}
