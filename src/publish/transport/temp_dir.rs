//! A folder for the moment, which nobody else may look into.

#![allow(clippy::disallowed_methods, reason = "this is a place where files are touched")]

use crate::diagnostics::error::Result;
use crate::io::fs::os_error::path_error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A folder below the system's own for temporary files; gone, with all that is in it, when this is dropped.
#[derive(Debug)]
pub(crate) struct TempDir {
    path: PathBuf,
}

impl TempDir {
    /// A new and empty one.
    ///
    /// # Errors
    /// What the disk refuses.
    pub(crate) fn new() -> Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let name = format!("wenzhai-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        // what an earlier process of this number left; somebody else's folder cannot be removed, and then not be made
        let _ = fs::remove_dir_all(&path);
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path).map_err(|error| path_error("make the folder", &path, error))?;
        Ok(Self { path })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_ours_alone_and_gone_in_the_end() {
        let (one, two) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        assert_ne!(one.path(), two.path());
        fs::write(one.path().join("x"), "x").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(one.path()).unwrap().permissions().mode() & 0o777, 0o700);
        }
        let path = one.path().to_owned();
        drop(one);
        assert!(!path.exists());
    }
}
