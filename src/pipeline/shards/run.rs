//! Builds a site in shards: all of it, one shard, or what joins them.

use crate::config::year_shard::YearShard;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::io::output::manifest::parts;
use crate::message;
use crate::pipeline::build::folder::BuildReport;
use crate::pipeline::options::BuildOptions;
use crate::pipeline::shards::join::join;
use crate::pipeline::shards::shard::build_shard;
use crate::pipeline::shards::sharded_site::ShardedSite;
use std::collections::BTreeSet;
use std::path::Path;

/// Builds all shards that the site at `root` has, or has had, into the folder `out`, and joins them.
///
/// # Errors
/// A configuration error from site.toml; the disk refuses to write.
pub(crate) fn build_all(root: &Path, options: &BuildOptions, out: &Path) -> Result<BuildReport> {
    let site = ShardedSite::open(root, options, out)?;
    let former = parts(out).into_iter().filter_map(|name| name.parse().ok());
    let shards: BTreeSet<YearShard> = site.shards.iter().copied().chain(former).collect();
    let mut report = BuildReport::default();
    for &shard in shards.iter().rev() {
        report = report.and(build_shard(&site, shard, out)?);
    }
    report = report.and(join(root, options, out)?);
    Ok(site.completed(report))
}

/// Builds one shard of the site at `root` into the folder `out`.
///
/// # Errors
/// As [`build_all`].
pub(crate) fn build_one(root: &Path, options: &BuildOptions, out: &Path, shard: YearShard) -> Result<BuildReport> {
    let site = ShardedSite::open(root, options, out)?;
    let mut report = build_shard(&site, shard, out)?;
    if !site.shards.contains(&shard) {
        let message = message!("the site has no article in the shard {shard}", shard);
        let hint = message!("a shard is made of the articles of a year, by the date of each");
        report.diagnostics.push(Diagnostic::new(Code::EmptyShard, message).hint(hint));
    }
    Ok(site.completed(report))
}
