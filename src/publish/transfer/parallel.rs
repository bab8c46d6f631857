//! Many files at once, for targets that take each by itself.
//!
//! A request that fails in passing (a cut connection, a server that is busy) is made again after a while; one that fails
//! for good ends the batch, after those that are under way.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::publish::parcel::Parcel;
use crate::publish::tally::Tally;
use crate::publish::transport::retry::{Fault, patiently};
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

/// Puts each parcel with `put`, which answers with the stamp of the file, `width` of them at a time.
///
/// # Errors
/// The first failure that lasts.
pub(crate) fn put_each(
    parcels: &[Parcel],
    width: usize,
    tally: &Tally,
    put: impl Fn(&Parcel) -> Result<String, Fault> + Sync,
) -> Result<()> {
    each(parcels, width, |parcel| {
        let stamp = patiently(|| put(parcel))?;
        tally.sent(parcel, stamp);
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
