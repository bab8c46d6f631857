//! `wenzhai export`: issues, themes and months as books, prints and mails.

use crate::common::html::{between, quoted_after, visible_text};
use crate::common::site::{BASE_URL, Site, article};
use crate::common::zip::{ZipFile, unzip};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use roxmltree::{Document, ParsingOptions};
use std::fs;

/// The headlines of the two articles of [`Site::with_page`].
const STATION: &str = "货车司机有了歇脚的驿站";
const BOOK: &str = "技师把三十年手艺写成口袋书";

/// The text of each part of an EPUB, which has to be XML where it says so.
#[track_caller]
fn parts(site: &Site, file: &str) -> Vec<(String, String)> {
    let files = unzip(&fs::read(site.path(file)).unwrap());
    let text = |file: ZipFile| (file.name, String::from_utf8(file.bytes).unwrap());
    let parts: Vec<(String, String)> = files.into_iter().map(text).collect();
    for (name, text) in parts.iter().filter(|(name, _)| !name.ends_with(".css") && name != "mimetype") {
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        if let Err(error) = Document::parse_with_options(text, options) {
            panic!("{name}: {error}\n{text}");
        }
    }
    parts
}

#[track_caller]
fn part<'p>(parts: &'p [(String, String)], name: &str) -> &'p str {
    &parts.iter().find(|(own, _)| own == name).unwrap_or_else(|| panic!("no {name}")).1
}

/// The headlines in the contents of a book, in their order.
#[track_caller]
fn contents(site: &Site, file: &str) -> Vec<String> {
    let parts = parts(site, file);
    let list = between(part(&parts, "EPUB/nav.xhtml"), "epub:type=\"toc\"", "<li><a href=\"sources.xhtml\">");
    let links = list.split("<a href=").skip(1).map(|link| between(link, ">", "</a>"));
    links.map(visible_text).collect()
}

/// A site of four articles: two of March in two papers, one of April, one without a date.
fn site_of_four() -> Site {
    let site = Site::with_settings();
    site.add_settings("");
    let put = |name: &str, title: &str, front: &str| {
        site.write(&format!("content/articles/{name}.md"), article(title, front, "正文一句。\n\n又一句。"));
    };
    put("a", "三月甲", "date = 2025-03-18\npaper = \"示范工人报\"\npage = 1\nthemes = [\"工匠\"]\n");
    put("b", "三月乙", "date = 2025-03-20\npaper = \"沿江劳动报\"\npage = 1\nthemes = []\n");
    put("c", "四月丙", "date = 2025-04-02\npaper = \"示范工人报\"\npage = 2\nthemes = [\"工匠\"]\n");
    put("d", "无日丁", "themes = []\n");
    site
}

#[test]
fn an_issue_becomes_a_book() {
    let site = Site::with_page();
    site.run(&["export", "epub", "--issue", "示范工人报/2025-03-18"])
        .expect_exit(0, &["exports/sfgrb-2025-03-18.epub", "示范工人报 2025年3月18日, 2 articles"]);
    let file = "exports/sfgrb-2025-03-18.epub";
    let files = unzip(&fs::read(site.path(file)).unwrap());
    let first = &files[0];
    assert_eq!((first.name.as_str(), first.method, first.offset), ("mimetype", 0, 0));
    assert_eq!(first.bytes, b"application/epub+zip");
    assert_eq!(contents(&site, file), [STATION, BOOK]);

    let parts = parts(&site, file);
    let package = part(&parts, "EPUB/package.opf");
    for name in parts.iter().filter_map(|(name, _)| name.strip_prefix("EPUB/")).filter(|name| *name != "package.opf") {
        assert_eq!(package.matches(&format!("href=\"{name}\"")).count(), 1, "{name} is listed once: {package}");
    }
    for expected in [
        "<dc:title id=\"title\">示范工人报 2025年3月18日</dc:title>",
        "<dc:language>zh-Hans</dc:language>",
        "<dc:publisher>试验文摘</dc:publisher>",
        "<dc:source>示范工人报</dc:source>",
        "<meta property=\"dcterms:modified\">2025-03-18T00:00:00Z</meta>",
    ] {
        assert!(package.contains(expected), "{expected} is not in {package}");
    }
    let chapter = part(&parts, "EPUB/a2.xhtml");
    let text = visible_text(chapter);
    for expected in [BOOK, "本报记者 麦田", "示范工人报 2025年3月18日 第1版", "徒弟们说，师傅的书比说明书好懂。"]
    {
        assert!(text.contains(expected), "{expected} is not in {text}");
    }
    assert!(chapter.contains(&format!("href=\"{BASE_URL}2025/03/18/sfgrb-p1-02/\"")), "{chapter}");
    // the printed page can be gone to
    assert!(part(&parts, "EPUB/nav.xhtml").contains("<a href=\"a1.xhtml#page-1\">1</a>"));
    assert!(part(&parts, "EPUB/a1.xhtml").contains("id=\"page-1\""));
    assert!(
        visible_text(part(&parts, "EPUB/sources.xhtml")).contains(&format!("{BOOK}[N]. 示范工人报, 2025-03-18(01)."))
    );
}

