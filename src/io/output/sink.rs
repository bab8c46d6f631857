//! Where rendered files go as they are made.
//!
//! A [`Sink`] is a folder of output, wherever that is: on the disk it is a
//! [`FolderSink`](crate::io::output::folder::FolderSink), for tests and for looking a [`MemorySink`].

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::lock;
use crate::io::fs::path::{TEMPORARY_PREFIX, path_problem};
use crate::io::fs::stamp::Stamp;
use crate::io::output::manifest;
use crate::util::sync::{into_inner, lock};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Mutex;

/// Takes finished files, from many threads at once, each path once.
pub trait Sink: Sync {
    /// `path` is relative with `/` and stays below the sink's root; anything else is the error `output-path`. Tells the stamp
    /// that the file has from then on, on a disk.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<Stamp>;
}

/// Files in memory, by path.
#[derive(Debug, Default)]
pub(crate) struct MemorySink {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl MemorySink {
    pub(crate) fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        into_inner(self.files)
    }
}

impl Sink for MemorySink {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<Stamp> {
        check(path)?;
        match lock(&self.files).entry(path.to_owned()) {
            Entry::Vacant(place) => {
                place.insert(bytes.to_vec());
                Ok(Stamp::default())
            }
            Entry::Occupied(_) => Err(refusal(path, "it is put a second time")),
        }
    }
}

/// Error `output-path` where no file below a sink can have this path.
pub(crate) fn check(path: &str) -> Result<()> {
    let name = path.split('/').next().unwrap_or_default();
    if name == lock::FILE || name == manifest::FILE || name.starts_with(TEMPORARY_PREFIX) {
        return Err(refusal(path, "wenzhai keeps its own diagnostics under this name"));
    }
    path_problem(path).map_or(Ok(()), |flaw| Err(refusal(path, flaw)))
}

/// The error `output-path`.
pub(crate) fn refusal(path: &str, why: &str) -> Error {
    Error::failure(
        Diagnostic::new(Code::OutputPath, format!("{path:?} cannot be written into the site: {why}"))
            .hint("rename the file or page it is made from"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_lead_elsewhere_are_refused() {
        let memory = MemorySink::default();
        for path in ["../a", "/a", "a\\b", "", "a\0", "a//b", lock::FILE, manifest::FILE, ".wenzhai-tmp-1-2/a"] {
            assert_eq!(memory.put(path, b"").unwrap_err().diagnostics[0].code, Code::OutputPath, "{path:?}");
        }
        assert!(memory.into_files().is_empty());
    }

    #[test]
    fn the_first_file_of_a_path_stays() {
        let memory = MemorySink::default();
        memory.put("主题/a", b"1").unwrap();
        memory.put("主题/a", b"2").unwrap_err();
        assert_eq!(memory.into_files(), BTreeMap::from([("主题/a".to_owned(), b"1".to_vec())]));
    }
}
