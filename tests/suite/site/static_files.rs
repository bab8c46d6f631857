//! Files of `static/`: where one has the name of another output file, both are named, and the rest is built.

use crate::common::site::{Site, article};

/// A site with an article and static files.
fn site(statics: &[&str]) -> Site {
    let site = Site::with_settings();
    site.write("content/articles/own/a.md", article("题目", "date = 2025-03-18\n", "司机有了歇脚的地方。"));
    for name in statics {
        site.write(&format!("static/{name}"), format!("by hand: {name}"));
    }
    site
}

#[test]
fn a_file_in_place_of_robots_txt_the_404_page_or_the_icon_wins() {
    let names = ["robots.txt", "404.html", "favicon.svg", "favicon.ico"];
    let site = site(&names);
    site.build();
    for name in names {
        assert_eq!(site.read(&format!("public/{name}")), format!("by hand: {name}"));
    }
    site.build().expect_exit(0, &[" 0 files written"]);
    site.remove("static/robots.txt");
    site.build();
    assert!(site.read("public/robots.txt").contains("Sitemap:"), "the generated one is back");
}

#[test]
fn a_template_that_a_static_file_stands_in_the_place_of_is_a_finding_that_names_both() {
    let site = site(&["404.html", "own.css"]);
    site.write("templates/404.html", "没有这一页");
    for command in ["check", "build", "build"] {
        site.run(&[command])
            .expect_exit(0, &["unused-file", "templates/404.html", "static/404.html stands in the place"]);
    }
    assert_eq!(site.read("public/404.html"), "by hand: 404.html");
    site.remove("static/404.html");
    site.build().expect_without("unused-file");
    assert_eq!(site.read("public/404.html"), "没有这一页");
}

#[test]
fn a_file_named_as_a_page_is_a_finding_and_the_page_is_built() {
    for (name, printed) in [
        ("index.html", "the address / already belongs to a page that every site has"),
        ("feed.xml", "the address /feed.xml already belongs to a page that every site has"),
        ("2025/03/18/a/index.html", "/2025/03/18/a/ already belongs to content/articles/own/a.md"),
        ("themes", "one name cannot be a file and a folder"),
        ("sitemap.xml/old.txt", "one name cannot be a file and a folder"),
        ("Style.css", "the address /Style.css already belongs to static/style.css"),
        ("ROBOTS.TXT", "already belongs to a page that every site has"),
    ] {
        let site = site(&[name, "own.css"]);
        let found = format!("static/{name}");
        for command in ["check", "build", "build"] {
            site.run(&[command]).expect_exit(1, &["address-taken", &found, printed]);
        }
        assert!(site.read("public/index.html").contains("题目"), "{name}");
        assert!(site.read("public/feed.xml").contains("题目") && site.has("public/style.css"), "{name}");
        assert_eq!(site.read("public/own.css"), "by hand: own.css");
        site.remove(&found);
        let _ = std::fs::remove_dir(site.path("static/sitemap.xml"));
        site.build();
    }
}

#[cfg(unix)]
#[test]
fn a_name_that_no_address_can_have_is_a_finding_and_the_rest_is_built() {
    for name in ["Icon\r", "a\\b.txt", "x\ny/z.txt"] {
        let site = site(&[name, "own.css"]);
        for command in ["check", "build", "build"] {
            site.run(&[command]).expect_exit(1, &["output-path", "static/", "rename the file"]);
        }
        assert!(site.read("public/index.html").contains("题目"), "{name:?}");
        assert!(site.has("public/own.css"));
    }
}

#[test]
fn names_as_long_as_the_disk_takes_stop_nothing() {
    let site = site(&[&format!("{}.css", "s".repeat(250))]);
    let page = crate::common::site::PAGE;
    site.write(
        &format!("content/pages/{}.txt", "p".repeat(250)),
        page.replace("2025年3月18日 星期二 第8126期 1版", ""),
    );
    site.write(&format!("content/articles/{}.md", "a".repeat(251)), article("长名", "date = 2025-03-18\n", "正文。"));
    let slug = format!("date = 2025-03-18\nslug = \"{}\"\n", "b".repeat(255));
    site.write("content/articles/slug.md", article("长址", &slug, "正文。"));
    site.build();
    assert!(site.has(&format!("public/{}.css", "s".repeat(250))));
    assert!(site.has(&format!("public/2025/03/18/{}/index.html", "a".repeat(251))));
    assert!(site.has(&format!("public/2025/03/18/{}/index.html", "b".repeat(255))));
    site.article_with("货车司机有了歇脚的驿站");
    site.edit("content/articles/slug.md", &"b".repeat(255), &"b".repeat(300));
    site.run(&["build"]).expect_exit(1, &["bad-slug", "slug.md", "at most 255"]);
    assert!(site.has(&format!("public/2025/03/18/{}/index.html", "a".repeat(251))), "the rest is built");
}
