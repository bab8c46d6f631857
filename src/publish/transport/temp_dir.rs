//! Temporary folders that only this user can read.

use crate::diagnostics::error::Result;
use crate::io::fs::os_error::{FileOperation, path_error};
use tempfile::{Builder, TempDir};

/// An empty folder in the system's folder for temporary files, removed with its content when it is dropped.
pub(crate) fn private_temp_dir() -> Result<TempDir> {
    let mut builder = Builder::new();
    builder.prefix("wenzhai-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir().map_err(|error| path_error(FileOperation::MakeFolderIn, &std::env::temp_dir(), error))
}
