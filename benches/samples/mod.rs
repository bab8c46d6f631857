//! The site of samples that benchmarks work on: so many articles as `WENZHAI_BENCH_ARTICLES` says, else 1,000.

#![allow(dead_code, reason = "each benchmark uses a part of this")]

use crate::articles::{Sample, settings};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, OnceLock};
use tempfile::TempDir;
use wenzhai::config::settings::{self, Config};
use wenzhai::diagnostics::source::Source;

/// How many articles.
pub(crate) fn count() -> usize {
    static COUNT: LazyLock<usize> = LazyLock::new(|| {
        let asked = std::env::var("WENZHAI_BENCH_ARTICLES").ok();
        asked.map_or(1000, |asked| asked.parse().expect("WENZHAI_BENCH_ARTICLES is a number"))
    });
    *COUNT
}

/// The article files: where they stand, and their text.
pub(crate) fn sources(bare: bool) -> Vec<Source> {
    let file = |number| {
        let (name, text) = Sample::new(number).file(bare);
        Source::new(format!("content/articles/{name}"), text)
    };
    (0..count()).map(file).collect()
}

/// The settings of the default site, with everything on.
pub(crate) fn config() -> Config {
    settings::parse(&Source::new("site.toml", settings(false))).expect("the settings of samples are sound")
}

/// Writes the site to a folder; `bare` without what other generators do not have.
#[allow(clippy::disallowed_methods, reason = "a benchmark writes its own input")]
pub(crate) fn write(root: &Path, bare: bool) {
    put(&root.join("site.toml"), &settings(bare));
    for source in sources(bare) {
        put(&root.join(&source.name), &source.text);
    }
}

#[allow(clippy::disallowed_methods, reason = "a benchmark writes its own input")]
pub(crate) fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

/// All that benchmarks write.
static HOME: OnceLock<PathBuf> = OnceLock::new();

/// Runs the benchmarks of a file, and removes in the end what they wrote.
pub(crate) fn run() {
    let home = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder below target/ can be made");
    HOME.set(home.path().to_owned()).expect("it runs once");
    divan::main();
}

/// A path where nothing ever was. ext4 keeps away from inodes that were freed in the last minutes and looks for others, longer
/// each time: so nothing is removed on the way.
pub(crate) fn new_path() -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let home = HOME.get().expect("run() sets it");
    home.join(COUNT.fetch_add(1, Ordering::Relaxed).to_string())
}
