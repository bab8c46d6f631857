//! Where an article comes from, why it is filed where it is, and what of it may be shown.

use crate::common::{Site, crate_path};

/// The small site with more settings, built.
fn built(settings: &str) -> Site {
    let site = Site::copy_of(&crate_path("tests/site"));
    site.write("site.toml", format!("{settings}\n{}", site.read("site.toml")));
    site.build();
    site
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).unwrap_or_else(|| panic!("{before}: {text}")).0
}

/// The output files that hold a text, in UTF-8 or as the index of the search holds it.
fn holding(site: &Site, text: &str) -> Vec<String> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let holds = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    let files = site.public().into_iter();
    files.filter(|(_, bytes)| holds(bytes, text.as_bytes()) || holds(bytes, &wide)).map(|(name, _)| name).collect()
}

#[test]
fn an_article_leads_to_its_lines_on_the_printed_page() {
    let site = built("");
    let article = site.read("public/2025/03/18/sfgrb-p1-02/index.html");
    let link = between(&article, "issues/sfgrb/2025/03-18/1/#L", "\"");
    let page = site.read("public/issues/sfgrb/2025/03-18/1/index.html");
    let mark = between(&page, &format!("<li id=\"L{link}\" value=\"{link}\" class=\""), " ");
    assert!(page.contains(&format!(".printed:has(#L{link}:target) .{mark}")), "{page}");
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
        page.contains("<a href=\"../../../../../2025/03/18/sfgrb-p1-01/\">货车司机有了歇脚的驿站</a>"),
        "the others beside it"
    );
}

#[test]
fn words_tell_why_an_article_is_here_and_an_editor_needs_none() {
    let site = built("");
    let article = site.read("public/2025/03/18/sfgrb-p1-02/index.html");
    let why = between(&article, "<summary>归类依据</summary>", "</details>");
    assert!(why.contains("工匠精神") && why.contains("手艺</span>") && why.contains("技师</span>"), "{why}");
    let edited = site.read("public/2025/03/18/sfgrb-p1-01/index.html");
    let why = between(&edited, "<summary>归类依据</summary>", "</details>");
    assert!(why.contains("工匠精神") && why.contains("由编者归入") && !why.contains("驿站</span>"), "{why}");
}

#[test]
fn a_site_can_keep_the_text_of_its_pages_to_itself() {
    let site = built("source.show = false");
    let page = site.read("public/issues/sfgrb/2025/03-18/1/index.html");
    assert!(!page.contains("id=\"L") && page.contains("<article class=\"story"), "{page}");
    assert!(!site.read("public/2025/03/18/sfgrb-p1-02/index.html").contains("#L"));
}

#[test]
fn a_text_that_may_not_be_republished_is_nowhere() {
    let deep = "读数贴在墙上给大家看";
    let site = Site::copy_of(&crate_path("tests/site"));
    let text = format!("{}{deep}，人人都来对照。\n", "三月的车间里，老师傅带着徒弟一遍遍测量。".repeat(20));
    site.write(
        "content/articles/own/deep.md",
        crate::common::article("墙上的读数", "date = 2025-03-21\nthemes = [\"工匠\"]\n", &text),
    );
    let of_paper = "date = 2025-03-21\npaper = \"示范工人报\"\nthemes = [\"工匠\"]\n";
    site.write("content/articles/own/kept.md", crate::common::article("报上的读数", of_paper, &text));
    site.build();
    let shown = holding(&site, deep);
    assert!(shown.iter().any(|name| name.ends_with(".bin")) && shown.len() > 5, "{shown:?}");

    site.edit("site.toml", "files = \"shifan-\"", "files = \"shifan-\"\narticles = \"excerpt\"");
    site.build();
    let shown = holding(&site, deep);
    assert!(!shown.is_empty() && shown.iter().all(|name| !name.contains("kept")), "{shown:?}");
    let page = site.read("public/issues/sfgrb/2025/03-18/1/index.html");
    assert!(!page.contains("id=\"L"), "the printed page holds the text as well: {page}");

    site.write("site.toml", format!("articles = \"excerpt\"\n{}", site.read("site.toml")));
    site.build();
    assert_eq!(holding(&site, deep), [""; 0]);
    let page = site.read("public/2025/03/21/kept/index.html");
    for kept in ["报上的读数", "本站只刊这篇文章的摘要", "三月的车间里", "[N]. 示范工人报, 2025-03-21."]
    {
        assert!(page.contains(kept), "{kept}: {page}");
    }
}

#[test]
fn the_words_are_those_of_the_settings_as_they_are_now() {
    let site = built("");
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
fn a_page_whose_file_changed_is_shown_as_it_is_now() {
    let site = built("");
    site.edit("content/pages/shifan-2025-03-19-02.txt", "\n\n", "\n\n\n另有一行新的字\n\n");
    site.build();
    assert!(site.read("public/issues/sfgrb/2025/03-19/2/index.html").contains("另有一行新的字</li>"));
}
