//! The record that a finished publish leaves.

use crate::publish::inventory::Inventory;
use crate::publish::local_site::LocalSite;
use crate::publish::record::{Record, RecordEntry, SiteIdentity};
use crate::publish::transfer_progress::TransferProgress;
use std::collections::BTreeMap;

/// The record of every file of the site, with the revision that it was uploaded with, or that it had before.
pub(crate) fn final_record(
    site: &SiteIdentity,
    local: &LocalSite,
    inventory: &Inventory,
    progress: &TransferProgress,
) -> Record {
    let revision =
        |path: &str| progress.revision(path).or_else(|| inventory.files.get(path).map(|file| file.revision.clone()));
    let entry =
        |path: &str, hash| (path.to_owned(), RecordEntry { hash, revision: revision(path).unwrap_or_default() });
    let files: BTreeMap<String, RecordEntry> = local.files.iter().map(|file| entry(&file.path, file.hash)).collect();
    Record { site: site.clone(), unfinished: false, files }
}
