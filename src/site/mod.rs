//! site

pub(crate) mod address;
pub(crate) mod body;
pub(crate) mod claim;
pub(crate) mod claims;
pub(crate) mod facets;
pub(crate) mod lookup;
pub(crate) mod name_set;
pub(crate) mod origins;
pub mod page;
pub mod plan;
pub(crate) mod shards;
