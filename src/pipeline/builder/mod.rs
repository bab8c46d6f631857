//! The entry point of the pipeline.
//!
//! [`builder`]: builds a site as a whole, in shards, or into memory

pub mod builder;
