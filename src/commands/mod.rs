//! The commands: each a short script over the stages.
//!
//! A command says what it did on the way, and ends with an [`outcome::Outcome`]: the findings, from which the exit code
//! follows.

pub mod build;
pub mod check;
pub mod import;
pub mod init;
pub mod outcome;
pub mod places;
pub mod publish;
pub mod serve;
pub mod themes;
