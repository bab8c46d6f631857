//! What is known of each output file: which key it has, and what the disk says of it.
//!
//! A key is noted when it is made, and the stamp when the file is there: for what is kept both at once, for a page that is
//! rendered one after the other. A site has more files than articles, so all of it stands once, at the place of the file in
//! the plan, and goes from there into what is kept for the next build.

use crate::io::fs::stamp::Stamp;
use crate::pipeline::incremental::cache::Output;
use crate::render::fingerprint::Fingerprint;
use crate::util::digest::{Digest, Digester};
use crate::util::path_list::PathList;
use crate::util::sync::{into_inner, lock};
use std::sync::{Arc, Mutex};

/// The files of a build under way.
#[derive(Debug)]
pub(crate) struct Outputs {
    planned: Arc<PathList>,
    /// at their places in the plan; without a stamp where the file has not come yet
    noted: Mutex<Vec<Option<Output>>>,
}

impl Outputs {
    pub(crate) fn new(planned: Arc<PathList>) -> Self {
        Self { noted: Mutex::new(vec![None; planned.len()]), planned }
    }

    /// A planned file is there.
    pub(crate) fn note(&self, path: &str, key: Fingerprint, stamp: Stamp) {
        self.with(path, |output| *output = Some(Output { key: key.digest, stamp, seen: key.seen }));
    }

    /// A planned file is to be made.
    pub(crate) fn expect(&self, path: &str, key: Fingerprint) {
        self.note(path, key, Stamp::default());
    }

    /// A file that was expected is there.
    pub(crate) fn arrived(&self, path: &str, stamp: Stamp) {
        self.with(path, |output| output.iter_mut().for_each(|output| output.stamp = stamp));
    }

    fn with(&self, path: &str, change: impl FnOnce(&mut Option<Output>)) {
        let mut noted = lock(&self.noted);
        if let Some(output) = self.planned.position(path).and_then(|place| noted.get_mut(place)) {
            change(output);
        }
    }

    /// All that are there, by path.
    pub(crate) fn settled(self) -> Settled {
        let mut noted = into_inner(self.noted);
        // what could not be rendered never came
        let is_missing = |output: &Output| output.stamp == Stamp::default();
        noted.iter_mut().for_each(|output| drop(output.take_if(|output| is_missing(output))));
        Settled { planned: self.planned, noted }
    }
}

/// The files of a build that has come to its end.
#[derive(Debug)]
pub(crate) struct Settled {
    planned: Arc<PathList>,
    noted: Vec<Option<Output>>,
}

impl Settled {
    /// In the order of their paths.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Output)> {
        self.planned.iter().zip(&self.noted).filter_map(|(path, output)| Some((path, output.as_ref()?)))
    }
}

/// What stands for output files in the order of their paths; nothing where one has no stamp.
pub(crate) fn digest<'a>(outputs: impl IntoIterator<Item = (&'a str, Option<Stamp>)>) -> Option<Digest> {
    let mut digester = Digester::default();
    for (path, stamp) in outputs {
        digester.add(path.as_bytes()).add(b"\0").add(&stamp?.bytes());
    }
    Some(digester.digest())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::fs::file::write;
    use tempfile::tempdir;

    #[test]
    fn a_page_that_was_expected_and_never_came_is_not_told() {
        let home = tempdir().unwrap();
        let file = home.path().join("x");
        write(&file, b"x").unwrap();
        let stamp = Stamp::at(&file).unwrap();
        let outputs = Outputs::new(Arc::new(PathList::from_iter(["c", "a", "b", "d"])));
        outputs.expect("b", Fingerprint::alone(Digest(2)));
        outputs.expect("c", Fingerprint::alone(Digest(3)));
        outputs.note("a", Fingerprint::alone(Digest(1)), stamp);
        outputs.arrived("c", stamp);
        outputs.arrived("d", stamp);
        outputs.note("not planned", Fingerprint::alone(Digest(4)), stamp);
        let settled = outputs.settled();
        let told: Vec<(&str, Digest)> = settled.iter().map(|(path, output)| (path, output.key)).collect();
        assert_eq!(told, [("a", Digest(1)), ("c", Digest(3))]);
        assert!(settled.iter().all(|(_, output)| output.stamp == stamp));
    }

    #[test]
    fn what_is_held_of_a_file_is_small() {
        assert!(size_of::<Option<Output>>() <= 64, "there are five times as many as articles");
    }

    #[test]
    fn the_digest_of_files_knows_paths_and_stamps() {
        let of = |paths: &[&'static str]| digest(paths.iter().map(|path| (*path, Some(Stamp::default()))));
        assert_eq!(of(&["a", "b"]), of(&["a", "b"]));
        assert_ne!(of(&["a", "b"]), of(&["a", "c"]));
        assert_eq!(digest([("a", None)]), None);
    }
}
