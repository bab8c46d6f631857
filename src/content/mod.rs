//! content

pub mod alias;
pub mod article;
pub mod emit;
pub mod emphasis;
pub mod escape;
pub mod line_breaks;
pub mod markdown;
pub mod parse;
pub mod plain_page;
pub mod plain_text;
