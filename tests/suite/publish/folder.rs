//! Publishing to a folder, and what holds for every target: only what changed is sent, in an order that breaks no link, and no
//! file of others is removed.

use crate::common::files::{differing, read_files};
use crate::common::html::links_without_file;
use crate::common::publishing::{
    INTERRUPTED, change_some, dir_target, duration_of, kill_publish_after, publish, published, rounds, site_with,
    write_article,
};
use crate::common::site::{BASE_URL, Site, article};
use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;
use tempfile::{TempDir, tempdir};

/// A site, and an empty folder that it is published to.
fn site_and_folder(articles: usize) -> (Site, TempDir) {
    let folder = tempdir().unwrap();
    let site = site_with(articles, &dir_target(folder.path()));
    (site, folder)
}

#[test]
fn the_folder_becomes_the_site_and_a_second_publish_sends_nothing() {
    let (site, folder) = site_and_folder(12);
    publish(&site).expect_exit(0, &["0 unchanged, 0 removed", "https://example.org/digest/"]);
    assert_eq!(published(folder.path()), site.public());
    publish(&site).expect_exit(0, &["0 files sent", "0 removed"]);
    // nor does one after a rebuild without change
    site.build();
    publish(&site).expect_exit(0, &["0 files sent", "0 removed"]);
}

#[test]
fn one_changed_article_sends_it_and_what_shows_it_and_nothing_else() {
    let (site, folder) = site_and_folder(12);
    publish(&site);
    let before = fs::metadata(folder.path().join("style.css")).map(|there| there.modified().unwrap());
    let old = site.public();
    write_article(&site, 5, "手艺改了一个字。");
    site.build();
    let changed = differing(&old, &site.public());
    assert!(changed.contains("2025/01/06/a005/index.html"), "{changed:?}");
    assert!(!changed.contains("2025/01/07/a006/index.html") && changed.len() < old.len() / 2, "{changed:?}");
    publish(&site).expect_exit(0, &[&format!("{} files sent", changed.len())]);
    assert_eq!(published(folder.path()), site.public());
    let after = fs::metadata(folder.path().join("style.css")).map(|there| there.modified().unwrap());
    assert_eq!(before.ok(), after.ok(), "an unchanged file is not touched");
}

#[test]
fn removed_pages_are_removed_and_files_of_others_stay() {
    let (site, folder) = site_and_folder(6);
    publish(&site);
    fs::write(folder.path().join("google123.html"), "by hand").unwrap();
    site.remove("content/articles/own/a003.md");
    site.build();
    publish(&site);
    let there = published(folder.path());
    assert!(!there.contains_key("2025/01/04/a003/index.html"));
    assert!(!folder.path().join("2025/01/04/a003").exists(), "its folder is empty");
    assert!(there.contains_key("google123.html"));
    assert_eq!(there.len(), site.public().len() + 1);
}

#[test]
fn a_dry_run_reports_and_changes_nothing() {
    let (site, folder) = site_and_folder(6);
    let result =
        site.run(&["publish", "--dry-run"]).expect_exit(0, &["would be sent, 0 removed", "2025/01/", "in all"]);
    assert!(result.stdout.contains(&format!("{} files", site.public().len())), "{}", result.stdout);
    assert!(fs::read_dir(folder.path()).unwrap().next().is_none());
    publish(&site);
    site.run(&["publish", "--dry-run"]).expect_exit(0, &["nothing to send"]);
    site.remove("content/articles/own/a003.md");
    site.build();
    let before = read_files(folder.path());
    site.run(&["-v", "publish", "--dry-run"]).expect_exit(0, &["- 2025/01/04/a003/index.html", "~ index.html"]);
    assert_eq!(read_files(folder.path()), before);
}

#[test]
fn many_removals_need_confirmation() {
    let (site, folder) = site_and_folder(8);
    publish(&site);
    for at in 0..3 {
        site.remove(&format!("content/articles/own/a{at:03}.md"));
    }
    site.build();
    let before = read_files(folder.path());
    site.run(&["publish", "--max-deletes", "2"]).expect_exit(1, &["many-removals", "--yes"]);
    site.run(&["publish", "--max-deletes", "2", "--dry-run"]).expect_exit(1, &["many-removals", "would be sent"]);
    assert_eq!(read_files(folder.path()), before);
    site.run(&["publish", "--max-deletes", "2", "--yes"]).expect_exit(0, &[]);
    assert_eq!(published(folder.path()), site.public());
}

