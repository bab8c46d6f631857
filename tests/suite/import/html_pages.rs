//! Pages of digital editions come in through the same door as any page: as articles, with a ledger of the file's lines, and
//! never with a panic.

use std::fs;
use std::path::Path;
use tempfile::TempDir;

const ARTICLE: &str = include_str!("../../html/yangben-2025-06-03-02.html");
const LIST: &str = include_str!("../../html/yangben-2025-06-03-03.htm");

fn folder(pages: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("pages")).unwrap();
    for (name, bytes) in pages {
        fs::write(dir.path().join("pages").join(name), bytes).unwrap();
    }
    dir
}

/// Imports the pages: what was told, and the ledger's lines.
fn import(dir: &Path) -> (i32, String, Vec<serde_json::Value>) {
    let mut command = assert_cmd::Command::cargo_bin("wenzhai").unwrap();
    let args = ["import", "pages", "--into", "out", "--report", "ledger.jsonl"];
    let done = command.current_dir(dir).args(args).output().unwrap();
    let result = String::from_utf8(done.stderr).unwrap();
    assert!(!result.contains("panicked"), "{result}");
    let ledger = fs::read_to_string(dir.join("ledger.jsonl")).unwrap();
    (done.status.code().unwrap(), result, ledger.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn holds_every_line(ledger: &[serde_json::Value], text: &str) {
    let lines: Vec<u64> = ledger.iter().map(|entry| entry["line"].as_u64().unwrap()).collect();
    let filled = text.split('\n').zip(1..).filter(|(line, _)| !line.trim().is_empty());
    assert_eq!(lines, filled.map(|(_, number)| number).collect::<Vec<u64>>());
}

fn article(dir: &TempDir, file: &str) -> String {
    fs::read_to_string(dir.path().join("out/2025/06-03").join(file)).unwrap()
}

#[test]
fn an_article_page_is_one_article_with_its_head() {
    let dir = folder(&[("yangben-2025-06-03-02.html", ARTICLE.as_bytes())]);
    let (code, result, ledger) = import(dir.path());
    assert_eq!(code, 0, "{result}");
    assert_eq!(article(&dir, "p2-01.md"), include_str!("../../html/p2-01.md"));
    holds_every_line(&ledger, ARTICLE);
    let role = |line: u64| {
        let entry = ledger.iter().find(|entry| entry["line"] == line).unwrap();
        (entry["role"].as_str().unwrap().to_owned(), entry["article"].is_null())
    };
    assert_eq!(role(7), ("furniture".to_owned(), true), "a script");
    assert_eq!(role(10), ("furniture".to_owned(), true), "links to other pages");
    assert_eq!(role(16), ("title".to_owned(), false));
    assert_eq!(role(21), ("body".to_owned(), false), "the second line of a paragraph");
}

#[test]
fn a_list_with_texts_is_its_articles() {
    let dir = folder(&[("yangben-2025-06-03-03.htm", LIST.as_bytes())]);
    let (code, result, ledger) = import(dir.path());
    assert_eq!(code, 0, "{result}");
    holds_every_line(&ledger, LIST);
    let first = article(&dir, "p3-01.md");
    assert!(first.contains("title = \"工地食堂装上“明白秤”\"") && first.contains("心里踏实"), "{first}");
    assert!(first.contains("authors = [\"喻样本\"]") && first.contains("lines = \"3-5\""), "{first}");
    assert!(article(&dir, "p3-02.md").contains("上门核实工资账"));
    assert!(!dir.path().join("out/2025/06-03/p3-03.md").exists(), "links are no article");
}

#[test]
fn the_encoding_that_the_page_declares_is_the_one_it_is_read_in() {
    let text = ARTICLE.replace("utf-8", "gb2312");
    let (bytes, ..) = encoding_rs::GB18030.encode(&text);
    let dir = folder(&[("yangben-2025-06-03-02.html", &bytes)]);
    let (code, result, _) = import(dir.path());
    assert_eq!(code, 0, "{result}");
    assert_eq!(article(&dir, "p2-01.md"), include_str!("../../html/p2-01.md"));
}

#[test]
fn whatever_stands_in_the_file_gets_an_answer() {
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
    let dir = folder(&pages);
    let (code, result, _) = import(dir.path());
    assert_eq!(code, 1, "{result}");
    assert!(result.contains("these bytes are no text"), "{result}");
    assert!(result.contains("empty-2025-06-03-05.html"), "a page without text is told: {result}");
    assert!(result.contains("is longer than a whole newspaper page"), "{result}");
    assert!(article(&dir, "p2-01.md").contains("正文一段。"));
}
