//! No line is lost between article files: where a person's files, pages that are gone or an import that was cut short take part,
//! text stays where it is until it has another place, and what cannot be settled is an error that names line and file.

use crate::common::site::{RunResult, SETTINGS, Site};
use std::fs;

/// A paragraph of each article of the common page.
const SHOWERS: &str = "驿站里有床、有饭、有淋浴";
const APPRENTICES: &str = "徒弟们说，师傅的书";

const RECORD: &str = "content/articles/.imported.toml";
const JOURNAL: &str = "content/articles/.imported.journal";

/// A site with one page of two articles, imported; the files of the articles about drivers and about the handbook.
fn imported() -> (Site, [String; 2]) {
    let site = Site::with_page();
    site.run(&["import"]).expect_exit(0, &["2 articles written"]);
    let files = [SHOWERS, APPRENTICES].map(|text| site.article_with(text));
    (site, files)
}

/// How many article files contain a text.
fn copies(site: &Site, text: &str) -> usize {
    site.articles().values().filter(|bytes| String::from_utf8_lossy(bytes).contains(text)).count()
}

#[test]
fn a_line_that_is_moved_to_an_edited_article_stays_in_its_own_until_the_person_has_put_it_there() {
    let (site, [drivers, handbook]) = imported();
    site.edit(&drivers, "司机们都说好。", "司机们都说好，编者也说好。");
    site.write("content/pages/a.toml", "[[lines]]\nat = \"19\"\nwith = 9\n");
    for command in [&["import"][..], &["build"]] {
        let run = site.run(command).expect_exit(1, &["line-unplaced", "line 19", "content/pages/a.txt:19", &drivers]);
        assert!(run.stderr.contains(&handbook), "the file that keeps the text is named");
        assert_eq!(copies(&site, APPRENTICES), 1);
    }
    // the person puts the paragraph into the edited file, and its line into its front matter
    let moved: String = site.read(&handbook).lines().filter(|line| line.contains(APPRENTICES)).collect();
    let edited = site.read(&drivers).replace("lines = \"5-11\"", "lines = \"5-11,19\"");
    site.write(&drivers, format!("{edited}\n{moved}\n"));
    site.run(&["import"]).expect_exit(0, &["1 articles written"]);
    assert!(!site.read(&handbook).contains(APPRENTICES));
    assert_eq!(copies(&site, APPRENTICES), 1);
}

#[test]
fn a_line_that_is_moved_to_an_article_that_a_person_removed_stays_where_it_is() {
    let (site, [drivers, handbook]) = imported();
    site.remove(&drivers);
    site.write("content/pages/a.toml", "[[lines]]\nat = \"19\"\nwith = 9\n");
    site.run(&["import"]).expect_exit(1, &["line-unplaced", "line 19"]);
    assert!(site.read(&handbook).contains(APPRENTICES));
    assert!(!site.has(&drivers));
}

#[test]
fn a_line_in_an_edited_file_and_in_another_one_is_named() {
    let (site, [drivers, handbook]) = imported();
    let text = site.read(&drivers).replace("lines = \"5-11\"", "lines = \"5-11,19\"");
    site.write(&drivers, text);
    site.write("content/pages/a.toml", "[[articles]]\nat = 13\nkind = \"commentary\"\n");
    site.run(&["import"]).expect_exit(0, &["line-in-two", "line 19", &drivers, &handbook]);
}

const PAGES: [(&str, &str); 3] = [
    ("yangben-2025-05-06-01.txt", include_str!("../../continued/yangben-2025-05-06-01.txt")),
    ("yangben-2025-05-06-02.txt", include_str!("../../continued/yangben-2025-05-06-02.txt")),
    ("yangben-2025-05-06-03.txt", include_str!("../../continued/yangben-2025-05-06-03.txt")),
];
/// An article that begins on page 1 and continues on page 3.
const JOINED: &str = "content/articles/2025/05-06/p1-01.md";

/// A site whose first article continues on page 3, imported; and that article.
fn continued() -> (Site, String) {
    let site = Site::empty_folder();
    site.write("site.toml", "title = \"样本\"\n");
    for (name, text) in PAGES {
        site.write(&format!("content/pages/{name}"), text);
    }
    site.run(&["import"]).expect_exit(0, &[]);
    let joined = site.read(JOINED);
    assert!(joined.contains(PAGES[2].0));
    (site, joined)
}

#[test]
fn an_article_with_a_part_on_a_page_that_is_gone_is_kept_whole() {
    let (site, joined) = continued();
    site.remove(&format!("content/pages/{}", PAGES[2].0));
    site.write("site.toml", "title = \"样本\"\n[import]\nfull_width = false\n");
    site.run(&["import"]).expect_exit(0, &["part-absent", JOINED, PAGES[2].0]);
    assert_eq!(site.read(JOINED), joined);
}

