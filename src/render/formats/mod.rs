//! render/formats

pub mod alternates;
pub mod bibtex;
pub mod citation;
pub mod exports;
pub mod feed_json;
pub mod feeds;
pub mod json_ld;
pub mod ris;