#[test]
fn themes_papers_months_and_days_choose_articles_and_combine() {
    let site = site_of_four();
    let cases: &[(&[&str], &str, &[&str])] = &[
        (&["--theme", "工匠"], "craft", &["三月甲", "四月丙"]),
        (&["--theme", "craft", "--month", "2025-04"], "craft-2025-04", &["四月丙"]),
        (&["--paper", "sfgrb"], "sfgrb", &["三月甲", "四月丙"]),
        (&["--paper", "沿江劳动报", "--month", "2025-03"], "yan-jiang-lao-dong-bao-2025-03", &["三月乙"]),
        (&["--month", "2025-03"], "digest-2025-03", &["三月甲", "三月乙"]),
        (&["--from", "2025-03-19", "--to", "2025-04-02"], "digest-2025-03-19-to-2025-04-02", &["三月乙", "四月丙"]),
        (&["--to", "2025-03-19"], "digest-to-2025-03-19", &["三月甲"]),
        (&["--days", "14"], "digest-2025-03-20-to-2025-04-02", &["三月乙", "四月丙"]),
        (&["--newest", "2"], "digest-newest-2", &["三月乙", "四月丙"]),
        (&["--newest", "9"], "digest-newest-9", &["三月甲", "三月乙", "四月丙", "无日丁"]),
        (&["--issue", "示范工人报"], "sfgrb-2025-04-02", &["四月丙"]),
        (&["--issue", "2025-03-20"], "yan-jiang-lao-dong-bao-2025-03-20", &["三月乙"]),
        (&[], "sfgrb-2025-04-02", &["四月丙"]),
    ];
    for (choice, name, expected) in cases {
        let args = [&["export", "epub", "--force"], *choice].concat();
        site.run(&args).expect_exit(0, &[&format!("exports/{name}.epub")]);
        assert_eq!(contents(&site, &format!("exports/{name}.epub")), *expected, "{choice:?}");
    }
}

#[test]
fn a_name_that_the_site_does_not_have_gets_the_closest_one() {
    let site = site_of_four();
    let cases: &[(&[&str], i32, &[&str])] = &[
        (&["--theme", "工将"], 2, &["error[unknown-theme]", "did you mean 工匠?"]),
        (&["--theme", "zzzzzzz"], 2, &["there are: 工匠, 工会服务"]),
        (&["--paper", "示范工人日报"], 2, &["error[unknown-paper]", "did you mean 示范工人报?"]),
        (&["--issue", "示范工人报/2025-03-19"], 2, &["error[no-issue]", "the nearest: 示范工人报/2025-03-18"]),
        (&["--issue", "示范工人报/三月"], 2, &["error[bad-date]", "--issue 示范工人报/2025-03-18"]),
        (&["--month", "2025-13"], 2, &["a month is written as 2025-03"]),
        (&["--month", "2024-01"], 1, &["error[nothing-chosen]", "4 articles, from 2025-03-18 to 2025-04-02"]),
        (&["--theme", "工会服务"], 1, &["there is no article to export: 工会服务"]),
    ];
    for (choice, code, printed) in cases {
        site.run(&[&["export", "epub"], *choice].concat()).expect_exit(*code, printed);
    }
    assert!(!site.has("exports"), "nothing is written");
}

