//! Settings: parses and validates site.toml.
//!
//! 1. `settings`: the whole file; [`settings::parse`] is the entry point
//! 2. `themes`: `[[themes]]` and `[filing]`
//! 3. `content`: `[import]` and `[content]`, what becomes of text; `table_pattern`: where tables of articles are; `article_filter`:
//!    which articles a site is made of; `year_shard`: how it is divided into shards
//! 4. `ocr`: `[ocr]`, the command that reads scans
//! 5. `republish`: how much of the articles is shown, and which parts are switched off
//! 6. `headers`: `[headers]`, the cache headers of published files
//! 7. `publish`: `[publish.NAME]`, the targets
//! 8. `base_url`: the address of the site
//! 9. `check`: `[check]`, rules of `wenzhai check` that are switched off
//! 10. `findings`: collects what is wrong

pub mod article_filter;
pub(crate) mod base_url;
pub mod check;
pub mod content;
pub(crate) mod findings;
pub(crate) mod headers;
pub mod ocr;
pub(crate) mod publish;
pub(crate) mod republish;
pub mod settings;
pub mod table_pattern;
pub mod themes;
pub mod year_shard;
