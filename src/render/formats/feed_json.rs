//! A feed as JSON Feed 1.1 (jsonfeed.org).
//!
//! It is made of the same view as the Atom feed, so both say the same. A digit of a date or a name that is not known is left
//! out; every item has its text, in full as HTML or as its excerpt.

use crate::render::views::feeds::{FeedEntry, FeedView};
use serde::Serialize;

const VERSION: &str = "https://jsonfeed.org/version/1.1";

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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
}

/// The JSON of a feed whose articles are in that language.
pub(crate) fn json(feed: &FeedView, language: &str) -> String {
    let document = Document {
        version: VERSION,
        title: &feed.title,
        home_page_url: &feed.page_url,
        feed_url: &feed.feed_url,
        description: &feed.subtitle,
        language,
        authors: [Author { name: &feed.author }],
        items: feed.entries.iter().map(item).collect(),
    };
    let mut json = serde_json::to_string_pretty(&document).expect("strings and lists of strings are always JSON");
    json.push('\n');
    json
}

fn item(entry: &FeedEntry) -> Item<'_> {
    Item {
        id: &entry.id,
        url: &entry.url,
        title: &entry.title,
        content_html: entry.content.as_deref(),
        content_text: entry.content.is_none().then_some(entry.summary.as_str()),
        summary: &entry.summary,
        date_published: &entry.updated,
        authors: entry.authors.iter().map(|name| Author { name }).collect(),
        tags: entry.themes.iter().map(|theme| theme.name.as_str()).collect(),
    }
}
