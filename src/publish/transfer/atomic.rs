//! Atomic publishing, for targets that take a plan as a whole: a commit, a release.

use crate::diagnostics::error::Result;
use crate::publish::target::Target;
use crate::publish::transfer::job::Job;

/// How a commit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CommitOutcome {
    Committed,
    /// Somebody else changed the target meanwhile: take the inventory, plan and commit again.
    Conflict,
}

/// A target that carries out a plan atomically: readers see all of it or nothing.
pub(crate) trait AtomicTarget: Target {
    /// Carries out the plan on top of the state that the last [`list`](Target::list) showed, and writes the final record. After
    /// an error the target is unchanged.
    fn commit(&self, job: &Job) -> Result<CommitOutcome>;
}

/// Updates the target to the site.
pub(crate) fn publish_atomically(target: &dyn AtomicTarget, job: &Job) -> Result<CommitOutcome> {
    if job.has_all_files() { Ok(CommitOutcome::Committed) } else { target.commit(job) }
}
