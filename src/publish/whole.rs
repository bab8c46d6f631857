//! Targets that take a plan as a whole: a commit, a release.

use crate::base::error::Result;
use crate::publish::local::Local;
use crate::publish::plan::Plan;
use crate::publish::record::Record;
use crate::publish::tally::Tally;
use crate::publish::target::Target;

/// How a whole plan ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Committed {
    Done,
    /// Somebody else changed the target meanwhile: look again, plan again, and try again.
    Raced,
}

/// A target that takes a whole plan: readers see all of it or nothing.
pub trait AtOnce: Target {
    /// Carries out the plan. The record that goes with it is `record` with the stamps filled in.
    fn commit(&self, local: &Local, plan: &Plan, record: &Record, tally: &Tally) -> Result<Committed>;
}
