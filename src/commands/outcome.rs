//! The outcome of a command.

use crate::diagnostics::code::Severity;
use crate::diagnostics::diagnostic::Diagnostic;

/// What a finished command leaves to report.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// What it found.
    pub diagnostics: Vec<Diagnostic>,
    /// whether the command has printed them itself
    pub is_printed: bool,
}

impl Outcome {
    /// An outcome with these diagnostics.
    pub(crate) fn of(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics, is_printed: false }
    }

    /// An outcome with diagnostics that are printed already.
    pub(crate) fn printed(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics, is_printed: true }
    }

    /// 0, or 1 where a diagnostic is an error.
    pub fn exit_code(&self) -> u8 {
        u8::from(self.diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error))
    }
}
