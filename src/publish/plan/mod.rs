//! publish/plan

pub(crate) mod changed_urls;
pub(crate) mod guard;
pub(crate) mod links;
pub(crate) mod plan;
pub(crate) mod prepare;
pub(crate) mod summary;
pub(crate) mod upload_order;
