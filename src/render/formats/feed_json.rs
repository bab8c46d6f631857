//! Feeds as JSON Feed 1.1 (jsonfeed.org).
//!
//! They are made from the view of the Atom feeds. Every item has its text: as HTML if feeds contain texts, else its excerpt.

use crate::render::views::feeds::{FeedEntry, FeedView};
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    summary: &'a str,
    date_published: &'a str,
    date_modified: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
}

/// The JSON of a feed; `language` is the language tag of its articles.
pub(crate) fn json_feed(feed: &FeedView, language: &str) -> String {
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.page_url,
        feed_url: &feed.feed_url,
        description: &feed.subtitle,
        language,
        authors: [Author { name: &feed.author }],
        items: feed.entries.iter().map(item).collect(),
    };
    serde_json::to_string_pretty(&document).expect("strings and lists of strings are always JSON") + "\n"
}

fn item(entry: &FeedEntry) -> Item<'_> {
    Item {
        id: &entry.id,
        url: &entry.url,
        title: &entry.title,
        content_html: entry.content.as_deref(),
        content_text: entry.content.is_none().then_some(entry.summary.as_str()),
        summary: &entry.summary,
        date_published: &entry.published,
        date_modified: &entry.updated,
        authors: entry.authors.iter().map(|name| Author { name }).collect(),
        tags: entry.themes.iter().map(|theme| theme.name.as_str()).collect(),
    }
}
