//! import/article

pub mod assemble;
pub(crate) mod head;
pub(crate) mod punctuation;
