//! The pages of a site and their addresses, planned before anything is rendered.
//!
//! 1. [`page`]: every kind of page, as a small value that names it
//! 2. `page_list`: the pages that settings, catalog and plain pages call for; `lists`: how long lists are
//!    divided; `index_files`: the files of the search index, `index_set`: those of its volumes
//! 3. `addresses/` and `page_address`: the address of each page; `alias`: former addresses
//! 4. `claim`: grants each address to the first claim to it; `conflict`: claims to one address
//! 5. `part`: all of the site, one of its shards, or what joins them
//! 6. [`plan`]: assembles the [`site`]
//! 7. `facets`: what a search can be narrowed to; `body`: how much of an article's text the site may show

pub(crate) mod addresses;
pub(crate) mod alias;
pub(crate) mod body;
pub(crate) mod claim;
pub(crate) mod conflict;
pub(crate) mod facets;
pub(crate) mod index_files;
pub mod index_set;
pub(crate) mod lists;
pub mod page;
pub(crate) mod page_address;
pub(crate) mod page_list;
pub mod part;
pub mod plan;
pub mod site;
