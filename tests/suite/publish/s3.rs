//! Publishing to a bucket: what the store has in the end, read by another client (boto3), and what happens when a request fails.
//!
//! The store is moto's S3 server. `bash .ci/moto` installs it and runs these tests; `MOTO` names a Python that has it.

#![cfg(unix)]

use crate::common::files::{Files, crate_path, differing};
use crate::common::html::links_without_file;
use crate::common::process::{ChildGuard, free_port, program, wait_for_port};
use crate::common::publishing::{INTERRUPTED, change_some, duration_of, kill_after, rounds, site_with, write_article};
use crate::common::site::{BASE_URL, RunResult, Site};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};

/// Credentials, none of which may ever be printed or stored.
const KEY: &str = "the-key-of-the-test";
const SECRET: &str = "the-secret-of-the-test";
const TOKEN: &str = "the-token-of-the-test";

fn python(args: &[&str]) -> Command {
    let python = std::env::var("MOTO").expect("MOTO names a Python with moto[server] and boto3: run bash .ci/moto");
    let mut command = Command::new(python);
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    for proxy in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        command.env_remove(proxy);
    }
    command
}

/// A store with one bucket, and a boto3 client to inspect it.
struct Store {
    port: u16,
    _server: ChildGuard,
    _client: ChildGuard,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// An object as boto3 gets it.
struct Object {
    bytes: Vec<u8>,
    headers: BTreeMap<String, String>,
}

impl Store {
    fn start() -> Self {
        let port = free_port();
        let server = python(&["-m", "moto.server", "-H", "127.0.0.1", "-p", &port.to_string()]).spawn().unwrap();
        let server = ChildGuard(server);
        wait_for_port(port, "moto");
        let script = crate_path("tests/s3/client.py");
        let mut client = python(&[script.to_str().unwrap(), &port.to_string()]).spawn().unwrap();
        let (input, output) = (client.stdin.take().unwrap(), BufReader::new(client.stdout.take().unwrap()));
        let mut store = Self { port, _server: server, _client: ChildGuard(client), input, output };
        store.client("make digest");
        store
    }

    /// Sends a command to the boto3 client; returns its response.
    fn client(&mut self, command: &str) -> serde_json::Value {
        writeln!(self.input, "{command}").unwrap();
        let mut response = String::new();
        self.output.read_line(&mut response).unwrap();
        serde_json::from_str(&response).unwrap_or_else(|_| panic!("boto3 failed at {command}"))
    }

    /// Every object of the bucket.
    fn objects(&mut self) -> BTreeMap<String, Object> {
        let listed = self.client("list digest");
        let object = |(key, listed): (&String, &serde_json::Value)| {
            let bytes = BASE64.decode(listed[0].as_str().unwrap()).unwrap();
            let headers = serde_json::from_value(listed[1].clone()).unwrap();
            (key.clone(), Object { bytes, headers })
        };
        listed.as_object().unwrap().iter().map(object).collect()
    }

    /// The files below the prefix, without the record of what was published, which may contain no secret either.
    fn site(&mut self) -> Files {
        let objects = self.objects();
        if let Some(record) = objects.get("d/.wenzhai-published") {
            assert_no_secret(&String::from_utf8_lossy(&record.bytes));
        }
        let below =
            objects.into_iter().filter_map(|(key, object)| Some((key.strip_prefix("d/")?.to_owned(), object.bytes)));
        below.filter(|(path, _)| path != ".wenzhai-published").collect()
    }

