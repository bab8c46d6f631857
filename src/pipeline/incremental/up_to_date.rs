//! The up-to-date check: whether anything has changed since the last build.
//!
//! The site's files are surveyed while the cache is read. Where the files, the options and the output folder are those of the
//! last build, there is nothing to do, and reading the cache is cancelled.

use crate::config::table_pattern::TablePattern;
use crate::diagnostics::error::Result;
use crate::io::fs::stamp::Stamp;
use crate::io::output::manifest::Manifest;
use crate::io::output::part::OutputPart;
use crate::pipeline::incremental::cache::{Cache, CacheFile, CacheHeader};
use crate::pipeline::incremental::output_records::digest_of_stamps;
use crate::pipeline::incremental::survey::{StampTrust, Survey};
use crate::pipeline::options::BuildOptions;
use crate::util::digest::Digest;
use crate::util::parallel;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// The survey of a site's files beside the cache of its last build.
#[derive(Debug)]
pub(crate) struct UpToDateCheck {
    pub(crate) survey: Survey,
    /// without files and outputs where these seemed not to be needed
    pub(crate) cache: Cache,
}

impl UpToDateCheck {
    /// Surveys the site at `root`, with the tables that match the patterns, and reads its cache.
    pub(crate) fn new(root: &Path, patterns: &[TablePattern], options: &BuildOptions, cache_file: &CacheFile) -> Self {
        let time = cache_file.disk_time();
        Self::of_survey(&|| Survey::of(root, patterns, StampTrust::until(time)), options, cache_file)
    }

    /// Makes a survey, and reads the cache at the same time.
    pub(crate) fn of_survey(
        survey: &(dyn Fn() -> Survey + Sync),
        options: &BuildOptions,
        cache_file: &CacheFile,
    ) -> Self {
        let header = if options.full { CacheHeader::default() } else { cache_file.read_header() };
        let is_cancelled = AtomicBool::new(options.full);
        let survey = || {
            let survey = survey();
            is_cancelled.fetch_or(has_same_sources(&header, options, &survey), Ordering::Relaxed);
            survey
        };
        let (survey, cache) = rayon::join(survey, || cache_file.read(&is_cancelled));
        let is_cancelled = is_cancelled.into_inner();
        Self { survey, cache: if is_cancelled { Cache { header, ..Cache::default() } } else { cache } }
    }

    /// The number of output files where neither the site nor the output folder has changed. Otherwise the whole cache is read.
    ///
    /// # Errors
    /// The manifest of the output folder cannot be read.
    pub(crate) fn unchanged_files(
        &mut self,
        options: &BuildOptions,
        cache_file: &CacheFile,
        out: &Path,
        part: &OutputPart,
    ) -> Result<Option<usize>> {
        if !has_same_sources(&self.cache.header, options, &self.survey) {
            return Ok(None);
        }
        let manifest = Manifest::of_earlier_builds(out, part)?;
        let outputs = self.cache.header.outputs;
        let is_clean = !manifest.is_unfinished && manifest.errors == 0 && manifest.findings.is_empty();
        if is_clean && outputs.is_some() && digest_of_outputs(out, &manifest) == outputs {
            return Ok(Some(manifest.paths.len()));
        }
        self.cache = cache_file.read(&AtomicBool::new(false));
        Ok(None)
    }
}

/// Whether the last build had the same options and was made from the same files.
fn has_same_sources(header: &CacheHeader, options: &BuildOptions, survey: &Survey) -> bool {
    header.sources.is_some() && header.sources == digest_of_sources(options, survey)
}

/// The digest of the files of an output folder; none where one is missing.
fn digest_of_outputs(out: &Path, manifest: &Manifest) -> Option<Digest> {
    let paths: Vec<&str> = manifest.paths.iter().collect();
    let stamps = parallel::map(&paths, |path| Stamp::at(&out.join(path)));
    digest_of_stamps(paths.into_iter().zip(stamps))
}

/// The digest of all source files and of the options of the build.
pub(crate) fn digest_of_sources(options: &BuildOptions, survey: &Survey) -> Option<Digest> {
    // `full` decides how a build is made, not what comes out
    // and a part has a cache of its own
    let BuildOptions { base_url, drafts, no_import, full: _, part: _, progress: _ } = options;
    Some(Digest::of_all([Digest::of(&(base_url, drafts, no_import)), survey.digest()?]))
}
