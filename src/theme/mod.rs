//! theme

pub mod classify;
pub mod evaluate;
pub mod lexicon;
pub mod report;
