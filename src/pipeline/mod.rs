//! pipeline

pub mod build;
pub(crate) mod import;
pub(crate) mod incremental;
pub mod options;
