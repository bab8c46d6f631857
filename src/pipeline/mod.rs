//! pipeline

pub mod build;
pub mod import;
pub mod incremental;
pub mod options;
