//! What a publish has done so far: counted for those who wait, with the revisions that go into the record.

use crate::io::progress::{Progress, Stage};
use crate::publish::upload::{Content, Upload};
use crate::util::sync::lock;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Counts from many threads at once.
#[derive(Debug)]
pub(crate) struct TransferProgress {
    stage: Stage,
    sent: AtomicUsize,
    bytes: AtomicU64,
    removed: AtomicUsize,
    revisions: Mutex<BTreeMap<String, String>>,
}

impl TransferProgress {
    /// Nothing yet, of so many files that are to be sent.
    pub(crate) fn new(progress: Progress, total: usize) -> Self {
        Self {
            stage: progress.stage("send", "files", total),
            sent: AtomicUsize::new(0),
            bytes: AtomicU64::new(0),
            removed: AtomicUsize::new(0),
            revisions: Mutex::default(),
        }
    }

    /// A upload stands in its place, and the target's list will tell this revision of it.
    pub(crate) fn record_upload(&self, upload: &Upload, revision: impl Into<String>) {
        if let Content::File(file) = upload.content {
            self.sent.fetch_add(1, Ordering::Relaxed);
            self.bytes.fetch_add(file.size, Ordering::Relaxed);
            self.stage.add_bytes(usize::try_from(file.size).unwrap_or(usize::MAX));
            self.stage.add_one();
            let mut revisions = lock(&self.revisions);
            revisions.insert(upload.path.to_owned(), revision.into());
        }
    }

    /// So many files are gone.
    pub(crate) fn record_removals(&self, count: usize) {
        self.removed.fetch_add(count, Ordering::Relaxed);
    }

    /// files of the site that were put, placeholders not counted
    pub(crate) fn files_sent(&self) -> usize {
        self.sent.load(Ordering::Relaxed)
    }

    /// of the files that were put, as they stand in `public/`
    pub(crate) fn bytes_sent(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    pub(crate) fn files_removed(&self) -> usize {
        self.removed.load(Ordering::Relaxed)
    }

    /// What the target's list tells of the file that was put at a path.
    pub(crate) fn revision(&self, path: &str) -> Option<String> {
        lock(&self.revisions).get(path).cloned()
    }
}
