//! Transports: subprocesses and HTTP, with retries and timeouts.
//!
//! 1. `limits`: every retry, backoff and timeout setting
//! 2. `retry`: retry with exponential backoff and jitter
//! 3. `subprocess`, `temp_dir`: running programs
//! 4. `git`, `ssh`, `rsync`, `sftp`: the programs; `listing`: parsing of their listings
//! 5. `s3`: a client of S3-compatible stores

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