#[test]
fn an_article_with_a_part_on_a_page_that_became_unreadable_is_kept_whole() {
    let (site, joined) = continued();
    site.write(&format!("content/pages/{}", PAGES[2].0), [0, 159, 146, 150].repeat(100));
    site.edit(&format!("content/pages/{}", PAGES[0].0), "\n", "\n\n");
    site.run(&["import"]).expect_exit(1, &["not-text", "part-absent", JOINED]);
    assert_eq!(site.read(JOINED), joined);
}

#[test]
fn an_article_is_kept_whole_when_one_of_its_pages_is_imported_alone() {
    let site = Site::empty_folder();
    PAGES.iter().for_each(|(name, text)| site.write(&format!("t/{name}"), text));
    site.run(&["import", "t", "--into", "out"]).expect_exit(0, &[]);
    let joined = site.read("out/2025/05-06/p1-01.md");
    let first = format!("t/{}", PAGES[0].0);
    site.write(&first.replace(".txt", ".toml"), "paper = \"样本晚报\"\n");
    site.run(&["import", &first, "--into", "out"]).expect_exit(0, &["part-absent", "import "]);
    assert_eq!(site.read("out/2025/05-06/p1-01.md"), joined);
}

#[test]
fn an_edited_article_holds_its_lines_though_they_moved_down_on_the_page() {
    let (site, [drivers, handbook]) = imported();
    site.edit(&handbook, "徒弟们说，师傅的书", "徒弟们都说，师傅的书");
    let page = site.read("content/pages/a.txt");
    let at = page.find("货车司机").unwrap();
    site.write("content/pages/a.txt", format!("{}\n\n\n\n\n\n{}", &page[..at], &page[at..]));
    site.run(&["import"]).expect_exit(0, &["was edited", "1 articles written"]);
    // the page stays as it is, and is imported again
    for setting in ["full_width = false", "full_width = true"] {
        site.write("site.toml", format!("{SETTINGS}\n[import]\n{setting}\n"));
        site.run(&["import"]).expect_exit(0, &["was edited"]).expect_without("line-in-two");
        assert!(site.has(&drivers) && site.read(&handbook).contains("徒弟们都说"));
    }
}

/// The part of the joined article on page 3.
const CONTINUATION: &str = "打分表上终于出现了第一个满分";

/// Renames page 3, imports, and imports again with other settings, so that no page has the name that it had before.
fn rename_the_third_page(site: &Site) -> RunResult {
    let path = format!("content/pages/{}", PAGES[2].0);
    fs::rename(site.path(&path), site.path(&path.replace("yangben", "xin-yangben"))).unwrap();
    site.run(&["import"]).expect_exit(0, &[]);
    site.write("site.toml", "title = \"样本\"\n[import]\nfull_width = false\n");
    site.run(&["import"])
}

#[test]
fn a_part_of_an_article_whose_own_page_is_gone_stands_once_after_its_page_was_renamed() {
    let (site, joined) = continued();
    site.remove(&format!("content/pages/{}", PAGES[0].0));
    site.run(&["import"]).expect_exit(0, &["page-gone"]);
    rename_the_third_page(&site).expect_exit(0, &[]);
    assert_eq!((site.read(JOINED), copies(&site, CONTINUATION)), (joined, 1));
}

#[test]
fn a_part_of_an_article_that_a_person_gave_another_title_stands_once_while_its_page_is_gone() {
    let (site, _) = continued();
    let first = format!("content/pages/{}", PAGES[0].0);
    site.write(&first.replace(".txt", ".toml"), "[[articles]]\nat = 5\ntitle = \"考官\"\n");
    site.run(&["import"]).expect_exit(0, &["1 articles written"]);
    site.remove(&first);
    site.edit(&format!("content/pages/{}", PAGES[2].0), "评审津贴", "评审的津贴");
    site.run(&["import"]).expect_exit(0, &["page-gone"]).expect_without("line-in-two");
    assert_eq!(copies(&site, CONTINUATION), 1);
}

#[test]
fn an_article_is_joined_again_though_its_other_page_was_renamed_while_its_own_was_away() {
    let (site, _) = continued();
    let first = format!("content/pages/{}", PAGES[0].0);
    fs::rename(site.path(&first), site.path("aside.txt")).unwrap();
    site.run(&["import"]).expect_exit(0, &["page-gone"]);
    rename_the_third_page(&site).expect_exit(0, &[]);
    fs::rename(site.path("aside.txt"), site.path(&first)).unwrap();
    site.run(&["import"]).expect_exit(0, &[]).expect_without("part-absent");
    assert!(
        site.read(JOINED).contains("xin-yangben-2025-05-06-03.txt"),
        "the article names the page as it is called now"
    );
    assert_eq!(copies(&site, CONTINUATION), 1);
}

#[test]
fn an_edited_article_holds_its_lines_though_its_page_was_renamed() {
    let (site, _) = continued();
    let file = site.article_with("焊花照亮的夜课");
    site.edit(&file, "三十名学员轮流上机", "三十来个学员轮流上机");
    site.run(&["import"]).expect_exit(0, &[]);
    rename_the_third_page(&site).expect_exit(0, &["was edited"]);
    assert_eq!(copies(&site, "三十来个学员"), 1);
}

