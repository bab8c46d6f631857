//! Folder sizes: neither the output nor the article files grow without bound in any one folder.
//!
//! A site of decades is planned in memory: thousands of days, people, columns, articles without a date and source pages
//! without an issue, one article to a part of a list.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use wenzhai::catalog::catalog::Catalog;
use wenzhai::catalog::entry::{Entry, Summary};
use wenzhai::config::settings::{Config, Paper};
use wenzhai::config::themes::Theme;
use wenzhai::content::address_book::AddressBook;
use wenzhai::content::article::{FrontMatter, PageLines};
use wenzhai::extract::gazetteer::PlaceId;
use wenzhai::import::naming::{article_file, page_keys};
use wenzhai::import::page::masthead::Masthead;
use wenzhai::site::plan::plan;
use wenzhai::site::site::Site;
use wenzhai::text::word_count::WordCount;

/// Articles without a date, and with one: 30 years of days.
const UNDATED: usize = 12_000;
const DAYS: usize = 30 * 365;
/// The bound: a list's pages and names are split into folders of a thousand.
const MOST_ENTRIES: usize = 1100;

fn day(at: usize) -> Date {
    date(1996, 1, 1) + i64::try_from(at).unwrap().days()
}

fn undated(at: usize) -> Entry {
    let front = FrontMatter {
        authors: vec![format!("作者{at}")],
        column: Some(format!("栏目{at}")),
        source: Some(Box::new(PageLines { page: format!("page-{at}.txt"), lines: "1-9".into(), more: Vec::new() })),
        ..FrontMatter::default()
    };
    Entry { file: format!("content/articles/undated/page-{at}-01.md"), front, ..Entry::default() }
}

fn dated(at: usize) -> Entry {
    let front =
        FrontMatter {
            date: Some(day(at)), page: Some(1), paper: Some("示范工人报".into()), ..FrontMatter::default()
        };
    Entry { file: format!("content/articles/{}/p1-01.md", day(at)), front, ..Entry::default() }
}

fn site(undated_articles: usize, days: usize, book: AddressBook) -> Site {
    let theme = Theme { id: "产改".into(), slug: "changai".into(), ..Theme::default() };
    let paper = Paper { name: "示范工人报".into(), slug: "sfgrb".into(), ..Paper::default() };
    let mut entries: Vec<Entry> = (0..undated_articles).map(undated).chain((0..days).map(dated)).collect();
    for entry in &mut entries {
        entry.front.themes = vec!["产改".into()];
        entry.places = [PlaceId(3206)].into();
        entry.summary = Summary { word_count: WordCount { han: 1400, words: 0 }, ..Summary::default() }.into();
    }
    let config = Config {
        page_size: 1,
        themes: vec![theme],
        papers: vec![paper],
        base_url: "https://example.org/".into(),
        ..Config::default()
    };
    let catalog = Catalog::index(entries, &config.themes);
    let (site, notes) = plan(config, catalog, Vec::new(), &[], book, false);
    assert_eq!(notes, []);
    site
}

/// The folder with most entries (files and folders), and their number.
fn fullest_folder<'a>(files: impl Iterator<Item = &'a str>) -> (String, usize) {
    let mut children: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for file in files {
        let mut inner = file;
        while let Some((folder, name)) = inner.rsplit_once('/') {
            children.entry(folder).or_default().insert(name);
            inner = folder;
        }
        children.entry("").or_default().insert(inner);
    }
    let (folder, inside) = children.into_iter().max_by_key(|(_, inside)| inside.len()).unwrap();
    (folder.to_owned(), inside.len())
}

#[test]
fn no_output_folder_has_more_entries_than_the_bound() {
    let planned = site(UNDATED, DAYS, AddressBook::default()).planned();
    assert!(planned.len() > 5 * (UNDATED + DAYS), "pages of people, columns, issues and parts of lists are among them");
    let (folder, inside) = fullest_folder(planned.iter());
    assert!(inside <= MOST_ENTRIES, "{folder}: {inside}");
}

#[test]
fn addresses_are_stable_as_the_site_grows() {
    let small = site(40, 40, AddressBook::default());
    let large = site(1500, 800, small.book.clone()).planned();
    let lost: Vec<String> = small.planned().iter().map(str::to_owned).filter(|path| !large.contains(path)).collect();
    assert_eq!(lost, Vec::<String>::new());
}

#[test]
fn no_folder_of_article_files_has_more_entries_than_the_bound() {
    let named = |printed: &Masthead, path: &str| article_file(printed.date, &page_keys(printed, &[], path)[0], 1);
    let dated = (0..DAYS).map(|at| {
        let printed = Masthead { date: Some(day(at)), page: Some(1), ..Masthead::default() };
        named(&printed, "page.txt")
    });
    let undated = (0..UNDATED).map(|at| named(&Masthead::default(), &format!("page-{at}.txt")));
    let files: BTreeSet<String> = dated.chain(undated).collect();
    assert_eq!(files.len(), DAYS + UNDATED);
    let (folder, inside) = fullest_folder(files.iter().map(String::as_str));
    assert!(inside <= MOST_ENTRIES, "{folder}: {inside}");
}
