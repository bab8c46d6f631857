//! io/output

pub mod folder;
pub mod manifest;
pub mod planned;
pub mod sink;
