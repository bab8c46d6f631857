//! Files and folders.
//!
//! 1. `path`: which names are content, which paths are safe, where a path leads
//! 2. `os_error`: errors of the system with advice
//! 3. `stamp`: recognising an unchanged file without reading it
//! 4. `staged_file`: files that replace the old one when they are complete
//! 5. `file`: reading, atomic writing and removal of single files
//! 6. `folder_tree`: writing and removing files below a folder without following links
//! 7. `own_file`: opening wenzhai's own files, which must not be links
//! 8. `copy`: copying and hashing in chunks
//! 9. [`walk`]: the files below a folder
//! 10. `lock`: one process at a time in a folder

pub(crate) mod copy;
pub(crate) mod file;
pub(crate) mod folder_tree;
pub(crate) mod lock;
pub(crate) mod os_error;
pub(crate) mod own_file;
pub(crate) mod path;
pub(crate) mod staged_file;
pub(crate) mod stamp;
pub mod walk;
