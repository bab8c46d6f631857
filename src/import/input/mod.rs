//! import/input

pub mod decode;
pub mod html;
