//! Has scans read before their pages are imported, since that takes longer than all else together: those that are new and, on request,
//! those whose results are gone.

use crate::config::settings::Config;
use crate::content::page_name::name_of_page;
use crate::import::input::scan::Scan;
use crate::import::record::{self, ImportRecord, PageRecord};
use crate::io::fs::file;
use crate::pipeline::import::job::{ImportJob, PageFile, is_scan};
use crate::pipeline::ocr::cache::OcrCache;
use crate::pipeline::ocr::page::index_of;
use crate::pipeline::ocr::recognizer::Recognizer;
use crate::pipeline::ocr::results::{OcrResults, Picture};
use crate::project::SETTINGS;
use crate::template;
use crate::util::parallel;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// The scans of a job.
#[derive(Debug)]
pub(crate) struct Scans<'a> {
    job: &'a ImportJob,
    before: &'a ImportRecord,
    pub(crate) recognizer: Recognizer<'a>,
    lacks_results: AtomicBool,
}

/// Results are kept with the caches of the site, without one in the folder of articles.
fn recognizer<'a>(job: &ImportJob, config: &'a Config) -> Recognizer<'a> {
    let cache = if file::exists(&job.root.join(SETTINGS)) {
        OcrCache::Site(job.root.clone())
    } else if job.dry_run {
        OcrCache::Temporary(OnceLock::new())
    } else {
        OcrCache::Beside(job.into.clone())
    };
    Recognizer::new(&job.root, &config.ocr, cache)
}

impl<'a> Scans<'a> {
    pub(crate) fn new(job: &'a ImportJob, config: &'a Config, before: &'a ImportRecord) -> Self {
        Self { job, before, recognizer: recognizer(job, config), lacks_results: AtomicBool::new(false) }
    }

    /// Whether results are gone that could not be made again.
    pub(crate) fn lacks_results(&self) -> bool {
        self.lacks_results.load(Ordering::Relaxed)
    }

    /// Reads the scans that the OCR command has not read yet.
    pub(crate) fn recognize_new(&self) {
        let unread = |file: &&PageFile| is_scan(&file.path) && self.is_unread(file);
        let scans: Vec<&PageFile> = self.job.files.iter().filter(unread).collect();
        if scans.is_empty() {
            return;
        }
        let stage = self.job.progress.stage(template!("ocr"), template!("scans"), scans.len());
        parallel::map(&scans, |scan| {
            if let Ok(bytes) = file::read(&self.job.root, &scan.path) {
                // what is wrong with one is reported when it is imported
                self.recognize(&scan.path, &bytes, &record::fingerprint(&bytes));
            }
            stage.add_one();
        });
    }

    /// Whether a scan was never imported, and the OCR command has not read it yet; or whether its result is gone.
    fn is_unread(&self, scan: &PageFile) -> bool {
        let known = &self.before.pages;
        if let Some(known) = known.get(&scan.path).or_else(|| known.get(&name_of_page(&scan.path, 1, usize::MAX))) {
            return self.is_lost(known);
        }
        let Ok(bytes) = file::read(&self.job.root, &scan.path) else { return false };
        let is_page = Scan::of(&bytes).is_some_and(|scan| !scan.is_small());
        is_page && !self.recognizer.is_kept(&record::fingerprint(&bytes))
    }

    /// Has the OCR command read pages again whose results are gone: the site shows their text. Their articles are there all the same,
    /// so nothing is wrong where it cannot.
    pub(crate) fn restore<'p>(&self, pages: impl Iterator<Item = &'p PageFile>, bytes: &[u8], hash: &str) {
        for page in pages {
            let is_lost = self.before.pages.get(&page.path).is_some_and(|known| self.is_lost(known));
            if is_lost && !self.recognize(&page.path, bytes, hash) {
                self.lacks_results.store(true, Ordering::Relaxed);
            }
        }
    }

    fn is_lost(&self, page: &PageRecord) -> bool {
        self.job.restores_results && !page.ocr.is_empty() && !self.recognizer.has(&page.ocr)
    }

    /// Whether there is a result for a page now.
    fn recognize(&self, page: &str, bytes: &[u8], hash: &str) -> bool {
        let picture = Picture { name: page, hash, bytes };
        let result = match Scan::of(bytes) {
            Some(scan) => self.recognizer.scan(picture, scan),
            None => self.recognizer.pdf_page(picture, index_of(page)),
        };
        result.is_ok()
    }
}
