//! The job of an import, and its report.

use crate::diagnostics::diagnostic::Diagnostic;
use crate::import::page_import::PageImport;
use crate::import::uncertain_lines::UncertainLines;
use crate::io::fs::walk;
use crate::io::progress::Progress;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What may be a source page.
pub(crate) const PAGE_TYPES: &[&str] = &["txt", "md", "html", "htm"];
/// The pages and the options of an import.
#[derive(Debug, Clone)]
pub(crate) struct ImportJob {
    /// what the pages' paths are below
    pub(crate) root: PathBuf,
    /// pages, each by its path below the root and its name in the ledger
    pub(crate) pages: Vec<PageFile>,
    /// the folder of articles
    pub(crate) into: PathBuf,
    /// the folder of articles as a person reads it, with `/` at the end
    pub(crate) into_shown: String,
    pub(crate) date: Option<Date>,
    pub(crate) paper: Option<String>,
    pub(crate) page: Option<u32>,
    /// pages that have not changed as well
    pub(crate) includes_unchanged: bool,
    /// articles that a person took out as well
    pub(crate) restores_removed: bool,
    /// tell what would be done, and write nothing
    pub(crate) dry_run: bool,
    /// ledger entries of all pages are wanted
    pub(crate) ledger: bool,
    pub(crate) progress: Progress,
}

impl ImportJob {
    /// Pages that are to be imported.
    pub(crate) fn asked(&self) -> usize {
        self.pages.iter().filter(|page| page.asked).count()
    }
}

/// A source page on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageFile {
    /// below the job's root, with `/`
    pub(crate) path: String,
    /// below the folder that was named to the command
    pub(crate) name: String,
    /// it is to be imported; others are read because they may be of its issue, and articles jump between them
    pub(crate) asked: bool,
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
    pub(crate) removed: usize,
    /// articles found
    pub(crate) articles: usize,
    /// articles found, by theme
    pub(crate) filed: BTreeMap<String, usize>,
    pub(crate) uncertain_lines: UncertainLines,
    /// what was made of each page; kept for a dry run alone
    pub(crate) imports: Vec<PageImport>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// The pages of a folder, and what stood in the way of listing them.
pub(crate) fn pages_in(root: &Path, folder: &str) -> (Vec<PageFile>, Vec<Diagnostic>) {
    let (found, diagnostics) = walk::list(root, folder, PAGE_TYPES);
    let prefix = if folder.is_empty() { String::new() } else { format!("{}/", folder.trim_end_matches('/')) };
    let pages = found
        .into_iter()
        .map(|found| PageFile {
            name: found.path.strip_prefix(&prefix).unwrap_or(&found.path).to_owned(),
            path: found.path,
            asked: true,
        })
        .collect();
    (pages, diagnostics)
}

/// The other pages beside those that are asked for.
pub(crate) fn companions(asked: &[PageFile], all: Vec<PageFile>) -> Vec<PageFile> {
    let is_asked = |page: &PageFile| asked.iter().any(|asked| asked.path == page.path);
    all.into_iter().filter(|page| !is_asked(page)).map(|page| PageFile { asked: false, ..page }).collect()
}
