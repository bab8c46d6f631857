//! Provenance: the printed lines of an article, the words that filed it under its themes, and what of it may be republished.

use crate::common::html::between;
use crate::common::site::{Site, article};
use std::io::Read;

/// The output files that contain a text, as it stands or compressed, as the search index has it.
fn files_containing(site: &Site, text: &str) -> Vec<String> {
    let contains = |bytes: &[u8]| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    let files = site.public().into_iter();
    files.filter(|(_, bytes)| contains(bytes) || contains(&unpacked(bytes))).map(|(name, _)| name).collect()
}

/// What a file has as raw DEFLATE; nothing where it is something else.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    match flate2::read::DeflateDecoder::new(bytes).read_to_end(&mut unpacked) {
        Ok(_) => unpacked,
        Err(_) => Vec::new(),
    }
}

#[test]
fn an_article_links_to_its_lines_on_the_printed_page() {
    let site = Site::built_fixture("");
    let article = site.read("public/2025/03/18/sfgrb-p1-02/index.html");
    let link = between(&article, "issues/sfgrb/2025/03-18/1/#L", "\"");
    let page = site.read("public/issues/sfgrb/2025/03-18/1/index.html");
    let mark = between(&page, &format!("<li id=\"L{link}\" value=\"{link}\" class=\""), " ");
    // the style sheet marks the whole article where its first line is the target
    assert!(between(&page, &format!("<li id=\"L{link}\""), "\">").ends_with(" first"), "{page}");
    assert!(site.read("public/printed.css").contains(&format!(".printed:has(.{mark}.first:target) .{mark}")));
    let source = site.read("content/pages/shifan-2025-03-18-01.txt");
    let marked: Vec<usize> = (1..=source.lines().count())
        .filter(|line| page.contains(&format!("<li id=\"L{line}\" value=\"{line}\" class=\"{mark} ")))
        .collect();
    assert!(marked.len() >= 4 && marked.contains(&link.parse().unwrap()), "{marked:?}");
    // each line as it was printed, at its own number
    for (at, line) in source.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let item = between(&page, &format!("<li id=\"L{}\" value=", at + 1), "</li>");
        assert!(item.ends_with(&format!(">{}", line.trim())), "{item}");
    }
    assert!(
        page.contains("<a href=\"../../../../../2025/03/18/sfgrb-p1-01/\">货车司机有了<wbr>歇脚的<wbr>驿站</a>"),
        "the other article of the page"
    );
}

#[test]
fn an_article_shows_the_words_that_filed_it_or_that_an_editor_did() {
    let site = Site::built_fixture("");
    let article = site.read("public/2025/03/18/sfgrb-p1-02/index.html");
    let why = between(&article, "<summary>归类依据</summary>", "</details>");
    assert!(why.contains("工匠精神") && why.contains("手艺</span>") && why.contains("技师</span>"), "{why}");
    let edited = site.read("public/2025/03/18/sfgrb-p1-01/index.html");
    let why = between(&edited, "<summary>归类依据</summary>", "</details>");
    assert!(why.contains("工匠精神") && why.contains("由编者归入") && !why.contains("驿站</span>"), "{why}");
}

#[test]
fn the_text_of_source_pages_can_be_switched_off() {
    let site = Site::built_fixture("source.show = false");
    let page = site.read("public/issues/sfgrb/2025/03-18/1/index.html");
    assert!(!page.contains("id=\"L") && page.contains("<article class=\"story"), "{page}");
    assert!(!site.read("public/2025/03/18/sfgrb-p1-02/index.html").contains("#L"));
}

#[test]
fn a_text_that_may_not_be_republished_is_in_no_file() {
    let deep = "读数贴在墙上给大家看";
    let site = Site::fixture();
    site.add_settings("twins = { formats = [\"markdown\", \"json\"] }");
    let text = format!("{}{deep}，人人都来对照。\n", "三月的车间里，老师傅带着徒弟一遍遍测量。".repeat(20));
    site.write(
        "content/articles/own/deep.md",
        article("墙上的读数", "date = 2025-03-21\nthemes = [\"工匠\"]\n", &text),
    );
    let from_paper = "date = 2025-03-21\npaper = \"示范工人报\"\nthemes = [\"工匠\"]\n";
    site.write("content/articles/own/kept.md", article("报上的读数", from_paper, &text));
    site.build();
    let shown = files_containing(&site, deep);
    assert!(shown.iter().any(|name| name.ends_with(".bin")) && shown.len() > 5, "{shown:?}");

    site.edit("site.toml", "files = \"shifan-\"", "files = \"shifan-\"\narticles = \"excerpt\"");
    site.build();
    let shown = files_containing(&site, deep);
    assert!(!shown.is_empty() && shown.iter().all(|name| !name.contains("kept")), "{shown:?}");
    let page = site.read("public/issues/sfgrb/2025/03-18/1/index.html");
    assert!(!page.contains("id=\"L"), "the printed page holds the text as well: {page}");

    site.write("site.toml", format!("articles = \"excerpt\"\n{}", site.read("site.toml")));
    site.build();
    assert_eq!(files_containing(&site, deep), [""; 0]);
    let page = site.read("public/2025/03/21/kept/index.html");
    for kept in ["报上的读数", "本站只刊这篇文章的摘要", "三月的车间里", "[N]. 示范工人报, 2025-03-21."]
    {
        assert!(page.contains(kept), "{kept}: {page}");
    }
}

