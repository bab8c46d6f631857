//! Publishing over ssh, to a real sshd on this machine with keys of its own: rsync, sftp alone, releases, and what may go
//! wrong on the way.

#![cfg(unix)]

use crate::common::publishing::{
    CUT_SHORT, broken_links, dir_target, kill_after, published, rounds, site_with, time_of, write_article,
};
use crate::common::{RunResult, Site, read_files};
use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};
use tempfile::{TempDir, tempdir};

/// An sshd with its own keys, ended when the test ends.
struct Server {
    home: TempDir,
    port: u16,
    child: Child,
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn run(program: &str, words: &[&str]) -> String {
    let result = Command::new(program).args(words).output().unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(result.status.success(), "{program} {words:?}: {}", String::from_utf8_lossy(&result.stderr));
    String::from_utf8(result.stdout).unwrap().trim_end().to_owned()
}

impl Server {
    /// `more` are lines of its configuration.
    fn start(more: &str) -> Self {
        let home = tempdir().unwrap();
        let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
        for key in ["host", "user"] {
            run("ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-f", &path(key)]);
        }
        let port = free_port();
        fs::copy(path("user.pub"), path("authorized")).unwrap();
        let config = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\nStrictModes no\n\
             UsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\n\
             MaxStartups 100\nSubsystem sftp internal-sftp\n{more}\n",
            path("host"),
            path("authorized")
        );
        fs::write(path("config"), config).unwrap();
        let child = Command::new("/usr/sbin/sshd")
            .args(["-D", "-e", "-f", &path("config")])
            .stderr(Stdio::null())
            .spawn()
            .expect("these stories need sshd: bash .ci/publish");
        let server = Self { home, port, child };
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(started.elapsed() < Duration::from_secs(10), "sshd does not start");
            sleep(Duration::from_millis(20));
        }
        server.trust(port);
        server
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The folder that is published to.
    fn folder(&self) -> PathBuf {
        self.path("srv/the site")
    }

    /// Writes the host's key down as known at a port.
    fn trust(&self, port: u16) {
        let key = fs::read_to_string(self.path("host.pub")).unwrap();
        let old = fs::read_to_string(self.path("known")).unwrap_or_default();
        fs::write(self.path("known"), format!("{old}[127.0.0.1]:{port} {key}")).unwrap();
    }

    /// A target on this server, reached at a port.
    fn target_at(&self, port: u16, more: &str) -> String {
        let (known, key) = (self.path("known"), self.path("user"));
        let user = run("id", &["-un"]);
        format!(
            "[publish.server]\nkind = \"ssh\"\nhost = \"{user}@127.0.0.1\"\nport = {port}\nidentity = {key:?}\n\
             folder = {:?}\noptions = [\"UserKnownHostsFile={}\", \"IdentitiesOnly=yes\", \"GlobalKnownHostsFile=/dev/null\"]\n{more}",
            self.folder(),
            known.display()
        )
    }

    fn target(&self, more: &str) -> String {
        self.target_at(self.port, more)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[track_caller]
fn publish(site: &Site) -> RunResult {
    site.run(&["publish"]).expect_exit(0, &[])
}

/// rsync, asked by itself over ssh, finds nothing to send or to remove.
fn rsync_agrees(site: &Site, server: &Server) {
    let shell = format!(
        "ssh -p {} -i {} -o UserKnownHostsFile={} -o IdentitiesOnly=yes",
        server.port,
        server.path("user").display(),
        server.path("known").display()
    );
    let to = format!("127.0.0.1:{}/", server.folder().display());
    let from = format!("{}/", site.path("public").display());
    let words = ["-rcn", "-s", "--delete", "--exclude=.wenzhai-*", "--out-format=%o %n", "-e", &shell, &from, &to];
    assert_eq!(run("rsync", &words), "");
}

/// The story that every way over ssh has to tell.
fn all_of_it(server: &Server, more: &str) {
    let site = site_with(8, &server.target(more));
    site.write("public/图 片/产改 'x' \"y\" $z.txt", "a name that a shell would take apart");
    site.run(&["publish", "--dry-run"]).expect_exit(0, &["would be sent"]);
    assert!(!server.folder().exists(), "a dry run touches nothing");
    publish(&site).expect_exit(0, &["0 unchanged"]);
    assert_eq!(published(&server.folder()), site.public());
    publish(&site).expect_exit(0, &["0 files sent"]);

    let old = site.public();
    write_article(&site, 3, "改了。");
    site.remove("content/articles/own/a005.md");
    site.build();
    let new = site.public();
    let sent = new.iter().filter(|(name, bytes)| old.get(*name) != Some(bytes)).count();
    publish(&site).expect_exit(0, &[&format!("{sent} files sent")]);
    assert_eq!(published(&server.folder()), new);
    assert!(!server.folder().join("2025/01/06/a005").exists(), "its folder is gone");

    // by hand: one file lost, one cut off, one more
    fs::remove_file(server.folder().join("style.css")).unwrap();
    fs::write(server.folder().join("index.html"), "x").unwrap();
    fs::write(server.folder().join("by-hand.txt"), "x").unwrap();
    publish(&site).expect_exit(0, &["2 files sent"]);
    // the record lost: what is there is compared by its bytes
    fs::remove_file(server.folder().join(".wenzhai-published")).unwrap();
    let same_length = "y".repeat(fs::metadata(server.folder().join("feed.xml")).unwrap().len() as usize);
    fs::write(server.folder().join("feed.xml"), same_length).unwrap();
    site.run(&["publish"]).expect_exit(1, &["not-empty"]);
    site.run(&["publish", "--yes"]).expect_exit(0, &["1 files sent"]);
    let mut there = published(&server.folder());
    assert_eq!(there.remove("by-hand.txt"), Some(b"x".to_vec()));
    assert_eq!(there, new);
    assert!(!read_files(&server.folder()).keys().any(|name| name.contains(".wenzhai-tmp")), "nothing half is left");
}

#[test]
#[ignore = "needs sshd and rsync: bash .ci/publish"]
fn rsync_brings_the_site_to_another_machine() {
    let server = Server::start("");
    all_of_it(&server, "");
    let site = site_with(3, &server.target(""));
    fs::remove_dir_all(server.folder()).unwrap();
    publish(&site);
    rsync_agrees(&site, &server);
}

#[test]
#[ignore = "needs sshd and rsync: bash .ci/publish"]
fn sftp_does_where_the_other_side_has_nothing_else() {
    // by setting, and found out
    all_of_it(&Server::start(""), "through = \"sftp\"\n");
    all_of_it(&Server::start("ForceCommand internal-sftp"), "");
}

#[test]
#[ignore = "needs sshd and rsync: bash .ci/publish"]
fn a_release_is_seen_all_at_once_and_the_last_few_stay() {
    let server = Server::start("");
    let site = site_with(6, &server.target("releases = true\nkeep = 2\n"));
    let current = server.folder().join("current");
    for round in 0..4 {
        write_article(&site, 2, &format!("第{round}次。"));
        site.build();
        publish(&site);
        assert_eq!(published(&current), site.public());
        assert!(fs::symlink_metadata(&current).unwrap().is_symlink());
        assert!(fs::read_link(&current).unwrap().is_relative());
    }
    assert_eq!(fs::read_dir(server.folder().join("releases")).unwrap().count(), 2);
    publish(&site).expect_exit(0, &["0 files sent"]);
    // unchanged files are the same file in both
    use std::os::unix::fs::MetadataExt;
    assert!(fs::metadata(current.join("style.css")).unwrap().nlink() > 1);
    let site = site_with(1, &Server::start("ForceCommand internal-sftp").target("releases = true\n"));
    site.run(&["publish"]).expect_exit(1, &["cannot be reached"]);
    let bare = Server::start("ForceCommand internal-sftp");
    site_with(1, &bare.target("releases = true\n")).run(&["publish"]).expect_exit(2, &["no-rsync"]);
}

fn killed_at_twenty_moments(server: &Server, more: &str) {
    let site = site_with(20, &server.target(more));
    let holds = if more.contains("releases") { server.folder().join("current") } else { server.folder() };
    let whole = time_of(|| drop(publish(&site)));
    let mut cut_short = 0;
    for (round, after) in rounds(whole) {
        if round >= 20 && cut_short >= CUT_SHORT {
            break;
        }
        if round % 5 == 0 {
            fs::remove_dir_all(server.folder()).unwrap();
        }
        for at in 0..20 {
            let path = format!("content/articles/own/a{at:03}.md");
            match (at + round) % 5 {
                0 if site.has(&path) => site.remove(&path),
                0 | 1 => write_article(&site, at, &format!("第{round}次修改。")),
                _ => {}
            }
        }
        site.build();
        let running = kill_after(&site, &["publish", "--yes"], after);
        // the other side hears of it a moment later
        sleep(Duration::from_millis(100));
        let there = published(&holds);
        assert_eq!(broken_links(&there), BTreeSet::new(), "round {round}, killed after {after:?}");
        cut_short += usize::from(running && there != site.public());
        site.run(&["publish", "--yes"]).expect_exit(0, &[]);
        assert_eq!(published(&holds), site.public(), "round {round}");
    }
    assert!(cut_short >= CUT_SHORT, "{cut_short} were cut short");
    assert!(!read_files(&server.folder()).keys().any(|name| name.contains(".wenzhai-tmp")), "nothing half is left");
}

#[test]
#[ignore = "needs sshd and rsync: bash .ci/publish"]
fn killed_while_rsync_sends_no_page_links_to_a_missing_one() {
    killed_at_twenty_moments(&Server::start(""), "");
}

#[test]
#[ignore = "needs sshd and rsync: bash .ci/publish"]
fn killed_while_sftp_sends_no_page_links_to_a_missing_one() {
    killed_at_twenty_moments(&Server::start(""), "through = \"sftp\"\n");
}

#[test]
#[ignore = "needs sshd and rsync: bash .ci/publish"]
fn killed_in_a_release_readers_see_the_old_site_or_the_new() {
    killed_at_twenty_moments(&Server::start(""), "releases = true\n");
}

/// Goes between, and cuts the first few connections after some bytes towards the server; its port.
fn cutting(server: u16, connections: usize, after: usize) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let count = Arc::new(AtomicUsize::new(0));
    spawn(move || {
        for client in listener.incoming().flatten() {
            let is_cut = count.fetch_add(1, Ordering::SeqCst) < connections;
            let Ok(inner) = TcpStream::connect(("127.0.0.1", server)) else { continue };
            let (back_from, back_to) = (inner.try_clone().unwrap(), client.try_clone().unwrap());
            spawn(move || pass(back_from, back_to, usize::MAX));
            spawn(move || pass(client, inner, if is_cut { after } else { usize::MAX }));
        }
    });
    port
}

