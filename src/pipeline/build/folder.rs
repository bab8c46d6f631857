//! Builds a site into its output folder.
//!
//! 1. where the up-to-date check finds no change, there is nothing to do
//! 2. the site is imported, loaded and planned
//! 3. static files, pages and the search index are written, unless they are up to date
//! 4. the cache is saved for the next build
//!
//! An incremental build gives the bytes of a full one: `tests/suite/site/incremental.rs` checks this over random edits.

use crate::diagnostics::code::Severity;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::io::fs::stamp::DiskTime;
use crate::io::output::folder::{FolderSink, WriteCounts};
use crate::io::output::part::OutputPart;
use crate::pipeline::build::facsimiles::write_facsimiles;
use crate::pipeline::build::output_writer::OutputWriter;
use crate::pipeline::build::pages::write_pages;
use crate::pipeline::build::plan::{PlannedSite, plan, site_settings, unused_pages};
use crate::pipeline::build::search_index::write_index;
use crate::pipeline::build::statics::{OwnStatic, write_statics};
use crate::pipeline::build::texts::Texts;
use crate::pipeline::import::job::ImportReport;
use crate::pipeline::incremental::cache::{Cache, CacheFile, CacheHeader, CachedFile, CachedOutput};
use crate::pipeline::incremental::output_records::{OutputRecords, digest_of_stamps};
use crate::pipeline::incremental::survey::StampTrust;
use crate::pipeline::incremental::up_to_date::UpToDateCheck;
use crate::pipeline::load::content::ArticleFile;
use crate::pipeline::options::BuildOptions;
use crate::publish::host_limits::SiteSize;
use crate::site::part::SitePart;
use crate::template;
use std::path::Path;
use std::sync::Arc;

/// The report of a build.
#[derive(Debug, Clone, Default)]
pub struct BuildReport {
    pub(crate) imported: ImportReport,
    pub(crate) articles: usize,
    /// pages of the site
    pub pages: usize,
    /// pages whose views were made, to compare their fingerprints with those of the last build
    pub compared: usize,
    /// output files written, unchanged and removed
    pub written: WriteCounts,
    pub(crate) size: SiteSize,
    /// findings about the content and the templates
    pub diagnostics: Vec<Diagnostic>,
}

impl BuildReport {
    /// The report of two parts of a site.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.diagnostics.extend(other.diagnostics);
        let (a, b) = (self.written, other.written);
        Self {
            articles: self.articles + other.articles,
            pages: self.pages + other.pages,
            compared: self.compared + other.compared,
            written: WriteCounts {
                written: a.written + b.written,
                unchanged: a.unchanged + b.unchanged,
                removed: a.removed + b.removed,
            },
            size: self.size.and(other.size),
            ..self
        }
    }
}

/// Builds the site at `root` into the folder `out`.
///
/// # Errors
/// A configuration error from site.toml; a failure where the content folder is missing or the disk refuses to write.
pub(crate) fn build(root: &Path, options: &BuildOptions, out: &Path) -> Result<BuildReport> {
    let tables = site_settings(root, options)?.content.tables;
    let cache_file = CacheFile::of(root, out);
    let stage = options.progress.stage(template!("survey"), template!("files"), 0);
    let mut check = UpToDateCheck::new(root, &tables, options, &cache_file);
    if let Some(files) = check.unchanged_files(options, &cache_file, out, &OutputPart::Whole)? {
        stage.add(files);
        let CacheHeader { articles, pages, .. } = check.cache.header;
        let written = WriteCounts { unchanged: files, ..WriteCounts::default() };
        let diagnostics = unused_pages(&check.survey);
        return Ok(BuildReport { articles, pages, written, diagnostics, ..BuildReport::default() });
    }
    let UpToDateCheck { survey, mut cache } = check;
    stage.add(survey.articles.len());
    drop(stage);
    // site.toml is read again after its stamp was taken, so that a change in between is noticed by the next build
    let config = site_settings(root, options)?;
    let later = |stamp| StampTrust::until(cache_file.disk_time_after(stamp));
    let (planned, _) = plan(root, config, options, survey, &mut cache, None, later)?;
    let report = write(root, out, &planned, &cache, &cache_file, &|| Ok(()));
    // the memory is freed while the caller goes on
    rayon::spawn(move || drop((planned, cache)));
    report.map(|mut report| {
        report.diagnostics.extend(report.size.findings());
        report
    })
}

