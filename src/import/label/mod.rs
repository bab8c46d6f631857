//! Labelling: the role of each line of a page (title, byline, body, caption …), decided for the page as a whole.
//!
//! 1. [`features`]: what can be observed of a line; [`extraction`]: what is;
//!    [`layout_features`]: … by its place on the page
//! 2. [`model`]: what a feature, or a pair of neighbouring roles, speaks for: [`weights`] as a person says; [`learnt`]: what pages
//!    with gold added to that
//! 3. [`viterbi`]: the best sequence of roles, and what every other role of a line would cost

pub(crate) mod extraction;
pub(crate) mod features;
pub(crate) mod layout_features;
pub(crate) mod learnt;
pub(crate) mod model;
pub(crate) mod viterbi;
pub(crate) mod weights;
