//! Benchmarks of each stage alone: `cargo bench --bench stages -- --sort location`.
//!
//! The stages of a build in their order, on the default site of 1,000 generated articles (`WENZHAI_BENCH_ARTICLES` for another
//! number), with their input in memory unless they are about files. Stages of one page run on one thread; `fingerprints`,
//! `search_index` and `folder` on all, as they do in a build. Compare the results with
//!
//! - the same stage before a change, on a quiet machine
//! - its lower bound, where there is one: `markdown_lower_bound` is pulldown-cmark alone, `folder_lower_bound` writes the same
//!   bytes to new files, and nothing else
//! - `benches/whole.rs`: a stage that takes a small part of a build is not worth making faster
//!
//! What was written is removed at the end, and ext4 is slow to reuse freed inodes: `folder` is reliable six minutes after the
//! last run.

mod articles;
mod samples;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use rayon::prelude::*;
use std::collections::HashMap;
use std::fs;
use std::sync::LazyLock;
use wenzhai::catalog::catalog::Catalog;
use wenzhai::catalog::entry::Entry;
use wenzhai::config::content::RawHtml;
use wenzhai::config::settings::Config;
use wenzhai::content::address_book::AddressBook;
use wenzhai::content::article::{Article, FileText};
use wenzhai::content::parse;
use wenzhai::diagnostics::error::Result;
use wenzhai::diagnostics::source::Source;
use wenzhai::extract::extractor::Extractor;
use wenzhai::io::fs::walk;
use wenzhai::io::output::folder::FolderSink;
use wenzhai::io::output::sink::Sink;
use wenzhai::render::engine::i18n::Messages;
use wenzhai::render::engine::templates::Templates;
use wenzhai::render::fingerprint::{Fingerprinter, TextFingerprint};
use wenzhai::render::markdown::html::render_markdown;
use wenzhai::render::renderer::Renderer;
use wenzhai::search::index;
use wenzhai::site::page::{Feed, FeedFormat, Page};
use wenzhai::site::plan::plan as plan_site;
use wenzhai::site::site::Site;
use wenzhai::util::path_list::PathList;

fn main() {
    samples::run();
}

static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| samples::sources(false));

static ARTICLES: LazyLock<Vec<Article>> = LazyLock::new(|| {
    let themes = samples::config().theme_ids();
    SOURCES.iter().map(|source| parse::article(source, &themes).0.expect("generated articles are valid")).collect()
});

static BODIES: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| ARTICLES.iter().map(|article| (article.file.as_str(), article.body.as_str())).collect());

static SITE: LazyLock<Site> = LazyLock::new(|| {
    let config = samples::config();
    let catalog = Catalog::index(entries(&config), &config.themes);
    planned(config, catalog)
});

static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| Templates::load(&[]).0);

fn entries(config: &Config) -> Vec<Entry> {
    let extractor = Extractor::new(config);
    ARTICLES.iter().map(|article| Entry::of(article, &extractor)).collect()
}

fn planned(config: Config, catalog: Catalog) -> Site {
    let (site, notes) = plan_site(config, catalog, Vec::new(), &[], AddressBook::default(), false);
    assert!(notes.is_empty(), "{notes:?}");
    site
}

fn body(file: &str) -> Result<FileText> {
    Ok(BODIES[file].to_owned().into())
}

fn count() -> ItemsCount {
    ItemsCount::new(samples::count())
}

fn bytes_of_sources() -> BytesCount {
    BytesCount::new(SOURCES.iter().map(|source| source.text.len()).sum::<usize>())
}

fn bytes_of_bodies() -> BytesCount {
    BytesCount::new(ARTICLES.iter().map(|article| article.body.len()).sum::<usize>())
}

/// A walk through the folder of articles, with their time stamps.
#[divan::bench(sample_count = 20)]
fn survey(bencher: Bencher<'_, '_>) {
    let root = samples::new_path();
    samples::write(&root, false);
    bencher.counter(count()).bench(|| walk::list(&root, "content/articles", &["md"]));
}

/// A file's text → article.
#[divan::bench(sample_count = 20)]
fn parse(bencher: Bencher<'_, '_>) {
    let themes = samples::config().theme_ids();
    bencher.counter(count()).counter(bytes_of_sources()).bench(|| {
        SOURCES.iter().for_each(|source| drop(black_box(parse::article(source, &themes))));
    });
}

/// An article → what the catalog keeps of it: excerpt, length, places, figures, words.
#[divan::bench(sample_count = 20)]
fn entry(bencher: Bencher<'_, '_>) {
    let config = samples::config();
    bencher.counter(count()).counter(bytes_of_bodies()).bench(|| entries(&config));
}

#[divan::bench(sample_count = 20)]
fn catalog_index(bencher: Bencher<'_, '_>) {
    let config = samples::config();
    let entries = entries(&config);
    bencher
        .counter(count())
        .with_inputs(|| entries.clone())
        .bench_values(|entries| Catalog::index(entries, &config.themes));
}

/// Related articles, which are computed for all articles at the first request for one.
#[divan::bench(sample_count = 20)]
fn term_index(bencher: Bencher<'_, '_>) {
    let config = samples::config();
    let entries = entries(&config);
    bencher
        .counter(count())
        .with_inputs(|| Catalog::index(entries.clone(), &config.themes))
        .bench_refs(|catalog| catalog.related(0, 4));
}

/// Every page with its address.
#[divan::bench(sample_count = 20)]
fn plan(bencher: Bencher<'_, '_>) {
    let config = samples::config();
    let entries = entries(&config);
    bencher
        .counter(ItemsCount::new(SITE.pages.len()))
        .with_inputs(|| (config.clone(), Catalog::index(entries.clone(), &config.themes)))
        .bench_values(|(config, catalog)| planned(config, catalog));
}

