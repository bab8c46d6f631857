//! Builds: the same bytes each time, nothing done twice, nothing obsolete left, no file of others touched.

use crate::common::files::{any_contains, crate_path, read_files, without_hidden, write_files};
use crate::common::html::dead_links;
use crate::common::process::program;
use crate::common::publishing::{article_path, write_article};
use crate::common::site::{BASE_URL, PAGE, RunResult, Site, article};
use std::collections::BTreeSet;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

/// The sample site of the project, in a folder of its own.
fn sample() -> Site {
    let site = Site::empty_folder();
    site.write("site.toml", std::fs::read(crate_path("site.toml")).unwrap());
    write_files(&site.path("content"), &read_files(&crate_path("content")));
    let _ = std::fs::remove_dir_all(site.path("content/articles"));
    site
}

/// A page of two articles, and as many articles as given.
fn site_with(articles: usize) -> Site {
    let site = Site::with_page();
    for number in 0..articles {
        write_article(&site, number, "手艺与传承。");
    }
    site
}

#[test]
fn the_same_input_gives_the_same_bytes_in_any_folder_and_on_any_number_of_threads() {
    let (one, two) = (sample(), sample());
    one.build();
    let on_one_thread = two.command(&["build"]).env("RAYON_NUM_THREADS", "1").output().unwrap();
    RunResult::from_output(on_one_thread).expect_exit(0, &[]);
    assert_eq!(one.articles(), two.articles());
    assert_eq!(one.public(), two.public());
    assert_eq!(one.read("content/articles/.imported.toml"), two.read("content/articles/.imported.toml"));
    // and from another working directory
    let three = sample();
    let root = three.root().to_str().unwrap().to_owned();
    Site::empty_folder().run(&["--root", &root, "build"]).expect_exit(0, &[]);
    assert_eq!(one.public(), three.public());
}

#[test]
fn the_order_in_which_files_were_written_does_not_matter() {
    let (one, two) = (site_with(12), Site::with_settings());
    let files: Vec<_> = read_files(one.root()).into_iter().collect();
    for (name, bytes) in files.iter().rev() {
        two.write(name, bytes);
    }
    one.build();
    two.build();
    assert_eq!(one.public(), two.public());
}

#[test]
fn a_second_build_writes_nothing() {
    let site = sample();
    site.build();
    let result = site.build();
    result.expect_without("imported").expect_exit(0, &[" 0 files written", " 0 removed"]);
    site.run(&["build", "--full"]).expect_exit(0, &[" 0 files written", "0 articles written"]);
}

#[test]
fn the_sample_builds_without_errors() {
    let result = sample().run(&["build"]).expect_exit(0, &[]);
    assert!(!result.stderr.contains("error["), "{}", result.stderr);
}

#[test]
fn output_of_removed_input_is_removed() {
    let site = site_with(3);
    site.build();
    assert!(site.has("public/2025/01/02/a001/index.html"));
    site.remove(&article_path(1));
    site.build().expect_exit(0, &["removed"]);
    assert!(!site.has("public/2025/01/02"), "with the folders that became empty");
    assert!(!any_contains(&site.public(), "第1篇"));
    let fresh = Site::copy_of(site.root());
    std::fs::remove_dir_all(fresh.path("public")).unwrap();
    fresh.build();
    assert_eq!(site.public(), fresh.public(), "as if it had never existed");
}

#[test]
fn files_of_others_stay() {
    let site = site_with(1);
    site.build();
    site.write("public/.git/config", "mine");
    site.write("public/2025/01/01/a000/photo.jpg", "mine");
    site.write("public/themes/notes.txt", "mine");
    site.remove(&article_path(0));
    site.build();
    for name in [".git/config", "2025/01/01/a000/photo.jpg", "themes/notes.txt"] {
        assert_eq!(site.read(&format!("public/{name}")), "mine");
    }
    assert!(!site.has("public/2025/01/01/a000/index.html"));
}

#[test]
fn damaged_output_is_repaired() {
    let site = site_with(2);
    site.build();
    let before = site.public();
    site.write("public/index.html", "half a pa");
    site.remove("public/feed.xml");
    site.build().expect_exit(0, &["2 files written"]);
    assert_eq!(site.public(), before);
}

