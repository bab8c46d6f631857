//! Carries out a plan file by file.
//!
//! 1. write the record, `unfinished`, with all that is ours and all that is about to be: whenever the rest breaks off, the
//!    next publish knows every file that this one may have put
//! 2. phase by phase: put, hold, remove; a phase begins when the one before it is over
//! 3. write the record as it now is

use crate::diagnostics::error::Result;
use crate::publish::inventory::Held;
use crate::publish::local::Local;
use crate::publish::parcel::{Content, Parcel};
use crate::publish::plan::plan::{Phase, Plan, Work};
use crate::publish::record::{Entry, Record, Site};
use crate::publish::tally::Tally;
use crate::publish::target::ByFile;
use crate::publish::transfer::settle::finished;

/// Makes the target hold the site.
///
/// # Errors
/// What the target refuses; it is then as far as it came, and every link there leads somewhere.
pub(crate) fn carry(
    target: &dyn ByFile,
    site: &Site,
    local: &Local,
    held: &Held,
    plan: &Plan,
    tally: &Tally,
) -> Result<()> {
    if plan.is_empty() && held.record.as_ref() == Some(&finished(site, local, held, tally)) {
        return Ok(());
    }
    if !plan.is_empty() {
        target.write_record(&under_way(site, local, held, plan).emit())?;
    }
    for phase in &plan.phases {
        carry_phase(target, local, phase, tally)?;
    }
    target.write_record(&finished(site, local, held, tally).emit())
}

fn carry_phase(target: &dyn ByFile, local: &Local, phase: &Phase, tally: &Tally) -> Result<()> {
    match &phase.work {
        Work::Put(files) => {
            let parcel = |&at: &usize| {
                let file = &local.files[at];
                Parcel { path: &file.path, content: Content::File(file) }
            };
            target.put(local, &files.iter().map(parcel).collect::<Vec<_>>(), tally)
        }
        Work::Hold(paths, text) => {
            let parcel = |path| Parcel { path, content: Content::Placeholder(text) };
            target.put(local, &paths.iter().map(String::as_str).map(parcel).collect::<Vec<_>>(), tally)
        }
        Work::Remove(paths) => target.remove(&paths.iter().map(String::as_str).collect::<Vec<_>>(), tally),
    }
}