fn pass(mut from: TcpStream, mut to: TcpStream, most: usize) {
    let (mut piece, mut passed) = ([0; 8192], 0);
    while let Ok(read) = from.read(&mut piece) {
        passed += read;
        if read == 0 || passed > most || to.write_all(&piece[..read]).is_err() {
            break;
        }
    }
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}

#[test]
#[ignore = "needs sshd and rsync: bash .ci/publish"]
fn a_connection_that_is_cut_is_made_again() {
    for more in ["", "through = \"sftp\"\n"] {
        let server = Server::start("");
        let port = cutting(server.port, 2, 60_000);
        server.trust(port);
        let site = site_with(30, &server.target_at(port, more));
        publish(&site).expect_exit(0, &[&format!("{} files sent", site.public().len())]);
        assert_eq!(published(&server.folder()), site.public());
    }
}

#[test]
#[ignore = "needs sshd and rsync: bash .ci/publish"]
fn what_goes_wrong_is_told_with_what_to_do() {
    let server = Server::start("");
    let site = site_with(2, &server.target(""));
    let settings = site.read("site.toml");
    let with = |from: &str, to: &str| site.write("site.toml", settings.replace(from, to));
    // a key that the other side does not know
    run("ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-f", site.path("stranger").to_str().unwrap()]);
    with(server.path("user").to_str().unwrap(), "stranger");
    site.run(&["publish"]).expect_exit(1, &["error[ssh]", "Permission denied", "authorized_keys"]);
    // a host that was never met
    with("UserKnownHostsFile=", "UserKnownHostsFile=/dev/null\", \"UserKnownHostsFile=");
    site.run(&["publish"]).expect_exit(1, &["Host key verification failed", "connect once by hand"]);
    // a folder that nobody can make
    with(server.folder().to_str().unwrap(), "/proc/wenzhai");
    site.run(&["publish"]).expect_exit(1, &["error[ssh]", "/proc/wenzhai"]);
    assert!(!server.folder().exists());
    // nobody there
    with(&format!("port = {}", server.port), &format!("port = {}", free_port()));
    site.run(&["publish"]).expect_exit(1, &["Connection refused", "whether its ssh server runs"]);
}

