//! Incremental builds: the output is that of a full build, byte for byte, and only what changed is rendered again.
//!
//! The library is called in this process, so that hundreds of builds take seconds.

use crate::common::files::{crate_path, read_files, without_hidden};
use crate::common::random::proptest_config;
use crate::common::site::{PAGE, SETTINGS, Site, article};
use proptest::prelude::*;
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};
use wenzhai::pipeline::build::folder::BuildReport;
use wenzhai::pipeline::builder::builder::Builder;
use wenzhai::pipeline::options::BuildOptions;

fn build(site: &Site, options: &BuildOptions, out: &str) -> BuildReport {
    Builder::new(site.root()).build(options, &site.path(out)).unwrap_or_else(|error| panic!("{error}"))
}

fn build_again(site: &Site) -> BuildReport {
    build(site, &BuildOptions::default(), "public")
}

fn build_in_full(site: &Site) -> BuildReport {
    build(site, &BuildOptions { full: true, ..BuildOptions::default() }, "public")
}

fn assert_as_full_build(site: &Site) {
    let full = BuildOptions { full: true, no_import: true, ..BuildOptions::default() };
    assert_output_of(site, &full);
}

/// Fails unless the output folder is what a build with these options writes to a new one.
#[track_caller]
fn assert_output_of(site: &Site, options: &BuildOptions) {
    let _ = fs::remove_dir_all(site.path("other"));
    build(site, options, "other");
    let (made, expected) = (site.public(), without_hidden(read_files(&site.path("other"))));
    let obsolete: Vec<&String> = made.keys().filter(|name| !expected.contains_key(*name)).collect();
    let missing: Vec<&String> = expected.keys().filter(|name| !made.contains_key(*name)).collect();
    assert!(obsolete.is_empty() && missing.is_empty(), "{obsolete:?} should not exist, {missing:?} should");
    for (name, bytes) in &made {
        assert!(bytes == &expected[name], "{name} differs from that of a full build");
    }
}

fn small_site() -> Site {
    let site = Site::with_page_in_memory();
    for at in 0..6 {
        site.write(&article_file(at), article_text(at, 0));
    }
    site.write("content/about.md", "+++\ntitle = \"关于\"\n+++\n\n见[第一篇](articles/own/a0.md)。\n");
    site.write("static/own.txt", "甲");
    site
}

/// At the end of site.toml: each year is a shard.
const IN_SHARDS: &str = "\n[content]\nshards = \"years\"\n";

/// The same site with articles of three years, and in shards.
fn small_site_in_shards() -> Site {
    let site = small_site();
    site.write("site.toml", format!("{SETTINGS}{IN_SHARDS}"));
    for at in 0..6 {
        apply(&site, &Edit::Write(at, at));
    }
    site
}

fn is_in_shards(site: &Site) -> bool {
    site.read("site.toml").ends_with(IN_SHARDS)
}

fn article_file(at: u8) -> String {
    format!("content/articles/own/a{at}.md")
}

/// An article in one of many states.
fn article_text(at: u8, state: u8) -> String {
    let themes = ["[\"工匠\"]", "[\"工会服务\", \"工匠\"]", "[]"][usize::from(state / 3 % 3)];
    let day = (at % 4) * 3 + state % 3 + 1;
    let draft = if state % 11 == 7 { "draft = true\n" } else { "" };
    let paper = if state % 5 == 4 { "沿江晚报" } else { "示范工人报" };
    let byline = ["", "byline = \"本报记者 林见青\"\n", "byline = \"见习记者 林见青\"\n"][usize::from(state / 9 % 3)];
    let front = format!("{byline}date = 2025-03-{day:02}\nthemes = {themes}\npaper = \"{paper}\"\npage = 1\n{draft}");
    let body = format!(
        "手艺与传承，第{state}稿。见[另一篇](a{}.md)。\n\n{}",
        state % 9,
        "驿站里有热水。".repeat(usize::from(state % 4))
    );
    article(&format!("第{at}篇{}", ["", "（改）", "（再改）"][usize::from(state % 3)]), &front, &body)
}

