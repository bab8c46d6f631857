//! pipeline/build

pub(crate) mod load;
pub(crate) mod locate;
pub(crate) mod origins;

pub mod write;
