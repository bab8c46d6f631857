//! The truth between the two halves: what import writes, an editor corrects and the site is made of.
//!
//! 1. [`article`]: one article: its front matter as plain data, and its body as Markdown
//! 2. [`parse`]: a file's text → an article, or findings at their places
//! 3. [`emit`]: an article → the file's text; `parse` and `emit` undo each other
//! 4. [`escape`]: text as it was printed → Markdown that reads exactly so
//! 5. [`plain`]: plain pages: about, colophon
//! 6. [`alias`]: addresses where an article or a plain page once stood
//! 7. [`markdown`]: a body → what it means, with [`flank`] and [`softbreak`] for what CommonMark does not know of Chinese
//! 8. [`text`]: a body → plain text, an excerpt, how much there is to read
//!
//! Nothing here knows how an article was found on a newspaper page, or how it will look.

pub mod alias;
pub mod article;
pub mod emit;
pub mod escape;
pub mod flank;
pub mod markdown;
pub mod parse;
pub mod plain;
pub mod softbreak;
pub mod text;
