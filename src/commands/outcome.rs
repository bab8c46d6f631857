//! How a command ended.

use crate::diagnostics::code::Severity;
use crate::diagnostics::diagnostic::Diagnostic;

/// What a finished command has to say.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    pub diagnostics: Vec<Diagnostic>,
}

impl Outcome {
    pub(crate) fn of(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics }
    }

    /// 0: done; 1: findings that are errors.
    pub fn exit_code(&self) -> u8 {
        u8::from(self.diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error))
    }
}
