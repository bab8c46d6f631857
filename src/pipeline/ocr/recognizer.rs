//! The results of the OCR command for an import: those that are kept, and new ones, several at a time.
//!
//! A page on which the command failed is not tried again by the same import.

use crate::config::ocr::OcrRules;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result as CommandResult};
use crate::diagnostics::message::Message;
use crate::import::input::scan::Scan;
use crate::io::fs::lock::Lock;
use crate::io::fs::path;
use crate::io::fs::staged_file::ScratchFolder;
use crate::message;
use crate::pipeline::ocr::cache::{OcrCache, key};
use crate::pipeline::ocr::results::{OcrResults, Picture, Recognized};
use crate::pipeline::ocr::tools::Toolbox;
use crate::util::sync::lock;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, PoisonError};

/// Scans that are read at a time, where site.toml does not say it: OCR of a broadsheet takes half a gigabyte.
const PARALLEL: usize = 4;

/// Reads scans for an import.
#[derive(Debug)]
pub(crate) struct Recognizer<'a> {
    rules: &'a OcrRules,
    root: PathBuf,
    cache: OcrCache,
    /// how many more may be read now
    free: Mutex<usize>,
    freed: Condvar,
    /// on the folder of results, from the first scan that is read on
    lock: Mutex<Option<Lock>>,
    /// by the names of their results
    failed: Mutex<HashMap<String, Diagnostic>>,
    used: Mutex<HashSet<String>>,
}

impl<'a> Recognizer<'a> {
    /// With `root` as the folder where the command runs.
    pub(crate) fn new(root: &Path, rules: &'a OcrRules, cache: OcrCache) -> Self {
        let processors = rayon::current_num_threads().clamp(1, PARALLEL);
        let free = if rules.parallel == 0 { processors } else { rules.parallel };
        Self {
            rules,
            root: path::resolve(root),
            cache,
            free: Mutex::new(free),
            freed: Condvar::new(),
            lock: Mutex::default(),
            failed: Mutex::default(),
            used: Mutex::default(),
        }
    }

    /// Whether the result for the first page of a file is kept.
    pub(crate) fn is_kept(&self, hash: &str) -> bool {
        self.has(&key(hash, 0, &self.rules.command))
    }

    /// Whether the result of this name is kept.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.cache.has(key)
    }

    fn kept_or(
        &self,
        picture: Picture<'_>,
        page: usize,
        recognize: impl FnOnce(&Toolbox<'_>, &Path) -> Result<Vec<u8>, Diagnostic>,
    ) -> Result<Recognized, Diagnostic> {
        let key = key(picture.hash, page, &self.rules.command);
        lock(&self.used).insert(key.clone());
        if let Some(bytes) = self.cache.read(&key) {
            return Ok(Recognized { key, bytes });
        }
        if let Some(failed) = lock(&self.failed).get(&key) {
            return Err(failed.clone().in_file(picture.name));
        }
        // no parallel work in a slot: its thread would take up other work, which may wait for a slot too
        let _slot = self.slot();
        let result = self.scratch().map_err(|error| diagnostic_of(error, picture.name)).and_then(|scratch| {
            let toolbox = Toolbox { rules: self.rules, root: &self.root };
            let bytes = recognize(&toolbox, scratch.path())?;
            self.cache.write(&key, &bytes).map_err(|error| diagnostic_of(error, picture.name))?;
            Ok(bytes)
        });
        match result {
            Ok(bytes) => Ok(Recognized { key, bytes }),
            Err(failed) => {
                lock(&self.failed).insert(key, failed.clone());
                Err(failed)
            }
        }
    }

    /// A private folder, beside the results: what a killed import leaves of it is removed by the next one.
    fn scratch(&self) -> CommandResult<ScratchFolder> {
        let folder = self.cache.make_folder()?.unwrap_or_default();
        let mut held = lock(&self.lock);
        if held.is_none() {
            *held = Some(Lock::acquire_or_wait(&folder)?);
        }
        ScratchFolder::within(&folder)
    }

    /// Waits until fewer scans are read than may be at a time.
    fn slot(&self) -> Slot<'_> {
        let mut free = lock(&self.free);
        while *free == 0 {
            free = self.freed.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        Slot { free: &self.free, freed: &self.freed }
    }

    /// Removes results that neither this import has used nor a page of the record has.
    ///
    /// # Errors
    /// The disk refuses to remove one.
    pub(crate) fn forget_others<'k>(&self, recorded: impl Iterator<Item = &'k str>) -> CommandResult<()> {
        let mut used = lock(&self.used).clone();
        used.extend(recorded.map(str::to_owned));
        self.cache.retain(|key| used.contains(key))
    }
}

