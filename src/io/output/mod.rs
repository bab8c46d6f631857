//! An output folder that ends up with exactly the planned files.
//!
//! 1. [`sink`]: the interface that rendered files are written to, and its version in memory
//! 2. `part`: the parts in which a folder may be built; `manifest`: the list of files that earlier builds wrote
//! 3. `planned`: the progress of one build: which planned files are written, which folders exist
//! 4. `unknown_files`: the refusal to overwrite files of unknown origin
//! 5. `staging`: the folder in which a first build fills folders before it puts them into their places
//! 6. [`folder`]: the sink on disk

pub mod folder;
pub(crate) mod manifest;
pub(crate) mod part;
pub(crate) mod planned;
pub mod sink;
pub(crate) mod staging;
pub(crate) mod unknown_files;
