//! Newspaper pages and what import makes of them: by meaning, against what a person reads on them, and byte for byte,
//! against what import made before.
//!
//! Each folder of `tests/pages/` is one thing that goes wrong on real pages: `page.txt`, `gold.json` (made by hand) and
//! `expected/` (written by `UPDATE_GOLDEN=1`). The pages of the sample site have their gold in `tests/gold/`.

use crate::common::files::{crate_path, read_files, without_hidden};
use crate::common::golden::assert_golden;
use crate::common::ledger::LedgerLine;
use crate::common::site::Site;
use crate::import::gold::{BCubed, ImportedPage};
use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

/// Pages whose articles import separates otherwise than a person; each with what goes wrong. Remove a page when it passes.
const KNOWN_SEPARATION_FAILURES: &[(&str, &str)] = &[
    ("headline-in-two-places", "the second half of a headline goes to the article that is printed after it"),
    ("no-headline", "the first two of three texts without headlines become one article"),
];

/// Pages whose kickers, subtitles, columns or masthead import reads otherwise than a person; likewise.
const KNOWN_FRONT_MATTER_FAILURES: &[(&str, &str)] = &[];

/// A test for each folder of `tests/pages/`.
macro_rules! golden_pages {
    ($($test:ident: $folder:literal,)*) => {
        $(
            #[test]
            fn $test() {
                assert_golden_page($folder);
            }
        )*

        const FOLDERS: &[&str] = &[$($folder),*];
    };
}

golden_pages! {
    blank_page: "blank-page",
    brief_column: "brief-column",
    byline_forms: "byline-forms",
    caption_in_mid_sentence: "caption-in-mid-sentence",
    column_label: "column-label",
    contributors_and_signatures: "contributors-and-signatures",
    crlf: "crlf",
    dateline_with_names: "dateline-with-names",
    english_and_numbers: "english-and-numbers",
    gb18030: "gb18030",
    half_width_punctuation: "half-width-punctuation",
    headline_after_body: "headline-after-body",
    headline_in_two_places: "headline-in-two-places",
    interleaved_columns: "interleaved-columns",
    jump_lines: "jump-lines",
    kicker_title_subtitle: "kicker-title-subtitle",
    label_in_the_columns: "label-in-the-columns",
    lists_in_an_infographic: "lists-in-an-infographic",
    markdown_marks: "markdown-marks",
    masthead: "masthead",
    no_headline: "no-headline",
    only_furniture: "only-furniture",
    paragraph_printed_twice: "paragraph-printed-twice",
    pen_names_and_cartoons: "pen-names-and-cartoons",
    photo_with_credit: "photo-with-credit",
    qr_and_editor_furniture: "qr-and-editor-furniture",
    sentence_cut_at_column_end: "sentence-cut-at-column-end",
    short_columns: "short-columns",
    sidebar: "sidebar",
    sidebar_in_a_report: "sidebar-in-a-report",
    tail_before_head: "tail-before-head",
    text_that_breaks_off: "text-that-breaks-off",
    text_that_looks_like_markdown: "text-that-looks-like-markdown",
    two_line_subheads: "two-line-subheads",
    utf16: "utf16",
    with_bom: "with-bom",
}

#[test]
fn every_folder_of_golden_pages_has_a_test() {
    let folders = fs::read_dir(crate_path("tests/pages")).unwrap();
    let mut folders: Vec<String> = folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    folders.sort();
    assert_eq!(folders, FOLDERS);
    for (page, _) in KNOWN_SEPARATION_FAILURES.iter().chain(KNOWN_FRONT_MATTER_FAILURES) {
        assert!(FOLDERS.contains(page), "{page} is a known failure, and no page");
    }
}

/// Imports a page as a user does, and checks what comes out.
fn assert_golden_page(name: &str) {
    let folder = crate_path("tests/pages").join(name);
    let page = folder.join("page.txt");
    let site = Site::empty_folder();
    let result = site.run(&["import", page.to_str().unwrap(), "--into", "out", "--report", "ledger.jsonl"]);
    assert!(result.code < 2, "{}", result.stderr);

    let mut made = without_hidden(read_files(&site.path("out")));
    made.insert("ledger.jsonl".to_owned(), site.read("ledger.jsonl").into_bytes());
    assert_golden(&folder.join("expected"), &made);

    let imported = ImportedPage::new(&site, &page, &folder.join("gold.json"), site.ledger());
    imported.assert_ledger_is_complete();
    assert_misses(name, &imported.separation_misses(), "SEPARATION", KNOWN_SEPARATION_FAILURES);
    assert_misses(name, &imported.front_matter_misses(), "FRONT_MATTER", KNOWN_FRONT_MATTER_FAILURES);
}

/// Fails where something is missed on a page that is no known failure, and where nothing is missed on one that is.
#[track_caller]
fn assert_misses(name: &str, misses: &[String], check: &str, known: &[(&str, &str)]) {
    match known.iter().find(|(page, _)| *page == name) {
        Some((_, reason)) => {
            assert!(!misses.is_empty(), "{name} passes: take it out of KNOWN_{check}_FAILURES ({reason})");
        }
        None => assert!(misses.is_empty(), "{name} fails:\n  {}", misses.join("\n  ")),
    }
}

/// The pages of the sample site with their gold, imported together.
static SAMPLE: LazyLock<Vec<ImportedPage>> = LazyLock::new(|| {
    let pages = crate_path("content/pages");
    let site = Site::copy_of(&pages);
    // what import makes of the pages alone, without the corrections beside them
    let sidecars = read_files(site.root()).into_keys().filter(|name| name.ends_with(".toml"));
    sidecars.for_each(|name| site.remove(&name));
    site.run(&["import", ".", "--into", "out", "--report", "ledger.jsonl"]).expect_exit(0, &[]);
    let mut ledgers: BTreeMap<String, Vec<LedgerLine>> = BTreeMap::new();
    for line in site.ledger() {
        ledgers.entry(line.page.clone()).or_default().push(line);
    }
    // pages that were added to show the site have no gold
    let gold = fs::read_dir(crate_path("tests/gold")).unwrap().map(|entry| entry.unwrap().path());
    gold.map(|gold| {
        let page = format!("{}.txt", gold.file_stem().unwrap().to_str().unwrap());
        let ledger = ledgers.remove(&page).unwrap_or_else(|| panic!("no page {page}"));
        ImportedPage::new(&site, &pages.join(&page), &gold, ledger)
    })
    .collect()
});

/// The pages of the sample are laid out as badly as real ones: what counts is how much of them comes out right.
#[test]
fn most_of_the_sample_is_separated_as_a_person_reads_it() {
    let sums = SAMPLE.iter().map(ImportedPage::b_cubed).fold(BCubed::default(), |sum, page| BCubed {
        precision: sum.precision + page.precision,
        recall: sum.recall + page.recall,
        characters: sum.characters + page.characters,
    });
    let f1 = 2.0 * sums.precision * sums.recall / (sums.precision + sums.recall) / sums.characters;
    let titles = SAMPLE.iter().map(ImportedPage::titles_found);
    let (found, printed) = titles.fold((0, 0), |sum, page| (sum.0 + page.0, sum.1 + page.1));
    let found = found as f64 / printed as f64;
    assert!(f1 >= 0.9 && found >= 0.78, "F1 of separation {f1:.3}, of headlines {found:.3} found");
}

#[test]
fn every_line_of_the_sample_is_in_the_ledger_once() {
    SAMPLE.iter().for_each(ImportedPage::assert_ledger_is_complete);
}