/// Killed at any moment, a build leaves complete files only, and the next one finishes it.
#[test]
fn a_killed_build_is_completed_by_the_next() {
    let site = site_with(24);
    let expected = {
        let other = Site::copy_of(site.root());
        other.build();
        (other.public(), other.articles())
    };
    for round in 0..10u64 {
        if round % 3 == 0 {
            let _ = std::fs::remove_dir_all(site.path("public"));
        }
        site.write(&article_path(0), article(&format!("改了{round}次"), "date = 2025-01-01\n", "改。"));
        let mut child = program()
            .args(["build", "--full"])
            .current_dir(site.root())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(Duration::from_millis(round * round * 5));
        child.kill().unwrap();
        child.wait().unwrap();
        if round % 3 == 0 {
            // a first build writes its files in place, and the next build compares every one of them
            site.build();
        }
        for (name, bytes) in site.public().iter().filter(|(name, _)| name.ends_with(".html")) {
            assert!(bytes.ends_with(b"</html>\n") || bytes.ends_with(b"</html>"), "{name} is truncated");
        }
    }
    write_article(&site, 0, "手艺与传承。");
    site.build();
    assert_eq!((site.public(), site.articles()), expected);
    let leftovers: Vec<String> = read_files(site.root())
        .into_keys()
        .filter(|name| name.contains(".wenzhai-tmp-") || name.contains(".wenzhai-lock"))
        .collect();
    assert!(leftovers.is_empty(), "{leftovers:?}");
}

#[test]
fn the_output_folder_may_be_anywhere() {
    let site = site_with(2);
    site.build();
    let elsewhere = Site::empty_folder();
    let out = elsewhere.path("deep/site");
    site.run(&["build", "-o", out.to_str().unwrap()]).expect_exit(0, &[]);
    assert_eq!(without_hidden(read_files(&out)), site.public());
    site.run(&["build", "--no-import", "-o", "dist"]).expect_exit(0, &[]);
    assert_eq!(without_hidden(read_files(&site.path("dist"))), site.public());
}

#[test]
fn without_import_pages_are_not_imported() {
    let site = Site::with_page();
    site.run(&["build", "--no-import"]).expect_exit(0, &["0 articles"]);
    assert!(!site.has("content/articles"));
}

#[test]
fn no_link_is_dead() {
    let site = sample();
    site.build();
    assert_eq!(dead_links(&site.public(), "https://example.org/wenzhai/"), BTreeSet::new());
}

#[test]
fn no_link_is_dead_below_another_base_url() {
    let site = site_with(30);
    site.write("content/about.md", "+++\ntitle = \"关于\"\n+++\n\n见[第三篇](articles/own/a003.md)。\n");
    for base in ["https://x.github.io/a/b/", "https://digest.example"] {
        site.run(&["build", "--base-url", base]).expect_exit(0, &[]);
        let base = format!("{}/", base.trim_end_matches('/'));
        let public = site.public();
        assert_eq!(dead_links(&public, &base), BTreeSet::new());
        for name in ["feed.xml", "sitemap.xml", "robots.txt"] {
            let text = String::from_utf8(public[name].clone()).unwrap();
            assert!(text.contains(&base) && !text.contains("example.org/digest"), "{name}: {text}");
        }
    }
}

#[test]
fn a_long_list_is_paged() {
    let site = site_with(50);
    site.build();
    let lists = site.public().into_keys().filter(|name| name.starts_with("themes/craft/") && name.ends_with(".html"));
    assert_eq!(lists.count(), 3, "51 articles, 20 on each");
}

#[test]
fn a_site_without_articles_is_a_site() {
    let site = Site::with_settings();
    site.build().expect_exit(0, &["0 articles"]);
    assert_eq!(dead_links(&site.public(), BASE_URL), BTreeSet::new());
}

#[test]
fn concurrent_imports_wait_for_each_other() {
    let site = Site::with_page();
    let spawn = |name: &str| {
        site.write(&format!("content/pages/{name}.txt"), PAGE.replace("货车司机", name));
        program().arg("import").current_dir(site.root()).spawn().unwrap()
    };
    let children = ["公交司机", "电车司机", "火车司机"].map(spawn);
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    site.run(&["import"]).expect_exit(0, &[]);
    assert_eq!(site.articles().len(), 8);
}

