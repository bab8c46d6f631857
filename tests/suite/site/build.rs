//! A build: the same bytes each time, nothing done twice, nothing left over, nothing of another hand touched.

use crate::common::{Files, Site, article, crate_path, read_files, without_hidden, write_files};
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Stdio};
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

/// An article for each of `days`, so that there is something to render.
fn many(count: usize) -> Site {
    let site = Site::with_page();
    for at in 0..count {
        let front = format!("date = 2025-01-{:02}\nthemes = [\"工匠\"]\npaper = \"示范工人报\"\n", at % 28 + 1);
        site.write(&format!("content/articles/own/a{at:03}.md"), article(&format!("第{at}篇"), &front, "手艺与传承。"));
    }
    site
}

#[test]
fn the_same_input_gives_the_same_bytes_wherever_and_on_however_many_threads() {
    let (one, two) = (sample(), sample());
    one.build();
    let result =
        crate::common::RunResult::from_output(two.command(&["build"]).env("RAYON_NUM_THREADS", "1").output().unwrap());
    result.expect_exit(0, &[]);
    assert_eq!(one.articles(), two.articles());
    assert_eq!(one.public(), two.public());
    assert_eq!(one.read("content/articles/.imported.toml"), two.read("content/articles/.imported.toml"));
    // and from another folder than the site's
    let three = sample();
    let root = three.root().to_str().unwrap().to_owned();
    Site::empty_folder().run(&["--root", &root, "build"]).expect_exit(0, &[]);
    assert_eq!(one.public(), three.public());
}

#[test]
fn the_order_in_which_files_were_written_does_not_show() {
    let (one, two) = (many(12), Site::with_settings());
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
fn the_sample_has_nothing_to_complain_of_but_its_pages() {
    let result = sample().run(&["build"]).expect_exit(0, &[]);
    assert!(!result.stderr.contains("error["), "{}", result.stderr);
}

#[test]
fn what_vanished_from_the_input_vanishes_from_the_output() {
    let site = many(3);
    site.build();
    assert!(site.has("public/2025/01/02/a001/index.html"));
    site.remove("content/articles/own/a001.md");
    site.build().expect_exit(0, &["removed"]);
    assert!(!site.has("public/2025/01/02"), "with the folders that became empty");
    assert!(!site.public().values().any(|bytes| String::from_utf8_lossy(bytes).contains("第1篇")));
    let fresh = Site::copy_of(site.root());
    std::fs::remove_dir_all(fresh.path("public")).unwrap();
    fresh.build();
    assert_eq!(site.public(), fresh.public(), "as if it had never been there");
}

#[test]
fn files_of_another_hand_stay() {
    let site = many(1);
    site.build();
    site.write("public/.git/config", "mine");
    site.write("public/2025/01/01/a000/photo.jpg", "mine");
    site.write("public/themes/notes.txt", "mine");
    site.remove("content/articles/own/a000.md");
    site.build();
    for name in [".git/config", "2025/01/01/a000/photo.jpg", "themes/notes.txt"] {
        assert_eq!(site.read(&format!("public/{name}")), "mine");
    }
    assert!(!site.has("public/2025/01/01/a000/index.html"));
}

#[test]
fn a_damaged_output_is_mended() {
    let site = many(2);
    site.build();
    let before = site.public();
    site.write("public/index.html", "half a pa");
    site.remove("public/feed.xml");
    site.build().expect_exit(0, &["2 files written"]);
    assert_eq!(site.public(), before);
}

/// Killed at any moment, a build leaves whole files only, and the next one completes it.
#[test]
fn a_killed_build_is_completed_by_the_next() {
    let site = many(24);
    let whole = {
        let other = Site::copy_of(site.root());
        other.build();
        (other.public(), other.articles())
    };
    for round in 0..10u64 {
        if round % 3 == 0 {
            let _ = std::fs::remove_dir_all(site.path("public"));
        }
        site.write("content/articles/own/a000.md", article(&format!("改了{round}次"), "date = 2025-01-01\n", "改。"));
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("wenzhai"))
            .args(["build", "--full"])
            .current_dir(site.root())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(Duration::from_millis(round * round * 5));
        child.kill().unwrap();
        child.wait().unwrap();
        for (name, bytes) in site.public().iter().filter(|(name, _)| name.ends_with(".html")) {
            assert!(bytes.ends_with(b"</html>\n") || bytes.ends_with(b"</html>"), "{name} is half a page");
        }
    }
    write_files(&site.path("content/articles/own"), &{
        let mut first = Files::new();
        let text = "date = 2025-01-01\nthemes = [\"工匠\"]\npaper = \"示范工人报\"\n";
        first.insert("a000.md".to_owned(), article("第0篇", text, "手艺与传承。").into_bytes());
        first
    });
    site.build();
    assert_eq!((site.public(), site.articles()), whole);
    let leftovers: Vec<String> = read_files(site.root())
        .into_keys()
        .filter(|name| name.contains(".wenzhai-tmp-") || name.contains(".wenzhai-lock"))
        .collect();
    assert!(leftovers.is_empty(), "{leftovers:?}");
}