/// What is ours and what is about to be. The hashes tell nothing yet.
fn under_way(site: &Site, local: &Local, held: &Held, plan: &Plan) -> Record {
    let nothing = blake3::hash(b"");
    let ours = held.files.iter().filter(|(_, file)| file.ours).map(|(path, _)| path.clone());
    let coming = plan.sent().map(|at| local.files[at].path.clone());
    let entries = ours.chain(coming).map(|path| (path, Entry { hash: nothing, stamp: String::new() }));
    Record { site: site.clone(), unfinished: true, files: entries.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::code::Code;
    use crate::diagnostics::diagnostic::Diagnostic;
    use crate::diagnostics::error::Error;
    use crate::io::progress::Progress;
    use crate::publish::local::LocalFile;
    use crate::publish::plan::links;
    use crate::publish::plan::plan;
    use crate::publish::plan::prepare::prepared;
    use crate::publish::target::{Target, There};
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};
    use std::sync::Mutex;

    /// A place in memory that breaks off after so many changes.
    struct Memory {
        files: Mutex<BTreeMap<String, Vec<u8>>>,
        record: Mutex<Option<String>>,
        left: Mutex<usize>,
        backwards: bool,
    }

    impl Memory {
        fn new(backwards: bool) -> Self {
            let (files, record, left) = (Mutex::default(), Mutex::default(), Mutex::new(0));
            Self { files, record, left, backwards }
        }

        fn one_change(&self) -> Result<()> {
            let mut left = self.left.lock().unwrap();
            *left = left
                .checked_sub(1)
                .ok_or_else(|| Error::failure(Diagnostic::new(Code::Ssh, "the connection is cut")))?;
            Ok(())
        }

        /// Any order within a phase has to do.
        fn in_some_order<T>(&self, items: impl DoubleEndedIterator<Item = T>) -> Vec<T> {
            if self.backwards { items.rev().collect() } else { items.collect() }
        }

        fn check(&self) -> Result<(), TestCaseError> {
            let files = self.files.lock().unwrap();
            for (page, bytes) in files.iter().filter(|(path, _)| plan::is_page(path)) {
                for link in links::of_page(&String::from_utf8_lossy(bytes), page, "") {
                    prop_assert!(files.contains_key(&link), "{} links to {}, which is missing", page, link);
                }
            }
            Ok(())
        }
    }

    impl Target for Memory {
        fn name(&self) -> String {
            "memory".to_owned()
        }

        fn record(&self) -> Result<Option<String>> {
            Ok(self.record.lock().unwrap().clone())
        }

        fn list(&self) -> Result<Vec<There>> {
            let there =
                |(path, bytes): (&String, &Vec<u8>)| There { path: path.clone(), stamp: bytes.len().to_string() };
            Ok(self.files.lock().unwrap().iter().map(there).collect())
        }

        fn same(&self, _local: &Local, files: &[(&LocalFile, &There)]) -> Result<BTreeSet<String>> {
            let held = self.files.lock().unwrap();
            let same = files.iter().filter(|(file, _)| blake3::hash(&held[&file.path]) == file.hash);
            Ok(same.map(|(file, _)| file.path.clone()).collect())
        }
    }

    impl ByFile for Memory {
        fn put(&self, local: &Local, parcels: &[Parcel], tally: &Tally) -> Result<()> {
            for parcel in self.in_some_order(parcels.iter()) {
                self.one_change()?;
                let bytes = match parcel.content {
                    Content::File(file) => local.bytes(file)?,
                    Content::Placeholder(text) => text.as_bytes().to_owned(),
                };
                tally.sent(parcel, bytes.len().to_string());
                self.files.lock().unwrap().insert(parcel.path.to_owned(), bytes);
            }
            Ok(())
        }

        fn remove(&self, paths: &[&str], tally: &Tally) -> Result<()> {
            for path in self.in_some_order(paths.iter()) {
                self.one_change()?;
                self.files.lock().unwrap().remove(*path);
                tally.removed(1);
            }
            Ok(())
        }

        fn write_record(&self, text: &str) -> Result<()> {
            *self.record.lock().unwrap() = Some(text.to_owned());
            Ok(())
        }
    }

    /// A site of pages that link to each other as they like; each to one that is there.
    fn site() -> impl Strategy<Value = BTreeMap<String, Vec<u8>>> {
        let page = (prop::collection::vec(0..8_usize, 0..5), 0..3_u8);
        prop::collection::btree_map(0..8_usize, page, 1..8).prop_map(|pages| {
            let name = |at: usize| if at == 0 { String::new() } else { format!("p{at}/") };
            let there: Vec<usize> = pages.keys().copied().collect();
            let mut files = BTreeMap::from([("style.css".to_owned(), vec![b'x'])]);
            for (at, (links, version)) in &pages {
                let links =
                    links.iter().filter(|to| there.contains(to)).map(|to| format!("<a href=\"/{}\">", name(*to)));
                let html = format!("<link href=\"/style.css\">{version}{}", links.collect::<String>());
                files.insert(format!("{}index.html", name(*at)), html.into_bytes());
            }
            files
        })
    }

    fn local(made: BTreeMap<String, Vec<u8>>) -> Local {
        let file = |(path, bytes): (&String, &Vec<u8>)| LocalFile {
            path: path.clone(),
            size: bytes.len() as u64,
            hash: blake3::hash(bytes),
        };
        Local { root: "nowhere".into(), files: made.iter().map(file).collect(), made }
    }

    /// One publish that may break off; how many files it sent.
    fn publish(target: &Memory, local: &Local, changes: usize) -> Option<usize> {
        *target.left.lock().unwrap() = changes;
        let (held, plan) = prepared(target, local, "").unwrap();
        let tally = Tally::new(Progress::default(), 0);
        let done = carry(target, &Site::default(), local, &held, &plan, &tally);
        done.is_ok().then(|| tally.files_sent())
    }

    proptest! {
        #[test]
        fn wherever_it_breaks_off_no_page_links_to_a_missing_one(
            sites in prop::collection::vec((site(), 0..24_usize), 1..5),
            backwards: bool,
        ) {
            let target = Memory::new(backwards);
            for (files, changes) in &sites {
                publish(&target, &local(files.clone()), *changes);
                target.check()?;
            }
            let last = &sites[sites.len() - 1].0;
            prop_assert!(publish(&target, &local(last.clone()), usize::MAX).is_some());
            prop_assert_eq!(&*target.files.lock().unwrap(), last);
            prop_assert_eq!(publish(&target, &local(last.clone()), 0), Some(0), "a second publish changes nothing");
        }
    }
}
