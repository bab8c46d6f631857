//! Imports and first builds that are killed: whatever the moment, no file is torn, nothing is left over, and the next run ends
//! with what an undisturbed one makes.
//!
//! The moments are spread over the time that an undisturbed run takes, and are the same in every run of the tests.
//! `WENZHAI_KILLS=500` tries as many of each.

use crate::common::files::{Files, read_files, write_files};
use crate::common::publishing::{duration_of, kill_after, moments};
use crate::common::site::{PAGE, Site};
use std::time::Duration;

/// Pages of the site, each of another day.
const PAGES: usize = 24;
/// Kills of imports, and of builds, without `WENZHAI_KILLS`.
const KILLS: u32 = 16;

fn kills() -> u32 {
    std::env::var("WENZHAI_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS)
}

/// A site of pages that nothing was made of.
fn pages() -> Site {
    let site = Site::with_settings();
    for at in 0..PAGES {
        let day = format!("{}月{}日", 1 + at / 12, 1 + at % 12);
        let text = PAGE.replace("3月18日", &day).replace("十二个", &format!("{at}个"));
        site.write(&format!("content/pages/p{at:02}.txt"), text);
    }
    site
}

/// The files that a run leaves in a folder of the site when nothing disturbs it; none of them is a temporary file.
fn whole(site: &Site, folder: &str) -> Files {
    let files = read_files(&site.path(folder));
    for name in files.keys() {
        let is_left = name.split('/').any(|part| part.starts_with(".wenzhai-tmp") || part == ".wenzhai-lock");
        assert!(!is_left, "{folder}/{name} is left over");
    }
    files
}

/// Fails where a file that readers see is neither absent nor as a whole run writes it.
fn assert_not_torn(site: &Site, folder: &str, expected: &Files, after: Duration) {
    for (name, bytes) in read_files(&site.path(folder)) {
        let is_own = name.split('/').any(|part| part.starts_with('.'));
        assert!(
            is_own || expected.get(&name) == Some(&bytes),
            "killed after {after:?}: {folder}/{name} has {} bytes of {:?}",
            bytes.len(),
            expected.get(&name).map(Vec::len)
        );
    }
}

#[test]
fn an_import_that_was_killed_leaves_whole_articles_and_the_next_one_completes_it() {
    let undisturbed = pages();
    let time = duration_of(|| _ = undisturbed.run(&["import"]).expect_exit(0, &["48 articles written"]));
    let expected = whole(&undisturbed, "content");
    for after in moments(kills(), time) {
        let site = pages();
        kill_after(site.command(&["import"]), after);
        assert_not_torn(&site, "content", &expected, after);
        site.run(&["import"]).expect_exit(0, &[]).expect_without("was edited");
        assert!(whole(&site, "content") == expected, "killed after {after:?}");
    }
}

#[test]
fn a_first_build_that_was_killed_leaves_whole_files_and_the_next_one_completes_it() {
    kill_first_builds(&pages);
}

/// The same site with pages of two years, in shards.
fn pages_in_shards() -> Site {
    let site = pages();
    site.write("site.toml", site.read("site.toml") + "\n[content]\nshards = \"years\"\n");
    for at in 0..PAGES {
        let name = format!("content/pages/p{at:02}.txt");
        site.edit(&name, "2025年", &format!("{}年", 2024 + at % 2));
    }
    site
}

#[test]
fn a_first_build_in_shards_that_was_killed_leaves_whole_files_and_the_next_one_completes_it() {
    kill_first_builds(&pages_in_shards);
}

fn kill_first_builds(pages: &dyn Fn() -> Site) {
    let undisturbed = pages();
    undisturbed.run(&["import"]).expect_exit(0, &[]);
    let content = read_files(&undisturbed.path("content"));
    let time = duration_of(|| _ = undisturbed.build());
    let expected = whole(&undisturbed, "public");
    for after in moments(kills(), time) {
        let site = pages();
        write_files(&site.path("content"), &content);
        kill_after(site.command(&["build"]), after);
        assert_not_torn(&site, "public", &expected, after);
        site.build();
        assert!(whole(&site, "public") == expected, "killed after {after:?}");
        whole(&site, "content");
        whole(&site, ".wenzhai");
    }
}