    /// A site whose target is this store, reached through `port`.
    fn site_through(&self, port: u16, articles: usize, more: &str) -> Site {
        let target = "[publish.store]\nkind = \"s3\"\nbucket = \"digest\"\nprefix = \"/d\"\n";
        site_with(articles, &format!("{target}endpoint = \"http://127.0.0.1:{port}\"\n{more}"))
    }
}

/// A proxy before the store that injects faults and checks signatures.
struct FaultyProxy {
    port: u16,
    _process: ChildGuard,
}

impl FaultyProxy {
    fn start(store: &Store, fault: &str) -> Self {
        let script = crate_path("tests/s3/proxy.py");
        let mut proxy = python(&[script.to_str().unwrap(), &store.port.to_string(), fault]).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(proxy.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { port: line.trim().parse().unwrap(), _process: ChildGuard(proxy) }
    }
}

/// The program with the credentials of the test in its environment, and no others.
fn with_keys(site: &Site, args: &[&str]) -> Command {
    let mut command = program();
    command.current_dir(site.root()).args(args).env("NO_COLOR", "1").env("HOME", site.root());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AWS_")) {
        command.env_remove(name);
    }
    command.env("AWS_ACCESS_KEY_ID", KEY).env("AWS_SECRET_ACCESS_KEY", SECRET).env("AWS_SESSION_TOKEN", TOKEN);
    command
}

fn run(site: &Site, args: &[&str]) -> RunResult {
    let result = RunResult::from_output(with_keys(site, args).output().unwrap());
    assert_no_secret(&result.stdout);
    assert_no_secret(&result.stderr);
    result
}

#[track_caller]
fn publish(site: &Site) -> RunResult {
    run(site, &["publish"]).expect_exit(0, &[])
}

#[track_caller]
fn assert_no_secret(text: &str) {
    for secret in [KEY, SECRET, TOKEN] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[test]
#[ignore = "needs moto: bash .ci/moto"]
fn the_bucket_becomes_the_site_and_only_changes_are_sent_again() {
    let mut store = Store::start();
    // the proxy checks signatures
    let proxy = FaultyProxy::start(&store, "none");
    let site = store.site_through(proxy.port, 12, "");
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
    let changed = differing(&old, &site.public()).len();
    assert!(changed > 0 && changed < old.len() / 2, "{changed}");
    publish(&site).expect_exit(0, &[&format!("{changed} files sent")]);
    assert_eq!(store.site(), site.public());

    store.client("put digest d/by-hand.html hello");
    store.client("put digest elsewhere/x.html hello");
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
fn a_lost_record_and_changed_files_are_corrected_from_what_the_bucket_contains() {
    let mut store = Store::start();
    let site = store.site_through(store.port, 6, "");
    publish(&site);
    store.client("put digest d/index.html x");
    store.client("remove digest d/themes/index.html");
    publish(&site).expect_exit(0, &["2 files sent"]);
    store.client("remove digest d/.wenzhai-published");
    run(&site, &["publish"]).expect_exit(1, &["not-empty"]);
    run(&site, &["publish", "--yes"]).expect_exit(0, &["0 files sent"]);
    assert_eq!(store.site(), site.public());
    // the same bytes under other headers are not the same
    store.client("remove digest d/.wenzhai-published");
    let bytes = site.read("public/robots.txt").replace('\n', "");
    site.write("static/note.txt", &bytes);
    site.build();
    run(&site, &["publish", "--yes"]).expect_exit(0, &["1 files sent"]);
    store.client("remove digest d/.wenzhai-published");
    store.client(&format!("put digest d/note.txt {bytes}"));
    run(&site, &["publish", "--yes"]).expect_exit(0, &["1 files sent"]);
}

#[test]
#[ignore = "needs moto: bash .ci/moto"]
fn objects_have_content_type_and_cache_control_and_are_compressed_where_settings_say_so() {
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
    let compressed = &objects["d/style.css"].bytes;
    assert_eq!(compressed[..2], [0x1f, 0x8b]);
    assert!(compressed.len() < site.read("public/style.css").len());

    publish(&site).expect_exit(0, &["0 files sent"]);
    let settings = site.read("site.toml");
    site.write("site.toml", format!("{settings}[headers]\nassets = \"no-cache\"\n"));
    publish(&site).expect_without("0 files sent");
    let objects = store.objects();
    assert_eq!(
        objects["d/style.css"].headers["cache-control"], "no-cache",
        "changed headers are sent for unchanged files"
    );
    assert_eq!(objects["d/index.html"].headers["cache-control"], "public, max-age=300");
    site.write("site.toml", settings.replace("gzip = true", "gzip = false"));
    publish(&site);
    assert_eq!(store.site(), site.public());
}

#[test]
#[ignore = "needs moto: bash .ci/moto"]
fn a_listing_of_many_pages_is_read_completely_and_many_files_are_removed() {
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
fn transient_errors_are_retried() {
    for fault in ["500", "503", "cut-before", "cut-after", "etag", "garbled"] {
        let mut store = Store::start();
        let proxy = FaultyProxy::start(&store, fault);
        let site = store.site_through(proxy.port, 3, "");
        run(&site, &["publish"]).expect_exit(0, &["files sent"]);
        assert_eq!(store.site(), site.public(), "{fault}");
    }
}

#[test]
#[ignore = "needs moto: bash .ci/moto"]
fn permanent_errors_have_a_hint() {
    let cases = [
        ("always-403", "store-denied", "s3:PutObject on the bucket digest"),
        ("always-full", "store-full", "free space"),
        ("always-skewed", "store-clock", "clock"),
        ("always-500", "store-busy", "run the command again later"),
    ];
    for (fault, code, hint) in cases {
        let mut store = Store::start();
        let proxy = FaultyProxy::start(&store, fault);
        let site = store.site_through(proxy.port, 1, "parallel = 4\n");
        run(&site, &["publish"]).expect_exit(1, &[code, hint]);
        assert!(store.site().is_empty(), "{fault}");
    }
}

#[test]
#[ignore = "needs moto: bash .ci/moto"]
fn wrong_endpoints_and_missing_credentials_have_a_hint() {
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
    assert_no_secret(&result.stderr);
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
    // the proxy recognises a wrong signature
    let proxy = FaultyProxy::start(&store, "none");
    site.write("site.toml", settings.replace(&format!(":{}", store.port), &format!(":{}", proxy.port)));
    let mut forged = with_keys(&site, &["publish"]);
    RunResult::from_output(forged.env("AWS_SECRET_ACCESS_KEY", "another").output().unwrap())
        .expect_exit(1, &["copy the secret key again"]);
}

#[test]
#[ignore = "needs moto: bash .ci/moto"]
fn killed_at_any_moment_no_page_links_to_a_missing_one_and_the_next_publish_goes_on() {
    let mut store = Store::start();
    let site = store.site_through(store.port, 24, "");
    let whole = duration_of(|| drop(publish(&site)));
    assert_eq!(links_without_file(&site.public(), BASE_URL), BTreeSet::new(), "the site itself is whole");
    let mut interrupted = 0;
    for (round, after) in rounds(whole) {
        if round >= 20 && interrupted >= INTERRUPTED {
            break;
        }
        if round % 4 == 0 {
            // as if for the first time
            store = Store::start();
            site.edit("site.toml", "endpoint", &format!("endpoint = \"http://127.0.0.1:{}\" #", store.port));
        } else {
            change_some(&site, 24, round);
        }
        let was_running = kill_after(with_keys(&site, &["publish", "--yes"]), after);
        let there = store.site();
        assert_eq!(links_without_file(&there, BASE_URL), BTreeSet::new(), "round {round}, killed after {after:?}");
        interrupted += usize::from(was_running && there != site.public() && !there.is_empty());
        run(&site, &["publish", "--yes"]).expect_exit(0, &[]);
        assert_eq!(store.site(), site.public(), "round {round}");
    }
    assert!(interrupted >= INTERRUPTED, "{interrupted} publishes were interrupted in the middle");
}
