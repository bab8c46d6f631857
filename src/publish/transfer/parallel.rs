//! Many files at once, for targets that take each by itself.
//!
//! A request that fails in passing (a cut connection, a server that is busy) is made again after a while; one that fails
//! for good ends the batch, after those that are under way.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::publish::transfer_progress::TransferProgress;
use crate::publish::transport::retry::{RetryError, retry};
use crate::publish::upload::Upload;
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

/// Puts each upload with `put`, which answers with the revision of the file, `width` of them at a time.
///
/// # Errors
/// The first failure that lasts.
pub(crate) fn put_each(
    uploads: &[Upload],
    width: usize,
    progress: &TransferProgress,
    put: impl Fn(&Upload) -> Result<String, RetryError> + Sync,
) -> Result<()> {
    each(uploads, width, |upload| {
        let revision = retry(|| put(upload))?;
        progress.record_upload(upload, revision);
        Ok(())
    })
}

/// `work` on each item, `width` at a time.
///
/// # Errors
/// The first failure; items that were not begun by then are left.
pub(crate) fn each<T: Sync>(items: &[T], width: usize, work: impl Fn(&T) -> Result<()> + Sync) -> Result<()> {
    let pool = ThreadPoolBuilder::new().num_threads(width.clamp(1, items.len().max(1))).build().map_err(|error| {
        Error::failure(
            Diagnostic::new(Code::Threads, format!("no threads to work with: {error}")).hint("close other programs"),
        )
    })?;
    pool.install(|| items.par_iter().try_for_each(&work))
}
