//! The generated site of the benchmarks: as many articles as `WENZHAI_BENCH_ARTICLES` says, else 1,000.

#![allow(dead_code, reason = "each benchmark uses a part of this")]

use crate::articles::{Sample, settings};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, OnceLock};
use tempfile::TempDir;
use wenzhai::config::settings::{self, Config};
use wenzhai::diagnostics::source::Source;

/// The number of articles.
pub(crate) fn count() -> usize {
    static COUNT: LazyLock<usize> = LazyLock::new(|| {
        let given = std::env::var("WENZHAI_BENCH_ARTICLES").ok();
        given.map_or(1000, |given| given.parse().expect("WENZHAI_BENCH_ARTICLES is a number"))
    });
    *COUNT
}

/// The article files: path and text.
pub(crate) fn sources(bare: bool) -> Vec<Source> {
    let file = |number| {
        let (name, text) = Sample::new(number).file(bare);
        Source::new(format!("content/articles/{name}"), text)
    };
    (0..count()).map(file).collect()
}

/// The settings of the default site, with everything on.
pub(crate) fn config() -> Config {
    settings::parse(&Source::new("site.toml", settings(false))).expect("the generated settings are valid")
}

/// Writes the site to a folder; `bare` without what other generators do not make.
#[allow(clippy::disallowed_methods, reason = "a benchmark writes its own input")]
pub(crate) fn write(root: &Path, bare: bool) {
    put(&root.join("site.toml"), &settings(bare));
    for source in sources(bare) {
        put(&root.join(&source.name), &source.text);
    }
}

#[allow(clippy::disallowed_methods, reason = "a benchmark writes its own input")]
pub(crate) fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("the folder can be created");
    fs::write(path, text).expect("the file can be written");
}

/// The folder of everything that benchmarks write.
static WORK_DIR: OnceLock<PathBuf> = OnceLock::new();

/// Runs the benchmarks of a file, and removes what they wrote at the end.
pub(crate) fn run() {
    let dir = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder below target/ can be created");
    WORK_DIR.set(dir.path().to_owned()).expect("it runs once");
    divan::main();
}

/// A path that was never used. ext4 avoids inodes that were freed in the last minutes and searches for others, longer each
/// time: so nothing is removed before the end.
pub(crate) fn new_path() -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let dir = WORK_DIR.get().expect("run() sets it");
    dir.join(COUNT.fetch_add(1, Ordering::Relaxed).to_string())
}
