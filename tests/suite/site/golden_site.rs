//! A small site, and every byte of what it becomes.
//!
//! `tests/site/` has two pages, an article that a person edited, a draft, a plain page, a template and static files of its
//! own; `tests/site/expected/` is what a build makes of it (`UPDATE_GOLDEN=1` writes it; read it before it is kept).

use crate::common::{Site, crate_path, golden};
use wenzhai::builtin;

/// The site's source, without what it becomes.
fn site() -> Site {
    let site = Site::copy_of(&crate_path("tests/site"));
    let _ = std::fs::remove_dir_all(site.path("expected"));
    site
}

#[test]
fn the_site_is_what_it_was() {
    let site = site();
    site.build();
    let mut made = site.public();
    for (name, text) in builtin::STATICS {
        assert_eq!(made.remove(*name).as_deref(), Some(text.as_bytes()), "{name}");
    }
    let wrong = golden(&crate_path("tests/site/expected"), &made);
    assert!(
        wrong.is_empty(),
        "{}\n(if this is meant: UPDATE_GOLDEN=1 cargo test, and read the difference)",
        wrong.join("\n")
    );
}

/// What has to be so whatever the look is.
#[test]
fn the_sites_own_words_and_files_win() {
    let site = site();
    site.build().expect_exit(0, &["was edited, and is kept"]);
    assert!(site.read("public/404.html").contains("这一页不在了"), "its own template");
    assert_eq!(site.read("public/CNAME"), "digest.example\n");
    assert!(site.has("public/own.css"));
    let edited = site.read("public/2025/03/18/sfgrb-p1-01/index.html");
    assert!(edited.contains("编者改") && edited.contains("themes/craft/"), "the editor's words and themes");
    assert!(site.read("public/themes/craft/index.html").contains("货车司机有了歇脚的驿站"));
    let printed = site.read("public/2025/03/19/sfgrb-p2-01/index.html");
    assert!(printed.contains("1. 夜校不收学费，教材&lt;免费&gt;，讲义&amp;习题另印"), "{printed}");
    assert!(printed.contains("* 结业那天"));
    let about = site.read("public/about/index.html");
    for part in ["<strong>“产改”</strong>取得", "<table>", "<pre", "脚注一条"] {
        assert!(about.contains(part), "{part}: {about}");
    }
    let public = site.public();
    assert!(!public.values().any(|bytes| String::from_utf8_lossy(bytes).contains("还没写完")), "a draft is not shown");
}

#[test]
fn drafts_show_where_they_are_asked_for() {
    let site = site();
    site.run(&["build", "--drafts"]).expect_exit(0, &[]);
    assert!(site.read("public/2025/03/18/draft/index.html").contains("草稿不在站上。"));
    assert!(site.read("public/archive/2025/03/index.html").contains("还没写完"));
    site.build().expect_exit(0, &["removed"]);
    assert!(!site.has("public/2025/03/18/draft"));
}
