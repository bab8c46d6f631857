//! pipeline/incremental

pub(crate) mod cache;
pub(crate) mod outputs;
pub(crate) mod survey;
pub(crate) mod up_to_date;
