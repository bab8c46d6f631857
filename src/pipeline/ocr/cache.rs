//! The results of the OCR command by picture and command: a file each, which is written as a whole or not at all.
//!
//! Those of a site are in `.wenzhai/ocr/`. Outside of a site they are in the folder of articles, or, where nothing may be written,
//! in a temporary folder for one import.

use crate::diagnostics::error::Result;
use crate::import::record;
use crate::io::fs::file;
use crate::io::fs::path;
use crate::io::fs::staged_file::ScratchFolder;
use crate::io::fs::walk;
use crate::pipeline::incremental::cache::{FOLDER as CACHES, RESULTS, make_folder_of_caches};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const EXTENSION: &str = "ocr";

/// Where the results are.
#[derive(Debug)]
pub(crate) enum OcrCache {
    /// of the site with this root
    Site(PathBuf),
    /// in a folder of articles that belongs to no site
    Beside(PathBuf),
    /// for one import that writes nothing; none where no folder can be made
    Temporary(OnceLock<Option<ScratchFolder>>),
}

/// The name of a result: by the fingerprint of the file, the page in it (from 0) and the command.
pub(crate) fn key(bytes: &str, page: usize, command: &[String]) -> String {
    record::fingerprint(format!("{bytes}\0{page}\0{}", command.join("\0")).as_bytes())
}

impl OcrCache {
    /// The folder, which need not be there.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        match self {
            Self::Site(root) | Self::Beside(root) => Some(path::resolve(root).join(CACHES).join(RESULTS)),
            Self::Temporary(folder) => Some(folder.get_or_init(ScratchFolder::of_system).as_ref()?.path().to_owned()),
        }
    }

    /// Makes the folder, which keeps itself out of Git.
    ///
    /// # Errors
    /// The disk refuses.
    pub(crate) fn make_folder(&self) -> Result<Option<PathBuf>> {
        if let Self::Site(root) | Self::Beside(root) = self {
            make_folder_of_caches(root);
        }
        let folder = self.folder();
        folder.as_deref().map_or(Ok(()), file::make_folder)?;
        Ok(folder)
    }

    /// Whether there is a result.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.folder().is_some_and(|folder| file::exists(&folder.join(file_name(key))))
    }

    pub(crate) fn read(&self, key: &str) -> Option<Vec<u8>> {
        file::read(&self.folder()?, &file_name(key)).ok()
    }

    /// Keeps a result. The folder is there.
    ///
    /// # Errors
    /// The disk refuses to write.
    pub(crate) fn write(&self, key: &str, bytes: &[u8]) -> Result<()> {
        self.folder().map_or(Ok(()), |folder| file::replace(&folder.join(file_name(key)), bytes))
    }

    /// Removes the results that are not used any more.
    ///
    /// # Errors
    /// The disk refuses to remove one.
    pub(crate) fn retain(&self, is_used: impl Fn(&str) -> bool) -> Result<()> {
        let Some(folder) = self.folder().filter(|folder| file::exists(folder)) else { return Ok(()) };
        let (files, _) = walk::list_shallow(&folder, "", &[EXTENSION]);
        for found in files {
            let name = found.path.rsplit('/').next().unwrap_or(&found.path);
            if !name.strip_suffix(".ocr").is_some_and(&is_used) {
                file::remove(&folder.join(name))?;
            }
        }
        Ok(())
    }
}

/// Whether a site has the result of this key.
pub(crate) fn has_result(root: &Path, key: &str) -> bool {
    OcrCache::Site(root.to_owned()).has(key)
}

fn file_name(key: &str) -> String {
    format!("{key}.{EXTENSION}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_kept_by_picture_page_and_command_as_long_as_they_are_used() {
        let home = tempfile::tempdir().unwrap();
        let cache = OcrCache::Beside(home.path().to_owned());
        let command = ["a", "b c"].map(str::to_owned);
        let keys = [key("x", 0, &command), key("y", 0, &command), key("x", 1, &command), key("x", 0, &command[..1])];
        assert_eq!(cache.read(&keys[0]), None);
        cache.retain(|_| true).unwrap();
        cache.make_folder().unwrap();
        for (at, key) in keys.iter().enumerate() {
            cache.write(key, &[at as u8]).unwrap();
        }
        assert!(keys.iter().enumerate().all(|(at, key)| cache.read(key) == Some(vec![at as u8])));
        cache.retain(|key| key == keys[1]).unwrap();
        assert_eq!(keys.map(|key| cache.has(&key)), [false, true, false, false]);
    }
}
