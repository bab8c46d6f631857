//! site

pub mod address;
pub mod body;
pub mod claim;
pub mod claims;
pub mod facets;
pub mod lookup;
pub mod name_set;
pub mod origins;
pub mod page;
pub mod plan;
pub mod shards;
