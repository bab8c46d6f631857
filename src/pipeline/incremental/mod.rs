//! Incremental builds: what need not be read or made again.
//!
//! 1. `survey.rs`: the files that the site is made from, with their stamps; `table_files.rs`: those that are tables of articles
//! 2. `cache.rs`: the cache that a build saves for the next one; `frames.rs`: how it stands in its file
//! 3. `article_changes.rs`: the difference between articles and those of the last build; `up_to_date.rs`: the check whether anything has changed since the last build
//! 4. `import_check.rs`: the same for an import
//! 5. `output_records.rs`: the fingerprint and the stamp of each output file

pub(crate) mod article_changes;
pub(crate) mod cache;
pub(crate) mod frames;
pub(crate) mod import_check;
pub(crate) mod output_records;
pub(crate) mod survey;
pub(crate) mod table_files;
pub(crate) mod up_to_date;
