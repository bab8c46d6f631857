//! import/sidecar

pub mod apply;
pub mod parse;
pub(crate) mod ranges;
