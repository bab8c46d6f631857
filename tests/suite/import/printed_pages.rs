//! Pages whose lines have places: PDF and OCR results are imported as articles, with a ledger that says where each line stands.
//!
//! `tests/printed/` has one page of the sample's own stories, typeset: as PDF (without its fonts' outlines), and as Tesseract read its
//! picture.

use crate::common::site::{RunResult, Site};

const PDF: &[u8] = include_bytes!("../../printed/page.pdf");
const ALTO: &[u8] = include_bytes!("../../printed/page.alto.xml");

fn imported(name: &str, bytes: &[u8]) -> (Site, RunResult) {
    let site = Site::empty_folder();
    site.write(&format!("pages/{name}"), bytes);
    let result = site.run(&["import", "pages", "--into", "out", "--report", "ledger.jsonl"]);
    (site, result)
}

/// The articles of the page's day, in order.
fn articles(site: &Site) -> Vec<String> {
    let listed = std::fs::read_dir(site.path("out/2025/03-18")).expect("the page has a day");
    let mut names: Vec<String> =
        listed.map(|entry| entry.unwrap().file_name().into_string().expect("an ASCII name")).collect();
    names.sort();
    names.iter().map(|name| site.read(&format!("out/2025/03-18/{name}"))).collect()
}

#[test]
fn a_pdf_becomes_its_articles() {
    let (site, result) = imported("page.pdf", PDF);
    result.expect_exit(0, &[]);
    let articles = articles(&site);
    let has = |article: &str, parts: &[&str]| parts.iter().all(|part| article.contains(part));
    assert_eq!(articles.len(), 3);
    assert!(
        has(
            &articles[0],
            &[
                "title = \"车间里的二十六张考卷\"",
                "kicker = \"云泊市请一线职工给改革成效打分",
                "authors = [\"岑望舒\", \"祝小满\"]",
                "issue = 8126",
                // a paragraph over the end of a column
                "，技术工人干到班组长，再往上就没有台阶。三处意见拆成19件事，",
            ]
        ),
        "{}",
        articles[0]
    );
    let second = ["title = \"四个小时，谈拢一条“等餐”规则\"", "\n## 把“堵点”画成一张图\n", "\n## 把约定写进程序\n"];
    assert!(has(&articles[1], &second), "{}", articles[1]);
    assert!(has(&articles[2], &["title = \"江心的灯塔又亮了\"", "authors = [\"祝小满\"]"]), "{}", articles[2]);
}

#[test]
fn every_line_of_a_printed_page_is_in_the_ledger_with_its_place() {
    for (name, bytes) in [("page.pdf", PDF), ("page.xml", ALTO)] {
        let (site, _) = imported(name, bytes);
        let ledger = site.read("ledger.jsonl");
        let entries: Vec<serde_json::Value> = ledger.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(entries.len() > 20, "{name}: {}", entries.len());
        let mut numbers: Vec<u64> = entries.iter().map(|entry| entry["line"].as_u64().unwrap()).collect();
        assert!(numbers.is_sorted(), "{name}: {numbers:?}");
        numbers.dedup();
        assert_eq!(numbers.len(), entries.len(), "{name}: a line twice");
        for entry in &entries {
            let place: Vec<f64> = entry["box"].as_array().unwrap().iter().map(|edge| edge.as_f64().unwrap()).collect();
            assert!(place[0] <= place[2] && place[1] <= place[3] && place[3] < 1600.0, "{name}: {entry}");
        }
    }
}

#[test]
fn what_tesseract_read_becomes_articles_with_their_day() {
    let (site, _) = imported("page.xml", ALTO);
    let all = articles(&site).concat();
    assert!(all.contains("title = \"江心的灯塔又亮了\"") && all.contains("authors = [\"祝小满\"]"), "{all}");
    assert!(all.contains("阅卷人不坐办公室"), "no space between characters: {all}");
}

#[test]
fn a_sidecar_corrects_a_pdf_by_the_numbers_of_its_ledger() {
    let (site, _) = imported("page.pdf", PDF);
    let ledger = site.read("ledger.jsonl");
    let byline = ledger.lines().find(|line| line.contains("\"role\":\"byline\"")).unwrap();
    let byline: serde_json::Value = serde_json::from_str(byline).unwrap();
    site.write("pages/page.toml", format!("[[lines]]\nat = {}\nrole = \"furniture\"\n", byline["line"]).as_bytes());
    site.run(&["import", "pages", "--into", "out", "--report", "ledger.jsonl"]);
    let furniture = format!("\"line\":{},\"role\":\"furniture\"", byline["line"]);
    assert!(site.read("ledger.jsonl").contains(&furniture), "{}", site.read("ledger.jsonl"));
}

#[test]
fn an_unchanged_pdf_is_not_imported_again() {
    let (site, _) = imported("page.pdf", PDF);
    let again = site.run(&["import", "pages", "--into", "out"]);
    again.expect_exit(0, &["1 pages, none of them new"]);
}

#[test]
fn files_that_hold_no_page_are_named_with_a_hint() {
    for (name, bytes, message) in [
        ("page.pdf", &b"%PDF-1.7\nno more than this"[..], "error["),
        ("page.json", b"{\"pages\": 3}", "error[unknown-format]"),
        ("page.xml", b"<alto><Layout><Page>", "error[broken-input]"),
    ] {
        let site = Site::empty_folder();
        site.write(&format!("pages/{name}"), bytes);
        let result = site.run(&["import", &format!("pages/{name}"), "--into", "out"]);
        result.expect_exit(1, &[message, name, "help: "]);
    }
}

#[test]
fn a_mets_file_beside_alto_is_passed_over_and_says_that_the_alto_files_are_read() {
    let site = Site::empty_folder();
    site.write("pages/1987-03-18/alto/0001.xml", ALTO);
    let mets =
        "<?xml version=\"1.0\"?>\n<mets:mets xmlns:mets=\"http://www.loc.gov/METS/\"><mets:fileSec/></mets:mets>";
    site.write("pages/1987-03-18/mets.xml", mets);
    let whole = site.run(&["import", "pages", "--into", "out"]);
    whole.expect_exit(0, &["unused-file", "mets.xml", "is METS", "read from the ALTO files", "3 articles written"]);
    let alone = site.run(&["import", "pages/1987-03-18/mets.xml", "--into", "out"]);
    alone.expect_exit(1, &["error[unknown-format]", "is METS"]);
}
