//! Provenance: the printed lines of an article, the words that filed it under its themes, and what of it may be republished.

use crate::common::html::between;
use crate::common::site::{Site, article};

/// The output files that contain a text, in UTF-8 or in UTF-16, as the search index has it.
fn files_containing(site: &Site, text: &str) -> Vec<String> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let contains = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    let files = site.public().into_iter();
    files
        .filter(|(_, bytes)| contains(bytes, text.as_bytes()) || contains(bytes, &wide))
        .map(|(name, _)| name)
        .collect()
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
