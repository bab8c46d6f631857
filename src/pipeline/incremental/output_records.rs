//! The fingerprint and the stamp of each output file of a build.
//!
//! Records are many, so each exists once, at the index of its file in the plan, and is written from there into the cache.

use crate::io::fs::stamp::Stamp;
use crate::pipeline::incremental::cache::CachedOutput;
use crate::render::fingerprint::Fingerprint;
use crate::util::digest::{Digest, Digester};
use crate::util::path_list::PathList;
use crate::util::sync::lock;
use std::sync::{Arc, Mutex, PoisonError};

/// The output files of a build in progress.
#[derive(Debug)]
pub(crate) struct OutputRecords {
    planned: Arc<PathList>,
    /// in the order of the plan
    records: Mutex<Vec<Option<CachedOutput>>>,
}

impl OutputRecords {
    pub(crate) fn new(planned: Arc<PathList>) -> Self {
        Self { records: Mutex::new(vec![None; planned.len()]), planned }
    }

    /// Records a planned file that is in the output folder.
    pub(crate) fn record(&self, path: &str, fingerprint: Fingerprint, stamp: Stamp) {
        let Fingerprint { digest, articles } = fingerprint;
        let mut records = lock(&self.records);
        if let Some(record) = self.planned.position(path).and_then(|index| records.get_mut(index)) {
            *record = Some(CachedOutput { fingerprint: digest, stamp, articles });
        }
    }

    /// All recorded files, in the order of their paths.
    pub(crate) fn iter(&mut self) -> impl Iterator<Item = (&str, &CachedOutput)> {
        let records = self.records.get_mut().unwrap_or_else(PoisonError::into_inner);
        self.planned.iter().zip(records).filter_map(|(path, record)| Some((path, record.as_ref()?)))
    }
}

/// The digest of output files in the order of their paths; none where a file has no stamp.
pub(crate) fn digest_of_stamps<'a>(outputs: impl IntoIterator<Item = (&'a str, Option<Stamp>)>) -> Option<Digest> {
    let mut digester = Digester::default();
    for (path, stamp) in outputs {
        digester.add(path.as_bytes()).add(b"\0").add(&stamp?.bytes());
    }
    Some(digester.digest())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planned_files_are_recorded_and_no_others() {
        let mut outputs = OutputRecords::new(Arc::new(PathList::from_iter(["c", "a", "b"])));
        let fingerprint = |number| Fingerprint::without_articles(Digest(number));
        outputs.record("c", fingerprint(3), Stamp::default());
        outputs.record("a", fingerprint(1), Stamp::default());
        outputs.record("not planned", fingerprint(4), Stamp::default());
        let recorded: Vec<(&str, Digest)> = outputs.iter().map(|(path, output)| (path, output.fingerprint)).collect();
        assert_eq!(recorded, [("a", Digest(1)), ("c", Digest(3))]);
    }

    #[test]
    fn a_record_is_small() {
        assert!(size_of::<Option<CachedOutput>>() <= 64, "there are five times as many as articles");
    }

    #[test]
    fn the_digest_depends_on_paths_and_stamps() {
        let of = |paths: &[&'static str]| digest_of_stamps(paths.iter().map(|path| (*path, Some(Stamp::default()))));
        assert_eq!(of(&["a", "b"]), of(&["a", "b"]));
        assert_ne!(of(&["a", "b"]), of(&["a", "c"]));
        assert_eq!(digest_of_stamps([("a", None)]), None);
    }
}
