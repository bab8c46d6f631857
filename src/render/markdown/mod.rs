//! render/markdown

pub mod footnotes;
pub mod highlight;
pub mod html;
pub mod links;
pub mod picture;
