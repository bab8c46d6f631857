//! publish/targets

pub(crate) mod dir;
pub(crate) mod git;
pub(crate) mod open;
pub(crate) mod releases;
pub(crate) mod s3;
pub(crate) mod sftp;
pub(crate) mod ssh;