#[test]
fn the_result_of_a_build_with_errors_is_published_only_with_confirmation() {
    let (site, folder) = site_and_folder(3);
    let wrong = "date = 2025-02-01\nthemes = [\"工将\"]\n";
    site.write("content/articles/own/wrong.md", article("错", wrong, "正文。"));
    site.run(&["build"]).expect_exit(1, &["unknown-theme"]);
    site.run(&["publish"]).expect_exit(1, &["build-errors", "found 1 error", "--yes"]);
    site.run(&["publish", "--dry-run"]).expect_exit(1, &["build-errors", "would be sent"]);
    assert!(!folder.path().join("index.html").exists(), "nothing was sent");
    // an error is not forgotten by a build that has nothing else to do
    site.run(&["build"]).expect_exit(1, &["unknown-theme"]);
    site.run(&["publish"]).expect_exit(1, &["build-errors"]);
    site.run(&["publish", "--yes"]).expect_exit(0, &[]);
    assert_eq!(published(folder.path()), site.public());
    site.remove("content/articles/own/wrong.md");
    site.build();
    publish(&site).expect_exit(0, &[]);
    assert_eq!(published(folder.path()), site.public());
}

#[test]
fn an_unfinished_build_is_not_published() {
    let (site, folder) = site_and_folder(3);
    let manifest = "public/.wenzhai-manifest";
    site.edit(manifest, "manifest 1", "manifest 1 unfinished");
    site.run(&["publish"]).expect_exit(1, &["not-built", "run wenzhai build"]);
    fs::remove_dir_all(site.path("public")).unwrap();
    site.run(&["publish"]).expect_exit(1, &["not-built"]);
    assert!(!site.has("public"), "publish creates no output folder");
    fs::create_dir(site.path("public")).unwrap();
    site.run(&["publish"]).expect_exit(1, &["not-built"]);
    assert!(fs::read_dir(folder.path()).unwrap().next().is_none());
}

#[test]
fn a_folder_of_others_needs_confirmation_and_another_site_is_never_replaced() {
    let (site, folder) = site_and_folder(3);
    fs::write(folder.path().join("index.html"), "by hand").unwrap();
    fs::write(folder.path().join("keep.txt"), "by hand").unwrap();
    site.run(&["publish"]).expect_exit(1, &["not-empty", "index.html", "--yes"]);
    assert_eq!(fs::read_to_string(folder.path().join("index.html")).unwrap(), "by hand");
    site.run(&["publish", "--yes"]).expect_exit(0, &[]);
    assert!(folder.path().join("keep.txt").exists());
    publish(&site).expect_exit(0, &["0 files sent"]);

    let other = site_with(2, &dir_target(folder.path()));
    other.edit("site.toml", "https://example.org/digest/", "https://example.org/other/");
    other.build();
    let before = read_files(folder.path());
    for args in [&["publish"][..], &["publish", "--yes"]] {
        other.run(args).expect_exit(1, &["other-site", "https://example.org/digest/"]);
    }
    assert_eq!(read_files(folder.path()), before);
}

#[test]
fn a_lost_or_wrong_record_is_corrected_from_what_the_folder_contains() {
    let (site, folder) = site_and_folder(6);
    publish(&site);
    // somebody cut a file off, and another changed without changing its length
    fs::write(folder.path().join("index.html"), "x").unwrap();
    publish(&site).expect_exit(0, &["1 files sent"]);
    fs::remove_file(folder.path().join("themes/index.html")).unwrap();
    publish(&site).expect_exit(0, &["1 files sent"]);
    fs::remove_file(folder.path().join(".wenzhai-published")).unwrap();
    site.run(&["publish", "--yes"]).expect_exit(0, &["0 files sent"]);
    assert_eq!(published(folder.path()), site.public());
    publish(&site).expect_exit(0, &["0 files sent"]);
}

