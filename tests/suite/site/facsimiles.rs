//! Facsimiles: the picture of a source page, with its articles marked on it.

#![cfg(feature = "facsimile")]

use crate::common::html::between;
use crate::common::site::Site;
use std::time::SystemTime;

const PDF: &[u8] = include_bytes!("../../printed/page.pdf");
const ALTO: &[u8] = include_bytes!("../../printed/page.alto.xml");
/// A picture of one pixel.
const PNG: &[u8] =
    b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\
\x00\x3a\x7e\x9b\x55\x00\x00\x00\x0a\x49\x44\x41\x54\x78\x9c\x63\xf8\x0f\x00\x01\x01\x01\x00\xb1\x38\xf6\x14\x00\
\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

fn site_of(pages: &[(&str, &[u8])]) -> Site {
    let site = Site::with_settings();
    pages.iter().for_each(|(name, bytes)| site.write(&format!("content/pages/{name}"), bytes));
    site
}

/// The output files whose name ends so.
fn outputs(site: &Site, end: &str) -> Vec<String> {
    site.public().into_keys().filter(|name| name.ends_with(end)).collect()
}

/// The folder of the only source page with a facsimile.
fn page_folder(site: &Site) -> String {
    let pictures = outputs(site, "/page.jpg");
    assert_eq!(pictures.len(), 1, "{pictures:?}");
    pictures[0].replace("page.jpg", "")
}

fn written(site: &Site, file: &str) -> SystemTime {
    std::fs::metadata(site.path(file)).and_then(|file| file.modified()).expect("the file is there")
}

/// The path that a link on a page leads to, below the site's root.
fn led_to(folder: &str, link: &str) -> String {
    let ups = link.matches("../").count();
    assert_eq!(ups, folder.matches('/').count(), "{link} on {folder}");
    link.replace("../", "")
}

#[test]
fn a_pdf_is_shown_with_its_articles_and_links_lead_both_ways() {
    let site = site_of(&[("page.pdf", PDF)]);
    site.build();
    let folder = page_folder(&site);
    let page = site.read(&format!("public/{folder}index.html"));
    let files = site.public();
    let (view, large) = (&files[&format!("{folder}page.jpg")], &files[&format!("{folder}page-large.jpg")]);
    assert!(view.starts_with(&[0xFF, 0xD8]) && view.len() <= 350_000 && view.len() < large.len(), "{}", view.len());
    let svg = between(&page, "<svg viewBox=\"0 0 ", "</svg>");
    let outlines: Vec<&str> = svg.split("<a id=\"P").skip(1).collect();
    assert_eq!(outlines.len(), 3, "{svg}");
    for outline in outlines {
        let first = outline.split('"').next().expect("a number");
        // from the outline to the article, and from there back to the outline
        let article = led_to(&folder, between(outline, "href=\"", "\""));
        let article_page = site.read(&format!("public/{article}index.html"));
        assert!(article_page.contains(&format!("{folder}#P{first}\"")), "{article_page}");
        let title = between(outline, "<title>", "</title>");
        assert!(between(&article_page, "<title>", "</title>").starts_with(title), "{outline}");
        let path = between(outline, "<path d=\"", "\"");
        assert!(path.starts_with('M') && path.ends_with('Z'), "{path}");
        // the list for those who do not see the picture
        assert!(page.contains(&format!("<a href=\"#P{first}\">")) && page.contains(&format!("<a href=\"#L{first}\">")));
    }
}

#[test]
fn no_picture_shows_a_text_that_may_not_be_shown() {
    for setting in ["articles = \"excerpt\"", "source.show = false"] {
        let site = site_of(&[("page.pdf", PDF)]);
        site.add_settings(setting);
        site.build();
        assert_eq!(outputs(&site, ".jpg"), [""; 0], "{setting}");
        assert!(
            outputs(&site, "index.html")
                .iter()
                .all(|page| !site.read(&format!("public/{page}")).contains("<figure class=\"facsimile\""))
        );
        assert!(
            !site.has(".wenzhai/facsimiles")
                || std::fs::read_dir(site.path(".wenzhai/facsimiles")).unwrap().count() == 0
        );
        // a picture that was shown before is taken away
        let site = site_of(&[("page.pdf", PDF)]);
        site.build();
        page_folder(&site);
        site.add_settings(setting);
        site.build();
        assert_eq!(outputs(&site, ".jpg"), [""; 0], "{setting}");
    }
}

#[test]
fn a_picture_is_rendered_once() {
    let site = site_of(&[("page.pdf", PDF)]);
    site.build();
    let folder = page_folder(&site);
    let output = format!("public/{folder}page.jpg");
    let cached = || {
        let mut names: Vec<String> = std::fs::read_dir(site.path(".wenzhai/facsimiles"))
            .unwrap()
            .map(|file| format!(".wenzhai/facsimiles/{}", file.unwrap().file_name().to_string_lossy()))
            .collect();
        names.sort();
        names
    };
    let (times, first, before) = (written(&site, &output), site.public(), cached());
    let rendered: Vec<SystemTime> = before.iter().map(|file| written(&site, file)).collect();
    // edits of an article and of the settings
    let article = site.article_with("江心的灯塔又亮了");
    site.edit(&article, "江心的灯塔又亮了", "江心的灯塔再亮");
    site.build();
    site.add_settings("description = \"另一句话\"");
    site.build();
    assert_eq!(written(&site, &output), times);
    assert_eq!(
        (cached(), before.iter().map(|file| written(&site, file)).collect::<Vec<_>>()),
        (before.clone(), rendered)
    );
    // without the cache, the same bytes
    std::fs::remove_dir_all(site.path(".wenzhai")).unwrap();
    std::fs::remove_dir_all(site.path("public")).unwrap();
    site.build();
    assert!(site.public()[&format!("{folder}page.jpg")] == first[&format!("{folder}page.jpg")]);
    // a page that is gone leaves nothing in the cache
    site.remove("content/pages/page.pdf");
    site.run(&["build"]);
    assert_eq!((cached(), outputs(&site, ".jpg")), (vec![], vec![]));
}

#[test]
fn a_picture_beside_a_page_is_shown_and_one_that_is_broken_is_named() {
    let site = site_of(&[("p1.xml", ALTO), ("p1.png", PNG)]);
    site.build();
    let page = site.read(&format!("public/{}index.html", page_folder(&site)));
    assert!(page.contains("<a id=\"P") && page.contains("page-large.jpg"), "{page}");
    site.write("content/pages/p1.png", &PNG[..40]);
    let result = site.run(&["build"]);
    result.expect_exit(0, &["warning[no-facsimile]", "content/pages/p1.png"]);
    assert_eq!(outputs(&site, ".jpg"), [""; 0]);
    assert!(outputs(&site, "index.html").iter().any(|page| site.read(&format!("public/{page}")).contains("id=\"L1")));
}
