//! Feature extraction: what is read out of an article's text for indexes and lists.
//!
//! 1. [`extractor`]: all of it, as the settings enable it
//! 2. `places`: named-entity lookup in the [`gazetteer`]; `dateline`: the dateline that a text begins with
//! 3. `figures`: key figures, from `quantities` and their `numerals`
//! 4. `keywords`: the most frequent terms

pub(crate) mod dateline;
pub mod extractor;
pub(crate) mod figures;
pub mod gazetteer;
pub(crate) mod keywords;
pub(crate) mod numerals;
pub(crate) mod places;
pub(crate) mod quantities;
pub mod shingles;
