//! What the stories of publishing share: a site with many links, a checker of links, and a hand that ends the program at
//! any moment.

use super::{Files, Site, article, read_files};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A site of so many articles, which link to their neighbours and to lists, with one place to publish to.
pub(crate) fn site_with(articles: usize, target: &str) -> Site {
    let site = Site::with_settings();
    site.write("site.toml", format!("{}\n{target}", super::SETTINGS));
    for at in 0..articles {
        write_article(&site, at, "手艺与传承。");
    }
    site.build();
    site
}

pub(crate) fn write_article(site: &Site, at: usize, body: &str) {
    let front = format!("date = 2025-01-{:02}\nthemes = [\"工匠\"]\npaper = \"示范工人报\"\n", at % 28 + 1);
    site.write(&format!("content/articles/own/a{at:03}.md"), article(&format!("第{at}篇"), &front, body));
}

/// A folder target beside the site's own folder.
pub(crate) fn dir_target(folder: &Path) -> String {
    format!("[publish.copy]\nkind = \"dir\"\nfolder = {:?}\n", folder.to_str().unwrap())
}

/// What a target holds, without the notes that wenzhai and git keep there.
pub(crate) fn published(folder: &Path) -> Files {
    let mut files = read_files(folder);
    files.retain(|name, _| !name.starts_with(".git/") && !name.contains(".wenzhai-"));
    files
}

/// Every link of every page that leads to no file, as `page → file`. The checker is its own: it knows nothing of the
/// program's.
pub(crate) fn broken_links(files: &Files) -> BTreeSet<String> {
    let mut broken = BTreeSet::new();
    for (page, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        for attribute in [" href=\"", " src=\"", " href='", " src='"] {
            for part in html.split(attribute).skip(1) {
                let link = part.split(['"', '\'', '#', '?']).next().unwrap();
                if link.is_empty() || link.contains(':') || link.starts_with("//") {
                    continue;
                }
                // the site stands below its host's root
                let to = target_of(page, link.strip_prefix("/digest").unwrap_or(link));
                if !files.contains_key(&to) {
                    broken.insert(format!("{page} → {to}"));
                }
            }
        }
    }
    broken
}

fn target_of(page: &str, link: &str) -> String {
    let base = url_like(page);
    let mut parts: Vec<&str> = if link.starts_with('/') { Vec::new() } else { base.split('/').collect() };
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let path = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
    let is_folder = link.ends_with('/') || link.ends_with('.');
    match (is_folder, path.as_str()) {
        (true, "") => "index.html".to_owned(),
        (true, path) => format!("{path}/index.html"),
        (false, path) => path.to_owned(),
    }
}

/// The folder of a page.
fn url_like(page: &str) -> String {
    page.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned())
}

/// How long a publish takes here.
pub(crate) fn time_of(run: impl FnOnce()) -> Duration {
    let started = Instant::now();
    run();
    started.elapsed()
}

/// Begins a publish and ends it with SIGKILL after a while; says whether it was still running. Its children (git, rsync)
/// are in its process group and end with it.
pub(crate) fn kill_after(site: &Site, args: &[&str], after: Duration) -> bool {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("wenzhai"));
    command.current_dir(site.root()).args(args).stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null());
    // what a killed program leaves for the moment goes with the site
    std::fs::create_dir_all(site.path(".tmp")).unwrap();
    command.env("TMPDIR", site.path(".tmp"));
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

/// So many moments in a stretch of time, the same ones each time, spread so that none are close together.
pub(crate) fn moments(count: u32, within: Duration) -> impl Iterator<Item = Duration> {
    // multiples of the golden ratio fall everywhere
    (1..=count).map(move |at| within.mul_f64((f64::from(at) * 0.618_033_988_75).fract()))
}

/// Rounds that have to be cut short in the middle.
pub(crate) const CUT_SHORT: usize = 5;

/// Twenty rounds, each killed at another moment within the time that the whole takes. A publish may be faster than the first
/// one was; so there are more rounds, killed sooner and sooner, for those who have not met enough in the middle.
pub(crate) fn rounds(within: Duration) -> impl Iterator<Item = (usize, Duration)> {
    (0..6).flat_map(move |halved| moments(20, within / (1 << halved))).enumerate()
}
