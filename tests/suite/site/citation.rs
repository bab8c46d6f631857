//! Citation: an article's references, its machine-readable forms, and its metadata.

use crate::common::html::between;
use crate::common::site::{Site, article};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The output folder of an article of the small site.
const ARTICLE: &str = "public/2025/03/18/sfgrb-p1-02";
const FORMATS: &str = "twins = { formats = [\"markdown\", \"json\", \"bibtex\", \"ris\"] }";

#[test]
fn an_article_has_its_citation_as_text_bibtex_and_ris() {
    let site = Site::built_fixture(FORMATS);
    let page = site.read(&format!("{ARTICLE}/index.html"));
    let title = between(&page, "<h1>", "</h1>").replace("<wbr>", "");
    let citation = between(&page, "<span class=\"citation\">", "</span>");
    assert!(citation.ends_with(&format!("{title}[N]. 示范工人报, 2025-03-18(01).")), "{citation}");
    let bib = site.read(&format!("{ARTICLE}/cite.bib"));
    assert!(bib.starts_with("@article{2025-03-18-sfgrb-p1-02,\n") && bib.contains(&format!("title = {{{{{title}}}}}")));
    let ris = site.read(&format!("{ARTICLE}/cite.ris"));
    assert!(ris.starts_with("TY  - NEWS\r\n") && ris.ends_with("ER  - \r\n"), "{ris}");
    assert!(ris.contains("UR  - https://example.org/digest/2025/03/18/sfgrb-p1-02/\r\n"));
    // the page shows both, to be copied without a script
    assert!(page.contains(&bib) && page.contains(&ris), "{page}");
}

#[test]
fn the_markdown_and_json_forms_have_the_text_of_the_page() {
    let site = Site::built_fixture(FORMATS);
    let json: Value = serde_json::from_str(&site.read(&format!("{ARTICLE}/index.json"))).unwrap();
    assert_eq!((&json["paper"], &json["date"], &json["page"]), (&json!("示范工人报"), &json!("2025-03-18"), &json!(1)));
    assert_eq!(json["url"], "https://example.org/digest/2025/03/18/sfgrb-p1-02/");
    let text = json["text"].as_str().unwrap();
    assert!(text.contains("口袋书"), "{text}");
    let markdown = site.read(&format!("{ARTICLE}/index.md"));
    let (front, body) = markdown.strip_prefix("---\n").unwrap().split_once("---\n").unwrap();
    assert!(front.starts_with(&format!("title: {}\n", json["title"])), "{front}");
    assert_eq!(body.trim(), text.trim());
    let page = site.read(&format!("{ARTICLE}/index.html"));
    for (kind, file) in [("text/markdown", "index.md"), ("application/json", "index.json")] {
        let link =
            format!("<link rel=\"alternate\" type=\"{kind}\" href=\"../../../../2025/03/18/sfgrb-p1-02/{file}\">");
        assert!(page.contains(&link), "{link}");
    }
}

#[test]
fn the_page_has_structured_metadata() {
    let site = Site::built_fixture(FORMATS);
    let page = site.read(&format!("{ARTICLE}/index.html"));
    let data: Value =
        serde_json::from_str(between(&page, "<script type=\"application/ld+json\">", "</script>")).unwrap();
    assert_eq!((&data["@type"], &data["isPartOf"]["@type"]), (&json!("NewsArticle"), &json!("PublicationIssue")));
    assert_eq!(data["isPartOf"]["isPartOf"], json!({ "@type": "Newspaper", "name": "示范工人报" }));
    for (name, content) in [
        ("citation_journal_title", "示范工人报"),
        ("citation_publication_date", "2025/03/18"),
        ("citation_firstpage", "1"),
        ("citation_language", "zh-Hans"),
    ] {
        assert!(page.contains(&format!("<meta name=\"{name}\" content=\"{content}\">")), "{name}: {page}");
    }
}

#[test]
fn the_csv_of_a_theme_runs_no_formula_in_a_spreadsheet() {
    let site = Site::fixture();
    site.add_settings(FORMATS);
    let hostile = article("=HYPERLINK(\\\"http://x\\\")", "date = 2025-03-20\nthemes = [\"工匠\"]\n", "正文。");
    site.write("content/articles/evil.md", hostile);
    site.build();
    let csv = site.read("public/themes/craft/articles.csv");
    assert!(csv.starts_with("\u{FEFF}title,kicker,subtitle,column,authors,date,paper,"), "{csv}");
    assert!(csv.contains("\r\n\"'=HYPERLINK(\"\"http://x\"\")\",,,,,2025-03-20,"), "{csv}");
    let bib = site.read("public/themes/craft/articles.bib");
    assert_eq!(bib.matches("@article{").count(), csv.lines().count() - 1);
    assert!(site.read("public/themes/craft/index.html").contains("themes/craft/articles.csv\" download"));
}

#[test]
fn printed_text_is_escaped_in_metadata_and_bibtex() {
    let site = Site::fixture();
    site.add_settings(FORMATS);
    let hostile =
        article("</script>{<b>}\\\\", "date = 2025-03-20\nthemes = []\n", "</script><script>alert(1)</script>");
    site.write("content/articles/evil.md", hostile);
    site.build();
    let page = site.read("public/2025/03/20/evil/index.html");
    let data: Value =
        serde_json::from_str(between(&page, "<script type=\"application/ld+json\">", "</script>")).unwrap();
    assert_eq!(data["headline"], "</script>{<b>}\\");
    let bib = site.read("public/2025/03/20/evil/cite.bib");
    assert_eq!(bib.matches('{').count(), bib.matches('}').count(), "{bib}");
}

#[test]
fn other_formats_are_made_where_they_are_asked_for() {
    let site = Site::built_fixture("twins = { formats = [\"ris\"] }");
    let forms = [".md", "index.json", "cite.bib", "cite.ris"];
    let formats: BTreeSet<String> = site
        .public()
        .into_keys()
        .filter_map(|name| forms.iter().find(|form| name.ends_with(*form)).map(|form| (*form).to_owned()))
        .collect();
    assert_eq!(formats, ["cite.ris".to_owned()].into());
    let page = site.read(&format!("{ARTICLE}/index.html"));
    assert!(!page.contains("text/markdown") && page.contains("@article{"), "the references stay on the page: {page}");
}
