//! import/label

pub(crate) mod features;
pub(crate) mod viterbi;
pub(crate) mod weights;
