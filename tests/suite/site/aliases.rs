//! Aliases: an old address redirects to the page, and no alias takes the address of another page.

use crate::common::site::{Site, article};

/// A site of one article with these old addresses.
fn site(aliases: &str) -> Site {
    let site = Site::with_settings();
    let front = format!("date = 2025-03-18\naliases = [{aliases}]\n");
    site.write("content/articles/own/a.md", article("驿站 <新> & 旧", &front, "司机有了歇脚的地方。"));
    site
}

const ABOUT: &str = "+++\ntitle = \"关于\"\naliases = [\"/colophon.html\"]\n+++\n\n正文。\n";

#[test]
fn at_an_old_address_is_a_page_that_redirects() {
    let site = site("\"/2019/专题/old/\", \"/old.html\", \"/p\"");
    site.write("content/about.md", ABOUT);
    site.build();
    let page = site.read("public/2019/专题/old/index.html");
    assert!(page.contains("content=\"0; url=../../../2025/03/18/a/\""), "{page}");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://example.org/digest/2025/03/18/a/\">"), "{page}");
    assert!(page.contains("<title>驿站 &lt;新&gt; &amp; 旧</title>"), "{page}");
    assert!(site.read("public/old.html").contains("url=./2025/03/18/a/"));
    assert!(site.read("public/p/index.html").contains("url=../2025/03/18/a/"));
    assert!(site.read("public/colophon.html").contains("url=./about/"));
    let sitemap = site.read("public/sitemap.xml");
    assert!(sitemap.contains("2025/03/18/a/") && !sitemap.contains("old") && !sitemap.contains("/p/"), "{sitemap}");
    site.edit("content/articles/own/a.md", "\"/old.html\", ", "");
    site.build();
    assert!(!site.has("public/old.html"), "a removed alias is removed from the output");
}

