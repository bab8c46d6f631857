//! Publishing: sends a built site to a target, so that no page there ever links to a missing one.
//!
//! 1. `local_site`: the files of the build, with their hashes
//! 2. `target`, `targets`: what a target can do, and one file for each kind
//! 3. `record`, `inventory`, `verification`: what the last publish left, what the target has, when all of it is compared
//! 4. `plan`: what is uploaded and removed, in which order; safety checks
//! 5. `host_limits`: what common hosts take at most
//! 6. `transfer`, `upload`, `transfer_progress`: carries out the plan
//! 7. `publication`: all of it for one target, with the commands of site.toml before and after
//! 8. `transport`: git, ssh, rsync, sftp and S3; retries and timeouts

pub(crate) mod host_limits;
pub(crate) mod inventory;
pub(crate) mod local_site;
pub(crate) mod plan;
pub(crate) mod publication;
pub mod record;
pub(crate) mod target;
pub(crate) mod targets;
pub(crate) mod transfer;
pub(crate) mod transfer_progress;
pub(crate) mod transport;
pub(crate) mod upload;
pub(crate) mod verification;
