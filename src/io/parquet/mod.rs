//! Parquet files as rows of JSON objects.
//!
//! 1. `read`: the rows of a file as JSON lines
//! 2. `write`: JSON objects as the rows of a file; `shred`: nested values as columns
//!
//! Both use the library's columns and rows without Arrow, whose kernels take three times as long to compile as all of this.

pub(crate) mod read;
pub(crate) mod shred;
pub(crate) mod write;
