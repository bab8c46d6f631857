//! search

pub mod document;
pub mod fold;
pub mod grams;
pub mod index;
pub mod packed_lists;
pub mod postings;
#[cfg(test)]
mod test_reader;
pub mod varint;
