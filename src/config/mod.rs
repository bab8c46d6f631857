//! config

pub(crate) mod headers;
pub(crate) mod publish;
pub(crate) mod republish;
pub mod settings;
pub mod themes;
