//! Publishing to a bucket: what a store ends up with, told by a client that is not ours, and what happens when the way to
//! it or the store itself fails.
//!
//! The store is moto's S3 server. `bash .ci/moto` installs it and runs these stories; `MOTO` names a Python that has it.

#![cfg(unix)]

use crate::common::publishing::{CUT_SHORT, broken_links, rounds, site_with, time_of, write_article};
use crate::common::{Files, RunResult, Site, crate_path};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What must never be seen.
const KEY: &str = "the-key-of-the-test";
const SECRET: &str = "the-secret-of-the-test";
const TOKEN: &str = "the-token-of-the-test";

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn python(args: &[&str]) -> Command {
    let python = std::env::var("MOTO").expect("MOTO names a Python with moto[server] and boto3: run bash .ci/moto");
    let mut command = Command::new(python);
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    for proxy in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        command.env_remove(proxy);
    }
    command
}

/// A store with one bucket, and boto3 to look into it.
struct Store {
    port: u16,
    _server: Running,
    _reader: Running,
    ask: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// An object as boto3 gets it.
struct Object {
    bytes: Vec<u8>,
    headers: BTreeMap<String, String>,
}

impl Store {
    fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = python(&["-m", "moto.server", "-H", "127.0.0.1", "-p", &port.to_string()]).spawn().unwrap();
        let server = Running(server);
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(started.elapsed() < Duration::from_secs(60), "moto does not start");
            sleep(Duration::from_millis(50));
        }
        let script = crate_path("tests/s3/reader.py");
        let mut reader = python(&[script.to_str().unwrap(), &port.to_string()]).spawn().unwrap();
        let (ask, output) = (reader.stdin.take().unwrap(), BufReader::new(reader.stdout.take().unwrap()));
        let mut store = Self { port, _server: server, _reader: Running(reader), ask, output };
        store.tell("make digest");
        store
    }

    fn tell(&mut self, line: &str) -> serde_json::Value {
        writeln!(self.ask, "{line}").unwrap();
        let mut answer = String::new();
        self.output.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap_or_else(|_| panic!("boto3 failed at {line}"))
    }

    /// Every object of the bucket.
    fn objects(&mut self) -> BTreeMap<String, Object> {
        let held = self.tell("held digest");
        let object = |(key, said): (&String, &serde_json::Value)| {
            let bytes = BASE64.decode(said[0].as_str().unwrap()).unwrap();
            let headers = serde_json::from_value(said[1].clone()).unwrap();
            (key.clone(), Object { bytes, headers })
        };
        held.as_object().unwrap().iter().map(object).collect()
    }

    /// What stands below the prefix, without the record, in which no secret may stand either.
    fn site(&mut self) -> Files {
        let objects = self.objects();
        if let Some(record) = objects.get("d/.wenzhai-published") {
            shows_no_secret(&String::from_utf8_lossy(&record.bytes));
        }
        let below =
            objects.into_iter().filter_map(|(key, object)| Some((key.strip_prefix("d/")?.to_owned(), object.bytes)));
        below.filter(|(path, _)| path != ".wenzhai-published").collect()
    }

    /// A site whose place to publish to is this store, reached through `port`.
    fn site_through(&self, port: u16, articles: usize, more: &str) -> Site {
        let place = "[publish.store]\nkind = \"s3\"\nbucket = \"digest\"\nprefix = \"/d\"\n";
        site_with(articles, &format!("{place}endpoint = \"http://127.0.0.1:{port}\"\n{more}"))
    }
}

/// A way to the store on which something goes wrong.
struct Way {
    port: u16,
    _proxy: Running,
}

