//! import/label

pub mod features;
pub mod viterbi;
pub mod weights;
