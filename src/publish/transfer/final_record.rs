//! The record that a finished publish leaves.

use crate::publish::inventory::Inventory;
use crate::publish::local_site::LocalSite;
use crate::publish::record::{Record, RecordEntry, SiteIdentity};
use crate::publish::transfer_progress::TransferProgress;
use std::collections::BTreeMap;

/// Every file of the site, with the revision that it was put with, or that it had already.
pub(crate) fn finished(
    site: &SiteIdentity,
    local: &LocalSite,
    held: &Inventory,
    progress: &TransferProgress,
) -> Record {
    let revision =
        |path: &str| progress.revision(path).or_else(|| held.files.get(path).map(|file| file.revision.clone()));
    let entry =
        |path: &str, hash| (path.to_owned(), RecordEntry { hash, revision: revision(path).unwrap_or_default() });
    let files: BTreeMap<String, RecordEntry> = local.files.iter().map(|file| entry(&file.path, file.hash)).collect();
    Record { site: site.clone(), unfinished: false, files }
}