/// A disk of so many kilobytes; nothing where this user may not make one.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(place: &Path, kilobytes: usize) -> Option<Self> {
        fs::create_dir_all(place).unwrap();
        let id = |flag| run("id", &[flag]);
        let options = format!("size={kilobytes}k,uid={},gid={}", id("-u"), id("-g"));
        as_root(&["mount", "-t", "tmpfs", "-o", &options, "tmpfs", place.to_str().unwrap()])
            .then(|| Self(place.to_owned()))
    }

    fn grow(&self, size: &str) {
        let options = format!("remount,size={size}");
        assert!(as_root(&["mount", "-o", &options, self.0.to_str().unwrap()]));
    }
}

/// Runs a command as root, if this user may.
fn as_root(words: &[&str]) -> bool {
    let sudo: &[&str] = if run("id", &["-u"]) == "0" { &[] } else { &["sudo", "-n"] };
    let words: Vec<&str> = sudo.iter().chain(words).copied().collect();
    Command::new(words[0]).args(&words[1..]).status().is_ok_and(|status| status.success())
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        as_root(&["umount", self.0.to_str().unwrap()]);
    }
}

#[test]
#[ignore = "needs sshd, rsync and the right to mount: bash .ci/publish"]
fn a_full_disk_is_told_and_when_there_is_space_it_goes_on() {
    for more in ["dir", "", "through = \"sftp\"\n", "releases = true\n"] {
        let server = Server::start("");
        let target = if more == "dir" { dir_target(&server.folder()) } else { server.target(more) };
        let site = site_with(8, &target);
        let holds = if more.contains("releases") { server.folder().join("current") } else { server.folder() };
        let disk = SmallDisk::mount(&server.folder(), 96).expect("the right to mount a small disk");
        let size: usize = site.public().values().map(Vec::len).sum();
        assert!(size > 96 * 1024, "the site is too small to fill it: {size}");
        site.run(&["publish", "--yes"]).expect_exit(1, &["free some space"]);
        assert_eq!(broken_links(&published(&holds)), BTreeSet::new());
        disk.grow("64m");
        site.run(&["publish", "--yes"]).expect_exit(0, &[]);
        assert_eq!(published(&holds), site.public(), "{more}");
        drop(disk);
    }
}
