//! import/link

pub mod beam;
pub mod chains;
pub mod context;
pub mod costs;
pub mod cues;
pub mod duplicates;
pub mod headings;
pub mod hypothesis;
pub mod link;
pub mod moves;
pub mod refine;
pub mod shared_words;