#[test]
fn redirects_and_headers_can_be_written_for_the_host() {
    let site = site("\"/old/\"");
    let settings = site.read("site.toml");
    site.write("static/logo-0a1b2c3d4e.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.write(
        "site.toml",
        format!("{settings}\n[headers]\nfiles = true\ncache = {{ \"/img/*\" = \"public, max-age=9\" }}\n"),
    );
    site.build();
    assert_eq!(
        site.read("public/_redirects"),
        "/digest/old/ /digest/2025/03/18/a/ 301\n/digest/archive/2025/ /digest/2025/ 301\n\
         /digest/archive/2025/03/ /digest/2025/03/ 301\n"
    );
    let headers = site.read("public/_headers");
    let (policy, cached) = headers.split_at(headers.find("/digest/img/*").unwrap());
    assert!(policy.starts_with("/digest/*\n  Content-Security-Policy: default-src 'self'; "), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(
        cached,
        "/digest/img/*\n  Cache-Control: public, max-age=9\n\
         /digest/logo-0a1b2c3d4e.svg\n  Cache-Control: public, max-age=31536000, immutable\n"
    );
    assert!(!site.has("public/old/index.html"));
    site.write(
        "site.toml",
        format!("{settings}\n[headers]\nfiles = true\ncsp = \"\"\ncache = {{ \"/*\" = \"no-cache\" }}\n"),
    );
    site.build();
    assert_eq!(site.read("public/_headers"), "/digest/*\n  Cache-Control: no-cache\n");
    site.edit("site.toml", "csp = \"\"", "csp = \"default-src 'none'\"");
    site.build();
    let both = "/digest/*\n  Content-Security-Policy: default-src 'none'\n  Cache-Control: no-cache\n";
    assert_eq!(site.read("public/_headers"), both);
    site.write("site.toml", settings);
    site.build();
    assert!(!site.has("public/_redirects") && site.has("public/old/index.html"));
}

#[test]
fn an_alias_takes_no_address_that_is_in_use() {
    for (alias, owner) in [
        ("/2025/03/18/a/", "content/articles/own/a.md"),
        ("/themes/", "a page that every site has"),
        ("/ABOUT/", "content/about.md"),
        ("/style.css/../../x/", "bad-alias"),
        ("/old/#top", "bad-alias"),
        ("old/", "bad-alias"),
        ("/feed.xml", "one name cannot be a file and a folder"),
        ("/style.css/old/", "one name cannot be a file and a folder"),
        ("/search/index.html/old.html", "one name cannot be a file and a folder"),
        (&format!("/{}/", "a".repeat(300)), "bad-alias"),
    ] {
        let site = site(&format!("\"{alias}\""));
        site.write("content/about.md", ABOUT);
        site.run(&["build"]).expect_exit(1, &["content/articles/own/a.md", owner]);
        assert!(site.read("public/about/index.html").contains("正文"), "{alias}");
    }
    let site = site("\"/old/\"");
    site.write("content/articles/own/b.md", article("另一篇", "date = 2025-03-18\naliases = [\"/old\"]\n", "正文。"));
    site.run(&["build"]).expect_exit(1, &["address-taken", "take it out of aliases"]);
    assert!(site.read("public/old/index.html").contains("../2025/03/18/a/"), "the first keeps it");
}

const BOOK: &str = "content/addresses.toml";

fn by(author: &str) -> String {
    let front = format!("title = \"驿站\"\ndate = 2025-03-18\nauthors = [\"{author}\"]\npaper = \"江边晚报\"\n");
    format!("+++\n{front}+++\n\n正文。\n")
}

#[test]
fn names_keep_their_addresses_as_others_come() {
    let site = Site::with_settings();
    site.write("content/articles/own/a.md", by("章威"));
    site.build();
    assert!(site.has("public/people/zhang/zhang-wei/index.html"));
    assert!(site.has("public/issues/jiang-bian-wan-bao/2025/03-18/index.html"));
    // a name that sorts before the other, and sounds like it
    site.write("content/articles/own/b.md", by("张伟"));
    site.build();
    assert!(site.read("public/people/zhang/zhang-wei/index.html").contains("章威"));
    assert!(site.read("public/people/zhang/zhang-wei-2/index.html").contains("张伟"));
    let book = site.read(BOOK);
    site.build().expect_exit(0, &["0 files written"]);
    assert_eq!(site.read(BOOK), book, "nothing is written where no name is new");
    site.remove("content/articles/own/a.md");
    site.build();
    assert_eq!(site.read(BOOK), book, "an address is kept for the name that had it");
    site.edit(BOOK, "\"zhang/zhang-wei-2\"", "{ path = \"zhang-da-wei\", former = [\"/people/zhang/zhang-wei-2/\"] }");
    site.build();
    assert!(site.has("public/people/zhang-da-wei/index.html"));
    assert!(site.read("public/people/zhang/zhang-wei-2/index.html").contains("url=../../../people/zhang-da-wei/"));
}

#[test]
fn an_address_book_with_mistakes_is_named_and_left_as_it_is() {
    let site = Site::with_settings();
    site.write("content/articles/own/a.md", by("章威"));
    let book = "[people]\n\"章威\" = \"章威\"\n";
    site.write(BOOK, book);
    site.run(&["build"]).expect_exit(1, &["bad-slug", "content/addresses.toml:2"]);
    assert_eq!(site.read(BOOK), book);
}

#[test]
fn addresses_of_an_earlier_version_redirect() {
    let site = Site::with_settings();
    site.write("content/articles/own/a.md", by("何牧"));
    site.build();
    // as a version without address books left the site
    site.remove(BOOK);
    std::fs::create_dir_all(site.path("public/people/e0")).unwrap();
    std::fs::rename(site.path("public/people/he/he-mu"), site.path("public/people/e0/412084c0")).unwrap();
    let manifest = "public/.wenzhai-manifest";
    let former = site.read(manifest).replace("people/he/he-mu/", "people/e0/412084c0/");
    site.write(manifest, former);
    site.build();
    assert!(site.read("public/people/e0/412084c0/index.html").contains("url=../../../people/he/he-mu/"));
    assert!(site.read(BOOK).contains("former = [\"/people/e0/412084c0/\"]"));
    let hash = &blake3::hash("江边晚报".as_bytes()).to_hex()[..8];
    let issue = site.read(&format!("public/issues/paper-{hash}/2025/03-18/index.html"));
    assert!(issue.contains("url=../../../../issues/jiang-bian-wan-bao/2025/03-18/"), "{issue}");
}
