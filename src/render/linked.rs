//! An article as search engines read it: JSON-LD after schema.org.
//!
//! A NewsArticle is part of a PublicationIssue, which is part of a Newspaper. What is not known is left out, and the text
//! stands on the page alone. `<` is written `\u003c`, so that nothing that a page printed can end the script it stands in.

use crate::config::Config;
use crate::library::entry::{Entry, Gist};
use crate::render::cite::Reference;
use serde_json::{Map, Value, json};

/// The JSON of an article, to stand in a `<script>`; `themes` are the names of those it is filed under.
pub fn json_ld(config: &Config, entry: &Entry, gist: &Gist, reference: &Reference<'_>, themes: &[&str]) -> String {
    let front = &entry.front;
    let mut article = object("NewsArticle");
    article.insert("@context".to_owned(), json!("https://schema.org"));
    article.insert("headline".to_owned(), json!(front.title));
    article.insert("inLanguage".to_owned(), json!(config.text_lang.tag()));
    let beside: Vec<&str> = [&front.kicker, &front.subtitle].into_iter().flatten().map(String::as_str).collect();
    set(&mut article, "alternativeHeadline", (!beside.is_empty()).then(|| json!(beside.join("　"))));
    set(&mut article, "description", (!gist.excerpt.is_empty()).then(|| json!(gist.excerpt)));
    set(&mut article, "datePublished", front.date.map(|date| json!(date.to_string())));
    let people: Vec<Value> = front.authors.iter().map(|name| named("Person", name)).collect();
    set(&mut article, "author", (!people.is_empty()).then_some(Value::Array(people)));
    set(&mut article, "publisher", front.paper.as_ref().map(|paper| named("Organization", paper)));
    set(&mut article, "articleSection", front.column.as_ref().map(|column| json!(column)));
    set(&mut article, "keywords", (!themes.is_empty()).then(|| json!(themes)));
    set(&mut article, "printPage", front.page.map(|page| json!(page.to_string())));
    set(&mut article, "pagination", front.page.map(|page| json!(page.to_string())));
    set(&mut article, "wordCount", Some(json!(gist.amount.count())));
    set(&mut article, "url", reference.url.as_ref().map(|url| json!(url)));
    set(&mut article, "mainEntityOfPage", reference.url.as_ref().map(|url| json!(url)));
    set(&mut article, "isPartOf", issue(entry));
    Value::Object(article).to_string().replace('<', "\\u003c")
}

fn issue(entry: &Entry) -> Option<Value> {
    let front = &entry.front;
    let mut issue = object("PublicationIssue");
    set(&mut issue, "issueNumber", front.issue.map(|number| json!(number.to_string())));
    set(&mut issue, "datePublished", front.date.map(|date| json!(date.to_string())));
    set(&mut issue, "isPartOf", front.paper.as_ref().map(|paper| named("Newspaper", paper)));
    (issue.len() > 1).then_some(Value::Object(issue))
}

fn object(kind: &str) -> Map<String, Value> {
    Map::from_iter([("@type".to_owned(), json!(kind))])
}

fn named(kind: &str, name: &str) -> Value {
    json!({ "@type": kind, "name": name })
}

fn set(object: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        object.insert(key.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::{Article, Front};
    use crate::library::reading::Reading;
    use jiff::civil::date;

    fn of(front: Front) -> (String, Value) {
        let entry = Entry::of(&Article { file: "a.md".into(), front, body: "正文。".into() }, &Reading::default());
        let reference = Reference { key: "k".into(), front: &entry.front, url: Some("https://example.org/a/".into()) };
        let text = json_ld(&Config::default(), &entry, &Gist::default(), &reference, &["产改"]);
        let value = serde_json::from_str(&text).unwrap();
        (text, value)
    }

    #[test]
    fn an_article_is_part_of_its_issue_and_its_paper() {
        let (_, json) = of(Front {
            title: "题".into(),
            authors: vec!["何牧".into()],
            paper: Some("江边晚报".into()),
            date: Some(date(2025, 2, 5)),
            issue: Some(7),
            page: Some(3),
            ..Front::default()
        });
        assert_eq!((&json["@type"], &json["datePublished"]), (&json!("NewsArticle"), &json!("2025-02-05")));
        let issue = json!({ "@type": "PublicationIssue", "issueNumber": "7", "datePublished": "2025-02-05",
            "isPartOf": { "@type": "Newspaper", "name": "江边晚报" } });
        assert_eq!(json["isPartOf"], issue);
        assert_eq!(json["author"][0]["name"], "何牧");
        assert!(json.get("articleBody").is_none());
    }

    #[test]
    fn what_was_printed_cannot_end_the_script() {
        let (text, json) = of(Front { title: "</script><!--<b>".into(), ..Front::default() });
        assert!(!text.contains('<'), "{text}");
        assert_eq!(json["headline"], "</script><!--<b>");
        assert!(json.get("isPartOf").is_none() && json.get("author").is_none());
    }
}
