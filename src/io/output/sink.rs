//! Sinks: the destinations of rendered files, on disk ([`folder`](crate::io::output::folder)) or, for `wenzhai check`, in memory.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::diagnostics::message::Message;
use crate::io::fs::lock;
use crate::io::fs::path::{TEMPORARY_PREFIX, path_problem};
use crate::io::fs::stamp::Stamp;
use crate::io::output::part::is_own_name;
use crate::message;
use crate::util::sync::{into_inner, lock};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Mutex;

/// A destination for finished files, from many threads at once, each path once.
pub trait Sink: Sync {
    /// Writes a file, and returns its stamp where the sink is on disk. `path` is relative, with `/`.
    ///
    /// # Errors
    /// `output-path` where the path leaves the sink's root or is put twice; a failure of the file system.
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
        check_path(path)?;
        match lock(&self.files).entry(path.to_owned()) {
            Entry::Vacant(entry) => {
                entry.insert(bytes.to_vec());
                Ok(Stamp::default())
            }
            Entry::Occupied(_) => Err(bad_path(path, message!("it is put a second time"))),
        }
    }
}

/// Checks that a file below a sink can have this path; error `output-path` where it cannot.
pub(crate) fn check_path(path: &str) -> Result<()> {
    let name = path.split('/').next().unwrap_or_default();
    if name == lock::FILE || name.starts_with(TEMPORARY_PREFIX) || is_own_name(name) {
        return Err(bad_path(path, message!("wenzhai uses this name for its own files")));
    }
    path_problem(path).map_or(Ok(()), |problem| Err(bad_path(path, problem)))
}

/// The error `output-path`.
pub(crate) fn bad_path(path: &str, why: Message) -> Error {
    let message = message!("{path} cannot be written into the site: {why}", path = format!("{path:?}"), why);
    Error::failure(Diagnostic::new(Code::OutputPath, message).hint(message!("rename the file or page it is made from")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::output::part::MANIFEST;

    #[test]
    fn paths_outside_the_sink_are_refused() {
        let memory = MemorySink::default();
        for path in ["../a", "/a", "a\\b", "", "a\0", "a//b", lock::FILE, MANIFEST, ".wenzhai-tmp-1-2/a"] {
            assert_eq!(memory.put(path, b"").unwrap_err().diagnostics[0].code, Code::OutputPath, "{path:?}");
        }
        assert!(memory.into_files().is_empty());
    }

    #[test]
    fn the_first_file_of_a_path_wins() {
        let memory = MemorySink::default();
        memory.put("主题/a", b"1").unwrap();
        memory.put("主题/a", b"2").unwrap_err();
        assert_eq!(memory.into_files(), BTreeMap::from([("主题/a".to_owned(), b"1".to_vec())]));
    }
}
