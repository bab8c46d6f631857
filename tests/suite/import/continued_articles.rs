//! Articles that jump to another page of their issue: joined where that page is imported, named in a diagnostic where it is not,
//! and never at the cost of what a person edited.

use crate::common::ledger::printed_lines;
use crate::common::site::Site;

const PAGES: [(&str, &str); 3] = [
    ("yangben-2025-05-06-01.txt", include_str!("../../continued/yangben-2025-05-06-01.txt")),
    ("yangben-2025-05-06-02.txt", include_str!("../../continued/yangben-2025-05-06-02.txt")),
    ("yangben-2025-05-06-03.txt", include_str!("../../continued/yangben-2025-05-06-03.txt")),
];
/// The files of the articles, with each part by itself and with the parts joined.
const APART: [&str; 6] = ["p1-01.md", "p1-02.md", "p2-01.md", "p2-02.md", "p3-01.md", "p3-02.md"];
const JOINED: [&str; 4] = ["p1-01.md", "p1-02.md", "p2-02.md", "p3-01.md"];

fn folder_with(pages: &[usize]) -> Site {
    let site = Site::empty_folder();
    pages.iter().for_each(|page| add(&site, *page));
    site
}

fn page_path(page: usize) -> String {
    format!("pages/{}", PAGES[page - 1].0)
}

fn add(site: &Site, page: usize) {
    site.write(&page_path(page), PAGES[page - 1].1);
}

fn import(site: &Site, printed: &[&str]) {
    site.run(&["import", "pages", "--into", "out"]).expect_exit(0, printed);
}

/// The articles' files, without their folder.
fn files(site: &Site) -> Vec<String> {
    let listed = std::fs::read_dir(site.path("out/2025/05-06")).unwrap();
    let mut names: Vec<String> = listed.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn article_path(file: &str) -> String {
    format!("out/2025/05-06/{file}")
}

fn article(site: &Site, file: &str) -> String {
    site.read(&article_path(file))
}

#[test]
fn an_article_over_two_pages_is_joined_and_names_both() {
    let site = folder_with(&[1, 2, 3]);
    site.run(&["import", "pages", "--into", "out", "--report", "ledger.jsonl"]).expect_exit(0, &[]);
    assert_eq!(files(&site), JOINED);
    assert_eq!(article(&site, "p1-01.md"), include_str!("../../continued/p1-01.md"));
    assert_eq!(article(&site, "p1-02.md"), include_str!("../../continued/p1-02.md"));
    let ledger = site.ledger();
    assert_eq!(ledger.len(), PAGES.iter().map(|(_, text)| printed_lines(text).len()).sum::<usize>());
    let rest = ledger
        .iter()
        .filter(|entry| entry.page == PAGES[2].0 && entry.article.as_deref() == Some("2025/05-06/p1-01.md"));
    let rest: Vec<usize> = rest.map(|entry| entry.line).collect();
    assert_eq!(rest, [9, 13, 15], "the lines of the continuation name the article that they are part of");
}

/// Naming one page imports the pages as well that its articles continue on.
#[test]
fn a_page_that_is_named_is_joined_with_the_continuations_of_its_articles() {
    let site = Site::empty_folder();
    site.write("site.toml", "title = \"样本\"\n");
    for (name, text) in PAGES {
        site.write(&format!("content/pages/{name}"), text);
    }
    site.run(&["import"]).expect_exit(0, &[]);
    let file = "content/articles/2025/05-06/p1-01.md";
    let joined = site.read(file);
    site.remove(file);
    let named = ["import", "content/pages/yangben-2025-05-06-01.txt"];
    site.run(&named).expect_exit(0, &["imported 1 of 1 pages: 1 article"]);
    assert_eq!(site.read(file), joined);
    assert!(!site.has("content/articles/2025/05-06/p2-01.md"), "the continuation came back by itself");
}

#[test]
fn pages_that_come_later_complete_the_article() {
    let site = folder_with(&[1]);
    import(&site, &["goes on on page 3, which is not among the imported pages"]);
    assert!(!article(&site, "p1-01.md").contains("第四稿"));
    add(&site, 3);
    import(&site, &[]);
    assert_eq!(article(&site, "p1-01.md"), include_str!("../../continued/p1-01.md"));
    add(&site, 2);
    import(&site, &[]);
    assert_eq!(files(&site), JOINED);
    import(&site, &["none of them new"]);
}

#[test]
fn an_edited_part_stays_as_it_is_and_so_does_its_continuation() {
    let site = folder_with(&[1]);
    import(&site, &[]);
    site.edit(&article_path("p1-01.md"), "老师傅打分", "老师傅们打分");
    let edited = article(&site, "p1-01.md");
    add(&site, 2);
    add(&site, 3);
    import(&site, &["the parts of it on two pages stay apart"]);
    assert_eq!(article(&site, "p1-01.md"), edited);
    assert!(article(&site, "p3-02.md").contains("第四稿"), "the continuation is an article of its own");
    let expected: Vec<&str> = APART.into_iter().filter(|file| *file != "p2-01.md").collect();
    assert_eq!(files(&site), expected);
}

#[test]
fn an_edit_of_the_joined_article_is_preserved_and_its_continuation_does_not_come_back() {
    let site = folder_with(&[1, 2, 3]);
    import(&site, &[]);
    site.edit(&article_path("p1-01.md"), "老师傅打分", "老师傅们打分");
    let edited = article(&site, "p1-01.md");
    // a changed page imports the issue again
    site.edit(&page_path(2), "四十六岁", "四十七岁");
    import(&site, &[]);
    assert_eq!(article(&site, "p1-01.md"), edited);
    assert_eq!(files(&site), JOINED);
    assert!(article(&site, "p2-02.md").contains("四十七岁"));
}

#[test]
fn a_jump_without_a_counterpart_is_a_finding() {
    let site = folder_with(&[1, 2, 3]);
    site.edit(&page_path(2), "（上接第1版）\n", "");
    let findings = [
        "warning[unmatched-jump]: nothing on page 2 takes up the article that jumps there",
        "yangben-2025-05-06-01.txt:19",
        "info[page-not-imported]: the article goes on on page 9",
    ];
    import(&site, &findings);
}
