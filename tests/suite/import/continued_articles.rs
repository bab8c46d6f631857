//! Articles that go on on another page of their issue: whole where the pages are there, told of where they are not, and never
//! at the cost of what a person wrote.

use std::fs;
use std::path::Path;
use tempfile::TempDir;

const PAGES: [(&str, &str); 3] = [
    ("yangben-2025-05-06-01.txt", include_str!("../../continued/yangben-2025-05-06-01.txt")),
    ("yangben-2025-05-06-02.txt", include_str!("../../continued/yangben-2025-05-06-02.txt")),
    ("yangben-2025-05-06-03.txt", include_str!("../../continued/yangben-2025-05-06-03.txt")),
];

fn folder() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("pages")).unwrap();
    dir
}

fn add(dir: &TempDir, page: usize) {
    let (name, text) = PAGES[page - 1];
    fs::write(dir.path().join("pages").join(name), text).unwrap();
}

fn run(dir: &Path, more: &[&str]) -> String {
    let mut command = assert_cmd::Command::cargo_bin("wenzhai").unwrap();
    let done = command.current_dir(dir).args(["import", "pages", "--into", "out"]).args(more).output().unwrap();
    let result = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success(), "{result}");
    result
}

/// The articles' files, without their folder.
fn files(dir: &TempDir) -> Vec<String> {
    let listed = fs::read_dir(dir.path().join("out/2025/05-06")).unwrap();
    let mut names: Vec<String> = listed.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn article(dir: &TempDir, file: &str) -> String {
    fs::read_to_string(dir.path().join("out/2025/05-06").join(file)).unwrap()
}

const APART: [&str; 6] = ["p1-01.md", "p1-02.md", "p2-01.md", "p2-02.md", "p3-01.md", "p3-02.md"];
const WHOLE: [&str; 4] = ["p1-01.md", "p1-02.md", "p2-02.md", "p3-01.md"];

#[test]
fn an_article_over_two_pages_is_one_and_keeps_both_places() {
    let dir = folder();
    (1..=3).for_each(|page| add(&dir, page));
    run(dir.path(), &["--report", "ledger.jsonl"]);
    assert_eq!(files(&dir), WHOLE);
    assert_eq!(article(&dir, "p1-01.md"), include_str!("../../continued/p1-01.md"));
    assert_eq!(article(&dir, "p1-02.md"), include_str!("../../continued/p1-02.md"));
    let ledger = fs::read_to_string(dir.path().join("ledger.jsonl")).unwrap();
    let entries: Vec<serde_json::Value> = ledger.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let lines = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).count();
    assert_eq!(entries.len(), PAGES.iter().map(|(_, text)| lines(text)).sum::<usize>());
    let rest: Vec<u64> = entries
        .iter()
        .filter(|entry| entry["page"] == PAGES[2].0 && entry["article"] == "2025/05-06/p1-01.md")
        .map(|entry| entry["line"].as_u64().unwrap())
        .collect();
    assert_eq!(rest, [9, 13, 15], "the rest's lines name the article that they are part of");
}

/// A site's page that is named brings the pages with it that its articles go on on.
#[test]
fn a_page_that_is_named_keeps_the_rest_of_its_articles() {
    let dir = folder();
    (1..=3).for_each(|page| add(&dir, page));
    fs::create_dir(dir.path().join("content")).unwrap();
    fs::rename(dir.path().join("pages"), dir.path().join("content/pages")).unwrap();
    fs::write(dir.path().join("site.toml"), "title = \"样本\"\n").unwrap();
    let import = |named: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("wenzhai").unwrap();
        let done = command.current_dir(dir.path()).arg("import").args(named).output().unwrap();
        let result = String::from_utf8(done.stderr).unwrap();
        assert!(done.status.success(), "{result}");
        result
    };
    import(&[]);
    let whole = fs::read_to_string(dir.path().join("content/articles/2025/05-06/p1-01.md")).unwrap();
    let removed = dir.path().join("content/articles/2025/05-06/p1-01.md");
    fs::remove_file(&removed).unwrap();
    let result = import(&["content/pages/yangben-2025-05-06-01.txt"]);
    assert!(result.contains("imported 1 of 1 pages: 1 article"), "{result}");
    assert_eq!(fs::read_to_string(&removed).unwrap(), whole);
    assert!(!dir.path().join("content/articles/2025/05-06/p2-01.md").exists(), "the rest came back alone");
}

#[test]
fn pages_that_come_later_make_the_article_whole() {
    let dir = folder();
    add(&dir, 1);
    let result = run(dir.path(), &[]);
    assert!(result.contains("goes on on page 3, which is not among the imported pages"), "{result}");
    assert!(!article(&dir, "p1-01.md").contains("第四稿"));
    add(&dir, 3);
    run(dir.path(), &[]);
    assert_eq!(article(&dir, "p1-01.md"), include_str!("../../continued/p1-01.md"));
    add(&dir, 2);
    run(dir.path(), &[]);
    assert_eq!(files(&dir), WHOLE);
    let result = run(dir.path(), &[]);
    assert!(result.contains("none of them new"), "{result}");
}

#[test]
fn what_a_person_edited_stays_and_so_does_the_rest() {
    let dir = folder();
    add(&dir, 1);
    run(dir.path(), &[]);
    let edited = article(&dir, "p1-01.md").replace("老师傅打分", "老师傅们打分");
    fs::write(dir.path().join("out/2025/05-06/p1-01.md"), &edited).unwrap();
    add(&dir, 2);
    add(&dir, 3);
    let result = run(dir.path(), &[]);
    assert!(result.contains("the parts of it on two pages stay apart"), "{result}");
    assert_eq!(article(&dir, "p1-01.md"), edited);
    assert!(article(&dir, "p3-02.md").contains("第四稿"), "the rest is an article of its own");
    assert_eq!(files(&dir), APART.iter().filter(|file| **file != "p2-01.md").copied().collect::<Vec<_>>());
}

#[test]
fn an_edit_of_the_whole_article_is_kept_and_its_rest_does_not_come_back() {
    let dir = folder();
    (1..=3).for_each(|page| add(&dir, page));
    run(dir.path(), &[]);
    let edited = article(&dir, "p1-01.md").replace("老师傅打分", "老师傅们打分");
    fs::write(dir.path().join("out/2025/05-06/p1-01.md"), &edited).unwrap();
    // a changed page imports the issue again
    let page = dir.path().join("pages").join(PAGES[1].0);
    fs::write(&page, PAGES[1].1.replace("四十六岁", "四十七岁")).unwrap();
    run(dir.path(), &[]);
    assert_eq!(article(&dir, "p1-01.md"), edited);
    assert_eq!(files(&dir), WHOLE);
    assert!(article(&dir, "p2-02.md").contains("四十七岁"));
}

#[test]
fn a_jump_to_a_page_that_has_no_other_end_is_a_finding() {
    let dir = folder();
    add(&dir, 1);
    add(&dir, 3);
    let page = dir.path().join("pages").join(PAGES[1].0);
    fs::write(page, PAGES[1].1.replace("（上接第1版）\n", "")).unwrap();
    let result = run(dir.path(), &[]);
    assert!(
        result.contains("warning[unmatched-jump]: nothing on page 2 takes up the article that jumps there"),
        "{result}"
    );
    assert!(result.contains("yangben-2025-05-06-01.txt:19"), "{result}");
    assert!(result.contains("info[page-not-imported]: the article goes on on page 9"), "{result}");
}