#[test]
fn a_byte_that_changed_at_the_target_is_found_by_verifying() {
    let (site, folder) = site_and_folder(3);
    publish(&site);
    let (home, record) = (folder.path().join("index.html"), folder.path().join(".wenzhai-published"));
    let corrupt = || fs::write(&home, fs::read_to_string(&home).unwrap().replacen("试验", "实验", 1)).unwrap();
    corrupt();
    publish(&site).expect_exit(0, &["0 files sent"]);
    site.run(&["publish", "--verify", "--dry-run"]).expect_exit(0, &["1 files", "would be sent"]);
    site.run(&["publish", "--verify"]).expect_exit(0, &["1 files sent", "compared by its bytes"]);
    assert_eq!(published(folder.path()), site.public());
    // and without being asked: thirty days later, and after twenty publishes that sent something
    let text = fs::read_to_string(&record).unwrap();
    let line = text.lines().find(|line| line.starts_with("verified ")).unwrap();
    let today = line.rsplit(' ').next().unwrap().parse::<u32>().unwrap();
    for due in [format!("verified 0 {}", today - 30), format!("verified 20 {today}")] {
        corrupt();
        fs::write(&record, text.replace(line, &due)).unwrap();
        publish(&site).expect_exit(0, &["1 files sent", "compared by its bytes"]);
        assert_eq!(published(folder.path()), site.public());
        publish(&site).expect_exit(0, &["0 files sent"]).expect_without("compared");
    }
    write_article(&site, 1, "改了。");
    site.build();
    publish(&site).expect_without("compared");
    assert!(fs::read_to_string(&record).unwrap().contains(&format!("verified 1 {today}")));
    // a record of an earlier version says nothing of it
    corrupt();
    let earlier = fs::read_to_string(&record).unwrap().replace(&format!("verified 1 {today}\n"), "");
    fs::write(&record, earlier).unwrap();
    publish(&site).expect_exit(0, &["1 files sent", "compared by its bytes"]);
}

#[test]
fn a_record_that_cannot_be_read_is_named_once_and_nothing_is_changed() {
    let (site, folder) = site_and_folder(2);
    publish(&site);
    fs::write(folder.path().join(".wenzhai-published"), "written by hand\n").unwrap();
    let before = read_files(folder.path());
    let expected = format!("error[unknown-record]: .wenzhai-published at copy ({}) is not", folder.path().display());
    site.run(&["publish"]).expect_exit(1, &[&expected]);
    assert_eq!(read_files(folder.path()), before);
}

#[test]
#[cfg(unix)]
fn a_file_whose_name_cannot_be_recorded_is_named_and_the_rest_is_published() {
    let (site, folder) = site_and_folder(2);
    let expected = site.public();
    for name in ["two\nlines.txt", "a\\b.txt", "bell\u{7}.txt"] {
        fs::write(site.path("public").join(name), "by hand").unwrap();
    }
    for _ in 0..2 {
        site.run(&["publish"]).expect_exit(1, &["unpublishable", "two\\nlines.txt", "b.txt", "bell\\u{7}.txt"]);
        assert_eq!(published(folder.path()), expected);
    }
    // a record that an earlier version wrote with such a name
    let record = folder.path().join(".wenzhai-published");
    let hash = blake3::hash(b"by hand").to_hex();
    let lines = format!("{hash} 7 two\nlines.txt\n{hash} 7 a\\b.txt\n");
    fs::write(&record, fs::read_to_string(&record).unwrap() + &lines).unwrap();
    let named = format!(".wenzhai-published at copy ({}) names", folder.path().display());
    site.run(&["publish"]).expect_exit(1, &["record-path", &named, "0 files sent"]);
    site.run(&["publish"]).expect_exit(1, &["unpublishable"]).expect_without("record-path");
    assert_eq!(published(folder.path()), expected);
}

#[test]
fn the_target_is_chosen_by_name_or_default() {
    let site = site_with(1, "");
    site.run(&["publish"]).expect_exit(2, &["no-target", "[publish.pages]"]);
    let (one, two) = (tempdir().unwrap(), tempdir().unwrap());
    let target = |name: &str, folder: &TempDir, more: &str| {
        format!("[publish.{name}]\nkind = \"dir\"\nfolder = {:?}\n{more}", folder.path().to_str().unwrap())
    };
    let settings = site.read("site.toml");
    site.write("site.toml", format!("{settings}\n{}{}", target("one", &one, ""), target("two", &two, "")));
    site.run(&["publish"]).expect_exit(2, &["2 targets to publish to: one, two", "publish one"]);
    site.run(&["publish", "three"]).expect_exit(2, &["there are: one, two"]);
    site.run(&["publish", "two"]).expect_exit(0, &[]);
    assert_eq!(published(two.path()), site.public());
    assert!(published(one.path()).is_empty());
    site.write(
        "site.toml",
        format!("{settings}\n{}{}", target("one", &one, "default = true\n"), target("two", &two, "")),
    );
    site.run(&["publish"]).expect_exit(0, &[]);
    assert_eq!(published(one.path()), site.public());
}

#[test]
fn the_sites_own_folders_are_refused_as_target() {
    for folder in ["public", "public/x", "content", "static/x", "."] {
        let site = site_with(1, &format!("[publish.a]\nkind = \"dir\"\nfolder = \"{folder}\"\n"));
        let before = read_files(site.root());
        site.run(&["publish", "--yes"]).expect_exit(2, &["bad-output"]);
        assert_eq!(read_files(site.root()), before, "{folder}");
    }
}

