//! What a publish left, as a web server gives it to readers: nginx, on this machine.

#![cfg(unix)]

use crate::common::publishing::{dir_target, site_with, write_article};
use crate::common::{Files, read_files};
use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};
use tempfile::{TempDir, tempdir};

/// An nginx that serves a folder as /digest/.
struct Server {
    _home: TempDir,
    port: u16,
    child: Child,
}

impl Server {
    fn start(folder: &Path) -> Self {
        let home = tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let here = home.path().display();
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .iter()
            .map(|what| format!("{what}_temp_path {here}/{what};\n"))
            .collect();
        // nginx's workers would otherwise be another user, who may not look into a temporary folder
        let user = String::from_utf8(Command::new("id").arg("-un").output().unwrap().stdout).unwrap();
        let config = format!(
            "daemon off;\nuser {};\npid {here}/pid;\nerror_log {here}/error.log;\nevents {{}}\nhttp {{\naccess_log off;\n\
             {temporary}server {{\nlisten 127.0.0.1:{port};\nlocation /digest/ {{\nalias {}/;\nerror_page 404 /digest/404.html;\n}}\n}}\n}}\n",
            user.trim(),
            folder.display()
        );
        fs::write(home.path().join("nginx.conf"), config).unwrap();
        let child = Command::new("/usr/sbin/nginx")
            .arg("-p")
            .arg(home.path())
            .arg("-c")
            .arg(home.path().join("nginx.conf"))
            .stderr(Stdio::null())
            .spawn()
            .expect("this story needs nginx: bash .ci/publish");
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(started.elapsed() < Duration::from_secs(10), "nginx does not start");
            sleep(Duration::from_millis(20));
        }
        Self { _home: home, port, child }
    }

    /// Status and body of an address below /digest/.
    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "GET /digest/{path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let status = String::from_utf8_lossy(&answer[9..12]).parse().unwrap();
        (status, answer.split_off(end + 4))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // the master ends its workers when it is asked to end
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

/// The pages of a site by their addresses.
fn addresses(files: &Files) -> BTreeSet<String> {
    files.keys().map(|path| path.strip_suffix("index.html").unwrap_or(path).to_owned()).collect()
}

/// The addresses in the same site that the text of a page links to.
fn links(html: &str, page: &str) -> Vec<String> {
    let folder: Vec<&str> = page.split('/').collect();
    let linked = html.split(" href=\"").skip(1).map(|part| part.split(['"', '#', '?']).next().unwrap());
    let own = linked.filter(|link| !link.is_empty() && !link.contains(':') && !link.starts_with('/'));
    own.map(|link| {
        let mut parts: Vec<&str> = folder[..folder.len() - 1].to_vec();
        for part in link.split('/') {
            match part {
                "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        parts.join("/")
    })
    .collect()
}

#[test]
#[ignore = "needs nginx: bash .ci/publish"]
fn readers_get_every_page_and_meet_no_missing_one_while_the_site_changes() {
    let folder = tempdir().unwrap();
    let site = site_with(30, &dir_target(folder.path()));
    site.run(&["publish"]).expect_exit(0, &[]);
    let server = Server::start(folder.path());
    for (path, bytes) in site.public() {
        let address = path.strip_suffix("index.html").unwrap_or(&path);
        assert_eq!(server.get(address), (200, bytes), "{path}");
    }
    assert_eq!(server.get("no/such/page/").0, 404);

    let is_over = AtomicBool::new(false);
    scope(|scope| {
        let reader = scope.spawn(|| {
            let mut read = 0;
            let mut page = String::new();
            while !is_over.load(Ordering::Relaxed) {
                let (status, body) = server.get(&page);
                // a page that is going may be gone by now; one that a page links to just now has to be there
                if status == 200 && (page.is_empty() || page.ends_with('/')) {
                    let links = links(&String::from_utf8_lossy(&body), &page);
                    for link in &links {
                        let first = server.get(link).0;
                        let is_still_linked = || {
                            let (status, body) = server.get(&page);
                            status == 200 && self::links(&String::from_utf8_lossy(&body), &page).contains(link)
                        };
                        assert!(first == 200 || !is_still_linked(), "{page} links to {link}: {first}");
                        read += 1;
                    }
                    page = links.get(read % links.len().max(1)).cloned().unwrap_or_default();
                } else {
                    page = String::new();
                }
            }
            read
        });
        for round in 0..6 {
            for at in 0..30 {
                let path = format!("content/articles/own/a{at:03}.md");
                match (at + round) % 5 {
                    0 if site.has(&path) => site.remove(&path),
                    0 | 1 => write_article(&site, at, &format!("第{round}次修改。")),
                    _ => {}
                }
            }
            site.build();
            site.run(&["publish"]).expect_exit(0, &[]);
        }
        is_over.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap() > 100, "the reader has read");
    });
    assert_eq!(addresses(&crate::common::publishing::published(folder.path())), addresses(&site.public()));
    assert!(read_files(folder.path()).contains_key(".wenzhai-published"));
}
