//! Outcomes of earlier runs: `.wenzhai/links.json`, replaced as a whole while addresses are asked and at the end.
//!
//! A file that is damaged or in another format counts as none. What holds no longer is left out when it is written.

use crate::diagnostics::error::Result;
use crate::io::fs::file;
use crate::io::fs::lock::Lock;
use crate::pipeline::incremental::cache::{FOLDER, make_folder_of_caches};
use crate::pipeline::links::outcome::Visit;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const FILE: &str = "links.json";
/// Raised where a file means something else than before.
const FORMAT: u32 = 1;

/// The file of a site.
#[derive(Debug)]
pub(crate) struct LinkCache {
    root: PathBuf,
}

/// What was found of an address, and when, in milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Known {
    at: u64,
    #[serde(flatten)]
    pub(crate) visit: Visit,
}

/// Addresses with what is known of them.
pub(crate) type KnownLinks = BTreeMap<String, Known>;

#[derive(Serialize, Deserialize)]
struct Contents {
    format: u32,
    links: KnownLinks,
}

impl Known {
    pub(crate) fn new(visit: Visit, now: u64) -> Self {
        Self { at: now, visit }
    }

    /// A clock that was set back makes nothing hold longer.
    fn holds(&self, now: u64) -> bool {
        now.checked_sub(self.at).is_some_and(|age| self.visit.outcome.holds_after(age))
    }
}

impl LinkCache {
    /// The cache of the site at `root`.
    pub(crate) fn of(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// What still holds.
    pub(crate) fn read(&self, now: u64) -> KnownLinks {
        let bytes = file::read(&self.root.join(FOLDER), FILE).unwrap_or_default();
        let contents = serde_json::from_slice::<Contents>(&bytes).ok().filter(|contents| contents.format == FORMAT);
        let links = contents.map(|contents| contents.links).unwrap_or_default();
        links.into_iter().filter(|(_, known)| known.holds(now)).collect()
    }

    /// Writes what holds.
    ///
    /// # Errors
    /// The disk refuses to write.
    pub(crate) fn write(&self, links: &KnownLinks, now: u64) -> Result<()> {
        make_folder_of_caches(&self.root);
        let folder = self.root.join(FOLDER);
        let links = links.iter().filter(|(_, known)| known.holds(now));
        let links = links.map(|(address, known)| (address.clone(), known.clone())).collect();
        let bytes = serde_json::to_vec(&Contents { format: FORMAT, links }).unwrap_or_default();
        // clears what a process left that was killed while it wrote the cache
        let _lock = Lock::acquire_or_wait(&folder)?;
        file::replace(&folder.join(FILE), &bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::links::outcome::{Outcome, Reason};

    const HOUR: u64 = 60 * 60 * 1000;

    fn known(outcome: Outcome) -> Known {
        Known::new(Visit { outcome, via: Some("https://b.example/".into()) }, 100 * HOUR)
    }

    fn links() -> KnownLinks {
        let outcomes = [
            ("https://a.example/", Outcome::Works),
            ("https://b.example/", Outcome::Moved("https://c.example/".into())),
            ("https://d.example/", Outcome::Dead(Reason::Untrusted("expired".into()))),
            ("https://e.example/", Outcome::Unchecked(Reason::Status(403))),
            ("http://f.example/", Outcome::Private),
        ];
        outcomes.into_iter().map(|(address, outcome)| (address.to_owned(), known(outcome))).collect()
    }

    #[test]
    fn what_holds_is_read_again_and_the_rest_is_forgotten() {
        let home = tempfile::tempdir().unwrap();
        let cache = LinkCache::of(home.path());
        assert_eq!(cache.read(0), KnownLinks::new());
        cache.write(&links(), 100 * HOUR).unwrap();
        let mut lasting = links();
        lasting.remove("http://f.example/");
        assert_eq!(cache.read(100 * HOUR), lasting);
        let hosts = |links: KnownLinks| links.into_keys().collect::<Vec<_>>();
        assert_eq!(hosts(cache.read(102 * HOUR)), ["https://a.example/", "https://b.example/"]);
        assert_eq!(cache.read(600 * HOUR), KnownLinks::new());
        assert_eq!(cache.read(99 * HOUR), KnownLinks::new(), "the clock was set back");
        assert!(file::exists(&home.path().join(".wenzhai/.gitignore")));
    }

    #[test]
    fn a_file_that_is_damaged_or_of_another_format_counts_as_none() {
        let home = tempfile::tempdir().unwrap();
        let (cache, path) = (LinkCache::of(home.path()), home.path().join(".wenzhai/links.json"));
        cache.write(&links(), 100 * HOUR).unwrap();
        let bytes = file::read(home.path(), ".wenzhai/links.json").unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        let other_format = text.replace("\"format\":1", "\"format\":2");
        for damaged in [&bytes[..bytes.len() - 9], b"", b"{}", b"\xFF", other_format.as_bytes()] {
            file::replace(&path, damaged).unwrap();
            assert_eq!(cache.read(100 * HOUR), KnownLinks::new());
        }
        file::replace(&path, &bytes).unwrap();
        assert_eq!(cache.read(100 * HOUR).len(), 4);
    }
}
