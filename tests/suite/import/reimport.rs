//! Imports over what is there: edits are preserved and named, removed articles stay removed, and nothing is done twice.

use crate::common::files::{any_contains, crate_path, read_files};
use crate::common::ledger::assert_covers;
use crate::common::site::{PAGE, Site, article};
use proptest::prelude::*;
use std::fs;
use wenzhai::content::article::Article;
use wenzhai::content::emit;
use wenzhai::content::parse;
use wenzhai::diagnostics::source::Source;
use wenzhai::import::input::decode::decode;
use wenzhai::import::page_import::{import_page, name_articles};
use wenzhai::import::page_metadata::PageMetadata;

/// Words of the two articles of [`PAGE`].
const DRIVERS: &str = "货车司机";
const MANUAL: &str = "口袋书";

/// A site whose page is imported, with an edit in the article of the drivers, and that article's file.
fn edited_site() -> (Site, String) {
    let site = Site::with_page();
    site.run(&["import"]).expect_exit(0, &["2 articles written"]);
    let file = site.article_with(DRIVERS);
    site.edit(&file, "司机们都说好。", "司机们都说好，编者也说好。");
    (site, file)
}

fn change_page(site: &Site) {
    site.edit("content/pages/a.txt", "发给每个徒弟", "发给每一个徒弟");
    site.edit("content/pages/a.txt", "十二个货车司机驿站", "十三个货车司机驿站");
}

/// The page without its masthead.
fn undated() -> &'static str {
    &PAGE[PAGE.find(DRIVERS).unwrap()..]
}

#[test]
fn an_unchanged_page_is_skipped() {
    let site = Site::with_page();
    site.run(&["import"]).expect_exit(0, &["imported 1 of 1 pages: 2 articles written"]);
    let mut before = read_files(site.root());
    before.retain(|name, _| !name.starts_with(".wenzhai/"));
    site.run(&["import"]).expect_exit(0, &["1 pages, none of them new"]);
    site.run(&["build", "--full"]).expect_exit(0, &["0 articles written, 2 unchanged, 0 removed"]);
    let mut after = read_files(site.root());
    after.retain(|name, _| !name.starts_with("public/") && !name.starts_with(".wenzhai/"));
    after.remove("content/addresses.toml").expect("a build keeps addresses");
    assert_eq!(after, before);
}

#[test]
fn an_edit_is_preserved_and_named_when_the_page_changes() {
    let (site, file) = edited_site();
    change_page(&site);
    site.run(&["import"]).expect_exit(0, &[&file, "was edited, and is kept as it is", "1 articles written"]);
    assert!(site.read(&file).contains("编者也说好"));
    assert!(site.read(&site.article_with(MANUAL)).contains("每一个徒弟"), "the other article follows the page");
    // and again: the record still knows what import wrote and what the editor did
    site.edit("content/pages/a.txt", "十三个货车", "十四个货车");
    site.run(&["build"]).expect_exit(0, &[&file, "was edited"]);
    assert!(site.read(&file).contains("编者也说好"));
}

#[test]
fn a_full_import_preserves_edits() {
    let (site, file) = edited_site();
    site.run(&["build", "--full"]).expect_exit(0, &[&file, "was edited"]);
    site.run(&["import", "content/pages/a.txt"]).expect_exit(0, &[]);
    assert!(site.read(&file).contains("编者也说好"));
}

#[test]
fn an_edit_shows_on_the_site() {
    let (site, _) = edited_site();
    site.build();
    assert!(any_contains(&site.public(), "编者也说好"));
}

#[test]
fn a_removed_article_stays_removed_until_its_page_is_named() {
    let (site, file) = edited_site();
    site.remove(&file);
    site.build();
    assert!(!site.has(&file));
    change_page(&site);
    site.run(&["import"]).expect_exit(0, &[&file, "was removed by hand, and is not written again", "name the page"]);
    site.run(&["build", "--full"]).expect_exit(0, &["is not written again"]);
    assert!(!site.has(&file));
    site.run(&["import", "content/pages/a.txt"]).expect_exit(0, &["1 articles written"]);
    assert!(site.read(&file).contains("十三个货车司机驿站"));
}

#[test]
fn an_edited_file_is_imported_anew_when_it_is_removed_and_its_page_named() {
    let (site, file) = edited_site();
    change_page(&site);
    site.run(&["import"]).expect_exit(0, &["was edited", "remove the file and name the page"]);
    site.remove(&file);
    site.run(&["import", "content/pages/a.txt"]).expect_exit(0, &["1 articles written"]);
    assert!(site.read(&file).contains("十三个货车司机驿站"));
}

