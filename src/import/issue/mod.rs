//! The pages of one issue together.
//!
//! 1. [`shared_masthead`]: paper and day of the pages of one file
//! 2. [`assignment`]: the Hungarian method
//! 3. [`stitch`]: matches jumps and joins articles with their continuations

pub(crate) mod assignment;
pub(crate) mod shared_masthead;
pub(crate) mod stitch;
