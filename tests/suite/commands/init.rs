//! `init`: a new site, which builds at once and never overwrites anything.

use crate::common::files::read_files;
use crate::common::site::Site;

#[test]
fn a_new_site_builds_at_once() {
    let folder = Site::empty_folder();
    folder.run(&["init", "新站 one/a"]).expect_exit(0, &["新站 one/a"]);
    folder.run(&["--root", "新站 one/a", "build"]).expect_exit(0, &[" articles"]).expect_without("warning");
    let front = folder.read("新站 one/a/public/index.html");
    assert!(front.contains("产改文摘"));
    assert!(folder.has("新站 one/a/public/themes/changai/index.html"));
    assert!(folder.read("新站 one/a/.gitignore").contains("public/"));
    folder.run(&["--root", "新站 one/a", "check"]).expect_exit(0, &["articles checked"]);
}

#[test]
fn a_site_is_never_overwritten() {
    let folder = Site::empty_folder();
    folder.run(&["init", "s"]).expect_exit(0, &[]);
    folder.write("s/site.toml", "title = \"mine\"");
    let before = read_files(folder.root());
    folder.run(&["init", "s"]).expect_exit(2, &["holds a site already", "choose a new folder"]);
    assert_eq!(read_files(folder.root()), before);
}

#[test]
fn a_folder_with_a_file_of_a_new_site_is_refused() {
    let folder = Site::empty_folder();
    folder.write("s/content/about.md", "mine");
    folder.run(&["init", "s"]).expect_exit(2, &["content/about.md"]);
    assert_eq!(read_files(&folder.path("s")).len(), 1, "nothing is written");
}

#[test]
fn a_folder_of_other_files_becomes_a_site() {
    let folder = Site::empty_folder();
    folder.write("s/notes.txt", "mine");
    folder.run(&["init", "s"]).expect_exit(0, &[]);
    assert_eq!(folder.read("s/notes.txt"), "mine");
}

#[test]
fn a_file_of_the_folders_name_is_refused() {
    let folder = Site::empty_folder();
    folder.write("s", "a file");
    let result = folder.run(&["init", "s"]);
    assert!(result.code == 1 || result.code == 2, "{}", result.stderr);
    assert_eq!(folder.read("s"), "a file");
}

const WORKFLOW: &str = ".github/workflows/publish.yml";

#[test]
fn a_workflow_is_written_with_a_new_site_or_into_an_existing_one() {
    let folder = Site::empty_folder();
    folder.run(&["init", "s", "--ci", "github"]).expect_exit(0, &[WORKFLOW, "site.toml has to name a target"]);
    assert!(folder.has("s/site.toml") && folder.has(&format!("s/{WORKFLOW}")));
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
fn the_workflow_runs_existing_commands() {
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
