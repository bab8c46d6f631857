//! Quoting: an article's references, its other forms, and what programs read on its page.

use crate::common::{Site, article, crate_path};
use serde_json::{Value, json};

const AT: &str = "public/2025/03/18/sfgrb-p1-02";

/// The small site, built.
fn built() -> Site {
    let site = Site::copy_of(&crate_path("tests/site"));
    site.build();
    site
}

/// What stands between `before` and `after`.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).unwrap_or_else(|| panic!("{before}: {text}")).0
}

#[test]
fn an_article_can_be_quoted_in_three_forms_with_and_without_a_script() {
    let site = built();
    let page = site.read(&format!("{AT}/index.html"));
    let title = between(&page, "<h1>", "</h1>").to_owned();
    let citation = between(&page, "<span class=\"citation\">", "</span>");
    assert!(citation.ends_with(&format!("{title}[N]. 示范工人报, 2025-03-18(01).")), "{citation}");
    let bib = site.read(&format!("{AT}/cite.bib"));
    assert!(bib.starts_with("@article{2025-03-18-sfgrb-p1-02,\n") && bib.contains(&format!("title = {{{{{title}}}}}")));
    let ris = site.read(&format!("{AT}/cite.ris"));
    assert!(ris.starts_with("TY  - NEWS\r\n") && ris.ends_with("ER  - \r\n"), "{ris}");
    assert!(ris.contains("UR  - https://example.org/digest/2025/03/18/sfgrb-p1-02/\r\n"));
    // what the files hold can be selected on the page as well
    assert!(page.contains(&bib) && page.contains(&ris), "{page}");
}

#[test]
fn the_other_forms_of_an_article_hold_what_the_page_holds() {
    let site = built();
    let json: Value = serde_json::from_str(&site.read(&format!("{AT}/index.json"))).unwrap();
    assert_eq!((&json["paper"], &json["date"], &json["page"]), (&json!("示范工人报"), &json!("2025-03-18"), &json!(1)));
    assert_eq!(json["url"], "https://example.org/digest/2025/03/18/sfgrb-p1-02/");
    let text = json["text"].as_str().unwrap();
    assert!(text.contains("口袋书"), "{text}");
    let markdown = site.read(&format!("{AT}/index.md"));
    let (front, body) = markdown.strip_prefix("---\n").unwrap().split_once("---\n").unwrap();
    assert!(front.starts_with(&format!("title: {}\n", json["title"])), "{front}");
    assert_eq!(body.trim(), text.trim());
    let page = site.read(&format!("{AT}/index.html"));
    for (kind, file) in [("text/markdown", "index.md"), ("application/json", "index.json")] {
        let link =
            format!("<link rel=\"alternate\" type=\"{kind}\" href=\"../../../../2025/03/18/sfgrb-p1-02/{file}\">");
        assert!(page.contains(&link), "{link}");
    }
}

#[test]
fn programs_read_what_the_article_is() {
    let site = built();
    let page = site.read(&format!("{AT}/index.html"));
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
fn a_theme_is_a_table_that_a_spreadsheet_opens_and_runs_nothing_of() {
    let site = Site::copy_of(&crate_path("tests/site"));
    let evil = article("=HYPERLINK(\\\"http://x\\\")", "date = 2025-03-20\nthemes = [\"工匠\"]\n", "正文。");
    site.write("content/articles/evil.md", evil);
    site.build();
    let csv = site.read("public/themes/craft/articles.csv");
    assert!(csv.starts_with("\u{FEFF}title,kicker,subtitle,column,authors,date,paper,"), "{csv}");
    assert!(csv.contains("\r\n\"'=HYPERLINK(\"\"http://x\"\")\",,,,,2025-03-20,"), "{csv}");
    let bib = site.read("public/themes/craft/articles.bib");
    assert_eq!(bib.matches("@article{").count(), csv.lines().count() - 1);
    assert!(site.read("public/themes/craft/index.html").contains("themes/craft/articles.csv\" download"));
}

#[test]
fn a_printed_text_ends_no_script_and_no_reference() {
    let site = Site::copy_of(&crate_path("tests/site"));
    let evil = article("</script>{<b>}\\\\", "date = 2025-03-20\nthemes = []\n", "</script><script>alert(1)</script>");
    site.write("content/articles/evil.md", evil);
    site.build();
    let page = site.read("public/2025/03/20/evil/index.html");
    let data: Value =
        serde_json::from_str(between(&page, "<script type=\"application/ld+json\">", "</script>")).unwrap();
    assert_eq!(data["headline"], "</script>{<b>}\\");
    let bib = site.read("public/2025/03/20/evil/cite.bib");
    assert_eq!(bib.matches('{').count(), bib.matches('}').count(), "{bib}");
}

#[test]
fn a_bare_site_has_pages_alone() {
    let site = Site::copy_of(&crate_path("tests/site"));
    site.write("site.toml", format!("{}\n[twins]\nenabled = false\n", site.read("site.toml")));
    site.build();
    let forms = [".md", "index.json", ".bib", ".ris", ".csv"];
    let left: Vec<String> =
        site.public().into_keys().filter(|name| forms.iter().any(|form| name.ends_with(form))).collect();
    assert_eq!(left, [""; 0]);
    let page = site.read(&format!("{AT}/index.html"));
    assert!(!page.contains("text/markdown") && page.contains("@article{"), "the references stay on the page: {page}");
}
