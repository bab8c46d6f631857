//! commands

pub mod build;
pub mod check;
pub mod import;
pub mod init;
pub mod outcome;
pub mod publish;
pub mod serve;
pub mod themes;
