//! The local site: the files of `public/` that are published, each with its hash.
//!
//! Only a finished build is published: the folder of an interrupted build and an empty folder are errors.

use crate::diagnostics::code::Code;
use crate::diagnostics::code::Severity;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, ErrorKind, Result};
use crate::diagnostics::message::Message;
use crate::io::fs::copy;
use crate::io::fs::file;
use crate::io::fs::path::path_problem;
use crate::io::fs::walk;
use crate::io::output::manifest::Manifest;
use crate::message;
use crate::util::parallel;
use blake3::Hash;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LocalFile {
    /// below the site's folder, with `/`
    pub(crate) path: String,
    /// bytes
    pub(crate) size: u64,
    pub(crate) hash: Hash,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LocalSite {
    pub(crate) root: PathBuf,
    /// sorted by path
    pub(crate) files: Vec<LocalFile>,
    /// the bytes of generated files, which are not in the folder, by path: `CNAME`
    pub(crate) generated: BTreeMap<String, Vec<u8>>,
    /// how many errors the build found
    pub(crate) build_errors: usize,
    /// about files that are left out
    pub(crate) findings: Vec<Diagnostic>,
}

impl LocalSite {
    /// Reads and hashes all files of a built site. Backup files of editors and hidden files are left out, except those that a
    /// host needs (`.nojekyll`, `.well-known`). A file whose name no record and no transport can hold is left out, with a finding. Without a finished build, `not-built` is returned.
    pub(crate) fn read(root: &Path) -> Result<Self> {
        if !file::exists(root) {
            return Err(not_built(root));
        }
        let manifest = Manifest::read(root)?;
        if manifest.is_unfinished {
            return Err(not_built(root));
        }
        if Manifest::is_unjoined(root) {
            return Err(not_joined(root));
        }
        let (found, mut diagnostics) = walk::list(root, "", &[]);
        diagnostics.retain(|diagnostic| diagnostic.severity() == Severity::Error);
        if !diagnostics.is_empty() {
            return Err(Error::new(ErrorKind::Failure, diagnostics));
        }
        let (found, unpublishable): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|found| path_problem(&found.path).is_none());
        let findings = unpublishable.iter().map(|found| unpublishable_name(&found.path)).collect();
        if found.is_empty() {
            return Err(not_built(root));
        }
        let hashed = parallel::map(&found, |found| {
            let (hash, size) = copy::hash(&root.join(&found.path))?;
            Ok(LocalFile { path: found.path.clone(), size, hash })
        });
        let files = hashed.into_iter().collect::<Result<_>>()?;
        // Absolute, since git, rsync and sftp run in the site's folder and not where a relative path starts.
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        Ok(Self { root, files, generated: BTreeMap::new(), build_errors: manifest.errors, findings })
    }

    /// With a generated file, unless the site has one of this path.
    pub(crate) fn with_generated(mut self, path: &str, bytes: &[u8]) -> Self {
        if let Err(at) = self.files.binary_search_by(|file| file.path.as_str().cmp(path)) {
            let file = LocalFile { path: path.to_owned(), size: bytes.len() as u64, hash: blake3::hash(bytes) };
            self.files.insert(at, file);
            self.generated.insert(path.to_owned(), bytes.to_owned());
        }
        self
    }

    /// The index of a path in `files`.
    pub(crate) fn position(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()
    }

    pub(crate) fn get(&self, path: &str) -> Option<&LocalFile> {
        self.position(path).map(|at| &self.files[at])
    }

    /// The path of a file on the disk; `None` for a [generated](Self::generated) one.
    pub(crate) fn disk_path(&self, file: &LocalFile) -> Option<PathBuf> {
        (!self.generated.contains_key(&file.path)).then(|| self.root.join(&file.path))
    }

    /// The bytes of a file; `changed-meanwhile` where they are no longer those that were hashed.
    pub(crate) fn bytes(&self, file: &LocalFile) -> Result<Vec<u8>> {
        if let Some(bytes) = self.generated.get(&file.path) {
            return Ok(bytes.clone());
        }
        let bytes = file::read(&self.root, &file.path).map_err(Error::failure)?;
        if blake3::hash(&bytes) == file.hash { Ok(bytes) } else { Err(changed_meanwhile(&file.path)) }
    }
}

/// A file of `public/` is no longer what the plan was made of.
pub(crate) fn changed_meanwhile(path: &str) -> Error {
    let message = message!("{path} changed while it was being published", path);
    Error::failure(
        Diagnostic::new(Code::ChangedMeanwhile, message).hint(message!("publish again when the build is over")),
    )
}

fn unpublishable_name(path: &str) -> Diagnostic {
    let why = path_problem(path).unwrap_or_else(|| Message::verbatim(""));
    let message = message!("{path} is not published: {why}", path = format!("{path:?}"), why);
    Diagnostic::new(Code::Unpublishable, message)
        .hint(message!("rename it: not every target can hold a file of this name"))
}

fn not_joined(root: &Path) -> Error {
    let why = message!("a shard of {root} was built after its shards were joined", root = root.display());
    let hint = message!("run wenzhai build --join first, or wenzhai build, which does all");
    Error::failure(Diagnostic::new(Code::NotBuilt, why).hint(hint))
}

fn not_built(root: &Path) -> Error {
    let why = message!("{root} holds no finished site", root = root.display());
    Error::failure(
        Diagnostic::new(Code::NotBuilt, why).hint(message!("run wenzhai build first, and look at what it says")),
    )
}
