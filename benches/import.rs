//! Import benchmarks: `cargo bench --bench import`.
//!
//! The sample pages of `content/pages`, each extended by the next ones to 5,200 characters and set in columns that are cut in
//! mid-sentence and read out of order: some 100 lines; pages laid out from real articles have 75. `imports` is the stage alone on one thread, `pages` the whole way from bytes to article files on all
//! threads with themes filed, nothing written. The bar is 500 pages a second on two cores.

use divan::counter::{BytesCount, ItemsCount};
use std::fs;
use wenzhai::config::settings;
use wenzhai::content::emit;
use wenzhai::diagnostics::source::Source;
use wenzhai::import::input::decode::decode;
use wenzhai::import::page_import::{import_page, name_articles};
use wenzhai::import::page_metadata::PageMetadata;
use wenzhai::theme::classify::{ArticleText, Classifier};
use wenzhai::util::parallel;

fn main() {
    divan::main();
}

/// Characters of a page and of a column on it, as on the pages laid out from real articles.
const PAGE_LENGTH: usize = 5200;
const COLUMN_LENGTH: usize = 250;
/// Characters of a line of text, and of a paragraph to which no other line is added, at least.
const TEXT_LINE: usize = 24;
const PARAGRAPH: usize = 200;

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
    let pages = (0..texts.len()).map(|at| laid_out(&lines_from(&texts, at)));
    pages.enumerate().map(|(at, text)| (format!("page-{at}.txt"), text.into_bytes())).collect()
}

/// As many lines of a page, and of those behind it, as a page has characters. Lines of text, which are shorter on the sample pages than on
/// real ones, are put together.
fn lines_from(texts: &[String], at: usize) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut length = 0;
    let lines = texts.iter().cycle().skip(at).flat_map(|text| text.lines()).filter(|line| !line.trim().is_empty());
    for line in lines {
        let characters = line.chars().count();
        length += characters;
        if length > PAGE_LENGTH {
            break;
        }
        match joined.last_mut() {
            Some(last) if characters >= TEXT_LINE && (TEXT_LINE..PARAGRAPH).contains(&last.chars().count()) => {
                last.push_str(line);
            }
            _ => joined.push(line.to_owned()),
        }
    }
    joined
}

/// The lines in columns, cut where a column ends; of every four columns the third is read before the second.
fn laid_out(lines: &[String]) -> String {
    let mut columns = vec![(0, String::new())];
    for line in lines {
        for c in line.chars() {
            let (length, column) = columns.last_mut().expect("there is a column");
            *length += 1;
            column.push(c);
            if *length >= COLUMN_LENGTH {
                columns.push((0, String::new()));
            }
        }
        columns.last_mut().expect("there is a column").1.push('\n');
    }
    columns.chunks_exact_mut(4).for_each(|four| four.swap(1, 2));
    columns.into_iter().map(|(_, column)| format!("{column}\n")).collect()
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
