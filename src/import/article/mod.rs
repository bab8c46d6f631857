//! import/article

pub mod assemble;
pub(crate) mod headline;
pub(crate) mod punctuation;
