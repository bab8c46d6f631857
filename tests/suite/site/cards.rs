//! Share cards and icons: pictures that the program draws itself.

#![cfg(feature = "cards")]

use crate::common::files::Files;
use crate::common::html::between;
use crate::common::site::{BASE_URL, Site, article};
use std::time::SystemTime;

/// The output files whose name ends so.
fn outputs(site: &Site, end: &str) -> Vec<String> {
    site.public().into_keys().filter(|name| name.ends_with(end)).collect()
}

/// Width and height of a PNG file.
fn size(files: &Files, name: &str) -> (u32, u32) {
    let file = &files[name];
    assert!(file.starts_with(b"\x89PNG\r\n\x1a\n"), "{name}");
    let number = |at: usize| u32::from_be_bytes([file[at], file[at + 1], file[at + 2], file[at + 3]]);
    (number(16), number(20))
}

/// The path of the picture that a page names, below the site's root.
fn named_card(site: &Site, page: &str) -> String {
    let html = site.read(&format!("public/{page}"));
    let address = between(&html, "<meta property=\"og:image\" content=\"", "\"");
    assert!(html.contains("<meta name=\"twitter:card\" content=\"summary_large_image\">"));
    address.strip_prefix(BASE_URL).expect("the full address").to_owned()
}

fn modified(site: &Site, file: &str) -> SystemTime {
    std::fs::metadata(site.path(file)).and_then(|file| file.modified()).expect("the file is there")
}

/// The page of the only article with this title.
fn page_of(site: &Site, title: &str) -> String {
    let heading = format!("\"headline\":\"{title}\"");
    let is_page = |(name, bytes): &(String, Vec<u8>)| {
        name.ends_with("index.html") && String::from_utf8_lossy(bytes).contains(&heading)
    };
    site.public().into_iter().find(is_page).expect("the article has a page").0
}

#[test]
fn the_site_and_each_theme_have_a_card_and_every_page_names_one() {
    let site = Site::with_page();
    site.build();
    let files = site.public();
    let cards = outputs(&site, "card.png");
    assert_eq!(cards, ["card.png", "themes/craft/card.png", "themes/union/card.png"]);
    for card in &cards {
        assert_eq!(size(&files, card), (1200, 630));
        assert!(files[card].len() <= 60_000, "{card}: {} bytes", files[card].len());
    }
    assert_ne!(files["themes/craft/card.png"], files["themes/union/card.png"]);
    assert_eq!(named_card(&site, "index.html"), "card.png");
    assert_eq!(named_card(&site, "archive/index.html"), "card.png");
    assert_eq!(named_card(&site, "themes/craft/index.html"), "themes/craft/card.png");
    let article = page_of(&site, "技师把三十年手艺写成口袋书");
    assert_eq!(named_card(&site, &article), "themes/craft/card.png", "that of its theme");
    assert!(!site.read("public/404.html").contains("og:image"), "an address that nobody shares");
}

#[test]
fn articles_have_cards_of_their_own_where_settings_ask_for_them() {
    let site = Site::with_page();
    site.add_settings("cards.articles = true");
    site.build();
    let page = page_of(&site, "技师把三十年手艺写成口袋书");
    let card = page.replace("index.html", "card.png");
    assert_eq!(named_card(&site, &page), card);
    assert_eq!(size(&site.public(), &card), (1200, 630));
    let html = site.read(&format!("public/{page}"));
    assert!(html.contains(&format!("\"image\":\"{BASE_URL}{card}\"")), "{html}");
    assert!(html.contains("<meta property=\"og:image:alt\" content=\"技师把三十年手艺写成口袋书\">"));
}

#[test]
fn a_headline_that_the_typeface_cannot_show_has_the_card_of_its_theme() {
    let site = Site::with_settings();
    site.add_settings("cards.articles = true");
    site.write("content/articles/a.md", article("㐂老师傅", "themes = [\"工匠\"]\n", "手艺。"));
    site.write("content/articles/b.md", article("老师傅", "themes = [\"工匠\"]\n", "手艺。"));
    site.edit("site.toml", "id = \"工会服务\"", "id = \"工会服务\"\nname = \"𠮷㐂\"");
    site.build();
    assert_eq!(named_card(&site, &page_of(&site, "㐂老师傅")), "themes/craft/card.png");
    assert!(named_card(&site, &page_of(&site, "老师傅")).starts_with("undated/"));
    assert_eq!(named_card(&site, "themes/union/index.html"), "card.png", "a theme without a card has that of the site");
}

