//! The plan of a publish.
//!
//! 1. `prepare`: takes the inventory, reads links, plans
//! 2. `links`: the links of a page
//! 3. `upload_order`: dependencies first
//! 4. `plan`: the phases
//! 5. `guard`: safety checks
//! 6. `summary`, `changed_urls`: the plan for people and for hooks

pub(crate) mod changed_urls;
pub(crate) mod guard;
pub(crate) mod links;
pub(crate) mod plan;
pub(crate) mod prepare;
pub(crate) mod summary;
pub(crate) mod upload_order;
