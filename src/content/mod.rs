//! Article files and plain pages: parse and emit, and what their Markdown means.
//!
//! 1. [`article`]: an article as plain data
//! 2. [`parse`], [`emit`]: file ↔ article; each undoes the other
//! 3. `table_row`: a row of a table → the article file that it stands for
//! 4. `alias`: former addresses in front matter; `address_book`: the addresses of people, papers and columns
//! 5. `page_name`: names of source pages, `issue.pdf#3`
//! 6. `plain_page`: pages such as about and colophon
//! 7. `escape`: printed text → Markdown that reads the same
//! 8. `markdown`: Markdown → events, with `emphasis` and `line_breaks` corrected for Chinese
//! 9. `plain_text`: events → paragraphs of plain text

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
pub(crate) mod table_row;
