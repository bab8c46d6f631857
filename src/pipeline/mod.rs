//! pipeline

pub mod build;
pub mod builder;
pub(crate) mod import;
pub(crate) mod incremental;
pub mod options;
