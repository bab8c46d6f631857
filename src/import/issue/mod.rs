//! import/issue

pub(crate) mod assignment;
pub(crate) mod stitch;
