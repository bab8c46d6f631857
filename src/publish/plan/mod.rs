//! publish/plan

pub mod changed_urls;
pub mod guard;
pub mod links;
pub mod plan;
pub mod prepare;
pub mod summary;
