//! import/issue

pub mod assignment;
pub mod stitch;
