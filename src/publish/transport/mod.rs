//! publish/transport

pub mod git;
pub mod retry;
pub mod rsync;
pub mod s3;
pub mod sftp;
pub mod ssh;
pub mod subprocess;
pub mod temp_dir;
