//! Renders the pages of a site.
//!
//! 1. `engine/`: templates, filters and the words of the interface
//! 2. `markdown/`, `charts/`, `formats/`: texts, charts and files for programs
//! 3. `views/`: what several pages show · `pages/`: what one page shows · `redirects.rs`: old addresses
//! 4. `page_views.rs`: the view of any page
//! 5. `renderer.rs`: from views to bytes · `fingerprint.rs`: from views to fingerprints, for incremental builds
//! 6. `export/`: books, prints and mails of chosen articles

pub(crate) mod charts;
pub mod engine;
pub(crate) mod export;
pub(crate) mod facsimile;
pub mod fingerprint;
pub(crate) mod formats;
pub mod markdown;
pub(crate) mod page_views;
pub(crate) mod pages;
pub(crate) mod redirects;
pub mod renderer;
pub(crate) mod views;
