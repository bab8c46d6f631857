//! pipeline/incremental

pub mod cache;
pub mod outputs;
pub mod survey;
pub mod up_to_date;
