//! render/formats

pub(crate) mod alternates;
pub(crate) mod bibtex;
pub(crate) mod citation;
pub(crate) mod exports;
pub(crate) mod feed_json;
pub(crate) mod feeds;
pub(crate) mod json_ld;
pub(crate) mod ris;
