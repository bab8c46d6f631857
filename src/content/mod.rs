//! Article files and plain pages: parse and emit, and what their Markdown means.
//!
//! 1. [`article`]: an article as plain data
//! 2. [`parse`], [`emit`]: file ↔ article; each undoes the other
//! 3. `alias`: former addresses in front matter; `address_book`: the addresses of people, papers and columns
//! 4. `page_name`: names of source pages, `issue.pdf#3`
//! 5. `plain_page`: pages such as about and colophon
//! 6. `escape`: printed text → Markdown that reads the same
//! 7. `markdown`: Markdown → events, with `emphasis` and `line_breaks` corrected for Chinese
//! 8. `plain_text`: events → paragraphs of plain text

pub mod address_book;
pub(crate) mod alias;
pub mod article;
pub mod emit;
pub(crate) mod emphasis;
pub(crate) mod escape;
pub(crate) mod line_breaks;
pub(crate) mod markdown;
pub(crate) mod page_name;
pub mod parse;
pub(crate) mod plain_page;
pub(crate) mod plain_text;
