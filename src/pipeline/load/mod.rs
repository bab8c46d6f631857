//! Loads the content of a site.
//!
//! 1. `content.rs`: article files and plain pages → entries
//! 2. `text.rs`: the text of an article or a source page, read again when a page shows it
//! 3. `locate.rs`: the location of a diagnostic in a file that was not in memory

pub(crate) mod content;
pub(crate) mod locate;
pub(crate) mod text;
