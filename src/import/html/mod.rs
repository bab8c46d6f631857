//! Pages of digital editions: HTML → the lines of a page, and what their markup says of them.
//!
//! 1. [`tags`]: what an element says by its name, id and classes
//! 2. [`blocks`]: tags and text → blocks of text, each with what the elements around it say and the file's lines it stands on
//! 3. [`articles`]: blocks → the page, and its articles where the markup tells them
//!
//! Where it does not, the lines are labelled and linked like those of any other page.

pub mod articles;
pub mod blocks;
pub mod tags;
