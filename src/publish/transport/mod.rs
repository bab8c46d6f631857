//! publish/transport

pub(crate) mod git;
pub(crate) mod limits;
pub(crate) mod listing;
pub(crate) mod retry;
pub(crate) mod rsync;
pub(crate) mod s3;
pub(crate) mod sftp;
pub(crate) mod ssh;
pub(crate) mod subprocess;
pub(crate) mod temp_dir;
