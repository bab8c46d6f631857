//! Settings: parses and validates site.toml.
//!
//! 1. `settings`: the whole file; [`settings::parse`] is the entry point
//! 2. `themes`: `[[themes]]` and `[filing]`
//! 3. `republish`: how much of the articles is shown, and which parts are switched off
//! 4. `headers`: `[headers]`, the cache headers of published files
//! 5. `publish`: `[publish.NAME]`, the targets
//! 6. `findings`: collects what is wrong

pub(crate) mod findings;
pub(crate) mod headers;
pub(crate) mod publish;
pub(crate) mod republish;
pub mod settings;
pub mod themes;
