//! Atomic publishing, for targets that take a plan as a whole: a commit, a release.

use crate::diagnostics::error::Result;
use crate::publish::inventory::Inventory;
use crate::publish::local_site::LocalSite;
use crate::publish::plan::plan::Plan;
use crate::publish::record::{Record, SiteIdentity};
use crate::publish::target::Target;
use crate::publish::transfer::final_record::final_record;
use crate::publish::transfer_progress::TransferProgress;

/// How a commit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CommitOutcome {
    Committed,
    /// Somebody else changed the target meanwhile: take the inventory, plan and commit again.
    Conflict,
}

/// A target that carries out a plan atomically: readers see all of it or nothing.
pub(crate) trait AtomicTarget: Target {
    /// Carries out the plan on top of the state that the last [`list`](Target::list) showed. `record` is that of the whole
    /// site; the target fills in the revisions of the files that it uploads.
    ///
    /// # Errors
    /// Errors of the target, which is unchanged then.
    fn commit(
        &self,
        local: &LocalSite,
        plan: &Plan,
        record: Record,
        progress: &TransferProgress,
    ) -> Result<CommitOutcome>;
}

/// Updates the target to the site.
///
/// # Errors
/// Errors of the target.
pub(crate) fn publish_atomically(
    target: &dyn AtomicTarget,
    site: &SiteIdentity,
    local: &LocalSite,
    inventory: &Inventory,
    plan: &Plan,
    progress: &TransferProgress,
) -> Result<CommitOutcome> {
    let record = final_record(site, local, inventory, progress);
    if plan.is_empty() && inventory.record.as_ref() == Some(&record) {
        return Ok(CommitOutcome::Committed);
    }
    target.commit(local, plan, record, progress)
}
