//! Pages of digital editions (HTML): imported as articles, with a ledger of the file's lines, and never with a panic.

use crate::common::ledger::assert_covers;
use crate::common::site::{RunResult, Site};

const ARTICLE: &str = include_str!("../../html/yangben-2025-06-03-02.html");
const LIST: &str = include_str!("../../html/yangben-2025-06-03-03.htm");

fn folder_with(pages: &[(&str, &[u8])]) -> Site {
    let site = Site::empty_folder();
    for (name, bytes) in pages {
        site.write(&format!("pages/{name}"), bytes);
    }
    site
}

fn import(site: &Site) -> RunResult {
    site.run(&["import", "pages", "--into", "out", "--report", "ledger.jsonl"])
}

fn article(site: &Site, file: &str) -> String {
    site.read(&format!("out/2025/06-03/{file}"))
}

#[test]
fn an_article_page_is_one_article_with_its_headlines() {
    let site = folder_with(&[("yangben-2025-06-03-02.html", ARTICLE.as_bytes())]);
    import(&site).expect_exit(0, &[]);
    assert_eq!(article(&site, "p2-01.md"), include_str!("../../html/p2-01.md"));
    let ledger = site.ledger();
    assert_covers(&ledger, ARTICLE);
    let role = |line: usize| {
        let entry = ledger.iter().find(|entry| entry.line == line).unwrap();
        (entry.role.as_str(), entry.article.is_some())
    };
    assert_eq!(role(7), ("furniture", false), "a script");
    assert_eq!(role(10), ("furniture", false), "links to other pages");
    assert_eq!(role(16), ("title", true));
    assert_eq!(role(21), ("body", true), "the second line of a paragraph");
}

#[test]
fn a_list_with_texts_is_its_articles() {
    let site = folder_with(&[("yangben-2025-06-03-03.htm", LIST.as_bytes())]);
    import(&site).expect_exit(0, &[]);
    assert_covers(&site.ledger(), LIST);
    let first = article(&site, "p3-01.md");
    assert!(first.contains("title = \"工地食堂装上“明白秤”\"") && first.contains("心里踏实"), "{first}");
    assert!(first.contains("authors = [\"喻样本\"]") && first.contains("lines = \"3-5\""), "{first}");
    assert!(article(&site, "p3-02.md").contains("上门核实工资账"));
    assert!(!site.has("out/2025/06-03/p3-03.md"), "links are no article");
}

#[test]
fn a_page_is_decoded_with_the_encoding_that_it_declares() {
    let text = ARTICLE.replace("utf-8", "gb2312");
    let (bytes, ..) = encoding_rs::GB18030.encode(&text);
    let site = folder_with(&[("yangben-2025-06-03-02.html", &bytes)]);
    import(&site).expect_exit(0, &[]);
    assert_eq!(article(&site, "p2-01.md"), include_str!("../../html/p2-01.md"));
}

#[test]
fn every_file_is_imported_or_named_in_a_diagnostic() {
    let body = "<p>样本工会办起夜校，工友们都说好，一学就是三个月。</p>";
    let long = format!("<html><h1>题</h1>{}", body.repeat(2_000_000 / body.len()));
    let nested = format!("{}<h1>题</h1><p>正文一段。</p>", "<table><tr><td>\n".repeat(50_000));
    let pages: [(&str, &[u8]); 6] = [
        ("long-2025-06-03-01.html", long.as_bytes()),
        ("nested-2025-06-03-02.html", nested.as_bytes()),
        ("script-2025-06-03-03.html", b"<script>alert('<p>1</p>')"),
        ("open-2025-06-03-04.html", "<div class='nav'><h1 class=\"题<p>正文".as_bytes()),
        ("empty-2025-06-03-05.html", b"<html><body></body></html>"),
        ("binary-2025-06-03-06.html", &[0x89, b'P', b'N', b'G', 0, 1, 2, 3, 255, 254, 0, 0, 7]),
    ];
    let site = folder_with(&pages);
    let diagnostics = ["these bytes are no text", "empty-2025-06-03-05.html", "is longer than a whole newspaper page"];
    import(&site).expect_exit(1, &diagnostics);
    assert!(article(&site, "p2-01.md").contains("正文一段。"));
}
