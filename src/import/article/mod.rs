//! import/article

pub mod assemble;
pub mod head;
pub mod punctuation;