#[test]
fn the_output_may_lie_elsewhere() {
    let site = many(2);
    site.build();
    let elsewhere = Site::empty_folder();
    let out = elsewhere.path("deep/site");
    site.run(&["build", "-o", out.to_str().unwrap()]).expect_exit(0, &[]);
    assert_eq!(without_hidden(read_files(&out)), site.public());
    site.run(&["build", "--no-import", "-o", "dist"]).expect_exit(0, &[]);
    assert_eq!(without_hidden(read_files(&site.path("dist"))), site.public());
}

#[test]
fn without_import_pages_are_left_alone() {
    let site = Site::with_page();
    site.run(&["build", "--no-import"]).expect_exit(0, &["0 articles"]);
    assert!(!site.has("content/articles"));
}

#[test]
fn every_link_leads_somewhere() {
    let site = sample();
    site.build();
    assert_eq!(dead_links(&site.public(), "https://example.org/digest/"), Vec::<String>::new());
}

#[test]
fn every_link_leads_somewhere_below_another_address_too() {
    let site = many(30);
    site.write("content/about.md", "+++\ntitle = \"关于\"\n+++\n\n见[第三篇](articles/own/a003.md)。\n");
    for base in ["https://x.github.io/a/b/", "https://digest.example"] {
        site.run(&["build", "--base-url", base]).expect_exit(0, &[]);
        let base = format!("{}/", base.trim_end_matches('/'));
        let public = site.public();
        assert_eq!(dead_links(&public, &base), Vec::<String>::new());
        for name in ["feed.xml", "sitemap.xml", "robots.txt"] {
            let text = String::from_utf8(public[name].clone()).unwrap();
            assert!(text.contains(&base) && !text.contains("example.org/digest"), "{name}: {text}");
        }
    }
}

#[test]
fn a_long_list_has_pages_that_lead_on() {
    let site = many(50);
    site.build();
    let lists = site.public().into_keys().filter(|name| name.starts_with("themes/craft/") && name.ends_with(".html"));
    assert_eq!(lists.count(), 3, "50 and one of the page, 20 on each");
}

#[test]
fn a_site_without_articles_is_a_site() {
    let site = Site::with_settings();
    site.build().expect_exit(0, &["0 articles"]);
    assert_eq!(dead_links(&site.public(), "https://example.org/digest/"), Vec::<String>::new());
}

#[test]
fn two_imports_at_once_wait_for_each_other() {
    let site = Site::with_page();
    let spawn = |name: &str| {
        site.write(&format!("content/pages/{name}.txt"), crate::common::PAGE.replace("货车司机", name));
        Command::new(assert_cmd::cargo::cargo_bin("wenzhai")).arg("import").current_dir(site.root()).spawn().unwrap()
    };
    let children = ["公交司机", "电车司机", "火车司机"].map(spawn);
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    site.run(&["import"]).expect_exit(0, &[]);
    assert_eq!(site.articles().len(), 8);
}

#[test]
fn two_builds_at_once_do_not_undo_each_other() {
    let site = many(20);
    let spawn = || {
        Command::new(assert_cmd::cargo::cargo_bin("wenzhai"))
            .arg("build")
            .current_dir(site.root())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let ends: Vec<_> = [spawn(), spawn()].into_iter().map(|child| child.wait_with_output().unwrap()).collect();
    for end in &ends {
        let result = String::from_utf8_lossy(&end.stderr);
        assert!(end.status.success() || result.contains("error[locked]"), "{result}");
    }
    assert!(ends.iter().any(|end| end.status.success()));
    let made = site.public();
    site.build().expect_exit(0, &["0 files written"]);
    assert_eq!(site.public(), made);
}

/// Links of a built site that lead to no file, or to no place in it. `base` is where it stands.
fn dead_links(public: &Files, base: &str) -> Vec<String> {
    let ids: BTreeMap<&str, BTreeSet<String>> = public
        .iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, bytes)| {
            (name.as_str(), attributes(&String::from_utf8_lossy(bytes), &["id"]).into_iter().collect())
        })
        .collect();
    let mut dead = Vec::new();
    for (name, bytes) in public.iter().filter(|(name, _)| name.ends_with(".html") || name.ends_with(".xml")) {
        let text = String::from_utf8_lossy(bytes);
        let mut links = attributes(&text, &["href", "src"]);
        if name.ends_with(".xml") {
            links.extend(text.split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()));
        }
        assert!(name.ends_with(".xml") || !links.is_empty(), "{name} has no link at all");
        dead.extend(
            links.iter().filter(|link| !leads(public, &ids, name, link, base)).map(|link| format!("{name}: {link}")),
        );
    }
    dead
}