#[test]
fn an_issue_goes_by_paper_and_day_or_by_one_of_them() {
    let site = site_of_four();
    let front = "date = 2025-03-18\npaper = \"Daily News\"\nthemes = []\n";
    site.write("content/articles/e.md", article("同日", front, "正文。"));
    let cases: &[(&str, i32, &str)] = &[
        ("sfgrb/2025-03-18", 0, "示范工人报 2025年3月18日, 1 articles"),
        ("示范工人报 2025-03-18", 0, "示范工人报 2025年3月18日, 1 articles"),
        ("Daily News", 0, "Daily News 2025年3月18日, 1 articles"),
        ("Daily News 2025-03-18", 0, "Daily News 2025年3月18日, 1 articles"),
        ("2025-03-18", 2, "say which: Daily News/2025-03-18, 示范工人报/2025-03-18"),
        ("Dayly News", 2, "did you mean Daily News?"),
    ];
    for (name, code, printed) in cases {
        site.run(&["export", "mail", "--force", "--issue", name]).expect_exit(*code, &[printed]);
    }
}

#[test]
fn a_file_is_replaced_only_where_that_is_asked_for() {
    let site = Site::with_page();
    site.run(&["export", "print"]).expect_exit(0, &[]);
    let file = "exports/sfgrb-2025-03-18.html";
    site.write(file, "mine");
    site.run(&["export", "print"]).expect_exit(1, &["error[exists]", "--force"]);
    assert_eq!(site.read(file), "mine");
    site.run(&["export", "print", "--force"]).expect_exit(0, &[]);
    assert!(site.read(file).contains(STATION));
    for folder in ["content", "public", "static", "templates"] {
        site.run(&["export", "epub", "-o", &format!("{folder}/x.epub")]).expect_exit(2, &["error[bad-output]"]);
    }
}

#[test]
fn the_same_articles_make_the_same_bytes() {
    let site = Site::with_page();
    for (kind, one, two) in [("epub", "1.epub", "2.epub"), ("print", "1.html", "2.html"), ("mail", "1.eml", "2.eml")] {
        site.run(&["export", kind, "-o", one]).expect_exit(0, &[]);
        site.run(&["export", kind, "-o", two, "--no-import"]).expect_exit(0, &[]);
        assert!(fs::read(site.path(one)).unwrap() == fs::read(site.path(two)).unwrap(), "{kind}");
    }
}

#[test]
fn hostile_text_is_text_in_every_form() {
    let site = Site::with_settings();
    let title = "]]> & <script>alert(1)</script> </style> \\\"'";
    let body = "正文 ]]> &nbsp; & <script>alert(2)</script> <b>粗 <img src=x onerror=alert(3)>\n\n\
                [一](javascript:alert(4)) [二](#none) [三](../x.md) [四](b.md) \u{8}\u{c}尾";
    let front = "date = 2025-03-18\npaper = \"甲<报>&\"\npage = 1\nthemes = []\nkicker = \"<i>]]>\"\n";
    site.write("content/articles/a.md", article(title, front, body));
    site.write(
        "content/articles/b.md",
        article("另一篇", "date = 2025-03-18\npaper = \"甲<报>&\"\npage = 1\nthemes = []\n", "又。"),
    );
    for (kind, file) in [("epub", "x.epub"), ("print", "x.html"), ("mail", "x.eml"), ("mail", "y.html")] {
        site.run(&["export", kind, "-o", file]);
    }
    let parts = parts(&site, "x.epub");
    let chapter = part(&parts, "EPUB/a1.xhtml");
    assert!(visible_text(chapter).contains("]]> & <script>alert(1)</script> </style> \"'"), "{chapter}");
    // a link into the book leads there, and what leads nowhere is text
    assert!(chapter.contains("<a href=\"a2.xhtml\">四</a>"), "{chapter}");
    let links = [
        "book.css",
        "https://example.org/digest/2025/03/18/x.md",
        "a2.xhtml",
        "https://example.org/digest/2025/03/18/a/",
    ];
    assert_eq!(quoted_after(chapter, " href=\""), links, "{chapter}");
    let print = site.read("x.html");
    assert_eq!((print.matches("</style>").count(), print.matches("<style>").count()), (1, 1));
    for text in [chapter, &print, &site.read("y.html")] {
        for running in ["<script", "onerror", "javascript:", "<img"] {
            assert!(!text.contains(running), "{running} is in {text}");
        }
    }
}

