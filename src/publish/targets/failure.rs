//! Failures of the subprocesses that a target runs: what to advise, and which are worth a retry.
//!
//! git, ssh and rsync report failures as text only, so each target has a table of phrases to look for.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::diagnostics::message::Message;
use crate::message;
use crate::publish::transport::retry::{RetryError, retry};
use crate::publish::transport::subprocess::SubprocessError;

/// How the failures of one kind of target are read.
#[derive(Debug)]
pub(crate) struct FailureRules {
    pub(crate) code: Code,
    /// where the program is not installed; this and all hints are [`template!`](crate::template!)s
    pub(crate) missing_hint: &'static str,
    /// phrase and hint; the first phrase that occurs in the message wins
    pub(crate) hints: &'static [(&'static str, &'static str)],
    /// where no phrase occurs
    pub(crate) default_hint: &'static str,
    /// phrases of a cut connection or a busy server
    pub(crate) transient: &'static [&'static str],
    /// phrases that make a failure permanent, whatever else it says
    pub(crate) permanent: &'static [&'static str],
    /// an exit code that is transient where nothing is printed with it
    pub(crate) silent_transient_code: Option<i32>,
}

impl FailureRules {
    /// The failure as an error with a hint; `target` is the target's name, `action` says what failed.
    pub(crate) fn error(&self, target: &str, action: Message, failure: &SubprocessError) -> Error {
        let (text, message) = (failure.message(), failure.shown());
        let hint = match failure {
            SubprocessError::NotFound(_) => self.missing_hint,
            _ => {
                self.hints.iter().find(|(phrase, _)| text.contains(phrase)).map_or(self.default_hint, |(_, hint)| hint)
            }
        };
        Error::failure(
            Diagnostic::new(self.code, message!("{target}: {action}: {message}", target, action, message))
                .hint(Message::of(hint)),
        )
    }

    /// Whether a retry may help.
    pub(crate) fn is_transient(&self, failure: &SubprocessError) -> bool {
        if let SubprocessError::Exit { code: code @ Some(_), stderr, .. } = failure
            && stderr.is_empty()
            && *code == self.silent_transient_code
        {
            return true;
        }
        let message = failure.message();
        let contains_any = |phrases: &[&str]| phrases.iter().any(|phrase| message.contains(phrase));
        contains_any(self.transient) && !contains_any(self.permanent)
    }

    /// Runs an operation with retries; the last failure is returned as [`error`](Self::error) makes it.
    pub(crate) fn retry<T>(
        &self,
        target: &str,
        action: Message,
        mut operation: impl FnMut() -> Result<T, SubprocessError>,
    ) -> Result<T> {
        retry(|| {
            operation().map_err(|failure| {
                let error = self.error(target, action.clone(), &failure);
                if self.is_transient(&failure) { RetryError::transient(error) } else { RetryError::Permanent(error) }
            })
        })
    }
}
