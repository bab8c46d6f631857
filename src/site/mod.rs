//! What pages the site has, and where they stand.
//!
//! 1. [`page`]: every kind of page, as a small value that names it
//! 2. [`address`]: the one maker of urls: short, stable, ASCII
//! 3. [`claims`]: who has which address; [`register`]: names by their digests
//! 4. [`shards`]: how the index of the search is cut into files
//! 5. [`standing`]: the address of each page; [`plan`]: the whole site: settings, library and plain pages, with a list of all
//!    pages before any is rendered ([`claiming`]: those that get their addresses)
//! 6. [`facets`]: what a search can be narrowed to
//!
//! Nothing here knows how a page looks.

pub mod address;
pub mod body;
pub mod claiming;
pub mod claims;
pub mod facets;
pub mod origins;
pub mod page;
pub mod plan;
pub mod register;
pub mod shards;
pub mod standing;