impl Way {
    fn with(store: &Store, fault: &str) -> Self {
        let script = crate_path("tests/s3/proxy.py");
        let mut proxy = python(&[script.to_str().unwrap(), &store.port.to_string(), fault]).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(proxy.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { port: line.trim().parse().unwrap(), _proxy: Running(proxy) }
    }
}

/// The program with the keys of the test in its environment, and no others.
fn with_keys(site: &Site, args: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("wenzhai"));
    command.current_dir(site.root()).args(args).env("NO_COLOR", "1").env("HOME", site.root());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AWS_")) {
        command.env_remove(name);
    }
    command.env("AWS_ACCESS_KEY_ID", KEY).env("AWS_SECRET_ACCESS_KEY", SECRET).env("AWS_SESSION_TOKEN", TOKEN);
    command
}

fn run(site: &Site, args: &[&str]) -> RunResult {
    let result = RunResult::from_output(with_keys(site, args).output().unwrap());
    shows_no_secret(&result.stdout);
    shows_no_secret(&result.stderr);
    result
}

#[track_caller]
fn publish(site: &Site) -> RunResult {
    run(site, &["publish"]).expect_exit(0, &[])
}

#[track_caller]
fn shows_no_secret(text: &str) {
    for secret in [KEY, SECRET, TOKEN] {
        assert!(!text.contains(secret), "{text}");
    }
}

/// How many files differ.
fn differing(old: &Files, new: &Files) -> usize {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    names.into_iter().filter(|name| old.get(*name) != new.get(*name)).count()
}

#[test]
#[ignore = "needs moto: bash .ci/moto"]
fn the_bucket_comes_to_hold_the_site_and_only_what_changed_is_sent_again() {
    let mut store = Store::start();
    // through the guard, who knows a true signature
    let way = Way::with(&store, "none");
    let site = store.site_through(way.port, 12, "");
    site.write("static/图 片/a+b & c=d%20.txt", "a name that has to be encoded");
    site.write("static/large.bin", vec![7; 3 * 1024 * 1024]);
    site.build();
    run(&site, &["publish", "--dry-run"]).expect_exit(0, &["would be sent"]);
    assert!(store.objects().is_empty(), "a dry run touches nothing");
    publish(&site).expect_exit(0, &["0 unchanged, 0 removed"]);
    assert_eq!(store.site(), site.public());
    publish(&site).expect_exit(0, &["0 files sent"]);

    let old = site.public();
    write_article(&site, 5, "手艺改了一个字。");
    site.build();
    let changed = differing(&old, &site.public());
    assert!(changed > 0 && changed < old.len() / 2, "{changed}");
    publish(&site).expect_exit(0, &[&format!("{changed} files sent")]);
    assert_eq!(store.site(), site.public());

    store.tell("put digest d/by-hand.html hello");
    store.tell("put digest elsewhere/x.html hello");
    site.remove("content/articles/own/a003.md");
    site.build();
    publish(&site).expect_exit(0, &["removed"]);
    let mut there = store.site();
    assert!(there.remove("by-hand.html").is_some(), "what others put there stays");
    assert_eq!(there, site.public());
    assert!(store.objects().contains_key("elsewhere/x.html"));
}

#[test]
#[ignore = "needs moto: bash .ci/moto"]
fn a_record_that_is_lost_or_a_file_that_somebody_changed_is_made_good_by_looking() {
    let mut store = Store::start();
    let site = store.site_through(store.port, 6, "");
    publish(&site);
    store.tell("put digest d/index.html x");
    store.tell("remove digest d/themes/index.html");
    publish(&site).expect_exit(0, &["2 files sent"]);
    store.tell("remove digest d/.wenzhai-published");
    run(&site, &["publish"]).expect_exit(1, &["not-empty"]);
    run(&site, &["publish", "--yes"]).expect_exit(0, &["0 files sent"]);
    assert_eq!(store.site(), site.public());
    // the same bytes under other headers are not the same
    store.tell("remove digest d/.wenzhai-published");
    let bytes = site.read("public/robots.txt").replace('\n', "");
    site.write("static/note.txt", &bytes);
    site.build();
    run(&site, &["publish", "--yes"]).expect_exit(0, &["1 files sent"]);
    store.tell("remove digest d/.wenzhai-published");
    store.tell(&format!("put digest d/note.txt {bytes}"));
    run(&site, &["publish", "--yes"]).expect_exit(0, &["1 files sent"]);
}

