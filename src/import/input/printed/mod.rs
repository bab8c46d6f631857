//! Parts that decoders of formats with geometry share.
//!
//! 1. [`text_line`]: words with their places → a printed line
//! 2. [`block_text`]: the text of a block whose lines a format does not give → lines
//! 3. [`sizes`]: sizes of type, where a format has heights of lines only
//! 4. [`labels`]: what formats call a block → its label; [`units`]: coordinates in points
//! 5. [`pages`]: the pages of a file, one after another
//! 6. [`reason`]: why a file cannot be read

pub(crate) mod block_text;
pub(crate) mod labels;
pub(crate) mod pages;
pub(crate) mod reason;
pub(crate) mod sizes;
pub(crate) mod text_line;
pub(crate) mod units;
