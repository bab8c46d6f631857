//! Publishing to a branch: whole commits, pushed by the user's own git, without touching anybody's working tree.

use crate::common::files::{Files, read_files};
use crate::common::html::links_without_file;
use crate::common::publishing::{
    duration_of, kill_publish_after, moments, publish, published, site_with, write_article,
};
use crate::common::site::{BASE_URL, RunResult, Site};
use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::thread::spawn;
use tempfile::{TempDir, tempdir};

/// Runs git without the user's settings; returns what it printed.
fn git(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(folder).args(args).env("GIT_CONFIG_GLOBAL", "/dev/null").env("LC_ALL", "C");
    for (name, value) in [("NAME", "Wen Zhai"), ("EMAIL", "w@example.org")] {
        command.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
    }
    let output = command.output().expect("git is needed: install it, or run bash .ci/publish");
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

/// A bare repository, and a site that is published to it.
fn site_and_remote(articles: usize, more: &str) -> (Site, TempDir) {
    let remote = tempdir().unwrap();
    git(remote.path(), &["init", "--quiet", "--bare"]);
    let target = format!("[publish.pages]\nkind = \"git\"\nremote = {:?}\n{more}", remote.path().to_str().unwrap());
    (site_with(articles, &target), remote)
}

fn make_executable(file: &Path) {
    #[cfg(unix)]
    fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    #[cfg(not(unix))]
    let _ = file;
}

/// The files of the branch in a fresh clone.
fn cloned(remote: &Path, branch: &str) -> Files {
    let clone = tempdir().unwrap();
    let into = clone.path().join("clone");
    git(clone.path(), &["clone", "--quiet", "--branch", branch, remote.to_str().unwrap(), into.to_str().unwrap()]);
    published(&into)
}

fn commits(remote: &Path, branch: &str) -> usize {
    git(remote, &["rev-list", "--count", branch]).parse().unwrap()
}

/// The files that a branch has to contain: the site, and a marker that keeps GitHub Pages from running Jekyll.
fn expected(site: &Site) -> Files {
    let mut files = site.public();
    files.insert(".nojekyll".to_owned(), Vec::new());
    files
}

#[test]
fn the_branch_becomes_the_site_and_a_second_publish_makes_no_commit() {
    let (site, remote) = site_and_remote(8, "");
    publish(&site).expect_exit(0, &["0 unchanged", "https://example.org/digest/"]);
    assert_eq!(cloned(remote.path(), "gh-pages"), expected(&site));
    publish(&site).expect_exit(0, &["0 files sent"]);
    assert_eq!(commits(remote.path(), "gh-pages"), 1);
    write_article(&site, 3, "改了。");
    site.remove("content/articles/own/a004.md");
    site.build();
    publish(&site);
    assert_eq!(cloned(remote.path(), "gh-pages"), expected(&site));
    assert_eq!(commits(remote.path(), "gh-pages"), 2);
    let sent = git(remote.path(), &["diff", "--name-only", "gh-pages~1", "gh-pages"]);
    assert!(
        sent.contains("a003/index.html") && sent.contains("a004/index.html") && !sent.contains("style.css"),
        "{sent}"
    );
    assert_eq!(git(remote.path(), &["for-each-ref", "--format=%(refname)"]), "refs/heads/gh-pages");
    git(remote.path(), &["fsck", "--strict"]);
}

/// A run from the folder above the site, which is named by a relative path.
fn publish_from_above(site: &Site) -> RunResult {
    let (above, name) = (site.root().parent().unwrap(), site.root().file_name().unwrap());
    let mut command = site.command(&["--root", name.to_str().unwrap(), "publish"]);
    RunResult::from_output(command.current_dir(above).output().unwrap())
}

#[test]
fn a_site_that_is_named_by_a_relative_path_is_published() {
    let (site, remote) = site_and_remote(3, "");
    publish_from_above(&site).expect_exit(0, &["0 unchanged"]);
    assert_eq!(cloned(remote.path(), "gh-pages"), expected(&site));
}

/// A server that has nothing, and its address.
fn empty_server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    });
    address
}

