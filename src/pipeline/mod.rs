//! The whole chain from source pages to a site.
//!
//! [`builder::builder::Builder`] is the entry point. A build has these steps:
//!
//! 1. `incremental/`: survey the site's files and check whether anything has changed since the last build
//! 2. `import/`: import source pages that are new or have changed; `ocr/` reads those that are scans
//! 3. `load/`: read the article files and plain pages that have changed; `tables/`: articles that are rows of tables
//! 4. `build/`: index the articles, plan the pages, load the templates, write the output files that are not up to date, and
//!    save the cache for the next build
//!
//! A site whose articles are in shards is built shard by shard, and then joined (`shards/`).
//!
//! `stream/` splits pages and classifies texts of a stream, without a site. `export/` plans a site as a build does and writes chosen
//! articles as a book, a print or a mail. `links/` asks the addresses of other sites that texts link to. `options.rs` holds the options of a build.

pub mod build;
pub mod builder;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod incremental;
pub(crate) mod links;
pub(crate) mod load;
pub(crate) mod ocr;
pub mod options;
pub(crate) mod shards;
pub mod stream;
pub(crate) mod tables;
