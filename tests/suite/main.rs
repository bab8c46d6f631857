//! Integration tests: each drives the program, or its catalog, as a user does. One binary, so that the shared helpers compile
//! and link once.
//!
//! - [`import`]: from newspaper pages to article files
//! - [`site`]: from article files to the generated site
//! - [`publish`]: from the generated site to a folder, a branch, a server, a bucket
//! - [`commands`]: `init`, `serve`, and what every command does with invalid input
//! - [`kills`]: imports and builds that are killed at any moment
//! - [`common`]: what the tests share

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test fails by panicking")]

mod commands;
mod common;
mod import;
mod kills;
mod publish;
mod site;
