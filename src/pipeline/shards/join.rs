//! Builds what joins the shards of a site: every page that lists articles of several years, of the summaries of shards alone.
//!
//! 1. the summaries are found in the output folder; where neither they nor the rest has changed, there is nothing to do
//! 2. they are read: each shard has to be finished, and made from the same settings, templates and names as the join
//! 3. all pages of the site are planned, and those of the join are written

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::stamp::Stamp;
use crate::io::fs::walk::FoundFile;
use crate::io::output::folder::WriteCounts;
use crate::io::output::manifest::{Manifest, parts};
use crate::io::output::part::{OutputPart, summary_file};
use crate::message;
use crate::pipeline::build::folder::{BuildReport, write};
use crate::pipeline::build::plan::{plan, site_settings};
use crate::pipeline::incremental::cache::{CacheFile, CacheHeader, CachedFile};
use crate::pipeline::incremental::survey::{StampTrust, Survey};
use crate::pipeline::incremental::up_to_date::{UpToDateCheck, digest_of_sources};
use crate::pipeline::options::BuildOptions;
use crate::pipeline::shards::joined::JoinedSummaries;
use crate::pipeline::shards::summary::{Summary, not_joinable};
use crate::site::index_set::IndexSet;
use crate::site::part::SitePart;
use crate::util::digest::Digest;
use std::collections::HashMap;
use std::path::Path;

/// Joins the shards that were built into the folder `out`.
///
/// # Errors
/// A configuration error from site.toml; `not-joinable` where there is no shard, or one does not fit the others; the disk refuses to write.
pub(crate) fn join(root: &Path, options: &BuildOptions, out: &Path) -> Result<BuildReport> {
    let options = BuildOptions { part: SitePart::Join(Vec::new()), no_import: true, ..options.clone() };
    site_settings(root, &options)?;
    let shards = finished_shards(out)?;
    let cache_file = CacheFile::of_part(root, out, "join");
    let survey = || survey_of(root, out, &shards, &cache_file);
    let mut check = UpToDateCheck::of_survey(&survey, &options, &cache_file);
    if let Some(unchanged) = check.unchanged_files(&options, &cache_file, out, &OutputPart::Main)? {
        Manifest::set_joined(out)?;
        let CacheHeader { pages, size, .. } = check.cache.header;
        let written = WriteCounts { unchanged, ..WriteCounts::default() };
        return Ok(BuildReport { pages, written, size, ..BuildReport::default() });
    }
    let UpToDateCheck { mut survey, mut cache } = check;
    let sources = digest_of_sources(&options, &survey);
    survey.tables.clear();
    let Summaries { sets, texts, shared, articles, entry_inputs } = Summaries::read(out, &shards)?;
    survey.articles = articles.keys().map(|path| FoundFile { path: path.clone(), stamp: Stamp::default() }).collect();
    survey.articles.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    cache.header.entry_inputs = entry_inputs;
    let joined = JoinedSummaries::of(root, out, &shards);
    cache.changes = Some(joined.changes(&articles));
    cache.files = articles;
    let config = site_settings(root, &options)?;
    let options = BuildOptions { part: SitePart::Join(sets), ..options };
    let (mut planned, _) = plan(root, config, &options, survey, &mut cache, None, |_| StampTrust::Nothing)?;
    if let Some((shard, _)) = shared.iter().find(|(_, shared)| *shared != planned.shared) {
        return Err(not_joinable(
            shard,
            message!("the shard {shard} was built with other settings, templates or static files", shard),
        ));
    }
    planned.header.sources = sources;
    planned.article_files.keep_texts(texts);
    let is_forgotten = joined.forget();
    let report = write(root, out, &planned, &cache, &cache_file, &|| Ok(()))?;
    if is_forgotten {
        joined.keep();
    }
    rayon::spawn(move || drop((planned, cache)));
    // the articles are counted by their shards
    Ok(BuildReport { articles: 0, ..report })
}

/// The shards in an output folder, each of which has to be finished.
fn finished_shards(out: &Path) -> Result<Vec<String>> {
    let shards = parts(out);
    if shards.is_empty() {
        let why = message!("no shard of the site has been built into {out}", out = out.display());
        let hint = message!("build each first: wenzhai build --shard 2024, or all with wenzhai build");
        return Err(Error::failure(Diagnostic::new(Code::NotJoinable, why).hint(hint)));
    }
    for shard in &shards {
        if !Manifest::is_part_finished(out, &OutputPart::Named(shard.clone())) {
            return Err(not_joinable(shard, message!("the build of the shard {shard} was not finished", shard)));
        }
    }
    Ok(shards)
}

/// The summaries as the tables that the site is made from, and the files that all pages are made from. Summaries were written a moment ago, so
/// that the clock is waited for.
fn survey_of(root: &Path, out: &Path, shards: &[String], cache_file: &CacheFile) -> Survey {
    let found = shards.iter().filter_map(|shard| {
        let path = summary_file(shard);
        Some(FoundFile { stamp: Stamp::at(&out.join(&path))?, path })
    });
    let tables: Vec<FoundFile> = found.collect();
    let latest = tables.iter().fold(Stamp::default(), |latest, table| latest.later(table.stamp));
    let trust = StampTrust::until(cache_file.disk_time().and_then(|_| cache_file.disk_time_after(latest)));
    let mut survey = Survey::without_articles(root, trust);
    survey.tables = tables;
    survey
}

/// All that shards have left.
#[derive(Default)]
struct Summaries {
    articles: HashMap<String, CachedFile>,
    texts: Vec<(String, String)>,
    /// newest first
    sets: Vec<IndexSet>,
    shared: Vec<(String, Digest)>,
    entry_inputs: Option<Digest>,
}

impl Summaries {
    fn read(out: &Path, shards: &[String]) -> Result<Self> {
        let mut all = Self::default();
        // undated articles come last in every list
        let (undated, years): (Vec<&String>, Vec<&String>) =
            shards.iter().partition(|shard| shard.parse::<u16>().is_err());
        for shard in years.into_iter().rev().chain(undated) {
            let mut summary = Summary::read(out, shard)?;
            all.sets.extend(summary.head.set.clone());
            all.shared.push((shard.clone(), summary.head.shared));
            all.entry_inputs = summary.head.entry_inputs;
            all.texts.append(&mut summary.texts);
            all.articles.extend(
                summary
                    .into_articles()
                    .map(|(path, file)| (path, CachedFile { stamp: Some(Stamp::default()), ..file })),
            );
        }
        Ok(all)
    }
}
