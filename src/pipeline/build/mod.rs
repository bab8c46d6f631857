//! Plans a site, and writes it into its output folder.
//!
//! 1. `plan.rs`: the planned site: articles indexed, pages planned, templates loaded; `static_files.rs`: which static files there are;
//!    `changed_articles.rs`: which articles have changed since the last build
//! 2. `folder.rs`: the steps of a build into a folder, its report, and the cache for the next build
//! 3. `output_writer.rs`: writes output files, or keeps those that are up to date
//! 4. `statics.rs`: static files
//! 5. `texts.rs`: the texts that pages show, and their fingerprints; `page_texts.rs`: those of files with several pages
//! 6. `pages.rs`: pages
//! 7. `search_index.rs`: the search index
//! 8. `facsimiles.rs`: pictures of source pages
//! 9. `address_book.rs`: the addresses of names, kept beside the articles
//! 10. `sources.rs`: what a preview knows of the source files since it last planned the site

pub(crate) mod address_book;
pub(crate) mod changed_articles;
pub(crate) mod facsimiles;
pub mod folder;
pub(crate) mod output_writer;
pub(crate) mod page_texts;
pub(crate) mod pages;
pub(crate) mod plan;
pub(crate) mod search_index;
pub(crate) mod sources;
pub(crate) mod static_files;
pub(crate) mod statics;
pub(crate) mod texts;
