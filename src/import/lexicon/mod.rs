//! import/lexicon

pub(crate) mod column_labels;
pub(crate) mod continuation;
pub(crate) mod credits;
pub(crate) mod furniture;
pub(crate) mod jumps;
pub(crate) mod people;
pub(crate) mod surnames;
pub(crate) mod words;
