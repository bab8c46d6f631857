//! The facsimile of a source page with its articles marked.
//!
//! 1. `outline`: the rectangles of an article's lines → the outline of the area that they take on the page
//! 2. `overlay`: the outlines of all articles of a page, for its template

mod outline;
pub(crate) mod overlay;
