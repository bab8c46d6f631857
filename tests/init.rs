//! A new site: begun with one command, built with the next, and never written over.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test fails by panicking")]

mod common;

use common::{Site, tree};

#[test]
fn a_new_site_builds_at_once() {
    let place = Site::nowhere();
    place.run(&["init", "新站 one/a"]).ends(0, &["新站 one/a"]);
    place.run(&["--root", "新站 one/a", "build"]).ends(0, &[" articles"]).never_says("warning");
    let front = place.read("新站 one/a/public/index.html");
    assert!(front.contains("产改文摘"));
    assert!(place.has("新站 one/a/public/themes/changai/index.html"));
    assert!(place.read("新站 one/a/.gitignore").contains("public/"));
    place.run(&["--root", "新站 one/a", "check"]).ends(0, &["articles checked"]);
}

#[test]
fn a_site_is_never_written_over() {
    let place = Site::nowhere();
    place.run(&["init", "s"]).ends(0, &[]);
    place.write("s/site.toml", "title = \"mine\"");
    let before = tree(place.root());
    place.run(&["init", "s"]).ends(2, &["holds a site already", "choose a new folder"]);
    assert_eq!(tree(place.root()), before);
}

#[test]
fn a_folder_with_a_file_of_the_starters_name_is_refused_whole() {
    let place = Site::nowhere();
    place.write("s/content/about.md", "mine");
    place.run(&["init", "s"]).ends(2, &["content/about.md"]);
    assert_eq!(tree(&place.path("s")).len(), 1, "nothing half written");
}

#[test]
fn a_folder_of_other_things_becomes_a_site() {
    let place = Site::nowhere();
    place.write("s/notes.txt", "mine");
    place.run(&["init", "s"]).ends(0, &[]);
    assert_eq!(place.read("s/notes.txt"), "mine");
}

#[test]
fn a_file_in_the_place_of_the_folder_is_refused() {
    let place = Site::nowhere();
    place.write("s", "a file");
    let told = place.run(&["init", "s"]);
    assert!(told.code == 1 || told.code == 2, "{}", told.err);
    assert_eq!(place.read("s"), "a file");
}