#[test]
fn pages_whose_names_share_a_hash_have_articles_of_their_own() {
    let site = Site::with_settings();
    let page = |words: &str| {
        format!(
            "{words}驿站开进了车间\n\n本报记者 凌霄\n\n{words}的工人下班以后有了一个可以歇脚的地方，热水一直烧着。\n"
        )
    };
    site.write("content/pages/版一三五万.txt", page("东厂"));
    site.write("content/pages/版一百丁万.txt", page("西厂"));
    site.run(&["import"]).expect_exit(0, &["2 articles written"]).expect_without("was edited");
    assert_eq!((copies(&site, "东厂的工人"), copies(&site, "西厂的工人")), (1, 1));
}

#[test]
fn articles_of_an_import_that_was_cut_short_are_not_taken_for_edited_ones() {
    let site = Site::with_page();
    // the record cannot be written: as if the import were killed, or the disk full, before its end
    fs::create_dir_all(site.path(RECORD)).unwrap();
    site.run(&["import"]).expect_exit(1, &[".imported.toml"]);
    assert_eq!(site.articles().len(), 2, "the articles are there");
    assert!(site.has(JOURNAL));
    fs::remove_dir(site.path(RECORD)).unwrap();
    site.edit("content/pages/a.txt", "十二个货车司机驿站", "十三个货车司机驿站");
    site.run(&["import"]).expect_exit(0, &["1 articles written, 1 unchanged"]).expect_without("was edited");
    assert_eq!(copies(&site, "十三个货车司机驿站"), 1);
    assert!(!site.has(JOURNAL));
}

#[test]
fn an_edit_after_an_import_that_was_cut_short_is_kept() {
    let site = Site::with_page();
    fs::create_dir_all(site.path(RECORD)).unwrap();
    site.run(&["import"]).expect_exit(1, &[]);
    fs::remove_dir(site.path(RECORD)).unwrap();
    site.edit(&site.article_with(SHOWERS), "司机们都说好。", "司机们都说好，编者也说好。");
    site.edit("content/pages/a.txt", "十二个货车司机驿站", "十三个货车司机驿站");
    site.run(&["import"]).expect_exit(0, &["was edited"]);
    assert_eq!(copies(&site, "编者也说好"), 1);
}

#[test]
fn a_removed_article_stays_away_though_the_pages_were_away_for_a_while() {
    let (site, [drivers, _]) = imported();
    site.remove(&drivers);
    site.build();
    fs::rename(site.path("content/pages"), site.path("elsewhere")).unwrap();
    site.run(&["build"]).expect_exit(0, &["page-gone"]);
    site.run(&["build", "--full"]).expect_exit(0, &[]).expect_without("page-gone");
    fs::rename(site.path("elsewhere"), site.path("content/pages")).unwrap();
    site.run(&["build", "--full"]).expect_exit(0, &["was removed by hand"]);
    assert!(!site.has(&drivers));
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_not_overwritten() {
    let (site, [drivers, _]) = imported();
    site.remove(&drivers);
    // a link to itself can be replaced, and not be read
    std::os::unix::fs::symlink(site.path(&drivers), site.path(&drivers)).unwrap();
    site.run(&["import", "content/pages/a.txt"]).expect_exit(1, &["unreadable", &drivers]);
    assert!(fs::symlink_metadata(site.path(&drivers)).unwrap().is_symlink());
}

#[test]
fn the_articles_of_a_site_are_no_pages() {
    let (site, _) = imported();
    let before = site.articles();
    for folder in ["content", ".", "content/articles"] {
        site.run(&["import", folder]);
        assert!(site.articles() == before, "import {folder} changed {:?}", site.articles().keys());
    }
    site.run(&["import", "content/pages/a.txt", "--into", "content/pages"]).expect_exit(2, &["content/pages"]);
    site.run(&["import", "content/pages/a.txt", "--into", "content"]).expect_exit(2, &["content"]);
    assert_eq!(fs::read_dir(site.path("content/pages")).unwrap().count(), 1);
}

#[test]
fn a_paragraph_that_two_articles_print_is_named_and_can_stand_in_both() {
    let site = Site::with_page();
    let notice = "市总工会提醒，领取服务卡请带上身份证和劳动合同，窗口每天开到晚上八点。";
    site.edit("content/pages/a.txt", "驿站里有床", &format!("{notice}\n\n驿站里有床"));
    site.edit("content/pages/a.txt", "徒弟们说", &format!("{notice}\n\n徒弟们说"));
    site.run(&["import"]).expect_exit(0, &["printed-twice", "line 21 repeats line 11", "content/pages/a.txt:21"]);
    assert_eq!(copies(&site, notice), 1);
    site.write("content/pages/a.toml", "[[lines]]\nat = 21\nwith = 19\n");
    site.run(&["import"]).expect_exit(0, &[]).expect_without("printed-twice");
    assert_eq!(copies(&site, notice), 2);
}