#[test]
fn no_token_in_a_remote_is_printed() {
    let host = empty_server();
    let remotes = [
        format!("http://{host}/r.git?token=geheim"),
        format!("http://{host}/r.git?a=x@geheim&b=1#geheim"),
        format!("http://u:ge/geheim@{host}/r.git"),
        format!("http://geheim@{host}/r.git"),
        format!("nonsense://u:geheim@{host}/r.git"),
    ];
    for remote in remotes {
        let site = site_with(1, &format!("[publish.pages]\nkind = \"git\"\nremote = {remote:?}\n"));
        for args in [&["publish"][..], &["-v", "publish", "--dry-run"]] {
            site.run(args).expect_exit(1, &["error[git]", "://"]).expect_without("geheim");
        }
    }
}

#[test]
fn a_squashed_branch_has_one_commit_and_a_domain_has_its_file() {
    let more = "branch = \"site\"\nhistory = \"squash\"\ncname = \"digest.example.org\"\nmessage = \"文摘更新\"\n";
    let (site, remote) = site_and_remote(4, more);
    for round in 0..3 {
        write_article(&site, 1, &format!("第{round}次。"));
        site.build();
        publish(&site);
        assert_eq!(commits(remote.path(), "site"), 1);
    }
    let mut files = expected(&site);
    files.insert("CNAME".to_owned(), b"digest.example.org\n".to_vec());
    assert_eq!(cloned(remote.path(), "site"), files);
    assert_eq!(git(remote.path(), &["log", "--format=%s", "site"]), "文摘更新");
    publish(&site).expect_exit(0, &["0 files sent"]);
}

/// Everything that its user sees of a repository: files and index, references, status.
fn state(folder: &Path) -> (Files, String, String) {
    let mut files = read_files(folder);
    files.retain(|name, _| {
        !name.starts_with(".git/") || name == ".git/index" || name == ".git/HEAD" || name == ".git/FETCH_HEAD"
    });
    (files, git(folder, &["for-each-ref", "--exclude=refs/wenzhai"]), git(folder, &["status", "--porcelain"]))
}

#[test]
fn the_users_own_repository_is_not_changed() {
    let (site, remote) = site_and_remote(4, "");
    let root = site.root();
    git(root, &["init", "--quiet", "--initial-branch=main"]);
    site.write(".gitignore", "public/\n");
    git(root, &["add", ".gitignore", "site.toml"]);
    git(root, &["commit", "--quiet", "-m", "settings"]);
    git(root, &["remote", "add", "origin", remote.path().to_str().unwrap()]);
    git(root, &["push", "--quiet", "origin", "main"]);
    // staged files that are not committed yet, and a hook that must not run
    git(root, &["add", "content"]);
    site.write(".git/hooks/pre-push", "#!/bin/sh\nexit 1\n");
    make_executable(&site.path(".git/hooks/pre-push"));
    let settings = site.read("site.toml");
    let by_name = settings.replace(&format!("{:?}", remote.path().to_str().unwrap()), "\"origin\"");
    site.write("site.toml", &by_name);
    let before = state(root);
    publish(&site);
    assert_eq!(state(root), before);
    assert_eq!(cloned(remote.path(), "gh-pages"), expected(&site));
    assert_eq!(cloned(remote.path(), "main").keys().collect::<Vec<_>>(), [".gitignore", "site.toml"]);
    site.write("site.toml", by_name.replace("\"origin\"", "\"orgin\""));
    site.run(&["publish"]).expect_exit(2, &["no remote \"orgin\"", "git remote -v"]);
}

#[test]
#[cfg(unix)]
fn a_push_that_lost_a_race_is_repeated_on_the_new_tip() {
    for history in ["keep", "squash"] {
        let (site, remote) = site_and_remote(4, &format!("history = \"{history}\"\n"));
        publish(&site);
        let other = tempdir().unwrap();
        let clone = other.path().join("clone");
        git(
            other.path(),
            &["clone", "--quiet", "--branch", "gh-pages", remote.path().to_str().unwrap(), clone.to_str().unwrap()],
        );
        // somebody else pushes after the remote was read, and before our push
        let racing_push = format!(
            "cd {clone:?} && test ! -e by-hand.txt && echo x > by-hand.txt && git add . && \
             git -c user.name=o -c user.email=o@example.org commit -qm other && git push -q"
        );
        let settings = site.read("site.toml");
        site.write("site.toml", format!("{settings}before = {racing_push:?}\n"));
        write_article(&site, 2, "改了。");
        site.build();
        publish(&site);
        let mut files = expected(&site);
        files.insert("by-hand.txt".to_owned(), b"x\n".to_vec());
        assert_eq!(cloned(remote.path(), "gh-pages"), files, "{history}: their commit is preserved");
        assert_eq!(commits(remote.path(), "gh-pages"), if history == "keep" { 3 } else { 1 });
    }
}