impl OcrResults for Recognizer<'_> {
    fn scan(&self, picture: Picture<'_>, scan: Scan) -> Result<Recognized, Diagnostic> {
        self.kept_or(picture, 0, |toolbox, scratch| toolbox.recognize(picture.name, picture.bytes, scan, scratch))
    }

    fn pdf_page(&self, pdf: Picture<'_>, page: usize) -> Result<Recognized, Diagnostic> {
        self.kept_or(pdf, page, |toolbox, scratch| {
            let Some(picture) = toolbox.picture_of(pdf.name, pdf.bytes, page, scratch)? else {
                let message = message!(
                    "the PDF has no text that can be read, and there is no pdftoppm to make a picture of its page"
                );
                let hint = Message::verbatim("apt install poppler-utils tesseract-ocr tesseract-ocr-chi-sim");
                return Err(Diagnostic::new(Code::NoTextLayer, message).in_file(pdf.name).hint(hint));
            };
            match Scan::of(&picture) {
                Some(scan) => toolbox.recognize(pdf.name, &picture, scan, scratch),
                None => Err(Diagnostic::new(Code::OcrFailed, message!("pdftoppm made no picture")).in_file(pdf.name)),
            }
        })
    }
}

/// The right to read a scan now.
struct Slot<'a> {
    free: &'a Mutex<usize>,
    freed: &'a Condvar,
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        *lock(self.free) += 1;
        self.freed.notify_one();
    }
}

/// What keeps results from being written, as a finding about the page.
fn diagnostic_of(error: Error, name: &str) -> Diagnostic {
    let first = error.diagnostics.into_iter().next();
    let found = first.unwrap_or_else(|| Diagnostic::new(Code::OcrFailed, message!("the scan could not be read")));
    Diagnostic { message: message!("the scan is not read: {reason}", reason = found.message), ..found }.in_file(name)
}

/// One finding for all scans that no program reads, in place of one for each.
pub(crate) fn collapse_missing(diagnostics: &mut Vec<Diagnostic>) {
    const NAMED: usize = 5;
    let (missing, others): (Vec<_>, Vec<_>) =
        std::mem::take(diagnostics).into_iter().partition(|found| found.code == Code::NoOcr);
    *diagnostics = others;
    let Some(first) = missing.first() else { return };
    if missing.len() == 1 {
        diagnostics.push(first.clone());
        return;
    }
    let names: Vec<&str> = missing.iter().filter_map(|found| Some(found.location.as_ref()?.file.as_str())).collect();
    let more = names.len().saturating_sub(NAMED);
    let listed = names[..names.len() - more].join(", ");
    let first_names = listed.as_str();
    let listed = match more {
        0 => Message::verbatim(listed),
        more => message!("{first} and {more} more", first = first_names, more),
    };
    let message = message!(
        "{n} scans are not read, the first because: {first} ({listed})",
        n = missing.len(),
        first = first.message,
        listed
    );
    let found = Diagnostic::new(Code::NoOcr, message);
    diagnostics.push(Diagnostic { hint: first.hint.clone(), ..found });
}
