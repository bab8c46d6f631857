//! Targets that take a plan as a whole: a commit, a release.

use crate::diagnostics::error::Result;
use crate::publish::inventory::Held;
use crate::publish::local::Local;
use crate::publish::plan::plan::Plan;
use crate::publish::record::{Record, Site};
use crate::publish::tally::Tally;
use crate::publish::target::Target;
use crate::publish::transfer::settle::finished;

/// How a whole plan ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Committed {
    Done,
    /// Somebody else changed the target meanwhile: look again, plan again, and try again.
    Raced,
}

/// A target that takes a whole plan: readers see all of it or nothing.
pub(crate) trait AtOnce: Target {
    /// Carries out the plan on what the last [`list`](Target::list) told. The record that goes with it is that of the whole
    /// site; the target fills in the stamps of the files that it puts.
    ///
    /// # Errors
    /// What the target refuses; it is then as it was.
    fn commit(&self, local: &Local, plan: &Plan, record: Record, tally: &Tally) -> Result<Committed>;
}

/// Makes the target hold the site.
///
/// # Errors
/// What the target refuses.
pub(crate) fn carry_whole(
    target: &dyn AtOnce,
    site: &Site,
    local: &Local,
    held: &Held,
    plan: &Plan,
    tally: &Tally,
) -> Result<Committed> {
    let record = finished(site, local, held, tally);
    if plan.is_empty() && held.record.as_ref() == Some(&record) {
        return Ok(Committed::Done);
    }
    target.commit(local, plan, record, tally)
}
