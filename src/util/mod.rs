//! util

pub mod digest;
pub mod media_type;
pub mod parallel;
pub mod path_list;
pub mod sync;
