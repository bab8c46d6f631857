//! import/link

pub(crate) mod beam;
pub(crate) mod chains;
pub(crate) mod context;
pub(crate) mod costs;
pub(crate) mod cues;
pub(crate) mod duplicates;
pub(crate) mod headings;
pub(crate) mod hypothesis;
pub(crate) mod linker;
pub(crate) mod moves;
pub(crate) mod refine;
pub(crate) mod shared_words;