#[test]
fn a_branch_of_others_needs_confirmation() {
    let (site, remote) = site_and_remote(2, "branch = \"main\"\n");
    let other = tempdir().unwrap();
    git(other.path(), &["init", "--quiet", "--initial-branch=main"]);
    fs::write(other.path().join("main.rs"), "fn main() {}").unwrap();
    git(other.path(), &["add", "."]);
    git(other.path(), &["commit", "--quiet", "-m", "work"]);
    git(other.path(), &["push", "--quiet", remote.path().to_str().unwrap(), "main"]);
    site.run(&["publish"]).expect_exit(1, &["not-empty", "main.rs"]);
    site.run(&["publish", "--dry-run"]).expect_exit(1, &["not-empty"]);
    assert_eq!(commits(remote.path(), "main"), 1);
}

#[test]
fn a_refused_push_is_reported_and_leaves_the_branch() {
    let (site, remote) = site_and_remote(2, "");
    publish(&site);
    let hook = remote.path().join("hooks/pre-receive");
    fs::write(&hook, "#!/bin/sh\necho this branch is protected\nexit 1\n").unwrap();
    make_executable(&hook);
    let before = git(remote.path(), &["rev-parse", "gh-pages"]);
    write_article(&site, 1, "改了。");
    site.build();
    site.run(&["publish"]).expect_exit(1, &["the branch cannot be pushed", "protected"]);
    assert_eq!(git(remote.path(), &["rev-parse", "gh-pages"]), before);
    fs::remove_file(&hook).unwrap();
    publish(&site);
    assert_eq!(cloned(remote.path(), "gh-pages"), expected(&site));
    drop(remote);
    site.run(&["publish"]).expect_exit(1, &["the remote cannot be reached", "check the remote's address"]);
}

/// Starts a server that refuses every request; returns its address.
fn refusing_server(status: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = stream;
            let _ = stream.read(&mut [0; 4096]);
            let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    });
    address
}

#[test]
fn a_token_in_the_remotes_address_is_never_shown() {
    for status in ["404 Not Found", "401 Unauthorized", "403 Forbidden"] {
        let server = refusing_server(status);
        let target = format!("[publish.pages]\nkind = \"git\"\nremote = \"http://x:geheim@{server}/r.git\"\n");
        let site = site_with(1, &target);
        for args in [&["publish"][..], &["publish", "--dry-run"], &["-v", "publish", "--yes"]] {
            site.run(args).expect_exit(1, &["error[git]", &server]).expect_without("geheim");
        }
        let files = read_files(site.root());
        let mut leaking = files
            .iter()
            .filter(|(name, bytes)| *name != "site.toml" && String::from_utf8_lossy(bytes).contains("geheim"));
        assert_eq!(leaking.next(), None);
    }
}

#[test]
#[cfg(unix)]
#[ignore = "takes a minute: bash .ci/publish"]
fn killed_at_any_moment_the_branch_is_the_old_site_or_the_new() {
    let (site, remote) = site_and_remote(20, "");
    let whole = duration_of(|| drop(publish(&site)));
    let mut old = expected(&site);
    for (round, after) in moments(20, whole).enumerate() {
        write_article(&site, round, "改了又改。");
        write_article(&site, round + 20, "新的一篇。");
        site.build();
        kill_publish_after(&site, &["publish"], after);
        let there = cloned(remote.path(), "gh-pages");
        assert!(there == old || there == expected(&site), "round {round}");
        assert_eq!(links_without_file(&there, BASE_URL), BTreeSet::new());
        publish(&site);
        old = expected(&site);
        assert_eq!(cloned(remote.path(), "gh-pages"), old, "round {round}");
    }
}
