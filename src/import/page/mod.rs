//! import/page

pub(crate) mod jump_notes;
pub mod lines;
pub mod masthead;
pub mod partition;
pub mod role;
