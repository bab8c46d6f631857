//! publish/targets

pub mod dir;
pub mod git;
pub mod open;
pub mod releases;
pub mod s3;
pub mod sftp;
pub mod ssh;
