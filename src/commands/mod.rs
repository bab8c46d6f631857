//! The commands: each a short script over the stages, from arguments to an outcome.
//!
//! 1. `outcome`: the diagnostics of a finished command, and its exit code
//! 2. `init`, `import`, `build`, `check`, `themes`, `serve`, `publish`, `export`, `desk` (no command): one file for each command

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod desk;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod init;
pub(crate) mod outcome;
pub(crate) mod publish;
pub(crate) mod serve;
pub(crate) mod split;
pub(crate) mod themes;
