//! import/sidecar

pub mod apply;
pub mod parse;
pub mod ranges;
