//! What is asked of an import, and what came of it.

use crate::diagnostics::diagnostic::Diagnostic;
use crate::import::doubts::Doubts;
use crate::import::sheet::Sheet;
use crate::io::fs::walk;
use crate::io::progress::Progress;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What may be a source page.
pub const PAGE_TYPES: &[&str] = &["txt", "md", "html", "htm"];
/// What is asked of an import.
#[derive(Debug, Clone)]
pub struct Job {
    /// what the pages' paths are below
    pub root: PathBuf,
    /// pages, each by its path below the root and its name in the ledger
    pub pages: Vec<PageFile>,
    /// the folder of articles
    pub into: PathBuf,
    /// the folder of articles as a person reads it, with `/` at the end
    pub into_shown: String,
    pub date: Option<Date>,
    pub paper: Option<String>,
    pub page: Option<u32>,
    /// pages that have not changed as well
    pub unchanged_too: bool,
    /// articles that a person took out as well
    pub again: bool,
    /// tell what would be done, and write nothing
    pub dry_run: bool,
    /// ledger entries of all pages are wanted
    pub ledger: bool,
    pub progress: Progress,
}

impl Job {
    /// Pages that are to be imported.
    pub fn asked(&self) -> usize {
        self.pages.iter().filter(|page| page.asked).count()
    }
}

/// A source page on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFile {
    /// below the job's root, with `/`
    pub path: String,
    /// below the folder that was named to the command
    pub name: String,
    /// it is to be imported; others are read because they may be of its issue, and articles jump between them
    pub asked: bool,
}

/// What an import did.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    pub pages: usize,
    /// pages that had not changed
    pub skipped: usize,
    /// files of articles written, below the folder of articles
    pub written: Vec<String>,
    pub unchanged: usize,
    pub removed: usize,
    /// articles found
    pub articles: usize,
    /// articles found, by theme
    pub filed: BTreeMap<String, usize>,
    pub doubts: Doubts,
    /// what was made of each page; kept for a dry run alone
    pub sheets: Vec<Sheet>,
    pub diagnostics: Vec<Diagnostic>,
}

/// The pages of a folder, and what stood in the way of listing them.
pub fn pages_in(root: &Path, folder: &str) -> (Vec<PageFile>, Vec<Diagnostic>) {
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
pub fn companions(asked: &[PageFile], all: Vec<PageFile>) -> Vec<PageFile> {
    let is_asked = |page: &PageFile| asked.iter().any(|asked| asked.path == page.path);
    all.into_iter().filter(|page| !is_asked(page)).map(|page| PageFile { asked: false, ..page }).collect()
}
