//! The progress of a publish: counts for the progress display, and the revisions that go into the record.

use crate::io::progress::{Progress, Stage};
use crate::publish::upload::{Content, Upload};
use crate::template;
use crate::util::sync::lock;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Counts what was uploaded and removed; shared by many threads.
#[derive(Debug)]
pub(crate) struct TransferProgress {
    stage: Stage,
    bytes: AtomicU64,
    removed: AtomicUsize,
    /// of the uploaded files, by path
    revisions: Mutex<BTreeMap<String, String>>,
}

impl TransferProgress {
    /// The progress at the start of a publish that uploads `total` files.
    pub(crate) fn new(progress: Progress, total: usize) -> Self {
        Self {
            stage: progress.stage(template!("send"), template!("files"), total),
            bytes: AtomicU64::new(0),
            removed: AtomicUsize::new(0),
            revisions: Mutex::default(),
        }
    }

    /// Counts an upload that has arrived; the target's listing will show this revision of it.
    pub(crate) fn record_upload(&self, upload: &Upload, revision: impl Into<String>) {
        if let Content::File(file) = upload.content {
            self.bytes.fetch_add(file.size, Ordering::Relaxed);
            self.stage.add_bytes(usize::try_from(file.size).unwrap_or(usize::MAX));
            self.stage.add_one();
            lock(&self.revisions).insert(upload.path.to_owned(), revision.into());
        }
    }

    pub(crate) fn record_removals(&self, count: usize) {
        self.removed.fetch_add(count, Ordering::Relaxed);
    }

    /// The number of files uploaded, without placeholders.
    pub(crate) fn files_sent(&self) -> usize {
        lock(&self.revisions).len()
    }

    /// The bytes of the uploaded files, as in `public/`.
    pub(crate) fn bytes_sent(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    pub(crate) fn files_removed(&self) -> usize {
        self.removed.load(Ordering::Relaxed)
    }

    /// The revision of the file that was uploaded to a path; `None` where none was.
    pub(crate) fn revision(&self, path: &str) -> Option<String> {
        lock(&self.revisions).get(path).cloned()
    }
}
