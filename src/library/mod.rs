//! The articles, shelved: by theme, day, page and person.
//!
//! 1. [`entry`]: what the library keeps of an article: front matter, an excerpt, how much there is to read; never the body
//! 2. [`shelves`]: entries in one order, newest first, and the shelves: lists of places in that order, never copies
//! 3. [`issues`]: a paper's day and its source pages
//! 4. [`related`]: which articles tell of the same thing
//!
//! Nothing here knows addresses, or how anything looks.

pub mod entry;
pub mod figures;
pub mod gazetteer;
pub mod issues;
pub mod numbers;
pub mod places;
pub mod reading;
pub mod related;
pub mod salient;
pub mod shelves;
