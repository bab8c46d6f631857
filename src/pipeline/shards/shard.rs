//! Builds one shard of a site.
//!
//! 1. its article files, tables and source pages are picked out of the survey: what the shard is made from
//! 2. where none of these has changed since its last build, there is nothing to do
//! 3. the pages of its articles are planned and written as those of a whole site are
//! 4. its summary is written for the join

use crate::config::year_shard::YearShard;
use crate::diagnostics::error::Result;
use crate::io::fs::walk::FoundFile;
use crate::io::output::folder::WriteCounts;
use crate::io::output::manifest::parts;
use crate::io::output::part::OutputPart;
use crate::pipeline::build::folder::{BuildReport, write};
use crate::pipeline::build::plan::{plan, site_settings};
use crate::pipeline::build::sources::KnownSources;
use crate::pipeline::incremental::cache::{CacheFile, CacheHeader};
use crate::pipeline::incremental::survey::{StampTrust, Survey};
use crate::pipeline::incremental::up_to_date::UpToDateCheck;
use crate::pipeline::options::BuildOptions;
use crate::pipeline::shards::elsewhere::{addresses, linked_elsewhere};
use crate::pipeline::shards::sharded_site::ShardedSite;
use crate::pipeline::shards::summary::{is_readable, write_summary};
use crate::pipeline::tables::json_lines::year_of_folder;
use crate::site::part::SitePart;
use crate::util::digest::Digest;
use std::collections::BTreeSet;
use std::path::Path;

/// Builds a shard of a site into the folder `out`.
///
/// # Errors
/// A configuration error from site.toml; the disk refuses to write.
pub(crate) fn build_shard(site: &ShardedSite<'_>, shard: YearShard, out: &Path) -> Result<BuildReport> {
    let (root, name) = (site.root, shard.to_string());
    if !site.shards.contains(&shard) && !parts(out).contains(&name) {
        return Ok(BuildReport::default());
    }
    let options = BuildOptions { part: SitePart::Shard(shard), no_import: true, ..site.options.clone() };
    let cache_file = CacheFile::of_part(root, out, &name);
    let mut check = UpToDateCheck::of_survey(&|| survey_of(site, shard), &options, &cache_file);
    let part = OutputPart::Named(name.clone());
    if is_readable(out, &name)
        && let Some(unchanged) = check.unchanged_files(&options, &cache_file, out, &part)?
    {
        let CacheHeader { articles, pages, size, .. } = check.cache.header;
        let written = WriteCounts { unchanged, ..WriteCounts::default() };
        return Ok(BuildReport { articles, pages, written, size, ..BuildReport::default() });
    }
    let UpToDateCheck { survey, mut cache } = check;
    let config = site_settings(root, &options)?.of_shard(Some(shard));
    let later = |stamp| StampTrust::until(cache_file.disk_time_after(stamp));
    let none = BTreeSet::new();
    let known = KnownSources { sources: &site.sources, changed: &none };
    let (mut planned, _) = plan(root, config, &options, survey, &mut cache, Some(known), later)?;
    let linked = linked_elsewhere(&site.files, shard);
    planned.site.elsewhere = addresses(root, &planned.site.config, options.drafts, &linked);
    let report = write(root, out, &planned, &cache, &cache_file, &|| write_summary(&planned, out, &name));
    if planned.site.catalog.entries.is_empty() {
        cache_file.remove()?;
    }
    rayon::spawn(move || drop((planned, cache)));
    report
}

/// The files that a shard is made from.
fn survey_of(site: &ShardedSite<'_>, shard: YearShard) -> Survey {
    let survey = &site.sources.survey;
    let files = site.files.of_shard(shard);
    let is_own = |table: &&FoundFile| year_of_folder(&table.path).is_none_or(|year| YearShard::Year(year) == shard);
    let tables = survey.tables.iter().filter(is_own).cloned().collect();
    let (pages, recorded) = site.recorded().of_shard(site.root, files, &survey.import.pages);
    let linked = linked_elsewhere(&site.files, shard);
    let elsewhere: Vec<_> = linked.iter().map(|file| (&file.found.path, file.found.stamp.bytes())).collect();
    let articles = files.iter().map(|file| file.found.clone()).collect();
    survey.narrowed(articles, tables, pages, Digest::of(&(recorded, elsewhere)))
}
