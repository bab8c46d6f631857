//! Sites to publish, and publishes that are interrupted at any moment.

use crate::common::files::{Files, read_files};
use crate::common::process::program;
use crate::common::site::{RunResult, SETTINGS, Site, article};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A built site of this many articles, which link to their neighbours and to lists; `target` is the part of `site.toml` that
/// says where it is published.
pub(crate) fn site_with(articles: usize, target: &str) -> Site {
    let site = Site::with_settings();
    site.write("site.toml", format!("{SETTINGS}\n{target}"));
    for number in 0..articles {
        write_article(&site, number, "手艺与传承。");
    }
    site.build();
    site
}

/// Writes the article with this number, dated by its number; two of one number replace each other.
pub(crate) fn write_article(site: &Site, number: usize, body: &str) {
    let front = format!("date = 2025-01-{:02}\nthemes = [\"工匠\"]\npaper = \"示范工人报\"\n", number % 28 + 1);
    site.write(&article_path(number), article(&format!("第{number}篇"), &front, body));
}

pub(crate) fn article_path(number: usize) -> String {
    format!("content/articles/own/a{number:03}.md")
}

/// Removes a fifth of the articles, adds and changes others, and builds; another selection in each round.
pub(crate) fn change_some(site: &Site, articles: usize, round: usize) {
    for number in 0..articles {
        let path = article_path(number);
        match (number + round) % 5 {
            0 if site.has(&path) => site.remove(&path),
            0 | 1 => write_article(site, number, &format!("第{round}次修改。")),
            _ => {}
        }
    }
    site.build();
}

/// A folder outside of the site as target.
pub(crate) fn dir_target(folder: &Path) -> String {
    format!("[publish.copy]\nkind = \"dir\"\nfolder = {:?}\n", folder.to_str().unwrap())
}

/// Publishes, which has to succeed.
#[track_caller]
pub(crate) fn publish(site: &Site) -> RunResult {
    site.run(&["publish"]).expect_exit(0, &[])
}

/// The files of a target, without those that wenzhai and git need for themselves.
pub(crate) fn published(folder: &Path) -> Files {
    let mut files = read_files(folder);
    files.retain(|name, _| !name.starts_with(".git/") && !name.contains(".wenzhai-"));
    files
}

/// How long something takes on this machine.
pub(crate) fn duration_of(run: impl FnOnce()) -> Duration {
    let started = Instant::now();
    run();
    started.elapsed()
}

/// Starts a publish and kills it after a while; returns whether it was still running.
pub(crate) fn kill_publish_after(site: &Site, args: &[&str], after: Duration) -> bool {
    let mut command = program();
    command.current_dir(site.root()).args(args);
    // the temporary files of a killed program are removed together with the site
    std::fs::create_dir_all(site.path(".tmp")).unwrap();
    command.env("TMPDIR", site.path(".tmp"));
    kill_after(command, after)
}

/// Starts a command and ends it with SIGKILL after a while, with its children (git, rsync), which are in its process group;
/// returns whether it was still running.
pub(crate) fn kill_after(mut command: Command, after: Duration) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn().unwrap();
    sleep(after);
    let was_running = child.try_wait().unwrap().is_none();
    let group = format!("-{}", child.id());
    let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
    child.wait().unwrap();
    was_running
}

/// This many moments within a stretch of time, the same ones in each run, spread so that none are close together.
pub(crate) fn moments(count: u32, within: Duration) -> impl Iterator<Item = Duration> {
    // multiples of the golden ratio, modulo 1, are spread evenly
    (1..=count).map(move |number| within.mul_f64((f64::from(number) * 0.618_033_988_75).fract()))
}

/// The least number of rounds that have to be interrupted in the middle of a publish.
pub(crate) const INTERRUPTED: usize = 5;

/// Rounds, numbered, with the time after which each is to be killed: twenty within the duration of a whole publish. A publish
/// may be faster than the first one was; so further rounds are killed sooner and sooner, for those who have not interrupted
/// enough.
pub(crate) fn rounds(within: Duration) -> impl Iterator<Item = (usize, Duration)> {
    (0..6).flat_map(move |halved| moments(20, within / (1 << halved))).enumerate()
}
