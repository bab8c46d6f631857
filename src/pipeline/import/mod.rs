//! Imports source pages: from page files to article files.
//!
//! 1. `job.rs`: what an import is to do, and its report
//! 2. `read.rs`: reads files, finds out which of their pages have changed, and takes pages apart; `parsed_pages.rs` keeps pages between
//!    the two, `sidecars.rs` finds the corrections beside them, `scans.rs` has scans read
//! 3. `group.rs`: groups pages by issue, and chooses the issues that have to be imported
//! 4. `files.rs`: plans what becomes of article files, and writes them, unless a person has changed them
//! 5. `coverage.rs`: checks the plan for an issue, so that no line is lost
//! 6. `run.rs`: the whole import: stitches and names articles, and writes journal and record
//! 7. `open.rs`: one page before its corrections, for the desk
//! 8. `unused.rs`: files in the folder of pages that are used for nothing

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
