//! `wenzhai check --external`: links to other sites, asked of a server on this machine.

use crate::common::process::free_port;
use crate::common::site::{Site, article};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A site elsewhere, for as long as the test runs.
struct OtherSite {
    port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

impl OtherSite {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests: Arc<Mutex<Vec<String>>> = Arc::default();
        let log = requests.clone();
        std::thread::spawn(move || listener.incoming().for_each(|stream| answer(&stream.unwrap(), &log)));
        Self { port, requests }
    }

    fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The requests since the last call, sorted.
    fn requests(&self) -> Vec<String> {
        let mut requests = std::mem::take(&mut *self.requests.lock().unwrap());
        requests.sort();
        requests
    }
}

/// Answers one request by its method and path.
fn answer(mut stream: &TcpStream, log: &Mutex<Vec<String>>) {
    let lines = BufReader::new(stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    let head: Vec<String> = lines.collect();
    let Some(request) = head.first().map(|line| line.trim_end_matches(" HTTP/1.1").to_owned()) else { return };
    assert!(
        head.iter().any(|line| line.to_lowercase().starts_with("user-agent:") && line.contains("wenzhai/")),
        "{head:?}"
    );
    let status = match request.as_str() {
        "HEAD /works" | "GET /refuses-head" | "HEAD /new" => "200 OK",
        "HEAD /refuses-head" => "405 Method Not Allowed",
        "HEAD /old" => "301 Moved Permanently\r\nlocation: /new",
        "HEAD /forbidden" | "GET /forbidden" => "403 Forbidden",
        _ => "404 Not Found",
    };
    log.lock().unwrap().push(request);
    let _ = stream.write_all(format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").as_bytes());
}

/// A site with two articles and a plain page that link to another site, which `check` may ask.
fn site_with_links(other: &OtherSite, closed: u16) -> Site {
    let site = Site::with_settings();
    site.write("site.toml", site.read("site.toml") + "\n[check]\nprivate_hosts = [\"127.0.0.1\"]\n");
    let front = "date = 2025-03-18\npaper = \"示范工人报\"\nthemes_override = []\n";
    let body = format!(
        "见[甲]({})、[乙]({})、[丙]({}#s1)。\n\n[丁]({})和[戊](http://127.0.0.1:{closed}/)，还有[己](http://localhost:4000/)。",
        other.at("/works"),
        other.at("/refuses-head"),
        other.at("/old"),
        other.at("/gone"),
    );
    site.write("content/articles/a.md", article("驿站", front, &body));
    let body = format!("又见[丁]({})和<{}>。", other.at("/gone"), other.at("/forbidden"));
    site.write("content/articles/b.md", article("口袋书", front, &body));
    site.write("content/about.md", format!("+++\ntitle = \"关于\"\n+++\n\n[甲]({})\n", other.at("/works")));
    site
}

#[test]
fn links_out_of_the_site_are_asked_once_and_findings_stand_where_they_are() {
    let (other, closed) = (OtherSite::start(), free_port());
    let site = site_with_links(&other, closed);
    site.run(&["check"]).expect_exit(0, &["2 articles checked"]).expect_without("dead-link");
    assert_eq!(other.requests(), [""; 0], "without the option nothing is asked");

    let checked = site.run(&["check", "--external"]);
    let gone = format!("{} leads nowhere: 127.0.0.1:{} has no such page (404)", other.at("/gone"), other.port);
    let moved = format!("info[moved-link]: {} has moved for good to {}", other.at("/old#s1"), other.at("/new"));
    let refused = format!("nobody answers at 127.0.0.1:{closed}");
    let unchecked = format!("info[unchecked-link]: {} could not be checked", other.at("/forbidden"));
    let checked = checked.expect_exit(
        0,
        &[
            &format!("warning[dead-link]: {gone}"),
            "content/articles/a.md:11:",
            "content/articles/b.md:9:",
            &moved,
            "content/articles/a.md:9:",
            &refused,
            &unchecked,
            "warning[private-link]: http://localhost:4000/ leads to this machine",
            "6 addresses of other sites asked, 0 known from an earlier run",
        ],
    );
    assert_eq!(checked.stderr.matches(&gone).count(), 2, "{}", checked.stderr);
    let underlined = "^".repeat(other.at("/gone").len());
    assert!(checked.stderr.contains(&underlined), "{}", checked.stderr);
    let requests = [
        "GET /forbidden",
        "GET /gone",
        "GET /refuses-head",
        "HEAD /forbidden",
        "HEAD /gone",
        "HEAD /new",
        "HEAD /old",
        "HEAD /refuses-head",
        "HEAD /works",
    ];
    assert_eq!(other.requests(), requests);

    // what is known is not asked again; a new link is
    let again = site.run(&["check", "--external"]).expect_exit(0, &["0 addresses of other sites asked, 6 known"]);
    assert_eq!(again.stderr.matches(&gone).count(), 2, "{}", again.stderr);
    assert_eq!(other.requests(), [""; 0]);
    site.edit("content/articles/b.md", "/gone", "/new");
    site.run(&["check", "--external"]).expect_exit(0, &["1 address of other sites asked, 6 known"]);
    assert_eq!(other.requests(), ["HEAD /new"]);
}

#[test]
fn a_damaged_cache_is_ignored() {
    let other = OtherSite::start();
    let site = site_with_links(&other, free_port());
    site.run(&["check", "--external"]).expect_exit(0, &["6 addresses of other sites asked"]);
    let kept = site.read(".wenzhai/links.json");
    site.write(".wenzhai/links.json", &kept[..kept.len() / 2]);
    site.run(&["check", "--external"]).expect_exit(0, &["6 addresses of other sites asked"]);
    assert_eq!(site.read(".wenzhai/.gitignore").lines().last(), Some("*"), "Git does not see it");
}

#[test]
fn settings_leave_out_hosts_and_findings() {
    let other = OtherSite::start();
    let site = site_with_links(&other, free_port());
    site.edit("site.toml", "private_hosts", "off = [\"dead-link\", \"moved-link\"]\nprivate_hosts");
    site.run(&["check", "--external"])
        .expect_exit(0, &["unchecked-link", "private-link"])
        .expect_without("dead-link")
        .expect_without("moved-link");
    other.requests();
    site.remove(".wenzhai/links.json");
    site.edit("site.toml", "off = [\"dead-link\", \"moved-link\"]", "skip_hosts = [\"127.0.0.1\", \"localhost\"]");
    site.run(&["check", "--external"]).expect_exit(0, &["0 addresses of other sites asked"]).expect_without("-link");
    assert_eq!(other.requests(), [""; 0]);
    // without the setting a link to this machine is a mistake, and is not asked either
    site.edit("site.toml", "skip_hosts = [\"127.0.0.1\", \"localhost\"]\nprivate_hosts = [\"127.0.0.1\"]", "");
    let checked = site.run(&["check", "--external"]).expect_exit(0, &["0 addresses of other sites asked"]);
    assert_eq!(checked.stderr.matches("private-link").count(), 9, "{}", checked.stderr);
    assert_eq!(other.requests(), [""; 0]);
    site.edit("site.toml", "[check]", "[check]\nskip_hosts = [\"http://a.example/\"]");
    site.run(&["check"]).expect_exit(2, &["bad-host", "\"http://a.example/\" is not the name of a host"]);
}

#[test]
fn scripts_get_the_findings_about_links_too() {
    let other = OtherSite::start();
    let site = site_with_links(&other, free_port());
    let checked = site.run(&["check", "--external", "--json"]).expect_exit(0, &[]);
    let lines: Vec<Value> = checked.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let count = |code: &str| lines.iter().filter(|line| line["code"] == code).count();
    let counts = ["dead-link", "moved-link", "unchecked-link", "private-link"].map(count);
    assert_eq!((counts, lines.len()), ([3, 1, 1, 1], 6), "{lines:?}");
    let moved = lines.iter().find(|line| line["code"] == "moved-link").unwrap();
    assert_eq!(
        (&moved["severity"], &moved["file"], &moved["line"]),
        (&"note".into(), &"content/articles/a.md".into(), &9.into())
    );
    assert!(checked.stderr.is_empty(), "{}", checked.stderr);
}
