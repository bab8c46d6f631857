//! The kinds of targets.
//!
//! 1. `open`: from settings to an open target
//! 2. `dir`: a local folder
//! 3. `git`: a branch
//! 4. `s3`: a bucket
//! 5. `remote_host`: what targets over ssh have in common; `rsync`, `sftp`, `releases`: those targets
//! 6. `failure`: hints and retries for failed subprocesses

pub(crate) mod dir;
pub(crate) mod failure;
pub(crate) mod git;
pub(crate) mod open;
pub(crate) mod releases;
pub(crate) mod remote_host;
pub(crate) mod rsync;
pub(crate) mod s3;
pub(crate) mod sftp;
