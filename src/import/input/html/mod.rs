//! import/input/html

pub mod articles;
pub mod blocks;
pub mod tags;
