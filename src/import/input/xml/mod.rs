//! Formats of OCR results in XML and HTML.
//!
//! 1. [`tree`]: the tree of a file within bounds, and numbers of its attributes
//! 2. [`alto`], [`page_xml`], [`hocr`], [`bbox_layout`]: a format each

pub(crate) mod alto;
pub(crate) mod bbox_layout;
pub(crate) mod hocr;
pub(crate) mod page_xml;
pub(crate) mod tree;
