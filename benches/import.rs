//! Import benchmarks: `cargo bench --bench import`.
//!
//! The sample pages of `content/pages`, each extended by the beginning of the next to 4,000 characters, the length of a
//! newspaper page. `imports` is the stage alone on one thread, `pages` the whole way from bytes to article files on all
//! threads with themes filed, nothing written. The bar is 500 pages a second on two cores.

use divan::counter::{BytesCount, ItemsCount};
use std::fs;
use wenzhai::config::settings;
use wenzhai::content::emit;
use wenzhai::diagnostics::source::Source;
use wenzhai::import::input::decode::decode;
use wenzhai::import::page_import::{PageMetadata, import_page, name_articles};
use wenzhai::theme::classify::{ArticleText, Classifier};
use wenzhai::util::parallel;

fn main() {
    divan::main();
}

/// Characters of a newspaper page.
const PAGE_LENGTH: usize = 4000;

/// Pages made of the sample: name and bytes.
#[allow(clippy::disallowed_methods, reason = "a benchmark reads its own input")]
fn pages_to_import() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/content/pages");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the repository has sample pages")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    let texts: Vec<String> =
        files.iter().map(|path| fs::read_to_string(path).expect("a sample page is a text")).collect();
    let pages = (0..texts.len()).map(|at| extended(&texts[at], &texts[(at + 1) % texts.len()]));
    pages.enumerate().map(|(at, text)| (format!("page-{at}.txt"), text.into_bytes())).collect()
}

/// A page, followed by as many lines of the next as it needs.
fn extended(page: &str, next: &str) -> String {
    let mut extended = format!("{page}\n\n");
    let mut length = page.chars().count();
    for line in next.lines() {
        if length >= PAGE_LENGTH {
            break;
        }
        extended.push_str(line);
        extended.push('\n');
        length += line.chars().count();
    }
    extended
}

#[divan::bench(sample_count = 10)]
fn imports(bencher: divan::Bencher<'_, '_>) {
    let sources: Vec<Source> = pages_to_import()
        .iter()
        .map(|(name, bytes)| decode(name, bytes).expect("sample pages are text").source)
        .collect();
    let bytes: usize = sources.iter().map(|source| source.text.len()).sum();
    bencher.counter(ItemsCount::new(sources.len())).counter(BytesCount::new(bytes)).bench(|| {
        sources.iter().map(|source| import_page(source, &PageMetadata::default(), |_| Vec::new())).collect::<Vec<_>>()
    });
}

#[divan::bench(sample_count = 10)]
fn pages(bencher: divan::Bencher<'_, '_>) {
    let text = include_str!("../site.toml");
    let config = settings::parse(&Source::new("site.toml", text)).expect("the built-in settings are sound");
    let classifier = Classifier::new(&config.themes, &config.filing);
    let pages: Vec<_> = pages_to_import().into_iter().cycle().take(180).collect();
    let bytes: usize = pages.iter().map(|(_, bytes)| bytes.len()).sum();
    bencher.counter(ItemsCount::new(pages.len())).counter(BytesCount::new(bytes)).bench(|| {
        parallel::map(&pages, |(name, bytes)| {
            let source = decode(name, bytes).expect("sample pages are text").source;
            let import = import_page(&source, &PageMetadata::default(), |draft| {
                classifier.theme_ids_of(&ArticleText {
                    title: &draft.front.title,
                    body: &draft.text,
                    ..ArticleText::default()
                })
            });
            let (articles, ledger) = name_articles(&import, "p", str::to_owned);
            (articles.iter().map(emit::article).map(|text| text.len()).sum::<usize>(), ledger.len())
        })
    });
}
