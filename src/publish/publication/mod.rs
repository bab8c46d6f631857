//! Publications: all of it for one target.
//!
//! 1. `target_choice`: which target
//! 2. `publication`: a dry run, or the publication, with the commands of site.toml before and after

pub(crate) mod publication;
pub(crate) mod target_choice;
