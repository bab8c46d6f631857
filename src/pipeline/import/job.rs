//! The job of an import, and its report.

use crate::content::page_name::{PAGE_TYPES, has_extension, name_of_page};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::import::page_import::PageImport;
use crate::import::record::ImportRecord;
use crate::import::uncertain_lines::UncertainLines;
use crate::io::fs::file;
use crate::io::fs::stamp::Stamp;
use crate::io::fs::walk;
use crate::io::progress::Progress;
use crate::project::{ARTICLES, JOURNAL, PAGES, RECORD};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Those of formats with geometry. A file of the same name beside them that is text is what a person made of them, and the page.
const PRINTED_TYPES: &[&str] = &["xml", "hocr", "json", "pdf"];
/// Those of scans. A file of the same name beside them is what a person or a program read on them, and the page.
const SCAN_TYPES: &[&str] = &["png", "jpg", "jpeg", "tif", "tiff", "webp"];

/// The files and the options of an import.
#[derive(Debug, Clone)]
pub(crate) struct ImportJob {
    pub(crate) root: PathBuf,
    /// how many pages each has is known when it is read
    pub(crate) files: Vec<PageFile>,
    /// the folder of articles
    pub(crate) into: PathBuf,
    /// the folder of articles as a person reads it, with `/` at the end
    pub(crate) into_shown: String,
    pub(crate) date: Option<Date>,
    pub(crate) paper: Option<String>,
    pub(crate) page: Option<u32>,
    /// also imports pages that have not changed
    pub(crate) includes_unchanged: bool,
    /// also writes articles that a person removed
    pub(crate) restores_removed: bool,
    /// has the OCR command read scans again whose results are gone, though their articles are there
    pub(crate) restores_results: bool,
    /// reports what would be done, and writes nothing
    pub(crate) dry_run: bool,
    /// makes ledger entries, of unchanged pages too
    pub(crate) ledger: bool,
    /// article files, below the folder of articles, that are written anew though a person edited or removed them
    pub(crate) anew: BTreeSet<String>,
    /// what is known of an earlier import in this process
    pub(crate) earlier: Option<EarlierImport>,
    pub(crate) progress: Progress,
}

/// What is known of an earlier import in the same process, so that unchanged files need not be read again.
#[derive(Debug, Clone)]
pub(crate) struct EarlierImport {
    pub(crate) recorded: Recorded,
    /// the files of pages and sidecars that may have changed since, or that it had findings about
    pub(crate) changed: BTreeSet<String>,
}

/// The record of imports as it was read or written.
#[derive(Debug, Clone)]
pub(crate) struct Recorded {
    pub(crate) record: Arc<ImportRecord>,
    /// of its file
    pub(crate) stamp: Option<Stamp>,
}

impl Recorded {
    /// Whether the folder of articles still has this record, and no import is unfinished.
    pub(crate) fn is_current(&self, into: &Path) -> bool {
        Stamp::behind_links(&into.join(RECORD)) == self.stamp && !file::exists(&into.join(JOURNAL))
    }
}

impl ImportJob {
    /// The import of all pages of the site at `root`, and why some could not be listed.
    pub(crate) fn of_site(root: &Path, progress: Progress) -> (Self, Vec<Diagnostic>) {
        let (files, diagnostics) = pages_in(root, PAGES);
        let job = Self::of_files(root, files, progress);
        (job, diagnostics)
    }

    /// The import of these files of the site at `root`.
    pub(crate) fn of_files(root: &Path, files: Vec<PageFile>, progress: Progress) -> Self {
        Self {
            root: root.to_owned(),
            files,
            into: root.join(ARTICLES),
            into_shown: format!("{ARTICLES}/"),
            date: None,
            paper: None,
            page: None,
            includes_unchanged: false,
            restores_removed: false,
            restores_results: false,
            dry_run: false,
            ledger: false,
            anew: BTreeSet::new(),
            earlier: None,
            progress,
        }
    }
}

/// A file of source pages on the disk, or one of its pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PageFile {
    /// below the job's root, with `/`; of a page of a file with several, with its number: `issue.pdf#3`
    pub(crate) path: String,
    /// in the ledger: below the folder that was named to the command
    pub(crate) name: String,
    /// to be imported; others are read because they may be of the same issue, and articles jump between them
    pub(crate) requested: bool,
    /// the file itself was named to the command, and not found in a folder
    pub(crate) named: bool,
    /// of a file: the numbers of the pages that are requested, where not all are
    pub(crate) numbers: Vec<usize>,
}

impl PageFile {
    /// The pages of this file, which has so many.
    pub(crate) fn pages(&self, count: usize) -> Vec<Self> {
        let page = |number| Self {
            path: name_of_page(&self.path, number, count),
            name: name_of_page(&self.name, number, count),
            requested: self.requested && (self.numbers.is_empty() || self.numbers.contains(&number)),
            named: self.named,
            numbers: Vec::new(),
        };
        (1..=count).map(page).collect()
    }
}

