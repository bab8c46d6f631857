//! theme

pub mod classify;
pub(crate) mod evaluate;
pub(crate) mod lexicon;
pub(crate) mod report;
