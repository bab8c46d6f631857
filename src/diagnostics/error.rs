//! What stops a command.
//!
//! Findings about content are [`Diagnostic`]s, and the work goes on. An [`Error`] is for what leaves nothing to go on with: no
//! site.toml, a setting that cannot be read, a disk that refuses. It always says what to do.

use crate::diagnostics::diagnostic::Diagnostic;
use std::fmt;

/// Whose move it is: the exit code follows from it (2 for usage and configuration, 1 for everything else).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    /// The command line or site.toml asks for something that cannot be.
    Configuration,
    /// The work itself failed: a disk, a socket, a process.
    Failure,
}

/// A reason to stop, told in notes: at least one.
#[derive(Debug, Clone)]
pub struct Error {
    pub(crate) kind: ErrorKind,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub(crate) fn configuration(diagnostic: Diagnostic) -> Self {
        Self { kind: ErrorKind::Configuration, diagnostics: vec![diagnostic] }
    }

    pub(crate) fn failure(diagnostic: Diagnostic) -> Self {
        Self { kind: ErrorKind::Failure, diagnostics: vec![diagnostic] }
    }

    /// 2 for usage and configuration, 1 for a failure.
    pub fn exit_code(&self) -> u8 {
        match self.kind {
            ErrorKind::Configuration => 2,
            ErrorKind::Failure => 1,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, diagnostic) in self.diagnostics.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            f.write_str(&diagnostic.render(false))?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
