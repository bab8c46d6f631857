//! Returns the results of the OCR command: a site shows those that are kept; an import has others made (`recognizer.rs`).

use crate::config::ocr::OcrRules;
use crate::content::page_name::file_of;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::import::input::scan::Scan;
use crate::message;
use crate::pipeline::ocr::cache::{OcrCache, key};
use std::path::Path;

/// What the OCR command made of a page.
#[derive(Debug)]
pub(crate) struct Recognized {
    /// the name of the result among those that are kept
    pub(crate) key: String,
    pub(crate) bytes: Vec<u8>,
}

/// A page that is to be recognised.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Picture<'p> {
    /// the page's name
    pub(crate) name: &'p str,
    /// the fingerprint of its file's bytes
    pub(crate) hash: &'p str,
    /// of its file
    pub(crate) bytes: &'p [u8],
}

/// Returns what the OCR command made of pages.
pub(crate) trait OcrResults: Sync {
    /// The text of a scan, as the OCR command returns it: one page, or several where its file has several.
    ///
    /// # Errors
    /// There is none.
    fn scan(&self, picture: Picture<'_>, scan: Scan) -> Result<Recognized, Diagnostic>;

    /// The text of a page of a PDF, its index from 0, as the OCR command returns it.
    ///
    /// # Errors
    /// There is none; `no-text-layer` where there is no program that makes a picture of the page.
    fn pdf_page(&self, pdf: Picture<'_>, page: usize) -> Result<Recognized, Diagnostic>;
}

/// The results that a site has.
#[derive(Debug)]
pub(crate) struct KeptResults<'a> {
    cache: OcrCache,
    rules: &'a OcrRules,
}

impl<'a> KeptResults<'a> {
    pub(crate) fn of_site(root: &Path, rules: &'a OcrRules) -> Self {
        Self { cache: OcrCache::Site(root.to_owned()), rules }
    }

    fn kept(&self, picture: Picture<'_>, page: usize) -> Result<Recognized, Diagnostic> {
        let key = key(picture.hash, page, &self.rules.command);
        match self.cache.read(&key) {
            Some(bytes) => Ok(Recognized { key, bytes }),
            None => Err(Diagnostic::new(Code::OcrFailed, message!("the text of this scan is not there any more"))
                .in_file(picture.name)
                .hint(message!("read it again: wenzhai import {name}", name = file_of(picture.name)))),
        }
    }
}

impl OcrResults for KeptResults<'_> {
    fn scan(&self, picture: Picture<'_>, _: Scan) -> Result<Recognized, Diagnostic> {
        self.kept(picture, 0)
    }

    fn pdf_page(&self, pdf: Picture<'_>, page: usize) -> Result<Recognized, Diagnostic> {
        self.kept(pdf, page)
    }
}
