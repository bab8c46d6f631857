//! Publishing over ssh, to a real sshd on this machine with keys of its own: rsync, sftp alone, releases, and failing
//! connections.

#![cfg(unix)]

use crate::common::files::read_files;
use crate::common::html::links_without_file;
use crate::common::process::{ChildGuard, free_port, wait_for_port};
use crate::common::publishing::{
    INTERRUPTED, change_some, dir_target, duration_of, kill_publish_after, publish, published, rounds, site_with,
    write_article,
};
use crate::common::site::{BASE_URL, RunResult, Site};
use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{sleep, spawn};
use std::time::Duration;
use tempfile::{TempDir, tempdir};

/// An sshd with its own keys, ended when the test ends.
struct Server {
    dir: TempDir,
    port: u16,
    _process: ChildGuard,
}

fn run(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output().unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(output.status.success(), "{program} {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

impl Server {
    /// `more` are further lines of its configuration.
    fn start(more: &str) -> Self {
        let dir = tempdir().unwrap();
        let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
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
            .expect("sshd is needed: run bash .ci/publish");
        wait_for_port(port, "sshd");
        let server = Self { dir, port, _process: ChildGuard(child) };
        server.trust(port);
        server
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The folder that is published to.
    fn folder(&self) -> PathBuf {
        self.path("srv/the site")
    }

    /// Adds the host key, at a port, to the known hosts.
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

/// Fails where rsync itself would send or remove anything.
fn assert_rsync_finds_no_difference(site: &Site, server: &Server) {
    let shell = format!(
        "ssh -p {} -i {} -o UserKnownHostsFile={} -o IdentitiesOnly=yes",
        server.port,
        server.path("user").display(),
        server.path("known").display()
    );
    let to = format!("127.0.0.1:{}/", server.folder().display());
    let from = format!("{}/", site.path("public").display());
    let args = ["-rcn", "-s", "--delete", "--exclude=.wenzhai-*", "--out-format=%o %n", "-e", &shell, &from, &to];
    assert_eq!(run("rsync", &args), "");
}

/// What holds for each transport over ssh.
fn assert_publishes(server: &Server, more: &str) {
    let site = site_with(8, &server.target(more));
    site.write("public/图 片/产改 'x' \"y\" $z.txt", "a name that a shell would split and expand");
    site.run(&["publish", "--dry-run"]).expect_exit(0, &["would be sent"]);
    assert!(!server.folder().exists(), "a dry run touches nothing");
    publish(&site).expect_exit(0, &["0 unchanged"]);
    assert_eq!(published(&server.folder()), site.public());
    publish(&site).expect_exit(0, &["0 files sent"]);
    // a relative path to the site, from the folder above it
    let (above, name) = (site.root().parent().unwrap(), site.root().file_name().unwrap());
    site.write("public/by-path.txt", "sent from above");
    let mut from_above = site.command(&["--root", name.to_str().unwrap(), "publish"]);
    let output = from_above.current_dir(above).output().unwrap();
    RunResult::from_output(output).expect_exit(0, &["1 files sent"]);
    assert_eq!(published(&server.folder()), site.public());

    let old = site.public();
    write_article(&site, 3, "改了。");
    site.remove("content/articles/own/a005.md");
    site.build();
    let new = site.public();
    let sent = new.iter().filter(|(name, bytes)| old.get(*name) != Some(bytes)).count();
    publish(&site).expect_exit(0, &[&format!("{sent} files sent")]);
    assert_eq!(published(&server.folder()), new);
    assert!(!server.folder().join("2025/01/06/a005").exists(), "its folder is gone");

    // changed by hand: one file removed, one truncated, one added
    fs::remove_file(server.folder().join("style.css")).unwrap();
    fs::write(server.folder().join("index.html"), "x").unwrap();
    fs::write(server.folder().join("by-hand.txt"), "x").unwrap();
    publish(&site).expect_exit(0, &["2 files sent"]);
    // changed by hand in a way that no listing shows
    let home = fs::read_to_string(server.folder().join("index.html")).unwrap();
    fs::write(server.folder().join("index.html"), home.replacen("试验", "实验", 1)).unwrap();
    publish(&site).expect_exit(0, &["0 files sent"]);
    site.run(&["publish", "--verify"]).expect_exit(0, &["1 files sent", "compared by its bytes"]);
    assert_eq!(fs::read_to_string(server.folder().join("index.html")).unwrap(), home);
    // without the record, files are compared by their bytes
    fs::remove_file(server.folder().join(".wenzhai-published")).unwrap();
    let same_length = "y".repeat(fs::metadata(server.folder().join("feed.xml")).unwrap().len() as usize);
    fs::write(server.folder().join("feed.xml"), same_length).unwrap();
    site.run(&["publish"]).expect_exit(1, &["not-empty"]);
    site.run(&["publish", "--yes"]).expect_exit(0, &["1 files sent"]);
    let mut there = published(&server.folder());
    assert_eq!(there.remove("by-hand.txt"), Some(b"x".to_vec()));
    assert_eq!(there, new);
    assert!(
        !read_files(&server.folder()).keys().any(|name| name.contains(".wenzhai-tmp")),
        "no temporary file is left"
    );
}

#[test]
#[ignore = "needs sshd and rsync: bash .ci/publish"]
fn rsync_publishes_to_another_machine() {
    let server = Server::start("");
    assert_publishes(&server, "");
    let site = site_with(3, &server.target(""));
    fs::remove_dir_all(server.folder()).unwrap();
    publish(&site);
    assert_rsync_finds_no_difference(&site, &server);
}

#[test]
#[ignore = "needs sshd and rsync: bash .ci/publish"]
fn sftp_is_used_where_the_server_offers_nothing_else() {
    // by setting, and detected
    assert_publishes(&Server::start(""), "through = \"sftp\"\n");
    assert_publishes(&Server::start("ForceCommand internal-sftp"), "");
}

#[test]
#[ignore = "needs sshd and rsync: bash .ci/publish"]
fn a_release_is_switched_atomically_and_the_last_few_stay() {
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

fn assert_survives_kills(server: &Server, more: &str) {
    let site = site_with(20, &server.target(more));
    let folder = if more.contains("releases") { server.folder().join("current") } else { server.folder() };
    let whole = duration_of(|| drop(publish(&site)));
    let mut interrupted = 0;
    for (round, after) in rounds(whole) {
        if round >= 20 && interrupted >= INTERRUPTED {
            break;
        }
        if round % 5 == 0 {
            fs::remove_dir_all(server.folder()).unwrap();
        }
        change_some(&site, 20, round);
        let was_running = kill_publish_after(&site, &["publish", "--yes"], after);
        // the server notices a moment later
        sleep(Duration::from_millis(100));
        let there = published(&folder);
        assert_eq!(links_without_file(&there, BASE_URL), BTreeSet::new(), "round {round}, killed after {after:?}");
        interrupted += usize::from(was_running && there != site.public());
        site.run(&["publish", "--yes"]).expect_exit(0, &[]);
        assert_eq!(published(&folder), site.public(), "round {round}");
    }
    assert!(interrupted >= INTERRUPTED, "{interrupted} publishes were interrupted in the middle");
    assert!(
        !read_files(&server.folder()).keys().any(|name| name.contains(".wenzhai-tmp")),
        "no temporary file is left"
    );
}

#[test]
#[ignore = "needs sshd and rsync: bash .ci/publish"]
fn killed_while_rsync_sends_no_page_links_to_a_missing_one() {
    assert_survives_kills(&Server::start(""), "");
}

#[test]
#[ignore = "needs sshd and rsync: bash .ci/publish"]
fn killed_while_sftp_sends_no_page_links_to_a_missing_one() {
    assert_survives_kills(&Server::start(""), "through = \"sftp\"\n");
}

#[test]
#[ignore = "needs sshd and rsync: bash .ci/publish"]
fn killed_in_a_release_readers_see_the_old_site_or_the_new() {
    assert_survives_kills(&Server::start(""), "releases = true\n");
}

/// A proxy that closes the first connections after some bytes towards the server; returns its port.
fn closing_proxy(server: u16, connections: usize, after: usize) -> u16 {
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
fn a_closed_connection_is_retried() {
    for more in ["", "through = \"sftp\"\n"] {
        let server = Server::start("");
        let port = closing_proxy(server.port, 2, 60_000);
        server.trust(port);
        let site = site_with(30, &server.target_at(port, more));
        publish(&site).expect_exit(0, &[&format!("{} files sent", site.public().len())]);
        assert_eq!(published(&server.folder()), site.public());
    }
}

#[test]
#[ignore = "needs sshd and rsync: bash .ci/publish"]
fn errors_have_a_hint() {
    let server = Server::start("");
    let site = site_with(2, &server.target(""));
    let settings = site.read("site.toml");
    let with = |from: &str, to: &str| site.write("site.toml", settings.replace(from, to));
    // a key that the server does not know
    run("ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-f", site.path("stranger").to_str().unwrap()]);
    with(server.path("user").to_str().unwrap(), "stranger");
    site.run(&["publish"]).expect_exit(1, &["error[ssh]", "Permission denied", "authorized_keys"]);
    // an unknown host key
    with("UserKnownHostsFile=", "UserKnownHostsFile=/dev/null\", \"UserKnownHostsFile=");
    site.run(&["publish"]).expect_exit(1, &["Host key verification failed", "connect once by hand"]);
    // a folder that cannot be created
    with(server.folder().to_str().unwrap(), "/proc/wenzhai");
    site.run(&["publish"]).expect_exit(1, &["error[ssh]", "/proc/wenzhai"]);
    assert!(!server.folder().exists());
    // no server
    with(&format!("port = {}", server.port), &format!("port = {}", free_port()));
    site.run(&["publish"]).expect_exit(1, &["Connection refused", "whether its ssh server runs"]);
}

/// A file system in memory of a few kilobytes.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Mounts it; none where this user may not mount.
    fn mount(folder: &Path, kilobytes: usize) -> Option<Self> {
        fs::create_dir_all(folder).unwrap();
        let id = |flag| run("id", &[flag]);
        let options = format!("size={kilobytes}k,uid={},gid={}", id("-u"), id("-g"));
        as_root(&["mount", "-t", "tmpfs", "-o", &options, "tmpfs", folder.to_str().unwrap()])
            .then(|| Self(folder.to_owned()))
    }

    fn grow(&self, size: &str) {
        let options = format!("remount,size={size}");
        assert!(as_root(&["mount", "-o", &options, self.0.to_str().unwrap()]));
    }
}

/// Runs a command as root, if this user may.
fn as_root(args: &[&str]) -> bool {
    let sudo: &[&str] = if run("id", &["-u"]) == "0" { &[] } else { &["sudo", "-n"] };
    let command: Vec<&str> = sudo.iter().chain(args).copied().collect();
    Command::new(command[0]).args(&command[1..]).status().is_ok_and(|status| status.success())
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        as_root(&["umount", self.0.to_str().unwrap()]);
    }
}

#[test]
#[ignore = "needs sshd, rsync and the right to mount: bash .ci/publish"]
fn a_full_disk_is_reported_and_the_next_publish_completes() {
    for more in ["dir", "", "through = \"sftp\"\n", "releases = true\n"] {
        let server = Server::start("");
        let target = if more == "dir" { dir_target(&server.folder()) } else { server.target(more) };
        let site = site_with(8, &target);
        let folder = if more.contains("releases") { server.folder().join("current") } else { server.folder() };
        let disk = SmallDisk::mount(&server.folder(), 96).expect("the right to mount a small disk");
        let size: usize = site.public().values().map(Vec::len).sum();
        assert!(size > 96 * 1024, "the site is too small to fill it: {size}");
        site.run(&["publish", "--yes"]).expect_exit(1, &["free some space"]);
        assert_eq!(links_without_file(&published(&folder), BASE_URL), BTreeSet::new());
        disk.grow("64m");
        site.run(&["publish", "--yes"]).expect_exit(0, &[]);
        assert_eq!(published(&folder), site.public(), "{more}");
        drop(disk);
    }
}