#[test]
fn the_words_follow_changed_settings() {
    let site = Site::built_fixture("");
    let words = |site: &Site| {
        let article = site.read("public/2025/03/18/sfgrb-p1-02/index.html");
        between(&article, "<summary>归类依据</summary>", "</details>").to_owned()
    };
    assert!(!words(&site).contains("窍门"));
    site.edit("site.toml", "\"手艺\" = 3.0", "\"手艺\" = 3.0\n\"窍门\" = 1.0");
    site.build();
    assert!(words(&site).contains("窍门</span>"), "{}", words(&site));
}

#[test]
fn a_changed_source_page_is_shown_as_it_is_now() {
    let site = Site::built_fixture("");
    site.edit("content/pages/shifan-2025-03-19-02.txt", "\n\n", "\n\n\n另有一行新的字\n\n");
    site.build();
    assert!(site.read("public/issues/sfgrb/2025/03-19/2/index.html").contains("另有一行新的字</li>"));
}

#[test]
fn readers_are_shown_what_is_missing_of_an_article() {
    let site = Site::with_settings();
    site.add_settings("twins = { formats = [\"json\"] }");
    let gaps = "date = 2025-03-18\nmissing_before = \"上接第1版\"\nmissing_after = \"下转第3版\"\n";
    site.write("content/articles/own/part.md", article("驿站的下半篇", gaps, "司机有了歇脚的地方。"));
    site.write("content/articles/own/cut.md", article("驿站", "date = 2025-03-18\nbreaks_off = true\n", "县里还打算"));
    let caption = "date = 2025-03-18\ntitle_inferred = true\n";
    site.write("content/articles/own/photo.md", article("驿站灯亮", caption, "![驿站的灯亮到半夜。]()"));
    site.build();
    let page = |name: &str| site.read(&format!("public/2025/03/18/{name}/index.html"));
    let (before, after) =
        ("<p class=\"missing\">原文上接第1版，本站未收</p>", "<p class=\"missing\">原文下转第3版，本站未收</p>");
    let part = page("part");
    let at = |text: &str| part.find(text).unwrap_or_else(|| panic!("{text}: {part}"));
    assert!(at(before) < at("<div class=\"body\"") && at("<div class=\"body\"") < at(after));
    assert!(page("cut").contains("<p class=\"missing\">此处原文缺</p>"));
    let photo = page("photo");
    assert!(
        photo.contains("<figure class=\"unpictured\"><figcaption>驿站的灯亮到半夜。</figcaption></figure>"),
        "{photo}"
    );
    assert!(between(&photo, "<details class=\"remark\">", "</details>").contains("原版没有标题"), "{photo}");
    let json = site.read("public/2025/03/18/part/index.json");
    assert!(json.contains("\"missing_after\": \"下转第3版\""), "{json}");
}

#[test]
fn an_article_names_its_source_as_it_is_cited_and_no_page_names_a_file() {
    let site = Site::built_fixture("");
    let article = site.read("public/2025/03/18/sfgrb-p1-02/index.html");
    assert!(article.contains(">示范工人报 2025年3月18日 第1版</a> · <a href="), "{article}");
    site.write(
        "content/pages/lose.txt",
        "墙上的读数\n\n本报记者 麦田\n\n读数贴在墙上，人人都来对照，谁也说不出二话来。\n",
    );
    site.build();
    for (name, bytes) in site.public().into_iter().filter(|(name, _)| name.ends_with(".html")) {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains(".txt"), "{name}: {text}");
    }
    assert!(site.read("public/issues/index.html").contains(">未注日期的版面</a>"));
}

#[test]
fn a_correction_reaches_readers_and_subscribers() {
    let site = Site::with_settings();
    site.add_settings("feed_size = 2");
    for (name, day) in [("a", "2025-03-18"), ("b", "2025-03-19"), ("c", "2025-03-20")] {
        let front = format!("date = {day}\n");
        site.write(&format!("content/articles/own/{name}.md"), article(name, &front, "读数贴在墙上。"));
    }
    site.build();
    let titles = || {
        let feed = site.read("public/feed.json");
        feed.matches("\"title\": \"a\"").count()
    };
    assert_eq!(titles(), 0, "of three articles the feed has the two that were printed last");
    let correction = "date = 2025-03-18\ncorrection = \"“12”应为“21”。\"\nupdated = 2025-04-02\n";
    site.write("content/articles/own/a.md", article("a", correction, "读数贴在墙上。"));
    site.build();
    let page = site.read("public/2025/03/18/a/index.html");
    assert!(page.contains("<p class=\"correction\"><b>2025年4月2日更正</b>“12”应为“21”。</p>"), "{page}");
    assert!(page.contains("\"dateModified\":\"2025-04-02\""), "{page}");
    let feed = site.read("public/feed.xml");
    let entry = between(&feed, "<entry>", "</entry>");
    assert!(entry.contains("<published>2025-03-18T") && entry.contains("<updated>2025-04-02T"), "{entry}");
    assert!(entry.contains("<summary>读数贴在墙上。（更正：“12”应为“21”。）</summary>"), "{entry}");
    assert_eq!(titles(), 1);
    assert!(between(&site.read("public/sitemap.xml"), "2025/03/18/a/</loc>", "</url>").contains("2025-04-02"));
}
