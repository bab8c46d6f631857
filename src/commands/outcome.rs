//! How a command ended.

use crate::diagnostics::diagnostic::{Note, Severity};

/// What a finished command has to say.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    pub notes: Vec<Note>,
}

impl Outcome {
    pub fn of(notes: Vec<Note>) -> Self {
        Self { notes }
    }

    /// 0: done; 1: findings that are errors.
    pub fn exit_code(&self) -> u8 {
        u8::from(self.notes.iter().any(|note| note.severity == Severity::Error))
    }
}
