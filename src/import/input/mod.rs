//! Input formats: bytes → the lines of a page.
//!
//! 1. [`decode`]: bytes → text, whatever the character encoding
//! 2. `parse`: text → lines, by the input format; a new format is added there
//! 3. `html`: pages of digital editions

pub mod decode;
pub(crate) mod html;
pub(crate) mod parse;
