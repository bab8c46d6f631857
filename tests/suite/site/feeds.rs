//! Feeds of the site, its themes and its papers, as Atom and as JSON Feed, with excerpts or full text.

use crate::common::site::{Site, article};
use serde_json::Value;
use std::collections::BTreeSet;

/// The small site with further settings and an article with links, built.
fn built(settings: &str) -> Site {
    let site = Site::fixture();
    site.add_settings(settings);
    let front = "date = 2025-03-21\npaper = \"示范工人报\"\nthemes = [\"工匠\"]\n";
    let body = format!(
        "{}\n\n夜校在[首页](/)有介绍，也见[另一篇](2025/03-18/sfgrb-p1-01.md)。",
        "学员们每晚七点到齐。".repeat(30)
    );
    site.write("content/articles/links.md", article("夜校 & 学员", front, &body));
    site.build();
    site
}

fn json(site: &Site, file: &str) -> Value {
    serde_json::from_str(&site.read(file)).unwrap()
}

#[test]
fn the_site_each_theme_and_each_paper_have_an_atom_and_a_json_feed_of_the_same_entries() {
    let site = built("");
    for folder in ["", "themes/craft/", "issues/sfgrb/"] {
        let (atom, json) =
            (site.read(&format!("public/{folder}feed.xml")), json(&site, &format!("public/{folder}feed.json")));
        assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(json["feed_url"], format!("https://example.org/digest/{folder}feed.json"));
        assert_eq!(json["home_page_url"], format!("https://example.org/digest/{folder}"));
        let items = json["items"].as_array().unwrap();
        assert_eq!(items.len(), atom.matches("<entry>").count());
        let ids: BTreeSet<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
        assert!(ids.len() == items.len() && ids.iter().all(|id| atom.contains(&format!("<id>{id}</id>"))), "{folder}");
        assert!(items.iter().all(|item| item["content_text"].is_string() && item["content_html"].is_null()));
        assert_eq!(items[0]["date_published"], "2025-03-21T00:00:00+08:00");
    }
    assert!(site.read("public/issues/sfgrb/index.html").contains("issues/sfgrb/feed.xml"));
    assert!(site.read("public/index.html").contains("type=\"application/feed+json\" href=\"./feed.json\""));
}

#[test]
fn feeds_have_full_text_where_the_settings_say_so() {
    let site = built("feeds.articles = \"full\"");
    let feed = json(&site, "public/feed.json");
    let text = feed["items"][0]["content_html"].as_str().unwrap();
    assert!(text.contains("<a href=\"https://example.org/digest/\">首页</a>"), "{text}");
    assert!(text.contains("<a href=\"https://example.org/digest/2025/03/18/sfgrb-p1-01/\">另一篇</a>"), "{text}");
    let atom = site.read("public/feed.xml");
    let base = "<content type=\"html\" xml:base=\"https://example.org/digest/2025/03/21/links/\">&lt;p";
    assert!(atom.contains(base) && atom.contains("<title>夜校 &amp; 学员</title>"), "{atom}");
}

#[test]
fn a_text_that_may_not_be_republished_is_in_no_feed() {
    let site = built("feeds.articles = \"full\"\narticles = \"excerpt\"");
    let feed = json(&site, "public/feed.json");
    assert!(feed["items"].as_array().unwrap().iter().all(|item| item["content_html"].is_null()));
    assert!(!site.read("public/feed.xml").contains("<content"));
}

#[test]
fn ids_stay_when_the_base_url_or_the_settings_change() {
    let ids = |site: &Site| {
        let feed = json(site, "public/feed.json");
        let items = feed["items"].as_array().unwrap().iter().map(|item| item["id"].clone());
        items.collect::<Vec<_>>()
    };
    let before = ids(&built(""));
    let site = built("feeds.articles = \"full\"");
    site.run(&["build", "--base-url", "https://other.example/"]).expect_exit(0, &[]);
    assert_eq!(ids(&site), before);
}
