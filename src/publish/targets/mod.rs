//! publish/targets

pub(crate) mod dir;
pub(crate) mod failure;
pub(crate) mod git;
pub(crate) mod open;
pub(crate) mod releases;
pub(crate) mod remote_host;
pub(crate) mod rsync;
pub(crate) mod s3;
pub(crate) mod sftp;