#[test]
fn a_text_that_may_not_be_republished_is_in_no_form() {
    let site = Site::with_page();
    site.edit("site.toml", "slug = \"sfgrb\"", "slug = \"sfgrb\"\narticles = \"excerpt\"");
    let hidden = "从第三天起";
    let text =
        format!("第一天，工会来了人。{}{hidden}，门口的灯没有再关过。", "他们问了许多话，也记了许多话。".repeat(20));
    let front = "date = 2025-03-18\npaper = \"示范工人报\"\npage = 1\nthemes = []\n";
    site.write("content/articles/long.md", article("长文", front, &text));
    for (kind, file) in [("epub", "x.epub"), ("print", "x.html"), ("mail", "y.html")] {
        site.run(&["export", kind, "-o", file]).expect_exit(0, &[]);
    }
    let book: String = parts(&site, "x.epub").into_iter().map(|(_, text)| text).collect();
    for text in [book, site.read("x.html"), site.read("y.html"), site.read("y.txt")] {
        assert!(text.contains("第一天，工会来了人。") && !text.contains(hidden), "{text}");
    }
    assert!(site.read("x.html").contains("本站只刊这篇文章的摘要"));
}

#[test]
fn readers_of_a_book_see_what_is_missing_and_what_was_corrected() {
    let site = Site::with_settings();
    let front = "date = 2025-03-18\nthemes = []\ntitle_inferred = true\nmissing_after = \"下转第3版\"\n\
                 correction = \"人名有误\"\nupdated = 2025-03-25\n";
    site.write("content/articles/a.md", article("题", front, "正文。"));
    site.run(&["export", "epub", "--month", "2025-03", "-o", "x.epub"]).expect_exit(0, &[]);
    site.run(&["export", "print", "--month", "2025-03", "-o", "x.html"]).expect_exit(0, &[]);
    let parts = parts(&site, "x.epub");
    for text in [visible_text(part(&parts, "EPUB/a1.xhtml")), visible_text(&site.read("x.html"))] {
        for expected in ["原文下转第3版，本站未收", "2025年3月25日更正 人名有误", "拟题"] {
            assert!(text.contains(expected), "{expected} is not in {text}");
        }
    }
    assert!(part(&parts, "EPUB/package.opf").contains("2025-03-25T00:00:00Z"), "a corrected book is a newer one");
}

#[test]
fn an_export_whose_links_lead_nowhere_says_so() {
    let site = site_of_four();
    site.run(&["export", "mail", "--force"]).expect_exit(0, &[]).expect_without("links-nowhere");
    site.edit("site.toml", BASE_URL, "https://example.org/wenzhai/");
    site.run(&["export", "mail", "--force"]).expect_exit(0, &["warning[links-nowhere]", "the address of the example"]);
    site.edit("site.toml", "base_url = \"https://example.org/wenzhai/\"\n", "");
    site.run(&["export", "mail", "-o", "x.html"]).expect_exit(0, &["warning[links-nowhere]", "--base-url"]);
    assert!(site.read("x.html").contains("四月丙") && !site.read("x.html").contains("<a "));
    site.run(&["export", "epub", "-o", "x.epub"]).expect_exit(0, &[]);
    assert!(parts(&site, "x.epub").iter().all(|(_, text)| !text.contains("href=\"http")), "a link leaves the book");
    site.run(&["export", "mail", "-o", "y.html", "--base-url", "https://d.example.org/"])
        .expect_exit(0, &[])
        .expect_without("links-nowhere");
    assert!(site.read("y.html").contains("href=\"https://d.example.org/2025/04/02/c/\""));
}