#[test]
#[ignore = "needs moto: bash .ci/moto"]
fn files_have_type_and_lifetime_and_are_packed_where_the_settings_say_so() {
    let mut store = Store::start();
    let site = store.site_through(store.port, 2, "gzip = true\n");
    site.write("static/photo-0a1b2c3d4e.jpg", "no picture");
    site.build();
    publish(&site);
    let objects = store.objects();
    let header = |path: &str, name: &str| objects[&format!("d/{path}")].headers.get(name).cloned().unwrap_or_default();
    assert_eq!(header("index.html", "content-type"), "text/html; charset=utf-8");
    assert_eq!(header("index.html", "cache-control"), "public, max-age=300");
    assert_eq!(header("photo-0a1b2c3d4e.jpg", "cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(header("style.css", "content-encoding"), "gzip");
    assert_eq!(header("photo-0a1b2c3d4e.jpg", "content-encoding"), "");
    let packed = &objects["d/style.css"].bytes;
    assert_eq!(packed[..2], [0x1f, 0x8b]);
    assert!(packed.len() < site.read("public/style.css").len());

    publish(&site).expect_exit(0, &["0 files sent"]);
    let settings = site.read("site.toml");
    site.write("site.toml", format!("{settings}[headers]\nassets = \"no-cache\"\n"));
    publish(&site).expect_without("0 files sent");
    let objects = store.objects();
    assert_eq!(objects["d/style.css"].headers["cache-control"], "no-cache", "other settings reach what is there");
    assert_eq!(objects["d/index.html"].headers["cache-control"], "public, max-age=300");
    site.write("site.toml", settings.replace("gzip = true", "gzip = false"));
    publish(&site);
    assert_eq!(store.site(), site.public());
}

#[test]
#[ignore = "needs moto: bash .ci/moto"]
fn a_list_of_many_pages_is_read_whole_and_many_files_are_removed() {
    let mut store = Store::start();
    let site = store.site_through(store.port, 2, "");
    for at in 0..2100 {
        site.write(&format!("static/many/{at}.txt"), format!("{at}"));
    }
    site.build();
    publish(&site);
    publish(&site).expect_exit(0, &["0 files sent"]);
    assert_eq!(store.site(), site.public());
    for at in 0..2100 {
        site.remove(&format!("static/many/{at}.txt"));
    }
    site.build();
    run(&site, &["publish"]).expect_exit(1, &["many-removals"]);
    run(&site, &["publish", "--yes"]).expect_exit(0, &["2100 removed"]);
    assert_eq!(store.site(), site.public());
}

#[test]
#[ignore = "needs moto: bash .ci/moto"]
fn what_goes_wrong_in_passing_is_made_good() {
    for fault in ["500", "503", "cut-before", "cut-after", "etag", "garbled"] {
        let mut store = Store::start();
        let way = Way::with(&store, fault);
        let site = store.site_through(way.port, 3, "");
        run(&site, &["publish"]).expect_exit(0, &["files sent"]);
        assert_eq!(store.site(), site.public(), "{fault}");
    }
}

#[test]
#[ignore = "needs moto: bash .ci/moto"]
fn what_goes_wrong_for_good_says_what_to_do() {
    let cases = [
        ("always-403", "store-denied", "s3:PutObject on the bucket digest"),
        ("always-full", "store-full", "make room"),
        ("always-skewed", "store-clock", "clock"),
        ("always-500", "store-busy", "run the command again later"),
    ];
    for (fault, code, hint) in cases {
        let mut store = Store::start();
        let way = Way::with(&store, fault);
        let site = store.site_through(way.port, 1, "parallel = 4\n");
        run(&site, &["publish"]).expect_exit(1, &[code, hint]);
        assert!(store.site().is_empty(), "{fault}");
    }
}

#[test]
#[ignore = "needs moto: bash .ci/moto"]
fn a_wrong_place_or_missing_keys_say_what_to_do() {
    let store = Store::start();
    let site = store.site_through(store.port, 1, "");
    let settings = site.read("site.toml");
    site.edit("site.toml", "\"digest\"", "\"another\"");
    run(&site, &["publish"]).expect_exit(1, &["store-bucket", "make the bucket another"]);
    site.write("site.toml", settings.replace(&format!(":{}", store.port), ":1"));
    run(&site, &["publish"]).expect_exit(1, &["store-unreachable", "is the store running?"]);
    site.write("site.toml", &settings);
    let mut without = with_keys(&site, &["publish"]);
    let result = RunResult::from_output(without.env_remove("AWS_ACCESS_KEY_ID").output().unwrap())
        .expect_exit(2, &["AWS_ACCESS_KEY_ID is not"]);
    shows_no_secret(&result.stderr);
    let profile = format!("[work]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n");
    site.write(".aws/credentials", profile);
    site.write("site.toml", format!("{settings}profile = \"work\"\n"));
    let mut by_profile = with_keys(&site, &["publish"]);
    by_profile.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    RunResult::from_output(by_profile.output().unwrap()).expect_exit(0, &["files sent"]);
    let wrong = [
        ("secret_access_key = \"the-secret-of-the-test\"", "secret-in-settings"),
        ("endpoint = \"https://a:the-secret-of-the-test@b\"", "bad-target"),
    ];
    for (line, code) in wrong {
        site.write(
            "site.toml",
            settings.replace("endpoint =", "url =").replace("bucket =", &format!("{line}\nbucket =")),
        );
        run(&site, &["publish"]).expect_exit(2, &[code]);
    }
    // the guard of the other stories knows a false signature
    let way = Way::with(&store, "none");
    site.write("site.toml", settings.replace(&format!(":{}", store.port), &format!(":{}", way.port)));
    let mut forged = with_keys(&site, &["publish"]);
    RunResult::from_output(forged.env("AWS_SECRET_ACCESS_KEY", "another").output().unwrap())
        .expect_exit(1, &["copy the secret key again"]);
}

/// Another state of the site: some articles gone, some new, some changed.
fn change(site: &Site, round: usize) {
    for at in 0..24 {
        let path = format!("content/articles/own/a{at:03}.md");
        match (at + round) % 5 {
            0 if site.has(&path) => site.remove(&path),
            0 | 1 => write_article(site, at, &format!("第{round}次修改。")),
            _ => {}
        }
    }
    site.build();
}

/// Begins a publish and ends it with SIGKILL after a while; whether it was still running.
fn kill_after(site: &Site, after: Duration) -> bool {
    let mut command = with_keys(site, &["publish", "--yes"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    let mut child = command.spawn().unwrap();
    sleep(after);
    let was_running = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    was_running
}

#[test]
#[ignore = "needs moto: bash .ci/moto"]
fn killed_at_any_moment_no_page_links_to_a_missing_one_and_the_next_publish_goes_on() {
    let mut store = Store::start();
    let site = store.site_through(store.port, 24, "");
    let whole = time_of(|| drop(publish(&site)));
    assert_eq!(broken_links(&site.public()), BTreeSet::new(), "the site itself is whole");
    let mut cut_short = 0;
    for (round, after) in rounds(whole) {
        if round >= 20 && cut_short >= CUT_SHORT {
            break;
        }
        if round % 4 == 0 {
            // as if for the first time
            store = Store::start();
            site.edit("site.toml", "endpoint", &format!("endpoint = \"http://127.0.0.1:{}\" #", store.port));
        } else {
            change(&site, round);
        }
        let was_running = kill_after(&site, after);
        let there = store.site();
        assert_eq!(broken_links(&there), BTreeSet::new(), "round {round}, killed after {after:?}");
        cut_short += usize::from(was_running && there != site.public() && !there.is_empty());
        run(&site, &["publish", "--yes"]).expect_exit(0, &[]);
        assert_eq!(store.site(), site.public(), "round {round}");
    }
    assert!(cut_short >= CUT_SHORT, "{cut_short} were cut short in the middle");
}