fn leads(public: &Files, ids: &BTreeMap<&str, BTreeSet<String>>, from: &str, link: &str, base: &str) -> bool {
    let path_of_base = &base[base.find("://").unwrap() + 3..];
    let path_of_base = &path_of_base[path_of_base.find('/').unwrap()..];
    let link = link.strip_prefix(base).map_or_else(|| link.to_owned(), |rest| format!("{path_of_base}{rest}"));
    if link.contains("://") || link.starts_with("mailto:") || link.starts_with("data:") {
        return !link.starts_with("javascript:");
    }
    let (path, fragment) = link.split_once('#').map_or((link.as_str(), None), |(path, id)| (path, Some(id)));
    let path = path.split('?').next().unwrap();
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if let Some(below) = path.strip_prefix('/') {
        let Some(below) = format!("/{below}").strip_prefix(path_of_base).map(str::to_owned) else { return false };
        return found(public, ids, &below.split('/').collect::<Vec<_>>().join("/"), fragment);
    }
    if path.is_empty() {
        return found(public, ids, from, fragment);
    }
    for part in path.split('/') {
        match part {
            ".." if parts.pop().is_none() => return false,
            "." | ".." => {}
            part => parts.push(part),
        }
    }
    let folder = path.ends_with('.') || path.ends_with('/');
    let joined = parts.join("/");
    let target = if folder && !joined.is_empty() && !joined.ends_with('/') { format!("{joined}/") } else { joined };
    found(public, ids, &target, fragment)
}

fn found(public: &Files, ids: &BTreeMap<&str, BTreeSet<String>>, target: &str, fragment: Option<&str>) -> bool {
    let file =
        if target.is_empty() || target.ends_with('/') { format!("{target}index.html") } else { target.to_owned() };
    let known = |id: &str| ids.get(file.as_str()).is_some_and(|ids| ids.contains(id));
    public.contains_key(&file) && fragment.is_none_or(|id| id.is_empty() || known(id))
}

/// The values of these attributes, entities as characters.
fn attributes(html: &str, names: &[&str]) -> Vec<String> {
    let mut values = Vec::new();
    for tag in html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
        for name in names {
            if let Some(at) = tag.find(&format!(" {name}=\"")) {
                let value = &tag[at + name.len() + 3..];
                values.push(crate::common::text_of(value.split('"').next().unwrap()));
            }
        }
    }
    values
}

#[test]
fn the_link_checker_sees_what_is_dead() {
    let mut public = Files::new();
    public.insert("index.html".to_owned(), b"<a href=\"a/#x\">1</a><a href=\"a/#y\">2</a><a href=\"/d/a/\">".to_vec());
    public.insert(
        "a/index.html".to_owned(),
        b"<p id=\"x\"><a href=\"../\"><a href=\"../..\"><img src=\"no.png\">".to_vec(),
    );
    let dead = dead_links(&public, "https://e.org/d/");
    assert_eq!(dead, ["a/index.html: ../..", "a/index.html: no.png", "index.html: a/#y"]);
}

/// The words of the interface in another language; the articles stay as they are.
#[test]
fn a_site_speaks_the_language_of_its_reader() {
    for (lang, words, day) in
        [("en", ["Themes", "Archive"], "March 18, 2025"), ("zh-Hant", ["主題", "歸檔"], "2025年3月18日")]
    {
        let site = Site::copy_of(&crate_path("tests/site"));
        site.write("site.toml", format!("lang = \"{lang}\"\ntext_lang = \"zh-Hans\"\n{}", site.read("site.toml")));
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
fn each_stage_is_told_to_whoever_asks_and_to_nobody_else() {
    let site = Site::with_page();
    let quiet = site.build();
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.lines().count()), ("", 2), "{}", quiet.stderr);
    let result = site.run(&["build", "-v", "--full"]).expect_exit(0, &["  render ", " pages ", " ms"]);
    assert_eq!(result.stdout, "");
    let json = site.run(&["build", "--json", "--full"]).expect_exit(0, &[]);
    let lines: Vec<serde_json::Value> = json.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let stages: Vec<&str> = lines.iter().filter_map(|line| line["stage"].as_str()).collect();
    assert!(["import", "read", "render", "index"].iter().all(|stage| stages.contains(stage)), "{stages:?}");
    let whole = lines.last().unwrap();
    assert_eq!((whole["command"].as_str(), whole["articles"].as_u64()), (Some("build"), Some(2)));
    assert!(lines.iter().all(|line| line["milliseconds"].as_f64().unwrap() >= 0.0));
}
