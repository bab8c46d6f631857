//! A new site: begun with one command, built with the next, and never written over.

use crate::common::{Site, tree};

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

const WORKFLOW: &str = ".github/workflows/publish.yml";

#[test]
fn a_workflow_comes_with_a_new_site_or_into_one_that_is_there() {
    let place = Site::nowhere();
    place.run(&["init", "s", "--ci", "github"]).ends(0, &[WORKFLOW, "site.toml has to name a place"]);
    assert!(place.has("s/site.toml") && place.has(&format!("s/{WORKFLOW}")));
    let site = Site::empty();
    let settings = site.read("site.toml");
    site.run(&["init", "--ci", "github"]).ends(0, &[WORKFLOW]);
    assert_eq!((site.read("site.toml"), site.has("content/about.md")), (settings, false), "only the workflow is new");
    site.write(WORKFLOW, "mine");
    site.run(&["init", "--ci", "github"]).ends(1, &["is there already"]);
    assert_eq!(site.read(WORKFLOW), "mine");
    site.run(&["init", "--ci", "gitlab"]).ends(2, &["github"]);
    site.run(&["init"]).ends(2, &["DIR"]);
}

#[test]
fn the_workflow_runs_commands_that_there_are() {
    let site = Site::empty();
    site.run(&["init", "--ci", "github"]).ends(0, &[]);
    let text = site.read(WORKFLOW);
    let called: Vec<&str> =
        text.split("run: ~/.cargo/bin/wenzhai ").skip(1).map(|rest| rest.lines().next().unwrap()).collect();
    assert_eq!(called, ["build", "publish"]);
    for command in called {
        site.run(&[command, "--help"]).ends(0, &["Usage: wenzhai"]);
    }
    assert!(["schedule:", "cron:", "push:"].iter().all(|when| text.contains(when)), "{text}");
}
