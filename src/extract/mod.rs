//! extract

pub(crate) mod dateline;
pub mod extractor;
pub(crate) mod figures;
pub mod gazetteer;
pub(crate) mod keywords;
pub(crate) mod numbers;
pub(crate) mod places;
