//! config

pub mod headers;
pub mod publish;
pub mod republish;
pub mod settings;
pub mod themes;
