//! Labelling: the role of each line of a page (title, byline, body, caption …), decided for the page as a whole.
//!
//! 1. [`features`]: what is observed of each line
//! 2. [`weights`]: what a feature, or a pair of neighbouring roles, speaks for
//! 3. [`viterbi`]: the best sequence of roles, and what every other role of a line would cost

pub(crate) mod features;
pub(crate) mod viterbi;
pub(crate) mod weights;
