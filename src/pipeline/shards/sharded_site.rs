//! A site in shards before one of them is built: its source files, imported and assigned to shards.

use crate::config::year_shard::YearShard;
use crate::diagnostics::error::Result;
use crate::pipeline::build::folder::BuildReport;
use crate::pipeline::build::plan::{import_changes, site_settings, unused_pages};
use crate::pipeline::build::sources::Sources;
use crate::pipeline::import::job::ImportReport;
use crate::pipeline::incremental::cache::{CacheFile, CacheHeader};
use crate::pipeline::incremental::import_check::save_import;
use crate::pipeline::incremental::survey::{StampTrust, Survey};
use crate::pipeline::options::BuildOptions;
use crate::pipeline::shards::article_files::ShardFiles;
use crate::pipeline::shards::source_pages::RecordedPages;
use crate::pipeline::tables::json_lines::as_json_lines;
use crate::pipeline::tables::rows;
use std::collections::{BTreeSet, HashSet};
use std::path::Path;

/// A site whose articles are in shards.
#[derive(Debug)]
pub(crate) struct ShardedSite<'a> {
    pub(crate) root: &'a Path,
    pub(crate) options: &'a BuildOptions,
    pub(crate) sources: Sources,
    pub(crate) files: ShardFiles,
    imported: ImportReport,
    /// those that have articles
    pub(crate) shards: BTreeSet<YearShard>,
}

impl<'a> ShardedSite<'a> {
    /// Imports what is new, and assigns articles to shards.
    ///
    /// # Errors
    /// A configuration error from site.toml; the disk refuses to write.
    pub(crate) fn open(root: &'a Path, options: &'a BuildOptions, out: &Path) -> Result<Self> {
        let config = site_settings(root, options)?;
        let cache_file = CacheFile::of(root, out);
        let survey = Survey::of(root, &config.content.tables, StampTrust::until(cache_file.disk_time()));
        let later = |stamp| StampTrust::until(cache_file.disk_time_after(stamp));
        let before = CacheHeader::default();
        let (imported, sources) = import_changes(root, &config, options, survey, &before, None, later)?;
        if imported.pages > 0 && imported.diagnostics.is_empty() {
            save_import(root, &sources.survey.import, imported.pages);
        }
        let files = ShardFiles::of(root, &sources.survey);
        // what cannot be read of a table is found again when its shard is built
        let tables = as_json_lines(root, &sources.survey.tables, &config.content.filter, &mut Vec::new());
        let shards = files.shards().chain(rows::shards(&tables, &config.content.filter)).collect();
        Ok(Self { root, options, sources, files, imported, shards })
    }

    /// The source page of each article that imports have recorded.
    pub(crate) fn recorded(&self) -> RecordedPages<'_> {
        RecordedPages::of(self.sources.recorded.as_ref())
    }

    /// The report of a build, with what was imported, and each finding once: parts share files.
    pub(crate) fn completed(self, mut report: BuildReport) -> BuildReport {
        report.imported = self.imported;
        report.diagnostics.extend(unused_pages(&self.sources.survey));
        if report.written.written + report.written.removed > 0 {
            report.diagnostics.extend(report.size.findings());
        }
        let mut known = HashSet::new();
        report.diagnostics.retain(|found| known.insert(format!("{found:?}")));
        report
    }
}
