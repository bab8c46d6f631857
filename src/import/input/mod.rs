//! import/input

pub mod decode;
pub(crate) mod html;
