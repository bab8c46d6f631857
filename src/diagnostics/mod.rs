//! Findings about content, and errors that stop a command.
//!
//! 1. [`source`]: a text with its name, and locations in it
//! 2. [`code`]: the kinds of findings, each with its severity
//! 3. [`message`]: what is said, in every language of the interface
//! 4. [`diagnostic`]: one finding, and how it is printed
//! 5. `finding_object`: a finding as JSON
//! 6. `toml`: errors of the TOML parser as diagnostics
//! 7. [`error`]: what stops a command, with its causes

pub mod code;
pub mod diagnostic;
pub mod error;
pub(crate) mod finding_object;
pub mod message;
pub mod source;
pub(crate) mod toml;
