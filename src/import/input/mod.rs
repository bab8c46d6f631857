//! import/input

pub mod decode;
pub(crate) mod html;
pub(crate) mod parse;
pub(crate) mod parsed_page;
