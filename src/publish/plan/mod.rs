//! The plan of a publish.
//!
//! 1. `links`: the links of a page
//! 2. `upload_order`: dependencies first
//! 3. `plan`: the phases
//! 4. `guard`: safety checks
//! 5. `summary`, `changed_urls`: the plan for people and for hooks

pub(crate) mod changed_urls;
pub(crate) mod guard;
pub(crate) mod links;
pub(crate) mod plan;
pub(crate) mod summary;
pub(crate) mod upload_order;
