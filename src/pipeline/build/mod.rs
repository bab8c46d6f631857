//! Writes a planned site into its output folder.
//!
//! 1. `folder.rs`: the steps of a build into a folder, its report, and the cache for the next build
//! 2. `outputs.rs`: writes output files, or keeps those that are up to date
//! 3. `statics.rs`: static files
//! 4. `texts.rs`: the texts that pages show, and their fingerprints
//! 5. `pages.rs`: pages
//! 6. `search_index.rs`: the search index

pub mod folder;
pub(crate) mod outputs;
pub(crate) mod pages;
pub(crate) mod search_index;
pub(crate) mod statics;
pub(crate) mod texts;
