//! Results of OCR engines in JSON.
//!
//! 1. [`values`]: the values of a file within bounds, and how fields of theirs are read
//! 2. [`paddle`], [`content_list`], [`middle`]: a format each
//!
//! Every field may be missing or of another type: engines change their results with each version. What cannot be read is left out.

pub(crate) mod content_list;
pub(crate) mod middle;
pub(crate) mod paddle;
pub(crate) mod values;
