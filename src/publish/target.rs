//! What a place to publish to can do.
//!
//! Every target can be looked at ([`Target`]). Most take a plan file by file ([`FileTarget`], driven by
//! [`publish_file_by_file`](crate::publish::transfer::file_by_file)); some take it as a whole, so that readers see all of it or nothing: a
//! commit, a release ([`AtomicTarget`](crate::publish::transfer::atomic::AtomicTarget)).

use crate::diagnostics::error::Result;
use crate::publish::local_site::{LocalFile, LocalSite};
use crate::publish::transfer_progress::TransferProgress;
use crate::publish::upload::Upload;
use std::collections::BTreeSet;

/// A file that the target really holds, as its own list tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedFile {
    /// below the site's root, with `/`
    pub(crate) path: String,
    /// One word that is likely another one where the file's bytes are others: its size, its ETag, its git hash. The same
    /// word that [`TransferProgress::sent`] was told when the file was put.
    pub(crate) revision: String,
}

/// A target as it can be looked at. Nothing of this changes anything there.
pub(crate) trait Target: Sync {
    /// How a person knows it: `mirror (/srv/www)`. Never holds a secret.
    fn name(&self) -> String;

    /// The text of the record ([`RECORD_FILE`](crate::publish::record::RECORD_FILE)) that stands there; nothing where there is none.
    fn record(&self) -> Result<Option<String>>;

    /// All files that are really there, the record not among them, in any order. A target that does not exist yet holds
    /// none.
    fn list(&self) -> Result<Vec<ListedFile>>;

    /// Which of these files hold at the target the same bytes as here, found out by looking at the target (a hash of its
    /// own, an ETag). `files` are there by name. Called where the record is missing, unfinished, or says another revision.
    fn same(&self, local: &LocalSite, files: &[(&LocalFile, &ListedFile)]) -> Result<BTreeSet<String>>;
}

/// A target that takes files one by one, or in batches.
pub(crate) trait FileTarget: Target {
    /// Puts every upload in its place, in any order, many at once; each file is replaced whole, so that a reader gets the old
    /// bytes or the new ones. Tries again where that may help, checks that what arrived is what was sent (size and hash, or
    /// ETag), and tells `progress` of each file with its revision.
    fn put(&self, local: &LocalSite, uploads: &[Upload], progress: &TransferProgress) -> Result<()>;

    /// Removes these files; one that is not there any more is fine. Folders that become empty go too.
    fn remove(&self, paths: &[&str], progress: &TransferProgress) -> Result<()>;

    /// Writes the record in its place.
    fn write_record(&self, text: &str) -> Result<()>;
}
