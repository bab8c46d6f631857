//! Settings: parses and validates site.toml.
//!
//! 1. `settings`: the whole file; [`settings::parse`] is the entry point
//! 2. `themes`: `[[themes]]` and `[filing]`
//! 3. `content`: `[import]` and `[content]`, what becomes of text
//! 4. `republish`: how much of the articles is shown, and which parts are switched off
//! 5. `headers`: `[headers]`, the cache headers of published files
//! 6. `publish`: `[publish.NAME]`, the targets
//! 7. `base_url`: the address of the site
//! 8. `findings`: collects what is wrong

pub(crate) mod base_url;
pub mod content;
pub(crate) mod findings;
pub(crate) mod headers;
pub(crate) mod publish;
pub(crate) mod republish;
pub mod settings;
pub mod themes;
