//! Retry with exponential backoff and jitter.
//!
//! A transient failure (a cut connection, a busy server) is retried after a pause that doubles each time, or that the server
//! asked for. Random jitter keeps clients that were turned away together from coming back together.

use crate::diagnostics::error::{Error, Result};
use crate::publish::transport::limits::{RETRY_ATTEMPTS, RETRY_FIRST_BACKOFF, RETRY_MAX_BACKOFF};
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::thread::sleep;
use std::time::Duration;

/// Why an operation failed, and whether a retry may help.
#[derive(Debug, Clone)]
pub(crate) enum RetryError {
    /// A retry may succeed; `retry_after` is the pause that the other side asked for.
    Transient { error: Error, retry_after: Option<Duration> },
    /// A retry would fail again: no right, no space, a wrong setting.
    Permanent(Error),
}

impl RetryError {
    /// A failure that may pass, after the usual backoff.
    pub(crate) fn transient(error: Error) -> Self {
        Self::Transient { error, retry_after: None }
    }
}

impl From<Error> for RetryError {
    /// An error of which nothing else is known is permanent.
    fn from(error: Error) -> Self {
        Self::Permanent(error)
    }
}

/// Runs an operation until it succeeds, fails permanently, or has failed [`RETRY_ATTEMPTS`] times.
pub(crate) fn retry<T>(operation: impl FnMut() -> Result<T, RetryError>) -> Result<T> {
    retry_from(RETRY_FIRST_BACKOFF, operation)
}

fn retry_from<T>(first_backoff: Duration, mut operation: impl FnMut() -> Result<T, RetryError>) -> Result<T> {
    let mut attempt = 1;
    loop {
        match operation() {
            Ok(value) => return Ok(value),
            Err(RetryError::Permanent(error)) => return Err(error),
            Err(RetryError::Transient { error, .. }) if attempt == RETRY_ATTEMPTS => return Err(error),
            Err(RetryError::Transient { retry_after, .. }) => {
                let backoff = retry_after.unwrap_or(first_backoff * 2_u32.pow(attempt - 1));
                sleep(with_jitter(backoff.min(RETRY_MAX_BACKOFF), RandomState::new().hash_one(attempt)));
            }
        }
        attempt += 1;
    }
}

/// The backoff, and up to half of it more.
fn with_jitter(backoff: Duration, random: u64) -> Duration {
    backoff + backoff.mul_f64((random % 1024) as f64 / 2048.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::code::Code;
    use crate::diagnostics::diagnostic::Diagnostic;
    use crate::diagnostics::message::Message;

    fn error() -> Error {
        Error::failure(Diagnostic::new(Code::Ssh, Message::verbatim("the connection was cut")))
    }

    #[test]
    fn transient_failures_are_retried_and_permanent_ones_are_not() {
        let mut attempts = 0;
        let done = retry_from(Duration::ZERO, || {
            attempts += 1;
            if attempts < 3 { Err(RetryError::transient(error())) } else { Ok(attempts) }
        });
        assert_eq!(done.unwrap(), 3);
        let mut attempts = 0;
        let failed: Result<()> = retry_from(Duration::ZERO, || {
            attempts += 1;
            Err(RetryError::Permanent(error()))
        });
        assert_eq!((failed.unwrap_err().diagnostics[0].code, attempts), (Code::Ssh, 1));
    }

    #[test]
    fn jitter_only_lengthens_a_backoff() {
        let pauses: Vec<Duration> = (0..1024).map(|random| with_jitter(Duration::from_secs(2), random)).collect();
        assert!(pauses.iter().all(|pause| (2.0..3.0).contains(&pause.as_secs_f64())));
        assert!(pauses.is_sorted() && pauses[0] < pauses[1]);
    }

    #[test]
    fn the_number_of_attempts_is_limited() {
        let mut attempts = 0;
        let failed: Result<()> = retry_from(Duration::ZERO, || {
            attempts += 1;
            Err(RetryError::Transient { error: error(), retry_after: Some(Duration::ZERO) })
        });
        assert!(failed.is_err());
        assert_eq!(attempts, RETRY_ATTEMPTS);
    }
}
