//! util

pub(crate) mod digest;
pub(crate) mod media_type;
pub mod parallel;
pub mod path_list;
pub(crate) mod sync;
