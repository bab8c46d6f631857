//! Small tools without knowledge of newspapers or sites.
//!
//! - `digest`: 128-bit hashes of values and bytes, as fingerprints within one machine's cache
//! - `media_type`: media types by file extension
//! - [`parallel`]: work on all processors, with results in the order of the input
//! - [`path_list`]: sorted lists of very many paths
//! - `sync`: mutexes whose poisoning is ignored

pub(crate) mod digest;
pub(crate) mod media_type;
pub mod parallel;
pub mod path_list;
pub(crate) mod sync;
