//! A published folder as a web server serves it to readers: nginx, on this machine.

#![cfg(unix)]

use crate::common::files::{Files, read_files};
use crate::common::html::internal_links;
use crate::common::process::{free_port, wait_for_port};
use crate::common::publishing::{change_some, dir_target, publish, published, site_with};
use crate::common::site::BASE_URL;
use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::scope;
use tempfile::{TempDir, tempdir};

/// An nginx that serves a folder as /digest/.
struct Server {
    _dir: TempDir,
    port: u16,
    child: Child,
}

impl Server {
    fn start(folder: &Path) -> Self {
        let dir = tempdir().unwrap();
        let port = free_port();
        let here = dir.path().display();
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .iter()
            .map(|what| format!("{what}_temp_path {here}/{what};\n"))
            .collect();
        // nginx's workers would otherwise run as another user, who may not read the temporary folder
        let user = String::from_utf8(Command::new("id").arg("-un").output().unwrap().stdout).unwrap();
        let config = format!(
            "daemon off;\nuser {};\npid {here}/pid;\nerror_log {here}/error.log;\nevents {{}}\nhttp {{\naccess_log off;\n\
             {temporary}server {{\nlisten 127.0.0.1:{port};\nlocation /digest/ {{\nalias {}/;\nerror_page 404 /digest/404.html;\n}}\n}}\n}}\n",
            user.trim(),
            folder.display()
        );
        fs::write(dir.path().join("nginx.conf"), config).unwrap();
        let child = Command::new("/usr/sbin/nginx")
            .arg("-p")
            .arg(dir.path())
            .arg("-c")
            .arg(dir.path().join("nginx.conf"))
            .stderr(Stdio::null())
            .spawn()
            .expect("nginx is needed: run bash .ci/publish");
        wait_for_port(port, "nginx");
        Self { _dir: dir, port, child }
    }

    /// Status and body of an address below /digest/.
    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "GET /digest/{path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n").unwrap();
        let mut response = Vec::new();
        stream.read_to_end(&mut response).unwrap();
        let end = response.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let status = String::from_utf8_lossy(&response[9..12]).parse().unwrap();
        (status, response.split_off(end + 4))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGTERM, at which the master process ends its workers; SIGKILL would leave them running
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

/// The pages of a site by their addresses.
fn addresses(files: &Files) -> BTreeSet<String> {
    files.keys().map(|path| path.strip_suffix("index.html").unwrap_or(path).to_owned()).collect()
}

/// The addresses of the site's own pages and files that a page links to; `page` is an address below /digest/.
fn links(html: &str, page: &str) -> Vec<String> {
    let links = internal_links(&format!("{page}index.html"), html, BASE_URL).into_iter();
    links.filter_map(|link| link.file).map(|file| file.strip_suffix("index.html").unwrap_or(&file).to_owned()).collect()
}

#[test]
#[ignore = "needs nginx: bash .ci/publish"]
fn readers_find_every_linked_page_while_the_site_changes() {
    let folder = tempdir().unwrap();
    let site = site_with(30, &dir_target(folder.path()));
    publish(&site);
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
                // a page may be removed meanwhile; one that a page links to at this moment has to be there
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
            change_some(&site, 30, round);
            publish(&site);
        }
        is_over.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap() > 100, "the reader followed too few links");
    });
    assert_eq!(addresses(&published(folder.path())), addresses(&site.public()));
    assert!(read_files(folder.path()).contains_key(".wenzhai-published"));
}
