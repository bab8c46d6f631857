//! Another folder on this machine: a mount, the folder of a local web server.
//!
//! Files are copied beside their place and renamed, so a reader gets the old bytes or the new ones. Two publishes into one
//! folder are kept apart by a lock in it.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::copy;
use crate::io::fs::file;
use crate::io::fs::lock::Lock;
use crate::io::fs::staged_file::remove_leftovers;
use crate::io::fs::walk;
use crate::publish::local_site::{LocalFile, LocalSite, changed_meanwhile};
use crate::publish::record::RECORD_FILE;
use crate::publish::target::{FileTarget, ListedFile, Target};
use crate::publish::transfer::parallel::put_each;
use crate::publish::transfer_progress::TransferProgress;
use crate::publish::transport::retry::RetryError;
use crate::publish::upload::{Content, Upload};
use crate::util::parallel;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Files copied at a time.
const WIDTH: usize = 8;

/// A folder that comes to hold the site.
#[derive(Debug)]
pub(crate) struct Folder {
    name: String,
    root: PathBuf,
    _lock: Option<Lock>,
}

impl Folder {
    /// The folder `root`, known to people as `name`; it need not exist yet.
    pub(crate) fn new(name: &str, root: PathBuf) -> Self {
        Self { name: format!("{name} ({})", root.display()), root, _lock: None }
    }

    /// With the right to change it, as long as this lives.
    ///
    /// # Errors
    /// `locked` where another process has it; what the disk refuses.
    pub(crate) fn locked(self) -> Result<Self> {
        let lock = Lock::acquire(&self.root)?;
        // what a killed publish left half copied
        remove_leftovers(&self.root);
        Ok(Self { _lock: Some(lock), ..self })
    }

    fn put_one(&self, local: &LocalSite, upload: &Upload) -> Result<String, RetryError> {
        let place = self.root.join(upload.path);
        let size = match upload.content {
            Content::Placeholder(text) => self.write(&place, text.as_bytes())?,
            Content::File(file) => match local.disk_path(file) {
                None => self.write(&place, &local.bytes(file)?)?,
                Some(from) => {
                    let (hash, size) = copy::copy(&from, &place)?;
                    if hash != file.hash {
                        return Err(changed_meanwhile(&file.path).into());
                    }
                    size
                }
            },
        };
        check(&place, size)?;
        Ok(size.to_string())
    }

    fn write(&self, place: &Path, bytes: &[u8]) -> Result<u64> {
        file::make_folder(place.parent().unwrap_or(&self.root))?;
        file::replace(place, bytes)?;
        Ok(bytes.len() as u64)
    }
}

/// A disk may be full and not say so until later, or a network disk cut off.
fn check(place: &Path, size: u64) -> Result<()> {
    match file::size(place) {
        Some(there) if there == size => Ok(()),
        _ => Err(Error::failure(
            Diagnostic::new(Code::NotArrived, format!("{} is not there as it was written", place.display()))
                .hint("see whether its disk is full or cut off, and publish again"),
        )),
    }
}

impl Target for Folder {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn record(&self) -> Result<Option<String>> {
        if !file::exists(&self.root.join(RECORD_FILE)) {
            return Ok(None);
        }
        file::read_source(&self.root, RECORD_FILE).map(|source| Some(source.text)).map_err(Error::failure)
    }

    fn list(&self) -> Result<Vec<ListedFile>> {
        let (found, diagnostics) = walk::list(&self.root, "", &[]);
        if let Some(diagnostic) = diagnostics.into_iter().next() {
            return Err(Error::failure(diagnostic));
        }
        Ok(found
            .into_iter()
            .map(|found| ListedFile { path: found.path, revision: found.stamp.size.to_string() })
            .collect())
    }

    fn same(&self, _local: &LocalSite, files: &[(&LocalFile, &ListedFile)]) -> Result<BTreeSet<String>> {
        let same = parallel::map(files, |(file, there)| {
            let as_long = there.revision == file.size.to_string();
            let is_same = as_long && copy::hash(&self.root.join(&there.path))?.0 == file.hash;
            Ok(is_same.then(|| there.path.clone()))
        });
        same.into_iter().filter_map(Result::transpose).collect()
    }
}

impl FileTarget for Folder {
    fn put(&self, local: &LocalSite, uploads: &[Upload], progress: &TransferProgress) -> Result<()> {
        put_each(uploads, WIDTH, progress, |upload| self.put_one(local, upload))
    }

    fn remove(&self, paths: &[&str], progress: &TransferProgress) -> Result<()> {
        for path in paths {
            let place = self.root.join(path);
            if file::remove(&place)? {
                progress.record_removals(1);
                file::remove_empty_parents(&place, &self.root);
            }
        }
        Ok(())
    }

    fn write_record(&self, text: &str) -> Result<()> {
        file::make_folder(&self.root)?;
        file::replace(&self.root.join(RECORD_FILE), text.as_bytes())
    }
}
