//! Reasons why the desk does nothing.

use crate::desk::article_files::Conflict;
use crate::desk::page_state::Rejection;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};

/// Why nothing was done.
#[derive(Debug)]
pub(crate) enum DeskError {
    /// there is no such page
    NoPage,
    /// the page cannot be read
    Unreadable(Vec<Diagnostic>),
    Rejected(Rejection),
    /// the page has changed since the action was chosen
    Stale {
        page: String,
    },
    /// files that a person edited would be changed
    Conflict {
        page: String,
        conflicts: Vec<Conflict>,
        /// these are edits that cannot become corrections; the others can
        is_rest: bool,
    },
    /// there is nothing to undo, or to do again
    NothingToUndo,
    /// the disk refuses
    Failed(Error),
}

impl From<Error> for DeskError {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<Diagnostic> for DeskError {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Unreadable(vec![diagnostic])
    }
}

pub(crate) type DeskResult<T> = Result<T, DeskError>;
