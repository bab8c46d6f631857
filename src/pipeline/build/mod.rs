//! pipeline/build

pub mod load;
pub mod locate;
pub mod origins;
pub mod prepare;
pub mod write;
