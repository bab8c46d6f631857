//! Corrections of the text: what a sidecar says that a line should read is read in the article, at every import, and one whose line has
//! changed is named until the person has corrected it.

use crate::common::site::{PAGE, SETTINGS, Site};

const FILE: &str = "content/pages/a.txt";
const SIDECAR: &str = "content/pages/a.toml";
const CORRECTIONS: &str = "\
[[text]]
at = 13
printed = \"枝师把\"
text = \"技师把\"

[[text]]
at = 13
printed = \"手芝\"
text = \"手艺\"

[[text]]
at = 17
printed = \"枝\"
text = \"技\"
";

/// The common page with characters misread, by which its second article belongs to no theme.
fn misread() -> String {
    PAGE.replace('技', "枝").replace("手艺", "手芝")
}

/// A site with that page, and the file of its second article.
fn imported() -> (Site, String) {
    let site = Site::with_settings();
    site.write(FILE, misread());
    site.run(&["import"]).expect_exit(0, &["2 articles written"]);
    let file = site.article_with("徒弟们说");
    (site, file)
}

#[test]
fn a_corrected_character_is_in_the_article_in_its_themes_and_in_every_later_import() {
    let (site, file) = imported();
    let before = site.read(&file);
    assert!(before.contains("title = \"枝师把三十年手芝写成口袋书\"") && before.contains("themes = []"), "{before}");
    site.write(SIDECAR, CORRECTIONS);
    site.run(&["import"]).expect_exit(0, &["imported 1 of 1 pages: 1 articles written, 1 unchanged"]);
    let corrected = site.read(&file);
    assert!(corrected.contains("title = \"技师把三十年手艺写成口袋书\""), "{corrected}");
    assert!(corrected.contains("东湖泵业的高级技师邹明月") && corrected.contains("themes = [\"工匠\"]"), "{corrected}");
    site.run(&["themes", &file]).expect_exit(0, &["工匠", "技师", "手艺"]);
    site.run(&["import"]).expect_exit(0, &["1 pages, none of them new"]);
    site.run(&["import", FILE]).expect_exit(0, &["0 articles written, 2 unchanged"]);
    site.write("site.toml", SETTINGS.replace("\"手艺\"", "\"口袋书\""));
    site.run(&["import"]).expect_exit(0, &[]);
    assert_eq!(site.read(&file), corrected);
    site.run(&["build"]).expect_exit(0, &[]);
    site.run(&["check"]).expect_exit(0, &[]);
    // without the corrections it is as it was
    site.write("site.toml", SETTINGS);
    site.remove(SIDECAR);
    site.run(&["import"]).expect_exit(0, &["1 articles written, 1 unchanged"]);
    assert_eq!(site.read(&file), before);
}

#[test]
fn a_correction_whose_line_has_changed_is_named_until_it_is_corrected_and_never_dropped() {
    let (site, file) = imported();
    site.write(SIDECAR, CORRECTIONS);
    site.run(&["import"]).expect_exit(0, &[]);
    let corrected = site.read(&file);
    // the page comes again with a note above, and lines behind it have other numbers
    site.write(FILE, misread().replacen("货车司机有了", "今日八版\n\n货车司机有了", 1));
    for command in ["import", "build", "check", "import"] {
        let said =
            ["text-not-printed", "content/pages/a.toml:2:6", "line 13 does not say", "content/pages/a.toml:12:6"];
        site.run(&[command]).expect_exit(1, &said);
        assert_eq!(site.read(SIDECAR), CORRECTIONS);
    }
    assert!(site.read(&file).contains("高级枝师"), "nothing is corrected in other lines");
    site.write(SIDECAR, CORRECTIONS.replace("at = 13", "at = 15").replace("at = 17", "at = 19"));
    for command in ["import", "build", "check"] {
        site.run(&[command]).expect_exit(0, &[]);
    }
    assert_eq!(site.read(&file), corrected.replace("lines = \"13-19\"", "lines = \"15-21\""));
}

#[test]
fn what_a_line_says_twice_is_a_finding_and_the_other_corrections_hold() {
    let (site, file) = imported();
    site.write(SIDECAR, format!("{CORRECTIONS}\n[[text]]\nat = 19\nprinted = \"，\"\ntext = \"、\"\n"));
    for _ in 0..2 {
        site.run(&["import"]).expect_exit(1, &["text-not-printed", "a.toml:17:6", "more than once"]);
        assert!(site.read(&file).contains("高级技师"));
    }
}

#[test]
fn a_corrected_date_is_the_page_s_day() {
    let site = Site::with_settings();
    site.write(FILE, PAGE.replace("3月18日", "3月1B日"));
    site.run(&["import"]).expect_exit(0, &[]);
    assert!(site.article_with("徒弟们说").starts_with("content/articles/2025/03-01/"));
    site.write(SIDECAR, "[[text]]\nat = 3\nprinted = \"3月1B日\"\ntext = \"3月18日\"\n");
    site.run(&["import"]).expect_exit(0, &[]);
    assert!(site.article_with("徒弟们说").starts_with("content/articles/2025/03-18/"));
    site.run(&["import"]).expect_exit(0, &["none of them new"]);
}

#[test]
fn an_edited_article_stays_and_no_line_of_it_is_named_though_its_page_was_corrected_and_has_changed() {
    let (site, file) = imported();
    site.edit(&file, "徒弟们说", "他的徒弟们说");
    let edited = site.read(&file);
    let other = "[[text]]\nat = 19\nprinted = \"徒弟们说，师傅的书比说明书好懂。厂里把它当成了培训教材\"\ntext = \"学员都讲：这一本通俗。公司已拿它上课\"\n";
    site.write(SIDECAR, format!("{CORRECTIONS}\n{other}"));
    site.run(&["import"]).expect_exit(0, &["was edited, and is kept as it is"]);
    site.write(FILE, format!("{}\n责任编辑：简宁\n", misread()));
    site.run(&["import"]).expect_exit(0, &["was edited, and is kept as it is"]);
    assert_eq!(site.read(&file), edited);
    // the page gives the paragraph to the other article, as corrected or not: it stays where it is, once
    site.write(SIDECAR, format!("{other}\n[[lines]]\nat = 19\nwith = 9\n"));
    site.run(&["import"]).expect_exit(0, &["line-in-two", "a.txt:19"]);
    assert_eq!(site.read(&file), edited);
}

#[test]
fn html_is_corrected_though_its_markup_states_the_articles() {
    let site = Site::empty_folder();
    let name = "pages/yangben-2025-06-03-02.html";
    site.write(name, include_str!("../../html/yangben-2025-06-03-02.html"));
    site.write(
        "pages/yangben-2025-06-03-02.toml",
        "[[text]]\nat = 22\nprinted = \"按副教授发\"\ntext = \"照副教授发\"\n[[text]]\nat = 16\nprinted = \"技师\"\ntext = \"师傅\"\n",
    );
    site.run(&["import", "pages", "--into", "out"]).expect_exit(0, &[]);
    let article = site.read("out/2025/06-03/p2-01.md");
    assert!(article.contains("课时费照副教授发") && article.contains("让师傅走上"), "{article}");
}
