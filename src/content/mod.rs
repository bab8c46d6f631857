//! content

pub(crate) mod alias;
pub mod article;
pub mod emit;
pub(crate) mod emphasis;
pub(crate) mod escape;
pub(crate) mod line_breaks;
pub(crate) mod markdown;
pub mod parse;
pub(crate) mod plain_page;
pub(crate) mod plain_text;
