//! One publish: what is transferred to a target, and the records that it leaves there.

use crate::publish::inventory::Inventory;
use crate::publish::local_site::LocalSite;
use crate::publish::plan::plan::Plan;
use crate::publish::record::{Record, RecordEntry, SiteIdentity};
use crate::publish::transfer_progress::TransferProgress;
use crate::publish::verification::Verification;

/// A plan that is carried out, with what it was made from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Job<'a> {
    pub(crate) site: &'a SiteIdentity,
    pub(crate) local: &'a LocalSite,
    pub(crate) inventory: &'a Inventory,
    pub(crate) plan: &'a Plan,
    pub(crate) progress: &'a TransferProgress,
}

impl Job<'_> {
    /// Whether the target has every file already, and the record of them.
    pub(crate) fn is_up_to_date(&self) -> bool {
        self.plan.is_empty() && self.inventory.record.as_ref() == Some(&self.final_record())
    }

    /// As [`Self::is_up_to_date`], but for the verification in the record, which is not worth a commit or a release.
    pub(crate) fn has_all_files(&self) -> bool {
        let Some(record) = &self.inventory.record else { return false };
        let expected = Record { verification: record.verification, ..self.final_record() };
        self.plan.is_empty() && *record == expected
    }

    fn verification(&self) -> Option<Verification> {
        let counts = !(self.inventory.is_verified || self.plan.is_empty());
        self.inventory.verification.map(|last| if counts { last.after_publish() } else { last })
    }

    /// The record of every file of the site, with the revision that it was uploaded with, or that it had before.
    pub(crate) fn final_record(&self) -> Record {
        let earlier = |path: &str| self.inventory.files.get(path).map(|file| file.revision.clone());
        let revision = |path: &str| self.progress.revision(path).or_else(|| earlier(path)).unwrap_or_default();
        let files = self
            .local
            .files
            .iter()
            .map(|file| (file.path.clone(), RecordEntry { hash: file.hash, revision: revision(&file.path) }));
        Record { site: self.site.clone(), unfinished: false, verification: self.verification(), files: files.collect() }
    }

    /// The record of all files that are ours or will be. The hashes mean nothing yet.
    pub(crate) fn unfinished_record(&self) -> Record {
        let no_hash = blake3::hash(b"");
        let ours = self.inventory.files.iter().filter(|(_, file)| file.is_ours).map(|(path, _)| path.clone());
        let coming = self.plan.uploads(self.local).map(|file| file.path.clone());
        let files = ours.chain(coming).map(|path| (path, RecordEntry { hash: no_hash, revision: String::new() }));
        Record { site: self.site.clone(), unfinished: true, verification: None, files: files.collect() }
    }
}