#[test]
fn concurrent_builds_do_not_undo_each_other() {
    let site = site_with(20);
    let spawn = || program().arg("build").current_dir(site.root()).stderr(Stdio::piped()).spawn().unwrap();
    let outputs: Vec<_> = [spawn(), spawn()].into_iter().map(|child| child.wait_with_output().unwrap()).collect();
    for output in &outputs {
        let result = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() || result.contains("error[locked]"), "{result}");
    }
    assert!(outputs.iter().any(|output| output.status.success()));
    let made = site.public();
    site.build().expect_exit(0, &["0 files written"]);
    assert_eq!(site.public(), made);
}

/// The words of the interface are translated; the articles stay as they are.
#[test]
fn the_interface_is_in_the_language_of_the_settings() {
    for (lang, words, day) in
        [("en", ["Themes", "Archive"], "March 18, 2025"), ("zh-Hant", ["主題", "歸檔"], "2025年3月18日")]
    {
        let site = Site::fixture();
        site.add_settings(&format!("lang = \"{lang}\"\ntext_lang = \"zh-Hans\""));
        site.build();
        let home = site.read("public/index.html");
        assert!(home.starts_with(&format!("<!doctype html>\n<html lang=\"{lang}\">")), "{home}");
        assert!(words.iter().all(|word| home.contains(word)) && !home.contains("归档"), "{home}");
        let article = site.read("public/2025/03/18/sfgrb-p1-02/index.html");
        assert!(article.contains(day) && article.contains("<div class=\"body\" lang=\"zh-Hans\">"), "{article}");
        let feed = site.read("public/feed.xml");
        assert!(feed.contains("xml:lang=\"zh-Hans\""), "{feed}");
    }
}

#[test]
fn stages_are_reported_with_verbose_and_json_alone() {
    let site = Site::with_page();
    let quiet = site.build();
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.lines().count()), ("", 2), "{}", quiet.stderr);
    let result = site.run(&["build", "-v", "--full"]).expect_exit(0, &["  render ", " pages ", " ms"]);
    assert_eq!(result.stdout, "");
    let json = site.run(&["build", "--json", "--full"]).expect_exit(0, &[]);
    let lines: Vec<serde_json::Value> = json.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let stages: Vec<&str> = lines.iter().filter_map(|line| line["stage"].as_str()).collect();
    assert!(["import", "read", "render", "index"].iter().all(|stage| stages.contains(stage)), "{stages:?}");
    let summary = lines.last().unwrap();
    assert_eq!((summary["command"].as_str(), summary["articles"].as_u64()), (Some("build"), Some(2)));
    assert!(lines.iter().all(|line| line["milliseconds"].as_f64().unwrap() >= 0.0));
}

/// A change of the file behind a link, and of the link itself, is built.
#[cfg(unix)]
#[test]
fn a_change_behind_a_link_is_built() {
    use std::os::unix::fs::symlink;
    let site = Site::with_settings();
    site.write("elsewhere/site.toml", site.read("site.toml"));
    site.write("elsewhere/about.md", "+++\ntitle = \"关于\"\n+++\n\n说明一。\n");
    site.write("elsewhere/a.md", article("题目", "date = 2025-01-02\n", "正文一。"));
    site.write("elsewhere/b.md", article("题目", "date = 2025-01-02\n", "正文三。"));
    site.remove("site.toml");
    std::fs::create_dir_all(site.path("content/articles")).unwrap();
    symlink("elsewhere/site.toml", site.path("site.toml")).unwrap();
    symlink("../elsewhere/about.md", site.path("content/about.md")).unwrap();
    symlink("../../elsewhere/a.md", site.path("content/articles/a.md")).unwrap();
    let build_until_settled = || {
        sleep(Duration::from_millis(20));
        site.build();
        sleep(Duration::from_millis(20));
        site.build().expect_exit(0, &[" 0 files written"]);
    };
    build_until_settled();
    site.edit("elsewhere/site.toml", "试验文摘", "新的文摘");
    site.build();
    assert!(site.read("public/index.html").contains("新的文摘"));
    build_until_settled();
    site.edit("elsewhere/about.md", "说明一。", "说明二。");
    site.build();
    assert!(site.read("public/about/index.html").contains("说明二。"));
    build_until_settled();
    site.edit("elsewhere/a.md", "正文一。", "正文二。");
    site.build();
    assert!(site.read("public/2025/01/02/a/index.html").contains("正文二。"));
    build_until_settled();
    site.remove("content/articles/a.md");
    symlink("../../elsewhere/b.md", site.path("content/articles/a.md")).unwrap();
    site.build();
    assert!(site.read("public/2025/01/02/a/index.html").contains("正文三。"));
}