#[test]
#[cfg(unix)]
fn commands_before_and_after_receive_what_changes() {
    let folder = tempdir().unwrap();
    let hooks = "before = \"cat > before.txt\"\nafter = \"cat > after.txt\"\nurl = \"https://mirror.example/\"\n";
    let site = site_with(4, &format!("{}{hooks}", dir_target(folder.path())));
    publish(&site);
    assert_eq!(site.read("before.txt").lines().count(), site.public().len());
    assert!(site.read("before.txt").contains("\nhttps://mirror.example/\n"), "{}", site.read("before.txt"));
    let old = site.public();
    write_article(&site, 2, "改了。");
    site.build();
    publish(&site);
    let address = |path: &String| format!("https://mirror.example/{}", path.strip_suffix("index.html").unwrap_or(path));
    let changed: Vec<String> = differing(&old, &site.public()).iter().map(address).collect();
    assert_eq!(site.read("after.txt").lines().collect::<Vec<_>>(), changed);
    site.remove("after.txt");
    publish(&site);
    assert!(!site.has("after.txt"), "nothing changed");

    site.edit("site.toml", "cat > before.txt", "echo no >&2; exit 3");
    write_article(&site, 2, "又改了。");
    site.build();
    let before = read_files(folder.path());
    site.run(&["publish"]).expect_exit(1, &["hook", "before", "nothing was sent"]);
    assert_eq!(read_files(folder.path()), before);
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let (site, folder) = site_and_folder(2);
    site.write("static/extra", "a file");
    site.build();
    publish(&site);
    site.remove("static/extra");
    site.write("static/extra/inside.txt", "a folder");
    site.build();
    publish(&site);
    assert_eq!(published(folder.path()), site.public());
    site.remove("static/extra/inside.txt");
    fs::remove_dir(site.path("static/extra")).unwrap();
    site.write("static/extra", "a file again");
    site.build();
    publish(&site);
    assert_eq!(published(folder.path()), site.public());
}

#[test]
#[cfg(unix)]
fn errors_of_the_disk_are_reported() {
    use std::os::unix::fs::PermissionsExt;
    let (site, folder) = site_and_folder(2);
    let closed = folder.path().join("2025");
    fs::write(&closed, "a file in the place of a folder").unwrap();
    site.run(&["publish", "--yes"]).expect_exit(1, &["a file stands where a folder has to be"]);
    fs::remove_file(&closed).unwrap();
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    let ignores_modes = fs::write(closed.join("x"), "x").is_ok();
    if ignores_modes {
        eprintln!("this user may write into any folder: permissions are not tested");
    } else {
        site.run(&["publish", "--yes"]).expect_exit(1, &["cannot make the folder", "chmod"]);
    }
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    let _ = fs::remove_file(closed.join("x"));
    let nowhere = site_with(1, "[publish.a]\nkind = \"dir\"\nfolder = \"/proc/wenzhai\"\n");
    nowhere.run(&["publish"]).expect_exit(1, &["cannot make the folder", "/proc/wenzhai"]);
    site.run(&["publish", "--yes"]).expect_exit(0, &[]);
    assert_eq!(published(folder.path()), site.public());
}

#[test]
#[cfg(unix)]
fn killed_at_any_moment_no_page_links_to_a_missing_one_and_the_next_publish_goes_on() {
    let (site, folder) = site_and_folder(40);
    let whole = duration_of(|| drop(publish(&site)));
    assert_eq!(links_without_file(&site.public(), BASE_URL), BTreeSet::new(), "the site itself is whole");
    let mut interrupted = 0;
    for (round, after) in rounds(whole + Duration::from_millis(5)) {
        if round >= 20 && interrupted >= INTERRUPTED {
            break;
        }
        if round % 4 == 0 {
            // as if for the first time
            fs::remove_dir_all(folder.path()).unwrap();
            fs::create_dir(folder.path()).unwrap();
        } else {
            change_some(&site, 40, round);
        }
        let was_running = kill_publish_after(&site, &["publish", "--yes"], after);
        let there = published(folder.path());
        assert_eq!(links_without_file(&there, BASE_URL), BTreeSet::new(), "round {round}, killed after {after:?}");
        interrupted += usize::from(was_running && there != site.public() && !there.is_empty());
        site.run(&["publish", "--yes"]).expect_exit(0, &[]);
        assert_eq!(published(folder.path()), site.public(), "round {round}");
    }
    assert!(interrupted >= INTERRUPTED, "{interrupted} publishes were interrupted in the middle");
}
