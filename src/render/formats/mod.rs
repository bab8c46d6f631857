//! Articles in other formats than pages.
//!
//! 1. `citation`: what references are made of, and the citation after GB/T 7714; `bibtex`, `ris`, `json_ld`: one article
//! 2. `alternates`: the files beside an article's page (Markdown, JSON, BibTeX, RIS)
//! 3. `exports`: all articles of a theme as CSV or BibTeX
//! 4. `feeds`: Atom feeds, sitemap, robots.txt; `feed_json`: the same feeds as JSON Feed

pub(crate) mod alternates;
pub(crate) mod bibtex;
pub(crate) mod citation;
pub(crate) mod exports;
pub(crate) mod feed_json;
pub(crate) mod feeds;
pub(crate) mod json_ld;
pub(crate) mod ris;
