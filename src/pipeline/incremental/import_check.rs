//! The up-to-date check of an import: whether anything that it reads has changed since one that found nothing to report.
//!
//! The files are compared by their stamps, so that no page is read. A journal says that an import did not finish.

use crate::io::fs::file;
use crate::pipeline::incremental::cache::{CacheFile, CacheHeader};
use crate::pipeline::incremental::survey::{ImportSurvey, StampTrust};
use crate::project::{ARTICLES, JOURNAL};
use crate::util::digest::Digest;
use std::iter;
use std::path::Path;

/// The survey of what an import reads, beside the cache of the last one.
#[derive(Debug)]
pub(crate) struct ImportCheck<'a> {
    root: &'a Path,
    cache_file: CacheFile,
    before: CacheHeader,
    pub(crate) survey: ImportSurvey,
}

impl<'a> ImportCheck<'a> {
    /// Surveys the pages of the site at `root`.
    pub(crate) fn new(root: &'a Path) -> Self {
        let cache_file = CacheFile::of_imports(root);
        let trust = StampTrust::until(cache_file.disk_time());
        let before = cache_file.read_header();
        Self { root, cache_file, before, survey: ImportSurvey::of(root, trust) }
    }

    /// Whether there is nothing to import, and nothing to report.
    pub(crate) fn is_up_to_date(&self) -> bool {
        self.before.import.is_some()
            && self.before.import == self.survey.digest()
            && !file::exists(&self.root.join(ARTICLES).join(JOURNAL))
    }

    /// The pages of the files of the last import.
    pub(crate) fn pages(&self) -> usize {
        self.before.pages
    }

    /// Notes that these files, which have so many pages, were imported with nothing to report.
    pub(crate) fn save(self, pages: usize) {
        let Self { root, cache_file, before, survey } = self;
        let survey = survey.with_new_record(root, |stamp| StampTrust::until(cache_file.disk_time_after(stamp)));
        save(&cache_file, &before, &survey, pages);
    }
}

/// Notes that the files of a survey, which have so many pages, were imported with nothing to report.
pub(crate) fn save_import(root: &Path, survey: &ImportSurvey, pages: usize) {
    let cache_file = CacheFile::of_imports(root);
    save(&cache_file, &cache_file.read_header(), survey, pages);
}

fn save(cache_file: &CacheFile, before: &CacheHeader, survey: &ImportSurvey, pages: usize) {
    let import = survey.digest().filter(|digest| before.import != Some(*digest));
    if import.is_some() {
        // where the folder is not writable, the next import reads the pages again
        let _ = cache_file.write(CacheHeader { import, pages, ..CacheHeader::default() }, iter::empty(), iter::empty());
    }
}

/// The digest of the files of the last import that found nothing to report.
pub(crate) fn last_import(root: &Path) -> Option<Digest> {
    CacheFile::of_imports(root).read_header().import
}
