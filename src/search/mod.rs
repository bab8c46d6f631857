//! search

pub(crate) mod document;
pub(crate) mod fold;
pub(crate) mod grams;
pub mod index;
pub(crate) mod packed_lists;
pub(crate) mod postings;
#[cfg(test)]
mod test_reader;
pub(crate) mod varint;
