//! Pages of digital editions in HTML.
//!
//! 1. [`tags`]: the meaning of elements, by name, id and classes
//! 2. [`blocks`]: HTML → blocks of text with what their elements mean
//! 3. [`articles`]: blocks → lines of a page, and its articles where the markup states them

pub(crate) mod articles;
pub(crate) mod blocks;
pub(crate) mod tags;
