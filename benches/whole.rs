//! End-to-end benchmarks, of what a person waits for: `cargo bench --bench whole`.
//!
//! The whole pipeline over a site on disk, of 1,000 generated articles (`WENZHAI_BENCH_ARTICLES` for another number): `bare`
//! makes what other generators make by themselves, `default` everything (search, machine-readable forms, figures, places).
//!
//! - `cold_build`: without a cache and without output
//! - `nothing_changed` and `one_changed_body`: incremental builds
//! - `preview_starts`: until the first page can be shown
//! - `preview_of_an_edit`: from a saved file to the bytes of its page, without the watcher and the browser
//!
//! Compare them with one another, with the stages of `benches/stages.rs`, and with the same before a change;
//! `benches/peers/run` compares the program with Hugo and with `cp -r`. What was written is removed at the
//! end, and ext4 is slow to reuse freed inodes: `cold_build` is reliable six minutes after the last run.

mod articles;
mod samples;

use divan::Bencher;
use divan::counter::ItemsCount;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use wenzhai::diagnostics::source::Source;
use wenzhai::pipeline::builder::builder::Builder;
use wenzhai::pipeline::options::BuildOptions;
use wenzhai::preview::model::{PreviewModel, Update};

fn main() {
    samples::run();
}

/// A site on disk.
struct BenchSite {
    root: PathBuf,
    articles: Vec<Source>,
    edits: AtomicUsize,
}

impl BenchSite {
    fn new(kind: &str) -> Self {
        let root = samples::new_path();
        samples::write(&root, kind == "bare");
        Self { root, articles: samples::sources(kind == "bare"), edits: AtomicUsize::new(0) }
    }

    fn build(&self, out: &Path) {
        let built = Builder::new(&self.root).build(&options(), out).expect("the site can be built");
        assert!(built.diagnostics.is_empty(), "{:?}", built.diagnostics);
    }

    /// Appends a sentence to an article, to another one each time; returns both.
    fn edit(&self) -> (&Source, String) {
        let number = self.edits.fetch_add(1, Ordering::Relaxed);
        let article = &self.articles[number * 7919 % self.articles.len()];
        let sentence = format!("又添第{number}句。");
        samples::put(&self.root.join(&article.name), &format!("{}{sentence}\n", article.text.trim_end()));
        (article, sentence)
    }

    /// Builds twice, with a pause: the cache does not trust a time stamp that is as recent as the check itself.
    fn settled(&self, out: &Path) {
        self.build(out);
        std::thread::sleep(std::time::Duration::from_millis(20));
        self.build(out);
    }
}

fn options() -> BuildOptions {
    BuildOptions { no_import: true, ..BuildOptions::default() }
}

const KINDS: [&str; 2] = ["bare", "default"];

#[divan::bench(args = KINDS, sample_count = 10, sample_size = 1)]
fn cold_build(bencher: Bencher<'_, '_>, kind: &str) {
    let site = BenchSite::new(kind);
    bencher
        .counter(ItemsCount::new(samples::count()))
        .with_inputs(samples::new_path)
        .bench_local_values(|out| site.build(&out));
}

#[divan::bench(args = KINDS, sample_count = 20, sample_size = 1)]
fn nothing_changed(bencher: Bencher<'_, '_>, kind: &str) {
    let (site, out) = (BenchSite::new(kind), samples::new_path());
    site.settled(&out);
    bencher.bench_local(|| site.build(&out));
}

#[divan::bench(args = KINDS, sample_count = 10, sample_size = 1)]
fn one_changed_body(bencher: Bencher<'_, '_>, kind: &str) {
    let (site, out) = (BenchSite::new(kind), samples::new_path());
    site.settled(&out);
    bencher.with_inputs(|| drop(site.edit())).bench_local_values(|()| site.build(&out));
}

#[divan::bench(args = KINDS, sample_count = 10, sample_size = 1)]
fn preview_starts(bencher: Bencher<'_, '_>, kind: &str) {
    let site = BenchSite::new(kind);
    bencher.bench_local(|| {
        let model = PreviewModel::first(&site.root, &options()).expect("the site is sound");
        shown(&model, "index.html")
    });
}

#[divan::bench(args = KINDS, sample_count = 10, sample_size = 1)]
fn preview_of_an_edit(bencher: Bencher<'_, '_>, kind: &str) {
    let site = BenchSite::new(kind);
    let mut model = PreviewModel::first(&site.root, &options()).expect("the site is sound");
    bencher.with_inputs(|| site.edit()).bench_local_values(|(article, sentence)| {
        let changed = BTreeSet::from([article.name.clone()]);
        if let Update::Rebuilt(new) = model.after(&changed, &options()).expect("the site is sound") {
            model = *new;
        }
        assert!(shown(&model, &page_of(article)).contains(&sentence), "the preview shows what was saved");
    });
}

fn shown(model: &PreviewModel, path: &str) -> String {
    let bytes = model.file(path).expect("the site has this file").expect("its page can be rendered");
    String::from_utf8(bytes).expect("pages are text")
}

/// `content/articles/2025/02-25/p1-03.md` → `2025/02/25/p1-03/index.html`.
fn page_of(article: &Source) -> String {
    let name = article.name.trim_start_matches("content/articles/").trim_end_matches(".md");
    format!("{}/index.html", name.replacen('-', "/", 1))
}
