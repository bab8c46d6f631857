//! import/input/html

pub(crate) mod articles;
pub(crate) mod blocks;
pub(crate) mod tags;
