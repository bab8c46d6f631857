//! render/markdown

pub(crate) mod footnotes;
pub(crate) mod highlight;
pub mod html;
pub(crate) mod links;
pub(crate) mod picture;
