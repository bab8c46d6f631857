//! Metadata of an article for search engines: JSON-LD after schema.org.
//!
//! A NewsArticle is part of a PublicationIssue, which is part of a Newspaper. Unknown properties are omitted, and so is the text,
//! which is on the page anyway. `<` is written as `\u003c`, so that no printed text can end the script that contains it.

use crate::catalog::entry::{Entry, Summary};
use crate::config::settings::Config;
use crate::render::formats::citation::Reference;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewsArticle<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    headline: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternative_headline: Option<String>,
    in_language: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<NamedThing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<NamedThing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article_section: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    keywords: &'a [&'a str],
    #[serde(skip_serializing_if = "Option::is_none")]
    print_page: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pagination: Option<String>,
    word_count: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    main_entity_of_page: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<PublicationIssue<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PublicationIssue<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    issue_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<NamedThing<'a>>,
}

#[derive(Serialize)]
struct NamedThing<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

/// The JSON of an article, for a `<script>`; `themes` are the names of its themes, `image` is the address of its
/// picture.
pub(crate) fn json_ld(
    config: &Config,
    entry: &Entry,
    summary: &Summary,
    reference: &Reference<'_>,
    themes: &[&str],
    image: Option<&str>,
) -> String {
    let front = &entry.front;
    let named = |kind| move |name| NamedThing { kind, name };
    let other_lines: Vec<&str> = [&front.kicker, &front.subtitle].into_iter().flatten().map(String::as_str).collect();
    let page = front.page.map(|page| page.to_string());
    let article = NewsArticle {
        context: "https://schema.org",
        kind: "NewsArticle",
        headline: &front.title,
        alternative_headline: (!other_lines.is_empty()).then(|| other_lines.join("\u{3000}")),
        in_language: config.text_lang.tag(),
        description: &summary.excerpt,
        date_published: front.date.map(|date| date.to_string()),
        date_modified: front.changed().filter(|_| front.is_changed()).map(|date| date.to_string()),
        author: front.authors.iter().map(String::as_str).map(named("Person")).collect(),
        publisher: front.paper.as_deref().map(named("Organization")),
        article_section: front.column.as_deref(),
        keywords: themes,
        print_page: page.clone(),
        pagination: page,
        word_count: summary.word_count.total(),
        url: reference.url.as_deref(),
        main_entity_of_page: reference.url.as_deref(),
        is_part_of: issue(entry),
        image,
    };
    serde_json::to_string(&article).expect("plain fields are always JSON").replace('<', "\\u003c")
}

fn issue(entry: &Entry) -> Option<PublicationIssue<'_>> {
    let front = &entry.front;
    let known = front.issue.is_some() || front.date.is_some() || front.paper.is_some();
    known.then(|| PublicationIssue {
        kind: "PublicationIssue",
        issue_number: front.issue.map(|number| number.to_string()),
        date_published: front.date.map(|date| date.to_string()),
        is_part_of: front.paper.as_deref().map(|name| NamedThing { kind: "Newspaper", name }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::{Article, FrontMatter};
    use crate::extract::extractor::Extractor;
    use jiff::civil::date;
    use serde_json::{Value, json};

    fn of(front: FrontMatter) -> (String, Value) {
        let entry = Entry::of(
            &Article { file: "a.md".into(), front, byline: None, body: "正文。".into() },
            &Extractor::default(),
        );
        let reference = Reference { key: "k".into(), front: &entry.front, url: Some("https://example.org/a/".into()) };
        let text = json_ld(&Config::default(), &entry, &Summary::default(), &reference, &["产改"], None);
        let value = serde_json::from_str(&text).unwrap();
        (text, value)
    }

    #[test]
    fn an_article_is_part_of_its_issue_and_its_paper() {
        let (_, json) = of(FrontMatter {
            title: "题".into(),
            authors: vec!["何牧".into()],
            paper: Some("江边晚报".into()),
            date: Some(date(2025, 2, 5)),
            issue: Some(7),
            page: Some(3),
            ..FrontMatter::default()
        });
        assert_eq!((&json["@type"], &json["datePublished"]), (&json!("NewsArticle"), &json!("2025-02-05")));
        let issue = json!({ "@type": "PublicationIssue", "issueNumber": "7", "datePublished": "2025-02-05",
            "isPartOf": { "@type": "Newspaper", "name": "江边晚报" } });
        assert_eq!(json["isPartOf"], issue);
        assert_eq!(json["author"][0]["name"], "何牧");
        assert!(json.get("articleBody").is_none());
    }

    #[test]
    fn printed_text_cannot_end_the_script() {
        let (text, json) = of(FrontMatter { title: "</script><!--<b>".into(), ..FrontMatter::default() });
        assert!(!text.contains('<'), "{text}");
        assert_eq!(json["headline"], "</script><!--<b>");
        assert!(json.get("isPartOf").is_none() && json.get("author").is_none());
    }
}
