//! io/fs

pub mod copy;
pub mod file;
pub mod lock;
pub mod os_error;
pub mod path;
pub mod staged_file;
pub mod stamp;
pub mod walk;
