//! io/fs

pub(crate) mod copy;
pub(crate) mod file;
pub(crate) mod lock;
pub(crate) mod os_error;
pub(crate) mod path;
pub(crate) mod staged_file;
pub(crate) mod stamp;
pub mod walk;
