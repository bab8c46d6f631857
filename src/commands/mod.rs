//! commands

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod import;
pub(crate) mod init;
pub(crate) mod outcome;
pub(crate) mod publish;
pub(crate) mod serve;
pub(crate) mod themes;