#[test]
fn a_card_is_drawn_again_only_where_it_would_look_different() {
    let site = Site::with_page();
    site.add_settings("cards.articles = true");
    site.build();
    let pictures = outputs(&site, ".png");
    let page = page_of(&site, "技师把三十年手艺写成口袋书");
    let own = page.replace("index.html", "card.png");
    let redrawn = |change: &dyn Fn()| -> Vec<String> {
        let before: Vec<SystemTime> = pictures.iter().map(|name| modified(&site, &format!("public/{name}"))).collect();
        change();
        site.build();
        let is_new = |(name, before): &(&String, SystemTime)| modified(&site, &format!("public/{name}")) != *before;
        pictures.iter().zip(before).filter(is_new).map(|(name, _)| name.clone()).collect()
    };
    let file = site.article_with("技师把三十年手艺写成口袋书");
    assert_eq!(redrawn(&|| site.edit(&file, "新来的工人人手一本", "新来的工人都有")), [""; 0], "the text");
    assert_eq!(redrawn(&|| site.edit("site.toml", "[[papers]]", "page_size = 7\n[[papers]]")), [""; 0], "a setting");
    assert_eq!(redrawn(&|| site.edit(&file, "技师把三十年手艺", "老技师把三十年手艺")), [own], "the headline");
    let all = redrawn(&|| site.edit("site.toml", "试验文摘", "大文摘"));
    assert_eq!(all, pictures, "the name of the site is on all of them");
}

#[test]
fn cards_can_be_switched_off_and_need_an_address() {
    for change in [("title", "cards.enabled = false\ntitle"), ("base_url = \"https://example.org/digest/\"", "")] {
        let site = Site::with_page();
        site.edit("site.toml", change.0, change.1);
        site.build();
        assert_eq!(outputs(&site, "card.png"), [""; 0]);
        let html = site.read("public/index.html");
        assert!(!html.contains("og:image") && !html.contains("twitter:card"), "{html}");
    }
}

#[test]
fn a_site_has_icons_and_a_manifest_with_its_name() {
    let site = Site::with_page();
    site.build();
    let files = site.public();
    for (name, width) in [("apple-touch-icon.png", 180), ("icon-192.png", 192), ("icon-512.png", 512)] {
        assert_eq!(size(&files, name), (width, width));
    }
    let manifest = site.read("public/manifest.webmanifest");
    for part in
        ["\"name\": \"试验文摘\"", "\"start_url\": \"./\"", "\"src\": \"icon-512.png\"", "\"lang\": \"zh-Hans\""]
    {
        assert!(manifest.contains(part), "{part}: {manifest}");
    }
    let page = site.read("public/themes/craft/index.html");
    assert!(page.contains("<link rel=\"apple-touch-icon\" href=\"../../apple-touch-icon.png\">"));
    assert!(page.contains("<link rel=\"manifest\" href=\"../../manifest.webmanifest\">"));
}

#[test]
fn pictures_of_the_sites_own_take_precedence() {
    let site = Site::with_page();
    for file in ["apple-touch-icon.png", "manifest.webmanifest", "card.png", "themes/craft/card.png"] {
        site.write(&format!("static/{file}"), file);
    }
    site.build().expect_exit(0, &[]).expect_without("static/");
    for file in ["apple-touch-icon.png", "manifest.webmanifest", "card.png", "themes/craft/card.png"] {
        assert_eq!(site.read(&format!("public/{file}")), file);
    }
    assert_eq!(named_card(&site, "themes/craft/index.html"), "themes/craft/card.png");
    let page = site.read("public/index.html");
    assert!(page.contains("apple-touch-icon.png") && !page.contains("og:image:width"), "its size is not known");
}
