//! extract

pub mod dateline;
pub mod extractor;
pub mod figures;
pub mod gazetteer;
pub mod keywords;
pub mod numbers;
pub mod places;