#[test]
fn without_the_record_edits_are_still_preserved() {
    for damage in [None, Some("pages = 3"), Some("\0"), Some("")] {
        let (site, file) = edited_site();
        let record = "content/articles/.imported.toml";
        match damage {
            None => site.remove(record),
            Some(text) => site.write(record, text),
        }
        change_page(&site);
        site.run(&["import"]).expect_exit(0, &[&file, "was edited"]);
        assert!(site.read(&file).contains("编者也说好"), "{damage:?}");
    }
}

#[test]
fn without_the_record_unchanged_articles_are_recognised() {
    let site = Site::with_page();
    site.build();
    site.remove("content/articles/.imported.toml");
    site.run(&["import"]).expect_exit(0, &["0 articles written, 2 unchanged"]).expect_without("edited");
    change_page(&site);
    site.run(&["import"]).expect_exit(0, &["2 articles written"]).expect_without("edited");
}

#[test]
fn a_renamed_page_has_the_same_articles_with_their_edits() {
    let (site, file) = edited_site();
    let before = site.articles();
    fs::rename(site.path("content/pages/a.txt"), site.path("content/pages/b.txt")).unwrap();
    site.run(&["import"]).expect_exit(0, &[]);
    let after = site.articles();
    assert!(site.read(&file).contains("编者也说好"));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>(), "no article twice");
    site.run(&["import"]).expect_exit(0, &["none of them new"]).expect_without("gone");
}

#[test]
fn a_renamed_undated_page_has_the_same_article_files() {
    let site = Site::with_settings();
    let undated = undated();
    site.write("content/pages/one.txt", undated);
    site.run(&["import"]).expect_exit(0, &[]);
    fs::rename(site.path("content/pages/one.txt"), site.path("content/pages/two.txt")).unwrap();
    site.run(&["import"]).expect_exit(0, &[]);
    let names: Vec<String> = site.articles().into_keys().collect();
    assert_eq!(names, ["undated/d3/one-01.md", "undated/d3/one-02.md"], "their addresses stay");
    assert!(site.read("content/articles/undated/d3/one-01.md").contains("page = \"two.txt\""));
}

#[test]
fn a_copy_of_a_page_has_articles_of_its_own_that_are_removed_with_it() {
    let site = Site::with_page();
    site.write("content/pages/b.txt", PAGE);
    site.run(&["import"]).expect_exit(0, &["4 articles written"]);
    site.remove("content/pages/b.txt");
    site.run(&["import"]).expect_exit(0, &[]);
    assert_eq!(site.articles().len(), 2);
}

#[test]
fn importing_one_page_leaves_the_files_of_the_others() {
    let site = Site::with_page();
    site.run(&["import"]).expect_exit(0, &[]);
    let before = site.articles();
    site.write("content/pages/0.txt", PAGE.replace("货车司机", "公交司机"));
    site.run(&["import", "content/pages/0.txt"]).expect_exit(0, &["2 articles written"]).expect_without("kept");
    assert_eq!(site.articles().len(), 4);
    assert!(before.iter().all(|(name, bytes)| site.articles().get(name) == Some(bytes)));
}

#[test]
fn articles_of_a_removed_page_stay_and_are_named_once() {
    let (site, _) = edited_site();
    site.remove("content/pages/a.txt");
    site.run(&["import"]).expect_exit(0, &["content/pages/a.txt is gone"]);
    assert_eq!(site.articles().len(), 2);
    site.build().expect_without("is gone");
}

#[test]
fn articles_that_a_shortened_page_no_longer_has_are_removed() {
    let site = Site::with_page();
    site.build();
    let manual = site.article_with(MANUAL);
    let short = PAGE.split("技师把三十年").next().unwrap();
    site.write("content/pages/a.txt", short);
    site.run(&["build"]).expect_exit(0, &["1 removed"]);
    assert!(!site.has(&manual));
    assert_eq!(site.articles().len(), 1);
}

#[test]
fn an_edited_article_that_a_shortened_page_no_longer_has_stays_and_is_named() {
    let site = Site::with_page();
    site.build();
    let manual = site.article_with(MANUAL);
    site.edit(&manual, "每个徒弟", "每个好徒弟");
    site.write("content/pages/a.txt", PAGE.split("技师把三十年").next().unwrap());
    site.run(&["build"]).expect_exit(0, &[&manual, "was edited, and is kept"]);
    assert!(site.read(&manual).contains("每个好徒弟"));
}

