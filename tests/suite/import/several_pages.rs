//! Files of several pages: each page is a source page, named by its position in the file, `issue.pdf#2`, and all are of one issue.

use crate::common::site::Site;
use crate::common::typeset::Text::{Head, Line, Paragraph};
use crate::common::typeset::{Text, alto, pdf};

/// It prints paper and day, and an article that goes on behind it.
const FIRST: &[Text<'_>] = &[
    Line("示范工人报"),
    Line("2025年3月18日 星期二 第8126期"),
    Head("老船厂请工人当考官"),
    Line("本报记者 凌霄"),
    Paragraph("云泊江边的老船厂今年改了规矩：新工艺能不能上线，先由班组里的老师傅打分，分数贴在船坞门口，谁都能看。"),
    Paragraph(
        "打分的头一个月，三项新工艺被退回两项。厂长没有发火，他把图纸搬到船坞里，请老师傅们站着一条一条挑毛病，船",
    ),
    Line("（下转第2版）"),
];
/// It prints no more than its articles.
const SECOND: &[Text<'_>] = &[
    Line("（上接第1版）"),
    Paragraph("台上的工人把改好的样件举起来给大家看。挑出来的毛病有四十一处，改完以后重新打分，两项都过了线。"),
    Head("技师把手艺写成口袋书"),
    Line("本报记者 麦田"),
    Paragraph(
        "退休前的最后一个月，东湖泵业的高级技师邹明月做了一件事：把三十年修泵的窍门写成一本口袋书，发给每个徒弟。",
    ),
    Paragraph("徒弟们说，师傅的书比说明书好懂。厂里把它当成了培训教材，新来的工人人手一本，考级的时候也用得上。"),
];
const PICTURE: &[Text<'_>] = &[];
const FOURTH: &[Text<'_>] = &[
    Head("货车司机有了歇脚的驿站"),
    Line("本报记者 祝小满"),
    Paragraph("三月以来，云泊市总工会在国道沿线建起了十二个货车司机驿站，夏天有凉茶，冬天有热水，司机们都说好。"),
    Paragraph("驿站里有床、有饭、有淋浴，还有人帮忙看车。跑了二十年长途的老司机说，这样的地方从前想都不敢想。"),
];

/// A site with one file of pages.
fn site_with(name: &str, bytes: &[u8]) -> Site {
    let site = Site::with_settings();
    site.write(&format!("content/pages/{name}"), bytes);
    site
}

fn issue() -> Site {
    site_with("issue.pdf", &pdf(&[FIRST, SECOND, PICTURE, FOURTH]))
}

/// The names of the articles' files, without their folder.
fn names(site: &Site) -> Vec<String> {
    let articles = site.articles();
    articles.keys().filter_map(|name| Some(name.strip_prefix("2025/03-18/")?.to_owned())).collect()
}

#[test]
fn the_pages_of_a_file_are_pages_of_one_issue() {
    for (name, bytes) in
        [("issue.pdf", pdf(&[FIRST, SECOND, PICTURE, FOURTH])), ("issue.xml", alto(&[FIRST, SECOND, PICTURE, FOURTH]))]
    {
        let site = site_with(name, &bytes);
        let empty = format!("content/pages/{name}#3");
        site.run(&["import", "--report", "ledger.jsonl"]).expect_exit(0, &["page-without-text", &empty]);
        assert_eq!(names(&site), ["sfgrb-p1-01.md", "sfgrb-p2-02.md", "sfgrb-p4-01.md"], "{name}");
        let joined = site.read("content/articles/2025/03-18/sfgrb-p1-01.md");
        assert!(joined.contains("一条一条挑毛病，船台上的工人"), "{name}: {joined}");
        assert!(joined.contains(&format!("page = \"{name}#1\"")) && joined.contains(&format!("page = \"{name}#2\"")));
        let last = site.read("content/articles/2025/03-18/sfgrb-p4-01.md");
        for part in ["paper = \"示范工人报\"", "date = 2025-03-18", "page = 4", &format!("page = \"{name}#4\"")] {
            assert!(last.contains(part), "{name}: {last}");
        }
        let mut pages: Vec<String> = site.ledger().into_iter().map(|line| line.page).collect();
        pages.dedup();
        assert_eq!(pages, [1, 2, 4].map(|page| format!("{name}#{page}")));
    }
}

#[test]
fn an_unchanged_file_is_not_imported_again() {
    let site = issue();
    site.run(&["import"]).expect_exit(0, &["imported 4 of 4 pages: 3 articles written"]);
    let before = site.articles();
    for _ in 0..2 {
        site.run(&["import"]).expect_exit(0, &["4 pages, none of them new"]).expect_without("page-without-text");
    }
    site.run(&["build", "--full"]).expect_exit(0, &["0 articles written, 3 unchanged, 0 removed"]);
    assert_eq!(site.articles(), before);
}

#[test]
fn pages_that_come_and_go_are_noticed() {
    let site = issue();
    site.run(&["import"]).expect_exit(0, &[]);
    site.write("content/pages/issue.pdf", pdf(&[FIRST, SECOND]));
    site.run(&["import"]).expect_exit(0, &["page-gone", "content/pages/issue.pdf#4 is gone; its 1 articles stay"]);
    site.run(&["import"]).expect_exit(0, &["2 pages, none of them new"]);
    site.write("content/pages/issue.pdf", pdf(&[FIRST, SECOND, FOURTH]));
    site.run(&["import"]).expect_exit(0, &["1 articles written, 2 unchanged"]);
    assert_eq!(names(&site), ["sfgrb-p1-01.md", "sfgrb-p2-02.md", "sfgrb-p3-01.md", "sfgrb-p4-01.md"]);
}

#[test]
fn a_file_that_comes_to_have_several_pages_keeps_what_was_edited() {
    let site = site_with("issue.pdf", &pdf(&[SECOND]));
    site.run(&["import", "content/pages/issue.pdf", "--date", "2025-03-18"]).expect_exit(0, &[]);
    let file = site.article_with("口袋书");
    site.edit(&file, "发给每个徒弟", "发给每一个徒弟");
    site.write("content/pages/issue.pdf", pdf(&[SECOND, FOURTH]));
    site.run(&["import"]).expect_exit(0, &[&file, "was edited"]).expect_without("page-gone");
    assert!(
        site.read(&file).contains("每一个徒弟") && site.read(&site.article_with("驿站里有床")).contains("issue.pdf#2")
    );
    site.write("content/pages/issue.pdf", pdf(&[SECOND]));
    site.run(&["import"]).expect_exit(0, &[&file, "was edited", "content/pages/issue.pdf#2 is gone"]);
    assert!(site.read(&file).contains("每一个徒弟"));
}

#[test]
fn a_renamed_file_keeps_its_articles() {
    let site = issue();
    site.run(&["import"]).expect_exit(0, &[]);
    std::fs::rename(site.path("content/pages/issue.pdf"), site.path("content/pages/march.pdf")).unwrap();
    site.run(&["import"]).expect_exit(0, &["3 articles written"]).expect_without("page-gone");
    assert_eq!(names(&site).len(), 3);
    assert!(site.read(&site.article_with("驿站里有床")).contains("page = \"march.pdf#4\""));
}

#[test]
fn a_page_has_its_own_sidecar() {
    let site = issue();
    site.write("content/pages/issue.4.toml", "[[articles]]\nat = 1\ntitle = \"国道边的驿站\"\n");
    site.run(&["import"]).expect_exit(0, &[]);
    assert!(site.read(&site.article_with("驿站里有床")).contains("title = \"国道边的驿站\""));
    site.run(&["import"]).expect_exit(0, &["4 pages, none of them new"]).expect_without("warning");
    // what the sidecar of one page says of the issue holds for the others
    site.write("content/pages/issue.4.toml", "paper = \"云泊日报\"\n");
    site.run(&["import"]).expect_exit(0, &["imported 4 of 4 pages"]);
    site.remove("content/pages/issue.4.toml");
    site.run(&["import"]).expect_exit(0, &["imported 4 of 4 pages"]);
    site.write("content/pages/issue.toml", "page = 1\n");
    site.write("content/pages/issue.9.toml", "page = 9\n");
    for command in ["import", "import", "check"] {
        site.run(&[command]).expect_exit(
            0,
            &[
                "issue.toml corrects no page: issue.pdf has 4 pages",
                "issue.1.toml for the first",
                "issue.9.toml corrects no page",
                "issue.1.toml to issue.4.toml",
            ],
        );
    }
}

#[test]
fn one_page_of_a_file_can_be_named() {
    let site = issue();
    site.run(&["import"]).expect_exit(0, &[]);
    let (second, last) = (site.article_with("口袋书"), site.article_with("驿站里有床"));
    site.remove(&second);
    site.remove(&last);
    site.run(&["import", "content/pages/issue.pdf#4"]).expect_exit(0, &["imported 1 of 1 pages: 1 articles written"]);
    assert!(site.has(&last) && !site.has(&second));
    site.run(&["themes", "content/pages/issue.pdf#4"]).expect_exit(0, &["issue.pdf#4", "工会服务"]);
    site.run(&["themes", "content/pages/issue.pdf"]).expect_exit(0, &["issue.pdf#1", "issue.pdf#2", "issue.pdf#4"]);
    site.run(&["themes", "content/pages/issue.pdf#9"]).expect_exit(1, &["no page 9"]);
    site.run(&["import", "content/pages/issue.pdf#9"]).expect_exit(1, &["no page 9"]);
}

#[test]
fn a_page_that_cannot_be_read_leaves_the_others() {
    let long = "产".repeat(20_001);
    let pages: Vec<&[Text<'_>]> = vec![FIRST, SECOND, FOURTH];
    let damaged =
        String::from_utf8(alto(&pages)).unwrap().replacen("CONTENT=\"技\"", &format!("CONTENT=\"{long}\""), 1);
    let site = site_with("issue.xml", damaged.as_bytes());
    for _ in 0..2 {
        site.run(&["import"]).expect_exit(1, &["error[long-line]", "content/pages/issue.xml#2"]);
    }
    assert_eq!(names(&site), ["sfgrb-p1-01.md", "sfgrb-p3-01.md"]);
    let empty = site_with("issue.xml", &alto(&[PICTURE, PICTURE]));
    empty.run(&["import"]).expect_exit(1, &["error[empty-page]", "no page of the file holds text"]);
}

#[test]
fn pages_of_a_file_without_a_day_are_one_issue() {
    let undated = [&[Head("老船厂请工人当考官")][..], &FIRST[3..]].concat();
    let site = site_with("issue.pdf", &pdf(&[&undated, SECOND]));
    site.run(&["import"]).expect_exit(0, &[]);
    assert!(site.read(&site.article_with("当考官")).contains("一条一条挑毛病，船台上的工人"));
    site.run(&["import"]).expect_exit(0, &["2 pages, none of them new"]);
}

#[test]
fn the_site_has_a_page_for_each_page_of_the_file() {
    for (name, bytes) in
        [("issue.pdf", pdf(&[FIRST, SECOND, PICTURE, FOURTH])), ("issue.xml", alto(&[FIRST, SECOND, PICTURE, FOURTH]))]
    {
        let site = site_with(name, &bytes);
        site.build();
        let public = site.public();
        for (number, text) in [(1, "老船厂请工人当考官"), (2, "技师把手艺写成口袋书"), (4, "货车司机有了歇脚的驿站")]
        {
            let page = format!("issues/sfgrb/2025/03-18/{number}/index.html");
            let html = String::from_utf8(public[&page].clone()).unwrap();
            assert!(html.contains(text) && html.contains("id=\"L1\""), "{name}, {page}: {html}");
        }
        assert!(public.keys().all(|path| !path.contains('#')), "{:?}", public.keys());
        site.build();
        assert_eq!(site.public(), public);
        // a page is found again without the record, by its file's name
        site.remove("content/articles/.imported.toml");
        site.run(&["build", "--full", "--no-import"]).expect_exit(0, &[]);
        assert_eq!(site.public(), public);
    }
}

#[test]
fn an_incremental_build_shows_a_file_that_changed() {
    let site = issue();
    site.build();
    site.write("content/pages/issue.pdf", pdf(&[FIRST, SECOND, FOURTH, PICTURE]));
    site.build();
    let incremental = site.public();
    assert!(incremental.contains_key("issues/sfgrb/2025/03-18/3/index.html"));
    site.run(&["build", "--full"]).expect_exit(0, &[]);
    assert_eq!(site.public(), incremental);
}
