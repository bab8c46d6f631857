//! Pools of threads of a given size.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result, library_reason};
use crate::message;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// A pool of so many threads; 0: one for each processor.
///
/// # Errors
/// `threads`: the operating system gives none.
pub(crate) fn thread_pool(threads: usize) -> Result<ThreadPool> {
    ThreadPoolBuilder::new().num_threads(threads).build().map_err(|error| {
        let message = message!("no threads to work with: {reason}", reason = library_reason(&error));
        Error::failure(Diagnostic::new(Code::Threads, message).hint(message!("close other programs")))
    })
}
