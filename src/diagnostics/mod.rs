//! Findings about content, and errors that stop a command.
//!
//! 1. [`source`]: a text with its name, and locations in it
//! 2. [`code`]: the kinds of findings, each with its severity
//! 3. [`message`]: what is said, in every language of the interface
//! 4. [`diagnostic`]: one finding, and how it is printed
//! 5. `toml`: errors of the TOML parser as diagnostics
//! 6. [`error`]: what stops a command, with its causes

pub mod code;
pub mod diagnostic;
pub mod error;
pub mod message;
pub mod source;
pub(crate) mod toml;
