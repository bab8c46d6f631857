//! What is to be published: the files of `public/`, each with its hash.
//!
//! Only a finished build is taken: a folder that a killed build left, or an empty one, is refused.

use crate::diagnostics::code::Code;
use crate::diagnostics::code::Severity;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, ErrorKind, Result};
use crate::io::fs::copy;
use crate::io::fs::file;
use crate::io::fs::walk;
use crate::io::output::manifest::Manifest;
use crate::util::parallel;
use blake3::Hash;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LocalFile {
    /// below the site's folder, with `/`
    pub(crate) path: String,
    /// bytes
    pub(crate) size: u64,
    /// of its bytes
    pub(crate) hash: Hash,
}

/// The site as it was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LocalSite {
    /// the folder it stands in
    pub(crate) root: PathBuf,
    /// sorted by path
    pub(crate) files: Vec<LocalFile>,
    /// the bytes of those that are in no file of the folder, by path: what a target asks for (`CNAME`)
    pub(crate) generated: BTreeMap<String, Vec<u8>>,
}

impl LocalSite {
    /// Reads and hashes all files of a built site. Leftovers of editors and hidden files stay at home, except those that a
    /// host asks for (`.nojekyll`, `.well-known`).
    ///
    /// # Errors
    /// `not-built` where there is no finished build; what the disk refuses.
    pub(crate) fn read(root: &Path) -> Result<Self> {
        if !file::exists(root) || Manifest::read(root)?.is_unfinished {
            return Err(not_built(root));
        }
        let (found, diagnostics) = walk::list(root, "", &[]);
        let diagnostics: Vec<Diagnostic> =
            diagnostics.into_iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).collect();
        if !diagnostics.is_empty() {
            return Err(Error::new(ErrorKind::Failure, diagnostics));
        }
        if found.is_empty() {
            return Err(not_built(root));
        }
        let hashed = parallel::map(&found, |found| {
            let (hash, size) = copy::hash(&root.join(&found.path))?;
            Ok(LocalFile { path: found.path.clone(), size, hash })
        });
        Ok(Self {
            root: root.to_owned(),
            files: hashed.into_iter().collect::<Result<_>>()?,
            generated: BTreeMap::new(),
        })
    }

    /// With one more file, unless the site has one of this path.
    pub(crate) fn with_generated(mut self, path: &str, bytes: &[u8]) -> Self {
        if let Err(at) = self.files.binary_search_by(|file| file.path.as_str().cmp(path)) {
            let file = LocalFile { path: path.to_owned(), size: bytes.len() as u64, hash: blake3::hash(bytes) };
            self.files.insert(at, file);
            self.generated.insert(path.to_owned(), bytes.to_owned());
        }
        self
    }

    /// The place of a path among the files.
    pub(crate) fn find(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()
    }

    pub(crate) fn get(&self, path: &str) -> Option<&LocalFile> {
        self.find(path).map(|at| &self.files[at])
    }

    /// Where a file stands on the disk; nothing for one that is [made](Self::made).
    pub(crate) fn disk_path(&self, file: &LocalFile) -> Option<PathBuf> {
        (!self.generated.contains_key(&file.path)).then(|| self.root.join(&file.path))
    }

    /// The whole of a file, if it is still the one that was hashed.
    ///
    /// # Errors
    /// `changed-meanwhile`, or what the disk refuses.
    pub(crate) fn bytes(&self, file: &LocalFile) -> Result<Vec<u8>> {
        if let Some(bytes) = self.generated.get(&file.path) {
            return Ok(bytes.clone());
        }
        let bytes = file::read(&self.root, &file.path).map_err(Error::failure)?;
        if blake3::hash(&bytes) == file.hash { Ok(bytes) } else { Err(changed_meanwhile(&file.path)) }
    }
}

/// A file of `public/` is no longer what the plan was generated of.
pub(crate) fn changed_meanwhile(path: &str) -> Error {
    Error::failure(
        Diagnostic::new(Code::ChangedMeanwhile, format!("{path} changed while it was being published"))
            .hint("publish again when the build is over"),
    )
}

fn not_built(root: &Path) -> Error {
    let why = format!("{} holds no finished site", root.display());
    Error::failure(Diagnostic::new(Code::NotBuilt, why).hint("run wenzhai build first, and look at what it says"))
}
