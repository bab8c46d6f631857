//! Exports chosen articles of a site: `wenzhai export`.
//!
//! 1. `names`: the names of the command line become a selection of articles
//! 2. `destination`: the file to write, which lies nowhere in the site's own folders
//! 3. `run`: the site is planned as for a build, and the book, print or mail is written; `tables` writes rows

pub(crate) mod destination;
pub(crate) mod names;
pub(crate) mod run;
pub(crate) mod tables;
