//! import/lexicon

pub mod column_labels;
pub mod credits;
pub mod furniture;
pub mod jumps;
pub mod people;
pub mod surnames;
pub mod words;
