//! Imports source pages: from page files to article files.
//!
//! 1. `job.rs`: what an import is to do, and its report
//! 2. `changes.rs`: finds out which pages have changed since they were imported; `sidecars.rs` finds the corrections beside them
//! 3. `read.rs`: reads files, and takes pages apart; `parsed_pages.rs` keeps pages between the two, `scans.rs` has scans read
//! 4. `group.rs`: groups pages by issue, and chooses the issues that have to be imported
//! 5. `files.rs`: plans what becomes of article files, and writes them, unless a person has changed them
//! 6. `coverage.rs`: checks the plan for an issue, so that no line is lost
//! 7. `run.rs`: the whole import: stitches and names articles, and writes journal and record
//! 8. `open.rs`: one page before its corrections, for the desk
//! 9. `unused.rs`: files in the folder of pages that are used for nothing

pub(crate) mod changes;
pub(crate) mod coverage;
pub(crate) mod files;
pub(crate) mod group;
pub(crate) mod job;
pub(crate) mod open;
pub(crate) mod parsed_pages;
pub(crate) mod read;
pub(crate) mod run;
pub(crate) mod scans;
pub(crate) mod sidecars;
pub(crate) mod unused;
