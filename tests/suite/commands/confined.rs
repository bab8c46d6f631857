//! Nothing outside its folders: whatever a record names and wherever a link leads, no file is written, emptied or removed there.

#![cfg(unix)]

use crate::common::publishing::{dir_target, publish, site_with};
use crate::common::site::Site;
use std::fs;
use std::os::unix::fs::symlink;
use tempfile::{TempDir, tempdir};

const VICTIM: &str = "a file of somebody else\n";

/// A folder with a file, which has to stay as it is.
struct Outside(TempDir);

impl Outside {
    fn new() -> Self {
        let dir = tempdir().unwrap();
        fs::write(dir.path().join("x"), VICTIM).unwrap();
        Self(dir)
    }

    /// Makes a link to the file, or to the folder.
    fn link(&self, name: &str, link: impl AsRef<std::path::Path>) {
        let _ = fs::remove_file(&link);
        symlink(self.0.path().join(name), link).unwrap();
    }

    #[track_caller]
    fn assert_untouched(&self) {
        assert_eq!(fs::read_to_string(self.0.path().join("x")).unwrap(), VICTIM);
        assert_eq!(fs::read_dir(self.0.path()).unwrap().count(), 1);
    }
}

fn fingerprint(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..32].to_owned()
}

fn change_page(site: &Site) {
    site.edit("content/pages/a.txt", "发给每个徒弟", "发给每一个徒弟");
}

#[test]
fn a_record_of_imports_that_names_a_file_elsewhere_removes_nothing() {
    let site = Site::with_page();
    site.build();
    site.write("victim.txt", VICTIM);
    let articles = "[pages.\"content/pages/a.txt\".articles]\n";
    let entry = format!("{articles}\"../../victim.txt\" = \"{}\"\n", fingerprint(VICTIM));
    site.edit("content/articles/.imported.toml", articles, &entry);
    change_page(&site);
    site.run(&["build"]).expect_exit(0, &["record-path", "../../victim.txt", "1 articles written"]);
    assert_eq!(site.read("victim.txt"), VICTIM);
    // the next record has no such path any more
    site.build().expect_without("record-path");
}

#[test]
fn a_journal_that_names_a_file_elsewhere_removes_nothing() {
    let site = Site::with_page();
    site.build();
    site.write("victim.txt", VICTIM);
    let page = "content/pages/a.txt";
    let entry = format!(
        "{{\"page\":\"{page}\",\"earlier\":\"{page}\",\"file\":\"../../victim.txt\",\"written\":\"{}\"}}\n",
        fingerprint(VICTIM)
    );
    site.write("content/articles/.imported.journal", entry);
    change_page(&site);
    site.build();
    assert_eq!(site.read("victim.txt"), VICTIM);
}

#[test]
fn an_article_behind_a_link_is_left_as_it_is() {
    let (site, outside) = (Site::with_page(), tempdir().unwrap());
    site.build();
    let year = site.path("content/articles/2025");
    fs::rename(&year, outside.path().join("2025")).unwrap();
    symlink(outside.path().join("2025"), &year).unwrap();
    let before = site.articles();
    change_page(&site);
    site.run(&["build"]).expect_exit(1, &["behind-link", "content/articles/2025", "0 articles written"]);
    assert_eq!(site.articles(), before);
}

#[test]
fn a_manifest_that_names_a_file_behind_a_link_removes_nothing() {
    let (site, outside) = (Site::with_page(), Outside::new());
    site.build();
    outside.link("", site.path("public/link"));
    let manifest = "public/.wenzhai-manifest";
    site.write(manifest, format!("{}zz/../../victim\nlink/x\n", site.read(manifest)));
    site.run(&["build"]).expect_exit(1, &["behind-link", "public/link", "record-path", "zz/../../victim"]);
    outside.assert_untouched();
    site.build();
}

#[test]
fn an_output_folder_below_a_link_is_not_written_to() {
    let (site, outside) = (Site::with_page(), Outside::new());
    fs::create_dir(site.path("public")).unwrap();
    outside.link("", site.path("public/themes"));
    site.run(&["build"]).expect_exit(1, &["behind-link", "public/themes"]);
    outside.assert_untouched();
    // the folder itself may be a link: its user chose where it leads
    fs::remove_dir_all(site.path("public")).unwrap();
    fs::create_dir(site.path("elsewhere")).unwrap();
    symlink("elsewhere", site.path("public")).unwrap();
    site.build();
    assert!(site.has("elsewhere/index.html"));
}

#[test]
fn a_link_in_the_place_of_a_lock_or_a_clock_is_not_followed() {
    let (site, outside, folder) = (site_with(2, ""), Outside::new(), tempdir().unwrap());
    site.write("site.toml", format!("{}{}", site.read("site.toml"), dir_target(folder.path())));
    outside.link("x", site.path(".wenzhai/clock"));
    site.build();
    outside.assert_untouched();
    for lock in ["public/.wenzhai-lock", "content/articles/.wenzhai-lock"] {
        outside.link("x", site.path(lock));
        site.write("content/pages/a.txt", crate::common::site::PAGE);
        site.run(&["build", "--full"]).expect_exit(1, &[lock, "not followed"]);
        outside.assert_untouched();
        site.remove(lock);
    }
    site.build();
    outside.link("x", folder.path().join(".wenzhai-lock"));
    site.run(&["publish"]).expect_exit(1, &[".wenzhai-lock", "not followed"]);
    outside.assert_untouched();
    // a link that leads to nothing yet
    outside.link("new", folder.path().join(".wenzhai-lock"));
    site.run(&["publish"]).expect_exit(1, &["not followed"]);
    outside.assert_untouched();
}

#[test]
fn links_in_the_place_of_records_are_replaced_and_not_followed() {
    let (site, outside, folder) = (site_with(2, ""), Outside::new(), tempdir().unwrap());
    site.write("site.toml", format!("{}{}", site.read("site.toml"), dir_target(folder.path())));
    outside.link("new", site.path("public/.wenzhai-manifest"));
    outside.link("new", site.path("content/articles/.imported.toml"));
    outside.link("new", folder.path().join("index.html"));
    site.write("content/pages/a.txt", crate::common::site::PAGE);
    site.run(&["build"]);
    site.run(&["publish", "--yes"]);
    outside.assert_untouched();
}

#[test]
fn a_record_at_a_target_that_names_a_file_behind_a_link_removes_nothing() {
    let (outside, folder) = (Outside::new(), tempdir().unwrap());
    let site = site_with(3, &dir_target(folder.path()));
    publish(&site).expect_exit(0, &[]);
    outside.link("", folder.path().join("link"));
    let record = folder.path().join(".wenzhai-published");
    let hash = blake3::hash(VICTIM.as_bytes()).to_hex();
    let lines = format!("{hash} {} link/x\n{hash} 1 ../../victim\n", VICTIM.len());
    fs::write(&record, fs::read_to_string(&record).unwrap() + &lines).unwrap();
    site.run(&["publish"]).expect_exit(1, &["behind-link", "link/x", "record-path", "../../victim"]);
    outside.assert_untouched();
    publish(&site).expect_exit(0, &["0 files sent"]);
}

#[test]
fn nothing_is_published_through_a_link_at_the_target() {
    let (outside, folder) = (Outside::new(), tempdir().unwrap());
    outside.link("", folder.path().join("themes"));
    let site = site_with(3, &dir_target(folder.path()));
    site.run(&["publish", "--yes"]).expect_exit(1, &["behind-link", "themes"]);
    outside.assert_untouched();
}