/// The part of an output folder that a part of a site is written to.
pub(crate) fn output_part(part: &SitePart) -> OutputPart {
    match part {
        SitePart::Whole => OutputPart::Whole,
        SitePart::Shard(shard) => OutputPart::Named(shard.to_string()),
        SitePart::Join(_) => OutputPart::Main,
    }
}

/// Writes a planned site into the folder `out`, and saves the cache. `before_end` is called when everything is written, and the build still counts
/// as unfinished.
///
/// # Errors
/// The disk refuses to write; an error of `before_end`.
pub(crate) fn write(
    root: &Path,
    out: &Path,
    planned: &PlannedSite,
    cache: &Cache,
    cache_file: &CacheFile,
    before_end: &dyn Fn() -> Result<()>,
) -> Result<BuildReport> {
    let stage = planned.progress.stage(template!("open"), template!("files"), 0);
    let paths = Arc::new(planned.site.planned());
    let sink = FolderSink::open_part(out, paths.clone(), output_part(&planned.site.part))?;
    let outputs = OutputWriter::new(out, sink, cache, paths);
    drop(stage);
    let texts = Texts::new(planned);
    let mut diagnostics = planned.diagnostics.clone();
    let statics = write_statics(root, planned, &outputs, &mut diagnostics)?;
    diagnostics.extend(write_facsimiles(root, &planned.site, &outputs, planned.progress)?);
    // pages wait for the disk while the index is computed
    let (pages, search) =
        rayon::join(|| write_pages(planned, &outputs, &texts), || write_index(planned, &outputs, &texts));
    let (findings, compared) = pages?;
    diagnostics.extend(findings);
    let search = search?;
    let stage = planned.progress.stage(template!("keep"), template!("files"), 0);
    before_end()?;
    let findings = diagnostics.iter().chain(&planned.imported.diagnostics);
    let errors = findings.filter(|finding| finding.severity() == Severity::Error).count();
    let (written, mut records, disk_time, findings) = outputs.finish(errors)?;
    let size = SiteSize::of(records.iter().map(|(path, output)| (path, output.stamp.size)));
    diagnostics.extend(findings);
    if texts.have_changed() {
        cache_file.remove()?;
    } else {
        let is_clean = diagnostics.is_empty() && planned.imported.diagnostics.is_empty();
        let header = CacheHeader {
            sources: planned.header.sources.filter(|_| is_clean),
            search,
            size: size.clone(),
            ..planned.header.clone()
        };
        save(cache_file, planned, &statics, &mut records, disk_time, header);
    }
    drop(stage);
    diagnostics.extend(planned.unused.iter().cloned());
    Ok(BuildReport {
        imported: planned.imported.clone(),
        articles: planned.site.catalog.entries.len(),
        pages: planned.site.reader_pages(),
        compared,
        written,
        size,
        diagnostics,
    })
}

/// Saves the cache. `disk_time` is the disk's time after the last file was written.
fn save(
    cache_file: &CacheFile,
    planned: &PlannedSite,
    statics: &[OwnStatic],
    outputs: &mut OutputRecords,
    disk_time: DiskTime,
    header: CacheHeader,
) {
    // what joins shards has their entries from their summaries
    let articles = planned.articles().filter(|_| !planned.site.part.is_join()).map(|(entry, file)| {
        let &ArticleFile { stamp, digest, has_links, loses_html } = file;
        (entry.file.as_str(), CachedFile { stamp, digest, has_links, loses_html, entry: Some(entry) })
    });
    let statics = statics.iter().map(|(path, stamp, digest)| {
        (path.as_str(), CachedFile { stamp: *stamp, digest: *digest, has_links: false, loses_html: false, entry: None })
    });
    let is_settled = |output: &CachedOutput| output.stamp.is_settled(disk_time);
    let stamps = outputs.iter().map(|(path, output)| (path, Some(output.stamp).filter(|_| is_settled(output))));
    let header = CacheHeader { outputs: digest_of_stamps(stamps), ..header };
    let outputs = outputs.iter().filter(|(_, output)| is_settled(output));
    // a site whose folder is not writable is built all the same, only more slowly
    let _ = cache_file.write(header, articles.chain(statics), outputs);
}
