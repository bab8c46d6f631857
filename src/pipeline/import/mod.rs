//! Imports source pages: from page files to article files.
//!
//! 1. `job.rs`: what an import is to do, and its report
//! 2. `read.rs`: reads a page, finds out whether it has changed, and takes it apart
//! 3. `group.rs`: groups pages by issue, and chooses the issues that have to be imported
//! 4. `files.rs`: writes article files, unless a person has changed them
//! 5. `run.rs`: the whole import: stitches and names articles, and writes the record

pub(crate) mod files;
pub(crate) mod group;
pub(crate) mod job;
pub(crate) mod read;
pub(crate) mod run;
