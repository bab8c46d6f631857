//! A small site, and every byte of its output.
//!
//! `tests/site/` has two pages, an article that a person edited, a draft, a plain page, a template and static files of its
//! own; `tests/site/expected/` is what a build makes of it (written by `UPDATE_GOLDEN=1`).

use crate::common::files::{any_contains, crate_path};
use crate::common::golden::assert_golden;
use crate::common::site::Site;
use wenzhai::builtin;

#[test]
fn the_site_is_as_expected() {
    let site = Site::built_fixture("");
    let mut made = site.public();
    for (name, text) in builtin::STATICS {
        assert_eq!(made.remove(*name).as_deref(), Some(text.as_bytes()), "{name}");
    }
    assert_golden(&crate_path("tests/site/expected"), &made);
}

/// What holds whatever the templates are.
#[test]
fn the_sites_own_edits_and_files_take_precedence() {
    let site = Site::fixture();
    site.build().expect_exit(0, &["was edited, and is kept"]);
    assert!(site.read("public/404.html").contains("这一页不在了"), "its own template");
    assert_eq!(site.read("public/CNAME"), "digest.example\n");
    assert!(site.has("public/own.css"));
    let edited = site.read("public/2025/03/18/sfgrb-p1-01/index.html");
    assert!(edited.contains("编者改") && edited.contains("themes/craft/"), "the editor's words and themes");
    let headlines = site.read("public/themes/craft/index.html").replace("<wbr>", "");
    assert!(headlines.contains("货车司机有了歇脚的驿站"));
    let printed = site.read("public/2025/03/19/sfgrb-p2-01/index.html");
    assert!(printed.contains("1. 夜校不收学费，教材&lt;免费&gt;，讲义&amp;习题另印"), "{printed}");
    assert!(printed.contains("* 结业那天"));
    let about = site.read("public/about/index.html");
    for part in ["<strong>“产改”</strong>取得", "<table>", "<pre", "脚注一条"] {
        assert!(about.contains(part), "{part}: {about}");
    }
    assert!(!any_contains(&site.public(), "还没写完"), "a draft is not shown");
}

#[test]
fn drafts_are_built_on_request() {
    let site = Site::fixture();
    site.run(&["build", "--drafts"]).expect_exit(0, &[]);
    assert!(site.read("public/2025/03/18/draft/index.html").contains("草稿不在站上。"));
    assert!(site.read("public/2025/03/index.html").contains("还没写完"));
    site.build().expect_exit(0, &["removed"]);
    assert!(!site.has("public/2025/03/18/draft"));
}
