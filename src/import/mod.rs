//! Import: splits a newspaper page into articles.
//!
//! In reading order, with the data that passes between the steps:
//!
//! 1. [`input`]: bytes → `Source` → `ParsedPage`: decodes the bytes, parses the lines of the input format
//! 2. [`page`]: the types of a page: `Page` with its lines, `Role`, `Masthead`, `Partition`
//! 3. `layout`: a page with geometry → `ParsedPage`; `lexicon`: the words of newspapers: bylines, datelines, credits, jump notes, furniture, a dictionary of word pairs
//! 4. `label`: `Page` → a role for each line, by a linear-chain model
//! 5. `link`: labelled lines → `Partition`: which lines are one article and in which order, by a beam search
//! 6. [`sidecar`]: a person's corrections are applied to the `Partition`
//! 7. [`article`]: the lines of an article → `Draft`: headline block, Markdown body, authors, kind
//! 8. [`page_metadata`]: what is known of a page beside its text; [`page_import`]: runs steps 1 to 7 for one page: `Source` + `PageMetadata` → `PageImport`
//! 9. `issue`: stitches articles that jump to another page of their issue
//! 10. [`naming`]: file names of articles; `name_articles` returns `Article`s and their ledger
//! 11. `ledger`, `uncertain_lines`, `dry_run`, `picture`: reports on what became of each line
//! 12. `line_holders`: which article files hold which lines of the pages, by their numbers or, with a `text_index`, by their text;
//!     `line_coverage`: so that no line is lost between two files
//! 13. `record`: what was written, to tell edited articles from untouched ones; `journal`: what is about to be written

pub mod article;
pub(crate) mod dry_run;
pub mod input;
pub(crate) mod issue;
pub(crate) mod journal;
pub(crate) mod label;
pub(crate) mod layout;
pub(crate) mod ledger;
pub mod lexicon;
pub(crate) mod line_coverage;
pub(crate) mod line_holders;
pub(crate) mod link;
pub mod naming;
pub mod ngram;
pub mod page;
pub mod page_import;
pub mod page_metadata;
pub(crate) mod picture;
pub mod record;
pub mod sidecar;
pub(crate) mod text_index;
pub mod training;
pub(crate) mod uncertain_lines;
