//! pipeline/import

pub mod group;
pub mod job;
pub mod read;
pub mod run;
