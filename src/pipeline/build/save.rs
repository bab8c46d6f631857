//! Saves the cache for the next build.

use crate::io::fs::stamp::DiskTime;
use crate::pipeline::build::statics::OwnStatic;
use crate::pipeline::incremental::cache::{CacheFile, CacheHeader, CachedFileRef, CachedOutput};
use crate::pipeline::incremental::outputs::{FinishedOutputs, digest_of_stamps};
use crate::pipeline::plan::PlannedSite;
use crate::util::digest::Digest;

/// Saves what a build has found out. `disk_time` is the disk's time after the last file was written; `search` holds the
/// fingerprints of the search index; `is_clean` says that there are no diagnostics.
pub(crate) fn save(
    cache_file: &CacheFile,
    planned: &PlannedSite,
    statics: &[OwnStatic],
    outputs: &FinishedOutputs,
    disk_time: DiskTime,
    search: Vec<Digest>,
    is_clean: bool,
) {
    let articles = planned.articles().map(|(entry, file)| {
        let (stamp, digest, has_links) = (file.stamp, file.digest, file.has_links);
        (entry.file.as_str(), CachedFileRef { stamp, digest, has_links, entry: Some(entry) })
    });
    let statics = statics.iter().map(|(path, stamp, digest)| {
        (path.as_str(), CachedFileRef { stamp: *stamp, digest: *digest, has_links: false, entry: None })
    });
    let is_settled = |output: &CachedOutput| output.stamp.is_settled(disk_time);
    let stamps = outputs.iter().map(|(path, output)| (path, Some(output.stamp).filter(|_| is_settled(output))));
    let header = CacheHeader {
        sources: planned.header.sources.filter(|_| is_clean),
        outputs: digest_of_stamps(stamps),
        search,
        ..planned.header.clone()
    };
    let outputs = outputs.iter().filter(|(_, output)| is_settled(output));
    // a site whose folder is not writable is built all the same, only more slowly
    let _ = cache_file.write(header, articles.chain(statics), outputs);
}
