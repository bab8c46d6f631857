//! Concurrent uploads for targets that take each file by itself.
//!
//! A transient failure is retried (see [`retry`](crate::publish::transport::retry)); a permanent one ends the batch after the
//! uploads that are under way.

use crate::diagnostics::error::Result;
use crate::io::thread_pool::thread_pool;
use crate::publish::transfer_progress::TransferProgress;
use crate::publish::transport::retry::{RetryError, retry};
use crate::publish::upload::Upload;
use rayon::prelude::*;

/// Uploads each file with `put`, which returns the file's revision, on `threads` threads.
pub(crate) fn put_each(
    uploads: &[Upload],
    threads: usize,
    progress: &TransferProgress,
    put: impl Fn(&Upload) -> Result<String, RetryError> + Sync,
) -> Result<()> {
    for_each(uploads, threads, |upload| {
        let revision = retry(|| put(upload))?;
        progress.record_upload(upload, revision);
        Ok(())
    })
}

/// Runs `work` on each item, on `threads` threads. After the first failure, which is returned, no further item is begun.
pub(crate) fn for_each<T: Sync>(items: &[T], threads: usize, work: impl Fn(&T) -> Result<()> + Sync) -> Result<()> {
    let pool = thread_pool(threads.clamp(1, items.len().max(1)))?;
    pool.install(|| items.par_iter().try_for_each(&work))
}
