//! diagnostics

pub mod code;
pub mod diagnostic;
pub mod error;
pub mod source;
pub(crate) mod toml;
