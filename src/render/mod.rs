//! Site → pages: Markdown as HTML.
//!
//! 1. [`html`]: a body → HTML, with [`picture`] and [`footnotes`]
//! 2. [`highlight`]: code → spans with classes

pub mod footnotes;
pub mod highlight;
pub mod html;
pub mod picture;