#[test]
fn drafts_are_exported_where_they_are_asked_for() {
    let site = site_of_four();
    site.write("content/articles/e.md", article("草稿", "date = 2025-03-21\nthemes = []\ndraft = true\n", "未定。"));
    site.run(&["export", "epub", "--month", "2025-03", "-o", "x.epub"]).expect_exit(0, &["2 articles"]);
    site.run(&["export", "epub", "--month", "2025-03", "-o", "y.epub", "--drafts"]).expect_exit(0, &["3 articles"]);
    assert_eq!(contents(&site, "y.epub"), ["三月甲", "三月乙", "草稿"]);
}

#[test]
fn a_print_is_one_file_whose_numbers_agree() {
    let site = site_of_four();
    site.run(&["export", "print", "--newest", "9", "-o", "x.html"]).expect_exit(0, &[]);
    let html = site.read("x.html");
    for outside in ["<link", "<script", " src=", "url(", "@import"] {
        assert!(!html.replace("attr(href url)", "").contains(outside), "{outside}: {html}");
    }
    for (at, title) in ["三月甲", "三月乙", "四月丙", "无日丁"].into_iter().enumerate() {
        let number = at + 1;
        assert!(html.contains(&format!("<li value=\"{number}\"><a href=\"#a{number}\"><span>")), "{html}");
        let text = between(&html, &format!("<article id=\"a{number}\""), "</article>");
        assert!(visible_text(&text.replace("<wbr>", "")).contains(&format!("{number} {title}")), "{text}");
        assert_eq!(html.matches(&format!("id=\"a{number}\"")).count(), 1);
    }
    let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "an id stands once in the file: {ids:?}");
}

#[test]
fn a_mail_is_a_draft_with_text_and_html() {
    let site = site_of_four();
    site.run(&["export", "mail", "--days", "14"]).expect_exit(0, &["exports/digest-2025-03-20-to-2025-04-02.eml"]);
    let mail = site.read("exports/digest-2025-03-20-to-2025-04-02.eml");
    assert!(mail.starts_with("X-Unsent: 1\r\nSubject: =?utf-8?B?"), "{mail}");
    assert!(mail.split("\r\n").all(|line| line.len() <= 76 && !line.contains('\n')), "{mail}");
    let boundary = between(&mail, "boundary=\"", "\"");
    let bodies: Vec<&str> = mail.split(&format!("\r\n--{boundary}")).skip(1).collect();
    assert_eq!((bodies.len(), bodies[2]), (3, "--\r\n"));
    let decoded = |body: &str| {
        let base64: String = body.split_once("\r\n\r\n").unwrap().1.split_whitespace().collect();
        String::from_utf8(STANDARD.decode(base64).unwrap()).unwrap()
    };
    assert!(bodies[0].contains("text/plain; charset=utf-8") && bodies[1].contains("text/html; charset=utf-8"));
    let (text, html) = (decoded(bodies[0]), decoded(bodies[1]));
    for form in [&text, &visible_text(&html)] {
        // the newest first
        let at = |part: &str| form.find(part).unwrap_or_else(|| panic!("{part}: {form}"));
        assert!(at("四月丙") < at("三月乙") && at("示范工人报 2025年4月2日 第2版") < at("三月乙"));
        assert!(!form.contains("三月甲"));
    }
    assert!(text.contains(&format!("\r\n{BASE_URL}2025/04/02/c/\r\n")), "{text}");
    assert!(html.contains(&format!("href=\"{BASE_URL}2025/04/02/c/\"")), "{html}");
    assert!(!html.contains("<script") && !html.contains("<link"), "{html}");
}

#[test]
fn a_site_has_templates_of_its_own_for_exports() {
    let site = site_of_four();
    site.write("templates/export/mail.txt", "{{ title }}：{{ sections[0].articles[0].title }}\n");
    site.run(&["export", "mail", "-o", "x.html"]).expect_exit(0, &[]);
    assert_eq!(site.read("x.txt"), "示范工人报 2025年4月2日：四月丙\n");
    site.write("templates/export/chapter.html", "{{ entri.title }}");
    site.run(&["export", "epub"]).expect_exit(1, &["templates/export/chapter.html:1:4", "did you mean entry?"]);
    assert!(!site.has("exports/sfgrb-2025-04-02.epub"), "a book is written as a whole or not at all");
}
