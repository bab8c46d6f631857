//! io/output

pub mod folder;
pub(crate) mod manifest;
pub(crate) mod planned;
pub mod sink;