/// The report of an import.
#[derive(Debug, Clone, Default)]
pub(crate) struct ImportReport {
    pub(crate) pages: usize,
    /// pages that had not changed
    pub(crate) skipped: usize,
    /// files of articles written, below the folder of articles
    pub(crate) written: Vec<String>,
    pub(crate) unchanged: usize,
    /// files of articles removed, below the folder of articles
    pub(crate) removed: Vec<String>,
    pub(crate) articles: usize,
    /// articles by theme
    pub(crate) filed: BTreeMap<String, usize>,
    pub(crate) uncertain_lines: UncertainLines,
    /// of each page, in a dry run
    pub(crate) imports: Vec<PageImport>,
    /// pages of other folders were imported earlier, which the folder of pages does not list
    pub(crate) knows_other_pages: bool,
    /// results of the OCR command are gone and could not be made again
    pub(crate) lacks_results: bool,
    /// the record as it is then
    pub(crate) recorded: Option<Recorded>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl ImportReport {
    /// Whether another import of the same files, as the folder of pages lists them, would find nothing to do and to report.
    pub(crate) fn is_settled(&self) -> bool {
        self.diagnostics.is_empty() && !self.knows_other_pages && !self.lacks_results
    }
}

/// The pages of a folder, and why some could not be listed.
pub(crate) fn pages_in(root: &Path, folder: &str) -> (Vec<PageFile>, Vec<Diagnostic>) {
    let (found, diagnostics) = walk::list(root, folder, PAGE_TYPES);
    (pages_among(found.iter().map(|file| file.path.as_str()), folder), diagnostics)
}

/// The pages among the files of a folder.
pub(crate) fn pages_among<'a>(paths: impl Iterator<Item = &'a str>, folder: &str) -> Vec<PageFile> {
    let prefix = if folder.is_empty() { String::new() } else { format!("{}/", folder.trim_end_matches('/')) };
    let page = |path: &str| {
        let name = path.strip_prefix(&prefix).unwrap_or(path).to_owned();
        PageFile { name, path: path.to_owned(), requested: true, ..PageFile::default() }
    };
    let paths: Vec<&str> = paths.filter(|path| is_page(path)).collect();
    let read: Vec<&str> = paths.iter().copied().filter(|path| !is_scan(path)).collect();
    let texts: HashSet<&str> = read.iter().filter(|path| !is_printed(path)).map(|path| stem(path)).collect();
    let printed: HashSet<&str> = read.iter().filter(|path| is_printed(path)).map(|path| stem(path)).collect();
    // of what a browser saves beside a page, data and pictures are none
    let is_of_text = |path: &str| texts.contains(stem(path)) || is_saved_beside(path, &texts);
    let is_beside = |path: &&str| {
        is_printed(path) && is_of_text(path) || is_scan(path) && (is_of_text(path) || printed.contains(stem(path)))
    };
    paths.iter().filter(|path| !is_beside(path)).map(|path| page(path)).collect()
}

/// Whether a file is in a folder such as `p1_files`, which a browser saves beside `p1.html`.
pub(crate) fn is_saved_beside(path: &str, stems: &HashSet<&str>) -> bool {
    let folders = path.match_indices('/').map(|(slash, _)| &path[..slash]);
    let page_of = |folder: &str| {
        ["_files", ".files"].iter().any(|end| folder.strip_suffix(end).is_some_and(|stem| stems.contains(stem)))
    };
    folders.into_iter().any(page_of)
}

fn stem(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

/// Whether a file has the extension of a page.
pub(crate) fn is_page(path: &str) -> bool {
    has_extension(path, PAGE_TYPES)
}

fn is_printed(path: &str) -> bool {
    has_extension(path, PRINTED_TYPES)
}

/// Whether a file has the extension of a scan.
pub(crate) fn is_scan(path: &str) -> bool {
    has_extension(path, SCAN_TYPES)
}

/// The pages of `all` that are not requested.
pub(crate) fn companions(requested: &[PageFile], all: Vec<PageFile>) -> Vec<PageFile> {
    let is_requested = |page: &PageFile| requested.iter().any(|other| other.path == page.path);
    all.into_iter().filter(|page| !is_requested(page)).map(|page| PageFile { requested: false, ..page }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_beside_its_text_is_no_page_of_its_own() {
        let paths = ["a/p1.txt", "a/p1.pdf", "a/p1.png", "p1.pdf", "p1.jpg", "p2.html", "p2_files/data.json"];
        let others = ["p2_files/logo.png", "p3.XML", "p3.tif", "p4.png", "p5.JPEG", "p6.gif"];
        let pages: Vec<String> =
            pages_among(paths.into_iter().chain(others), "").into_iter().map(|page| page.path).collect();
        assert_eq!(pages, ["a/p1.txt", "p1.pdf", "p2.html", "p3.XML", "p4.png", "p5.JPEG"]);
    }
}
