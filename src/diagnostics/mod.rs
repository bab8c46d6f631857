//! Findings about content, and errors that stop a command.
//!
//! 1. [`source`]: a text with its name, and locations in it
//! 2. [`code`]: the kinds of findings, each with its severity
//! 3. [`diagnostic`]: one finding, and how it is printed
//! 4. `toml`: errors of the TOML parser as diagnostics
//! 5. [`error`]: what stops a command, with its causes

pub mod code;
pub mod diagnostic;
pub mod error;
pub mod source;
pub(crate) mod toml;
