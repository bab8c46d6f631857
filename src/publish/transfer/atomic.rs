//! Targets that take a plan as a whole: a commit, a release.

use crate::diagnostics::error::Result;
use crate::publish::inventory::Inventory;
use crate::publish::local_site::LocalSite;
use crate::publish::plan::plan::Plan;
use crate::publish::record::{Record, SiteIdentity};
use crate::publish::target::Target;
use crate::publish::transfer::final_record::finished;
use crate::publish::transfer_progress::TransferProgress;

/// How a whole plan ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CommitOutcome {
    Committed,
    /// Somebody else changed the target meanwhile: look again, plan again, and try again.
    Conflict,
}

/// A target that takes a whole plan: readers see all of it or nothing.
pub(crate) trait AtomicTarget: Target {
    /// Carries out the plan on what the last [`list`](Target::list) told. The record that goes with it is that of the whole
    /// site; the target fills in the revisions of the files that it puts.
    ///
    /// # Errors
    /// What the target refuses; it is then as it was.
    fn commit(
        &self,
        local: &LocalSite,
        plan: &Plan,
        record: Record,
        progress: &TransferProgress,
    ) -> Result<CommitOutcome>;
}

/// Makes the target hold the site.
///
/// # Errors
/// What the target refuses.
pub(crate) fn publish_atomically(
    target: &dyn AtomicTarget,
    site: &SiteIdentity,
    local: &LocalSite,
    held: &Inventory,
    plan: &Plan,
    progress: &TransferProgress,
) -> Result<CommitOutcome> {
    let record = finished(site, local, held, progress);
    if plan.is_empty() && held.record.as_ref() == Some(&record) {
        return Ok(CommitOutcome::Committed);
    }
    target.commit(local, plan, record, progress)
}
