//! The pages of one issue together.
//!
//! 1. [`assignment`]: the Hungarian method
//! 2. [`stitch`]: matches jumps and joins articles with their continuations

pub(crate) mod assignment;
pub(crate) mod stitch;
