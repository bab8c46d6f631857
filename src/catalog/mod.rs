//! The catalog: articles indexed by theme, day, page, person, column and place. Indexes hold positions, never copies.
//!
//! 1. [`entry`]: what the catalog knows of an article; `access_tracker`: records which pages read its summary
//! 2. [`catalog`]: the entries in one order, and all indexes
//! 3. `groups`: articles by person, column and place; `months`: by month
//! 4. `issues`: papers, their issues and source pages; `source_files`: files of source pages
//! 5. `related`: similar articles; `figures`: the key figures of a list; `time_series`: numbers of articles over time
//!
//! Nothing here knows addresses, or how anything looks.

pub(crate) mod access_tracker;
pub mod catalog;
pub mod entry;
pub(crate) mod figures;
pub(crate) mod groups;
pub(crate) mod issues;
pub(crate) mod months;
pub(crate) mod related;
pub(crate) mod reprints;
pub(crate) mod source_files;
pub(crate) mod time_series;