#[test]
fn an_article_of_the_editors_own_is_never_changed() {
    let site = Site::with_page();
    let own = article("编者按", "date = 2025-03-18\n", "自己写的。");
    site.write("content/articles/2025/03-18/own.md", &own);
    site.write("content/articles/2025/03-18/sfgrb-p1-01.md", &own);
    site.run(&["import"]).expect_exit(0, &["sfgrb-p1-01.md", "kept"]);
    for file in ["own.md", "sfgrb-p1-01.md"] {
        assert_eq!(site.read(&format!("content/articles/2025/03-18/{file}")), own);
    }
}

#[test]
fn changed_themes_file_articles_anew() {
    let (site, file) = edited_site();
    site.edit("site.toml", "id = \"工匠\"", "id = \"匠人\"");
    site.run(&["import"]).expect_exit(0, &[&file, "was edited", "1 articles written"]);
    assert!(site.read(&site.article_with(MANUAL)).contains("themes = [\"匠人\"]"));
}

#[test]
fn import_into_a_folder_works_where_there_is_no_site() {
    let folder = Site::empty_folder();
    folder.write("in/p.txt", PAGE);
    folder.run(&["import", "in", "--into", "out"]).expect_exit(0, &["2 articles written"]);
    let file = folder.read("out/2025/03-18/sfgrb-p1-01.md");
    assert!(file.contains("date = 2025-03-18") && file.contains("page = \"p.txt\""), "{file}");
    // edits are preserved there as well
    folder.edit("out/2025/03-18/sfgrb-p1-01.md", "说好。", "说很好。");
    folder.write("in/p.txt", PAGE.replace("十二个", "十三个"));
    folder
        .run(&["import", "in/p.txt", "--into", "out"])
        .expect_exit(0, &["out/2025/03-18/sfgrb-p1-01.md", "was edited"]);
    assert!(folder.read("out/2025/03-18/sfgrb-p1-01.md").contains("说很好。"));
}

#[test]
fn an_import_into_another_folder_does_not_affect_the_site() {
    let site = Site::with_page();
    site.build();
    site.run(&["import", "content/pages", "--into", "elsewhere"]).expect_exit(0, &["2 articles written"]);
    site.build().expect_exit(0, &["0 files written"]);
}

#[test]
fn a_date_comes_from_sidecar_command_line_or_file_name_and_is_never_invented() {
    let undated = undated();
    let folders = |site: &Site| -> Vec<String> {
        let mut folders: Vec<String> =
            site.articles().keys().map(|name| name.rsplit_once('/').unwrap().0.into()).collect();
        folders.dedup();
        folders
    };
    let site = Site::with_settings();
    site.write("content/pages/p.txt", undated);
    site.run(&["import"]).expect_exit(0, &[]);
    assert_eq!(folders(&site), ["undated/73"]);
    assert!(!site.read(&site.article_with(MANUAL)).contains("date ="));
    site.run(&["import", "--date", "2025-02-03"]).expect_exit(0, &[]);
    assert_eq!(folders(&site), ["2025/02-03"], "the undated files moved");
    site.write("content/pages/p.toml", "date = 2025-04-05\npaper = \"示范工人报\"\npage = 7\nissue = 12\n");
    site.run(&["import", "--date", "2025-02-03"]).expect_exit(0, &[]);
    assert_eq!(folders(&site), ["2025/04-05"], "the sidecar takes precedence");
    let text = site.read("content/articles/2025/04-05/sfgrb-p7-01.md");
    assert!(text.contains("page = 7") && text.contains("issue = 12"), "{text}");

    let site = Site::with_settings();
    site.write("content/pages/x-2025-02-25-03.txt", undated);
    site.run(&["import"]).expect_exit(0, &[]);
    assert!(site.has("content/articles/2025/02-25/p3-01.md"), "{:?}", site.articles().keys());
}

#[test]
fn a_date_from_the_command_line_holds_at_the_next_build() {
    let site = Site::with_settings();
    site.write("content/pages/p.txt", undated());
    site.run(&["import", "content/pages/p.txt", "--date", "2025-02-03"]).expect_exit(0, &[]);
    let imported = site.articles();
    site.build();
    assert_eq!(site.articles(), imported);
}

#[test]
fn two_pages_of_one_paper_day_and_number_both_have_their_articles() {
    let site = Site::with_page();
    site.write("content/pages/b.txt", PAGE.replace("货车司机", "网约车司机").replace("口袋书", "小册子"));
    site.run(&["import"]).expect_exit(0, &["4 articles written"]);
    for part in ["货车司机有了", "网约车司机有了", "写成口袋书", "写成小册子"] {
        site.article_with(part);
    }
    let before = site.articles();
    site.run(&["import"]).expect_exit(0, &["none of them new"]);
    site.run(&["build", "--full"]).expect_exit(0, &["4 unchanged"]);
    assert_eq!(site.articles(), before, "each page keeps its file names");
    // a third page that sorts first does not take the others' names
    site.write("content/pages/0.txt", PAGE.replace("货车司机", "公交司机").replace("口袋书", "大部头"));
    site.run(&["build"]).expect_exit(0, &["2 articles written"]);
    let after = site.articles();
    assert!(before.iter().all(|(name, bytes)| after.get(name) == Some(bytes)));
    assert_eq!(after.len(), 6);
}

