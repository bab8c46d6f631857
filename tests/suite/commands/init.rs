//! A new site: begun with one command, built with the next, and never written over.

use crate::common::{Site, read_files};

#[test]
fn a_new_site_builds_at_once() {
    let place = Site::empty_folder();
    place.run(&["init", "新站 one/a"]).expect_exit(0, &["新站 one/a"]);
    place.run(&["--root", "新站 one/a", "build"]).expect_exit(0, &[" articles"]).expect_without("warning");
    let front = place.read("新站 one/a/public/index.html");
    assert!(front.contains("产改文摘"));
    assert!(place.has("新站 one/a/public/themes/changai/index.html"));
    assert!(place.read("新站 one/a/.gitignore").contains("public/"));
    place.run(&["--root", "新站 one/a", "check"]).expect_exit(0, &["articles checked"]);
}

#[test]
fn a_site_is_never_written_over() {
    let place = Site::empty_folder();
    place.run(&["init", "s"]).expect_exit(0, &[]);
    place.write("s/site.toml", "title = \"mine\"");
    let before = read_files(place.root());
    place.run(&["init", "s"]).expect_exit(2, &["holds a site already", "choose a new folder"]);
    assert_eq!(read_files(place.root()), before);
}

#[test]
fn a_folder_with_a_file_of_the_starters_name_is_refused_whole() {
    let place = Site::empty_folder();
    place.write("s/content/about.md", "mine");
    place.run(&["init", "s"]).expect_exit(2, &["content/about.md"]);
    assert_eq!(read_files(&place.path("s")).len(), 1, "nothing half written");
}

#[test]
fn a_folder_of_other_things_becomes_a_site() {
    let place = Site::empty_folder();
    place.write("s/notes.txt", "mine");
    place.run(&["init", "s"]).expect_exit(0, &[]);
    assert_eq!(place.read("s/notes.txt"), "mine");
}

#[test]
fn a_file_in_the_place_of_the_folder_is_refused() {
    let place = Site::empty_folder();
    place.write("s", "a file");
    let result = place.run(&["init", "s"]);
    assert!(result.code == 1 || result.code == 2, "{}", result.stderr);
    assert_eq!(place.read("s"), "a file");
}

const WORKFLOW: &str = ".github/workflows/publish.yml";

#[test]
fn a_workflow_comes_with_a_new_site_or_into_one_that_is_there() {
    let place = Site::empty_folder();
    place.run(&["init", "s", "--ci", "github"]).expect_exit(0, &[WORKFLOW, "site.toml has to name a place"]);
    assert!(place.has("s/site.toml") && place.has(&format!("s/{WORKFLOW}")));
    let site = Site::with_settings();
    let settings = site.read("site.toml");
    site.run(&["init", "--ci", "github"]).expect_exit(0, &[WORKFLOW]);
    assert_eq!((site.read("site.toml"), site.has("content/about.md")), (settings, false), "only the workflow is new");
    site.write(WORKFLOW, "mine");
    site.run(&["init", "--ci", "github"]).expect_exit(1, &["is there already"]);
    assert_eq!(site.read(WORKFLOW), "mine");
    site.run(&["init", "--ci", "gitlab"]).expect_exit(2, &["github"]);
    site.run(&["init"]).expect_exit(2, &["DIR"]);
}

#[test]
fn the_workflow_runs_commands_that_there_are() {
    let site = Site::with_settings();
    site.run(&["init", "--ci", "github"]).expect_exit(0, &[]);
    let text = site.read(WORKFLOW);
    let called: Vec<&str> =
        text.split("run: ~/.cargo/bin/wenzhai ").skip(1).map(|rest| rest.lines().next().unwrap()).collect();
    assert_eq!(called, ["build", "publish"]);
    for command in called {
        site.run(&[command, "--help"]).expect_exit(0, &["Usage: wenzhai"]);
    }
    assert!(["schedule:", "cron:", "push:"].iter().all(|when| text.contains(when)), "{text}");
}
