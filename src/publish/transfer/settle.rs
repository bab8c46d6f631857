//! The record that a finished publish leaves.

use crate::publish::inventory::Held;
use crate::publish::local::Local;
use crate::publish::record::{Entry, Record, Site};
use crate::publish::tally::Tally;
use std::collections::BTreeMap;

/// Every file of the site, with the stamp that it was put with, or that it had already.
pub(crate) fn finished(site: &Site, local: &Local, held: &Held, tally: &Tally) -> Record {
    let stamp = |path: &str| tally.stamp(path).or_else(|| held.files.get(path).map(|file| file.stamp.clone()));
    let entry = |path: &str, hash| (path.to_owned(), Entry { hash, stamp: stamp(path).unwrap_or_default() });
    let files: BTreeMap<String, Entry> = local.files.iter().map(|file| entry(&file.path, file.hash)).collect();
    Record { site: site.clone(), unfinished: false, files }
}