#[test]
fn a_dry_run_writes_nothing() {
    let site = Site::with_page();
    let before = read_files(site.root());
    site.run(&["import", "--dry-run"]).expect_exit(0, &["nothing was written", "2 articles", "货车司机有了歇脚的驿站"]);
    assert_eq!(read_files(site.root()), before);
}

#[test]
fn the_report_has_every_line_once_whether_or_not_the_page_is_new() {
    let site = Site::with_page();
    for _ in 0..2 {
        site.run(&["import", "--report", "ledger.jsonl"]).expect_exit(0, &[]);
        let ledger = site.ledger();
        assert_covers(&ledger, PAGE);
        for entry in &ledger {
            assert_eq!(entry.page, "a.txt");
            if let Some(file) = &entry.article {
                assert!(site.has(&format!("content/articles/{file}")), "{file}");
            }
        }
    }
}

/// The lines of all golden pages.
fn golden_lines() -> Vec<String> {
    let mut lines = Vec::new();
    for (name, bytes) in read_files(&crate_path("tests/pages")) {
        if name.ends_with("page.txt")
            && let Ok(decoded) = decode(&name, &bytes)
        {
            lines.extend(decoded.source.text.lines().map(str::to_owned));
        }
    }
    lines
}

/// A page of printed lines in random order, with line ends of both kinds.
fn shuffled_lines() -> impl Strategy<Value = String> {
    let lines = golden_lines();
    assert!(lines.len() > 300);
    let end = prop_oneof![4 => Just("\n"), 2 => Just("\n\n"), 1 => Just("\r\n"), 1 => Just("\n \t\n")];
    let line = prop_oneof![12 => prop::sample::select(lines), 1 => "\\PC{0,30}"];
    prop::collection::vec((line, end), 1..60)
        .prop_map(|parts| parts.into_iter().map(|(line, end)| line + end).collect::<String>())
}

/// Regressions found by the property below: each had an article without a title, which then could not be read back.
#[test]
fn a_page_of_only_a_byline_or_a_mark_is_an_article_that_can_be_read_back() {
    for text in ["本报记者 季明轩\n", "。\n", "？！\n\n正文。\n"] {
        let import = import_page(&Source::new("p.txt", text), &PageMetadata::default(), |_| vec![]);
        for article in name_articles(&import, "p", str::to_owned).0 {
            let (read, diagnostics) = parse::article(&Source::new("a.md", emit::article(&article)), &[]);
            assert_eq!((read.is_some(), diagnostics), (true, vec![]), "{text}");
        }
    }
}

proptest! {
    #![proptest_config(crate::common::random::proptest_config(96))]

    #[test]
    fn no_line_of_any_page_is_lost(text in shuffled_lines()) {
        let source = Source::new("p.txt", text.clone());
        let import = import_page(&source, &PageMetadata::default(), |_| vec![]);
        let (articles, ledger) = name_articles(&import, "p", str::to_owned);
        let is_printed = |line: &str| !line.trim_matches(|c: char| c.is_whitespace() || "\u{FEFF}\u{200B}\u{C}".contains(c)).is_empty();
        let printed = text.split('\n').zip(1..).filter(|(line, _)| is_printed(line)).map(|(_, number)| number);
        prop_assert_eq!(ledger.iter().map(|entry| entry.line).collect::<Vec<_>>(), printed.collect::<Vec<usize>>());
        for entry in &ledger {
            let known = entry.article.as_ref().is_none_or(|file| articles.iter().any(|article| article.file == *file));
            prop_assert!(known, "{:?}", entry);
        }
        for article in &articles {
            let has_line = ledger.iter().any(|entry| entry.article.as_ref() == Some(&article.file));
            prop_assert!(has_line, "{} has no line", article.file);
        }
    }

    #[test]
    fn every_imported_article_is_read_back_as_it_was_written(text in shuffled_lines()) {
        let source = Source::new("p.txt", text);
        let import = import_page(&source, &PageMetadata::default(), |_| vec![]);
        for article in name_articles(&import, "p", str::to_owned).0 {
            let written = Source::new(article.file.clone(), emit::article(&article));
            let (read, diagnostics) = parse::article(&written, &[]);
            prop_assert_eq!(diagnostics, vec![]);
            prop_assert_eq!(read, Some(Article { ..article }));
        }
    }
}
