//! The integration tests: each module drives the program as a user does and reads as one story.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test fails by panicking")]

mod common;

mod aliases;
mod bad_input;
mod build;
mod corrections;
mod edits;
mod feeds;
mod folders;
mod golden_pages;
mod golden_site;
mod html;
mod incremental;
mod init;
mod origin;
mod properties;
mod publish;
mod publish_git;
mod publish_nginx;
mod publish_s3;
mod publish_ssh;
mod quoting;
mod serve;
mod stitch;
mod templates;
mod themes;
mod ways;
mod weaves;
