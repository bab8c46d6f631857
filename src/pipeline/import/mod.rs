//! pipeline/import

pub(crate) mod group;
pub(crate) mod job;
pub(crate) mod read;
pub(crate) mod run;