/// A change that a person or a tool makes to a site.
#[derive(Debug, Clone)]
enum Edit {
    Write(u8, u8),
    /// text appended, removed at the end, or (with `^`) put before the first word
    Body(u8, &'static str),
    /// a change that leaves length and time stamp as they are
    SameStamp(u8, char),
    Remove(u8),
    Rename(u8, u8),
    Touch(u8),
    Template(&'static str, u8),
    RemoveTemplate(&'static str),
    Static(u8),
    RemoveStatic,
    Setting(u8),
    PlainPage(u8),
    Page(u8),
    RemovePage,
    DamageOutput(u8),
    RemoveOutput(u8),
    DamageCache,
    Build,
}

fn edit() -> impl Strategy<Value = Edit> {
    let template = || prop::sample::select(vec!["parts/story.html", "base.html", "theme.html", "feed.xml"]);
    prop_oneof![
        8 => (0..12u8, 0..40u8).prop_map(|(at, state)| Edit::Write(at, state)),
        6 => (0..6u8, prop::sample::select(vec!["又", "及：补白一句。", "", "^先"])).prop_map(|(at, more)| Edit::Body(at, more)),
        3 => (0..12u8, prop::sample::select(vec!['甲', '乙', '丙'])).prop_map(|(at, c)| Edit::SameStamp(at, c)),
        2 => (0..12u8).prop_map(Edit::Remove),
        2 => (0..12u8, 0..12u8).prop_map(|(from, to)| Edit::Rename(from, to)),
        2 => (0..12u8).prop_map(Edit::Touch),
        2 => (template(), 0..3u8).prop_map(|(name, state)| Edit::Template(name, state)),
        1 => template().prop_map(Edit::RemoveTemplate),
        1 => (0..3u8).prop_map(Edit::Static),
        1 => Just(Edit::RemoveStatic),
        2 => (0..7u8).prop_map(Edit::Setting),
        1 => (0..3u8).prop_map(Edit::PlainPage),
        1 => (0..3u8).prop_map(Edit::Page),
        1 => Just(Edit::RemovePage),
        1 => any::<u8>().prop_map(Edit::DamageOutput),
        1 => any::<u8>().prop_map(Edit::RemoveOutput),
        1 => Just(Edit::DamageCache),
        6 => Just(Edit::Build),
    ]
}

/// The article with another body under the same front matter.
fn with_changed_body(article: &str, more: &str) -> String {
    let (front, body) = article.rsplit_once("+++\n").unwrap();
    let body = body.trim_end();
    let body = match (more.strip_prefix('^'), more) {
        (Some(first), _) => format!("\n{first}{}", body.trim_start()),
        (None, "") => body.rsplit_once('。').map_or(body, |(before, _)| before).to_owned(),
        (None, more) => format!("{body}{more}"),
    };
    format!("{front}+++\n{body}\n")
}

fn apply(site: &Site, edit: &Edit) {
    let exists = |at: &u8| site.has(&article_file(*at));
    match edit {
        Edit::Write(at, state) => {
            let year = if is_in_shards(site) { 2023 + u16::from(state / 2 % 3) } else { 2025 };
            let text = article_text(*at, *state).replace("date = 2025", &format!("date = {year}"));
            site.write(&article_file(*at), if year == 2023 && state % 5 == 0 { undated(&text) } else { text });
        }
        Edit::Body(at, more) if exists(at) => {
            site.write(&article_file(*at), with_changed_body(&site.read(&article_file(*at)), more));
        }
        Edit::SameStamp(at, c) if exists(at) => replace_with_same_stamp(&site.path(&article_file(*at)), *c),
        Edit::Remove(at) if exists(at) => site.remove(&article_file(*at)),
        Edit::Rename(from, to) if exists(from) => {
            fs::rename(site.path(&article_file(*from)), site.path(&article_file(*to))).unwrap();
        }
        Edit::Touch(at) if exists(at) => set_time(&site.path(&article_file(*at)), SystemTime::now()),
        Edit::Template(name, state) => {
            let own = fs::read_to_string(crate_path(&format!("templates/{name}"))).unwrap();
            let more = "<!-- 改 -->".repeat((*state).into());
            let changed = match own.contains("</h1>") {
                true => own.replacen("</h1>", &format!("{more}</h1>"), 1),
                false => own + &more,
            };
            site.write(&format!("templates/{name}"), changed);
        }
        Edit::RemoveTemplate(name) => drop(fs::remove_file(site.path(&format!("templates/{name}")))),
        Edit::Static(state) => site.write("static/own.txt", format!("{state}")),
        Edit::RemoveStatic => drop(fs::remove_file(site.path("static/own.txt"))),
        Edit::Setting(state) => {
            let more = [
                "",
                "page_size = 2\n",
                "feed_size = 1\n",
                "description = \"改\"\n",
                "twins = { formats = [\"markdown\", \"json\", \"bibtex\", \"ris\"] }\n",
                "search = { enabled = false }\n",
                "articles = \"excerpt\"\n",
            ];
            let shards = if is_in_shards(site) { IN_SHARDS } else { "" };
            site.write("site.toml", format!("{}{SETTINGS}{shards}", more[usize::from(*state)]));
        }
        Edit::PlainPage(state) => {
            site.write(
                "content/about.md",
                format!("+++\ntitle = \"关于{state}\"\n+++\n\n见[一篇](articles/own/a{state}.md)。\n"),
            );
        }
        Edit::Page(state) => site.write("content/pages/a.txt", PAGE.replace("十二个", &format!("{}个", state + 2))),
        Edit::RemovePage => drop(fs::remove_file(site.path("content/pages/a.txt"))),
        Edit::DamageOutput(which) => change_output(site, *which, |path| fs::write(path, "half a pa").unwrap()),
        Edit::RemoveOutput(which) => change_output(site, *which, |path| fs::remove_file(path).unwrap()),
        Edit::DamageCache => {
            for (name, bytes) in without_hidden(read_files(&site.path(".wenzhai"))) {
                fs::write(site.path(".wenzhai").join(name), &bytes[..bytes.len() * 2 / 3]).unwrap();
            }
        }
        _ => {}
    }
}

fn undated(article: &str) -> String {
    article.lines().filter(|line| !line.starts_with("date = ")).map(|line| format!("{line}\n")).collect()
}

/// Replaces a character by one of the same length, and restores the time stamp of the file.
fn replace_with_same_stamp(path: &Path, c: char) {
    let time = fs::metadata(path).unwrap().modified().unwrap();
    let text = fs::read_to_string(path).unwrap();
    let changed = text.replacen(['手', '甲', '乙', '丙'], &c.to_string(), 1);
    assert_eq!(changed.len(), text.len());
    fs::write(path, changed).unwrap();
    set_time(path, time);
}

fn set_time(path: &Path, time: SystemTime) {
    File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

fn change_output(site: &Site, which: u8, change: impl Fn(&Path)) {
    let names: Vec<String> = site.public().into_keys().collect();
    if !names.is_empty() {
        change(&site.path("public").join(&names[usize::from(which) % names.len()]));
    }
}

/// Builds a site after edits, and fails unless each output is that of a full build.
fn assert_as_full_builds(site: &Site, edits: &[Edit]) {
    build_again(site);
    for edit in edits {
        apply(site, edit);
        if matches!(edit, Edit::Build) {
            build_again(site);
            assert_as_full_build(site);
        }
    }
    build_again(site);
    assert_as_full_build(site);
    // and once more, without changes
    let written = build_again(site).written;
    assert_eq!((written.written, written.removed), (0, 0));
    assert_as_full_build(site);
}

proptest! {
    #![proptest_config(proptest_config(200))]
    #[test]
    fn after_any_sequence_of_edits_a_build_is_as_a_full_build(edits in prop::collection::vec(edit(), 1..10)) {
        assert_as_full_builds(&small_site(), &edits);
    }
}

proptest! {
    #![proptest_config(proptest_config(24))]
    #[test]
    fn after_any_sequence_of_edits_a_build_in_shards_is_as_a_full_build(edits in prop::collection::vec(edit(), 1..10)) {
        assert_as_full_builds(&small_site_in_shards(), &edits);
    }
}

#[test]
fn only_pages_that_show_a_change_are_rendered_again() {
    let site = small_site();
    build_again(&site);
    let count = build_again(&site).written.unchanged;
    site.edit(&article_file(0), "手艺与传承", "传承与手艺");
    let written = build_again(&site).written;
    // its page and other forms, and the pages with its excerpt; not all
    assert!(written.written > 0 && written.written < count / 2, "{written:?} of {count}");
    site.write("templates/404.html", "没有这一页");
    assert_eq!(build_again(&site).written.written, 1);
    site.write("static/own.txt", "乙");
    assert_eq!(build_again(&site).written.written, 1);
    assert_as_full_build(&site);
}

#[test]
fn after_the_edit_of_a_body_only_pages_that_read_it_are_checked() {
    let site = small_site();
    site.write("templates/article.html", "{{ article.title }} {{ body | safe }} {{ newer.excerpt }}");
    // pages for programs are compared too
    let all = build_again(&site).compared;
    assert!(all > build_in_full(&site).pages);
    site.edit(&article_file(0), "手艺与传承", "传承与手艺");
    let built = build_again(&site);
    assert!(built.compared > 0 && built.compared < all / 2, "{} of {all}", built.compared);
    // a headline is shown wherever the article is, and determines its order and its address
    site.edit(&article_file(0), "title = \"", "title = \"又");
    let built = build_again(&site);
    assert_eq!(built.compared, all);
    assert_as_full_build(&site);
}

#[test]
fn a_changed_byline_is_seen_though_nothing_else_of_its_article_changed() {
    let site = small_site();
    site.edit(&article_file(0), "authors = []", "authors = [\"林见青\"]\nbyline = \"本报驻某省记者 林见青\"");
    build_again(&site);
    for (from, to) in [("某省", "他省"), ("本报驻他省记者 ", "见习记者 "), ("byline = \"见习记者 林见青\"\n", "")]
    {
        site.edit(&article_file(0), from, to);
        let written = build_again(&site).written;
        assert_eq!(written.written, 1, "its page: {written:?}");
        assert_as_full_build(&site);
    }
}

#[test]
fn a_file_that_is_touched_or_rewritten_unchanged_changes_nothing() {
    let site = small_site();
    build_again(&site);
    set_time(&site.path(&article_file(1)), SystemTime::now() + Duration::from_secs(7));
    site.write(&article_file(2), article_text(2, 0));
    assert_eq!(build_again(&site).written.written, 0);
    assert_as_full_build(&site);
}

#[test]
fn builds_with_different_options_do_not_mix() {
    let site = small_site();
    site.write(&article_file(3), article_text(3, 7));
    let drafts = BuildOptions { drafts: true, ..BuildOptions::default() };
    let elsewhere = BuildOptions { base_url: Some("https://example.net/x/".to_owned()), ..BuildOptions::default() };
    for options in [BuildOptions::default(), drafts, elsewhere, BuildOptions::default()] {
        for _ in 0..2 {
            build(&site, &options, "public");
            assert_output_of(&site, &BuildOptions { full: true, ..options.clone() });
        }
    }
    let (one, two) = (site.public(), site.path("two"));
    build(&site, &BuildOptions::default(), "two");
    assert_eq!(one, without_hidden(read_files(&two)));
}

#[test]
fn an_error_is_reported_until_it_is_corrected() {
    let site = small_site();
    build_again(&site);
    site.write(&article_file(4), "no front matter");
    for _ in 0..3 {
        assert_eq!(build_again(&site).diagnostics.len(), 1);
    }
    site.write("templates/month.html", "{{ nothing_of_this_name }}");
    for _ in 0..2 {
        assert_eq!(build_again(&site).diagnostics.len(), 2);
    }
    site.remove("templates/month.html");
    site.write(&article_file(4), article_text(4, 1));
    assert!(build_again(&site).diagnostics.is_empty());
    assert_as_full_build(&site);
}