/// A body → HTML.
#[divan::bench(sample_count = 20)]
fn markdown(bencher: Bencher<'_, '_>) {
    let words = Messages::of(samples::config().lang);
    bencher.counter(count()).counter(bytes_of_bodies()).bench(|| {
        ARTICLES
            .iter()
            .for_each(|article| drop(black_box(render_markdown(&article.body, words, RawHtml::Safe, &|_| None))));
    });
}

#[divan::bench(sample_count = 20)]
fn markdown_lower_bound(bencher: Bencher<'_, '_>) {
    bencher.counter(count()).counter(bytes_of_bodies()).bench(|| {
        for article in ARTICLES.iter() {
            let mut text = String::with_capacity(article.body.len() * 2);
            pulldown_cmark::html::push_html(&mut text, pulldown_cmark::Parser::new(&article.body));
            black_box(text);
        }
    });
}

/// The pages of articles, with their texts in memory.
#[divan::bench(sample_count = 10)]
fn article_pages(bencher: Bencher<'_, '_>) {
    pages(bencher, |page| matches!(page, Page::Article(_)));
}

/// The lists of themes: 20 articles on a page.
#[divan::bench(sample_count = 20)]
fn list_pages(bencher: Bencher<'_, '_>) {
    pages(bencher, |page| matches!(page, Page::Theme { .. }));
}

/// The machine-readable forms of articles: Markdown, JSON, BibTeX, RIS.
#[divan::bench(sample_count = 20)]
fn alternates(bencher: Bencher<'_, '_>) {
    pages(bencher, |page| matches!(page, Page::Alternate(..)));
}

/// The feed of the whole site: 30 articles with their texts.
#[divan::bench(sample_count = 20)]
fn feed(bencher: Bencher<'_, '_>) {
    pages(bencher, |page| page == Page::Feed(Feed::Site, FeedFormat::Atom));
}

/// The pages that `is_measured` selects, one after the other, by a new renderer without cached cards.
fn pages(bencher: Bencher<'_, '_>, is_measured: impl Fn(Page) -> bool) {
    let pages: Vec<Page> = SITE.pages.iter().copied().filter(|page| is_measured(*page)).collect();
    let render = |renderer: &Renderer<'_>, page| renderer.page(page, &body).expect("the built-in templates are valid");
    let bytes: usize = pages.iter().map(|page| render(&Renderer::new(&SITE, &TEMPLATES), *page).len()).sum();
    bencher
        .counter(ItemsCount::new(pages.len()))
        .counter(BytesCount::new(bytes))
        .with_inputs(|| Renderer::new(&SITE, &TEMPLATES))
        .bench_local_refs(|renderer| pages.iter().for_each(|page| drop(black_box(render(renderer, *page)))));
}

/// The fingerprints of all pages, which tell whether a page has to be rendered again.
#[divan::bench(sample_count = 20)]
fn fingerprints(bencher: Bencher<'_, '_>) {
    let text = |file: &str| TextFingerprint::of(&file);
    bencher
        .counter(ItemsCount::new(SITE.pages.len()))
        .with_inputs(|| Renderer::new(&SITE, &TEMPLATES))
        .bench_local_refs(|renderer| {
            let fingerprinter = Fingerprinter::new(renderer);
            SITE.pages.par_iter().filter_map(|page| fingerprinter.page(*page, &text).ok()).count()
        });
}

#[divan::bench(sample_count = 10)]
fn search_index(bencher: Bencher<'_, '_>) {
    let put = |_: &str, bytes: Vec<u8>| {
        black_box(bytes);
        Ok(())
    };
    bencher.counter(count()).counter(bytes_of_bodies()).bench(|| index::write(&SITE, &body, &put));
}

/// Writes the pages of articles to a new folder.
#[divan::bench(sample_count = 10)]
fn folder(bencher: Bencher<'_, '_>) {
    let files = files();
    counted(bencher, &files).with_inputs(samples::new_path).bench_local_values(|out| {
        let planned: PathList = files.iter().map(|(path, _)| path).collect();
        let sink = FolderSink::open(&out, planned).expect("the folder is new");
        files.par_iter().for_each(|(path, bytes)| {
            sink.put(path, bytes).expect("it is planned");
        });
        sink.finish(0).expect("it was open")
    });
}

#[divan::bench(sample_count = 10)]
#[allow(clippy::disallowed_methods, reason = "the file system alone is measured")]
fn folder_lower_bound(bencher: Bencher<'_, '_>) {
    let files = files();
    counted(bencher, &files).with_inputs(samples::new_path).bench_local_values(|out| {
        files.par_iter().for_each(|(path, bytes)| {
            let path = out.join(path);
            fs::create_dir_all(path.parent().expect("a page has a folder")).expect("the folder can be made");
            fs::write(path, bytes).expect("the file can be written");
        });
    });
}

fn counted<'a, 'b>(bencher: Bencher<'a, 'b>, files: &[(String, Vec<u8>)]) -> Bencher<'a, 'b> {
    let bytes = files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
    bencher.counter(ItemsCount::new(files.len())).counter(BytesCount::new(bytes))
}

fn files() -> Vec<(String, Vec<u8>)> {
    let renderer = Renderer::new(&SITE, &TEMPLATES);
    let articles = SITE.pages.iter().copied().filter(|page| matches!(page, Page::Article(_)));
    let file =
        |page| (SITE.address(page).file(), renderer.page(page, &body).expect("the built-in templates are valid"));
    articles.map(file).collect()
}
