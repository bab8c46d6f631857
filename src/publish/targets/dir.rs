//! Target: another folder on this machine, such as a mount or the folder of a local web server.
//!
//! Files are written atomically (temporary file, then rename), so a reader gets the old bytes or the new ones. A lock in the
//! folder keeps two publishes from writing at the same time. Links below the folder are not followed: what lies behind one is not
//! listed, and nothing is written or removed there.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::copy;
use crate::io::fs::file;
use crate::io::fs::folder_tree::FolderTree;
use crate::io::fs::lock::Lock;
use crate::io::fs::staged_file::remove_leftovers;
use crate::io::fs::walk;
use crate::message;
use crate::publish::local_site::{LocalFile, LocalSite, changed_meanwhile};
use crate::publish::record::RECORD_FILE;
use crate::publish::target::{FileTarget, ListedFile, Target};
use crate::publish::transfer::parallel::put_each;
use crate::publish::transfer_progress::TransferProgress;
use crate::publish::transport::retry::RetryError;
use crate::publish::upload::{Content, Upload};
use crate::util::parallel;
use crate::util::path_list::folder_of;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const PARALLEL_COPIES: usize = 8;

#[derive(Debug)]
pub(crate) struct DirTarget {
    name: String,
    root: PathBuf,
    tree: FolderTree,
    _lock: Option<Lock>,
}

impl DirTarget {
    /// The folder `root` under the target's name; it need not exist yet.
    pub(crate) fn new(name: &str, root: PathBuf) -> Self {
        Self { name: format!("{name} ({})", root.display()), tree: FolderTree::new(&root), root, _lock: None }
    }

    /// Locks the folder as long as the target lives; `locked` where another process has the lock.
    pub(crate) fn locked(self) -> Result<Self> {
        let lock = Lock::acquire(&self.root)?;
        // temporary files of a publish that was killed
        remove_leftovers(&self.root);
        Ok(Self { _lock: Some(lock), ..self })
    }

    fn put_one(&self, local: &LocalSite, upload: &Upload) -> Result<String, RetryError> {
        let path = self.tree.join(upload.path);
        self.tree.make_folder(folder_of(upload.path))?;
        let size = match upload.content {
            Content::Placeholder(text) => write(&path, text.as_bytes())?,
            Content::File(file) => match local.disk_path(file) {
                None => write(&path, &local.bytes(file)?)?,
                Some(from) => {
                    let (hash, size) = copy::copy(&from, &path)?;
                    if hash != file.hash {
                        return Err(changed_meanwhile(&file.path).into());
                    }
                    size
                }
            },
        };
        // a full disk or a lost network disk may not report an error until later
        if file::size(&path) != Some(size) {
            let message = message!("{path} is not there as it was written", path = path.display());
            let hint = message!("see whether its disk is full or cut off, and publish again");
            return Err(Error::failure(Diagnostic::new(Code::NotArrived, message).hint(hint)).into());
        }
        Ok(size.to_string())
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<u64> {
    file::replace(path, bytes)?;
    Ok(bytes.len() as u64)
}

impl Target for DirTarget {
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
        let (found, diagnostics) = walk::list_without_links(&self.root);
        if let Some(diagnostic) = diagnostics.into_iter().next() {
            return Err(Error::failure(diagnostic));
        }
        Ok(found.into_iter().map(|found| ListedFile::of_size(found.path, found.stamp.size)).collect())
    }

    fn behind_link(&self, path: &str) -> Option<Diagnostic> {
        self.tree.link_above(path).map(|link| self.tree.behind_link(path, link))
    }

    fn identical_files(&self, _local: &LocalSite, files: &[(&LocalFile, &ListedFile)]) -> Result<BTreeSet<String>> {
        let identical = parallel::map(files, |(file, listed)| {
            let is_identical = listed.has_size(file.size) && copy::hash(&self.root.join(&listed.path))?.0 == file.hash;
            Ok(is_identical.then(|| listed.path.clone()))
        });
        identical.into_iter().filter_map(Result::transpose).collect()
    }
}

impl FileTarget for DirTarget {
    fn put(&self, local: &LocalSite, uploads: &[Upload], progress: &TransferProgress) -> Result<()> {
        put_each(uploads, PARALLEL_COPIES, progress, |upload| self.put_one(local, upload))
    }

    fn remove(&self, paths: &[&str], progress: &TransferProgress) -> Result<()> {
        for path in paths {
            if self.tree.remove(path)? {
                progress.record_removals(1);
                self.tree.remove_empty_parents(path);
            }
        }
        Ok(())
    }

    fn write_record(&self, text: &str) -> Result<()> {
        file::make_folder(&self.root)?;
        file::replace(&self.root.join(RECORD_FILE), text.as_bytes())
    }
}
