//! Traits of publishing targets.
//!
//! Every target can be inspected ([`Target`]). Most take a plan file by file ([`FileTarget`], driven by
//! [`publish_file_by_file`](crate::publish::transfer::file_by_file::publish_file_by_file)); some take it as a whole, so that
//! readers see all of it or nothing ([`AtomicTarget`](crate::publish::transfer::atomic::AtomicTarget)): a commit, a release.

use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::publish::local_site::{LocalFile, LocalSite};
use crate::publish::transfer_progress::TransferProgress;
use crate::publish::upload::Upload;
use std::collections::BTreeSet;

/// A file that the target has, by the target's own listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedFile {
    /// below the site's root, with `/`
    pub(crate) path: String,
    /// One opaque word that most likely changes with the file's bytes (a size, an `ETag`, a git object id), the same that
    /// [`TransferProgress::record_upload`] got when the file was uploaded.
    pub(crate) revision: String,
}

impl ListedFile {
    /// A file at a target that knows no more of it than its size, in bytes.
    pub(crate) fn of_size(path: String, size: u64) -> Self {
        Self { path, revision: size.to_string() }
    }

    /// Whether the file, at a target that knows only sizes, has this size.
    pub(crate) fn has_size(&self, size: u64) -> bool {
        self.revision == size.to_string()
    }
}

/// A target that can be inspected. Nothing of this changes the target.
pub(crate) trait Target: Sync {
    /// The name for people: `mirror (/srv/www)`. Never holds a secret.
    fn name(&self) -> String;

    /// The text of the record ([`RECORD_FILE`](crate::publish::record::RECORD_FILE)); `None` where there is none.
    fn record(&self) -> Result<Option<String>>;

    /// All files except the record, in any order. A target that does not exist yet has none.
    fn list(&self) -> Result<Vec<ListedFile>>;

    /// Whether a revision says for certain whether a file's bytes changed (an object id, an `ETag`), as a size does not.
    fn lists_hashes(&self) -> bool {
        false
    }

    /// The finding about a file that lies behind a link, which is not followed; `None` where no link is in the way, and at targets
    /// that never follow links.
    fn behind_link(&self, _path: &str) -> Option<Diagnostic> {
        None
    }

    /// The paths of those of the files whose bytes at the target are those of the local site, found out by inspecting the
    /// target (a checksum, an `ETag`). Called for files whose record is missing, unfinished, or has another revision,
    /// and for all files where they are verified.
    fn identical_files(&self, local: &LocalSite, files: &[(&LocalFile, &ListedFile)]) -> Result<BTreeSet<String>>;
}

/// A target that takes files one by one, or in batches.
pub(crate) trait FileTarget: Target {
    /// Uploads files in any order, many at once. Each file is replaced atomically: a reader gets the old bytes or the new
    /// ones. Retries transient failures, verifies what arrived (size and hash, or `ETag`), and reports each file to
    /// `progress` with its revision.
    fn put(&self, local: &LocalSite, uploads: &[Upload], progress: &TransferProgress) -> Result<()>;

    /// Removes these files; one that does not exist is no error. Folders that become empty go too.
    fn remove(&self, paths: &[&str], progress: &TransferProgress) -> Result<()>;

    /// Replaces the record atomically.
    fn write_record(&self, text: &str) -> Result<()>;
}

/// The folders above a path, the outermost first: `a/b/c.html` → `a`, `a/b`.
pub(crate) fn parent_folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}
