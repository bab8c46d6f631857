//! What fails in passing is tried again.
//!
//! A cut connection, a server that asks to wait: the work is done again after a pause that doubles each time, or after the
//! pause that the server asked for. What fails for good is told at once. Pauses differ by chance: many who were sent away
//! together do not come back together.

use crate::diagnostics::error::{Error, Result};
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::thread::sleep;
use std::time::Duration;

/// How often something is tried, and the pause before the second time.
const TRIES: u32 = 6;
const PAUSE: Duration = Duration::from_millis(250);
/// No pause is longer, whatever a server asks for.
const LONGEST: Duration = Duration::from_secs(60);

/// Why something failed, and whether trying again may help.
#[derive(Debug, Clone)]
pub(crate) enum RetryError {
    /// It may go better later; `wait` is how long the other side asks for.
    Transient { error: Error, wait: Option<Duration> },
    /// It will fail again: no right, no space, a wrong setting.
    Permanent(Error),
}

impl RetryError {
    /// Trying again may help, after the usual pause.
    pub(crate) fn passing(error: Error) -> Self {
        Self::Transient { error, wait: None }
    }
}

impl From<Error> for RetryError {
    /// An error of which nothing else is known lasts.
    fn from(error: Error) -> Self {
        Self::Permanent(error)
    }
}

/// Does the work until it goes well, fails for good, or has failed in passing [`TRIES`] times.
///
/// # Errors
/// The last failure.
pub(crate) fn retry<T>(work: impl FnMut() -> Result<T, RetryError>) -> Result<T> {
    patiently_from(PAUSE, work)
}

/// As [`retry`], with another first pause.
fn patiently_from<T>(pause: Duration, mut work: impl FnMut() -> Result<T, RetryError>) -> Result<T> {
    let mut tries = 1;
    loop {
        match work() {
            Ok(done) => return Ok(done),
            Err(RetryError::Permanent(error)) => return Err(error),
            Err(RetryError::Transient { error, .. }) if tries == TRIES => return Err(error),
            Err(RetryError::Transient { wait, .. }) => {
                let pause = wait.unwrap_or(pause * 2_u32.pow(tries - 1));
                sleep(spread(pause.min(LONGEST), RandomState::new().hash_one(tries)));
            }
        }
        tries += 1;
    }
}

/// The pause, and up to half of it more.
fn spread(pause: Duration, chance: u64) -> Duration {
    pause + pause.mul_f64((chance % 1024) as f64 / 2048.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::code::Code;
    use crate::diagnostics::diagnostic::Diagnostic;

    fn error() -> Error {
        Error::failure(Diagnostic::new(Code::Ssh, "the connection was cut"))
    }

    #[test]
    fn what_passes_is_tried_again_and_what_lasts_is_not() {
        let mut tries = 0;
        let done = patiently_from(Duration::ZERO, || {
            tries += 1;
            if tries < 3 { Err(RetryError::passing(error())) } else { Ok(tries) }
        });
        assert_eq!(done.unwrap(), 3);
        let mut tries = 0;
        let failed: Result<()> = patiently_from(Duration::ZERO, || {
            tries += 1;
            Err(RetryError::Permanent(error()))
        });
        assert_eq!((failed.unwrap_err().diagnostics[0].code, tries), (Code::Ssh, 1));
    }

    #[test]
    fn no_pause_is_shorter_than_asked_for_and_few_are_alike() {
        let pauses: Vec<Duration> = (0..1024).map(|chance| spread(Duration::from_secs(2), chance)).collect();
        assert!(pauses.iter().all(|pause| (2.0..3.0).contains(&pause.as_secs_f64())));
        assert!(pauses.is_sorted() && pauses[0] < pauses[1]);
    }

    #[test]
    fn patience_ends() {
        let mut tries = 0;
        let failed: Result<()> = patiently_from(Duration::ZERO, || {
            tries += 1;
            Err(RetryError::Transient { error: error(), wait: Some(Duration::ZERO) })
        });
        assert!(failed.is_err());
        assert_eq!(tries, TRIES);
    }
}
