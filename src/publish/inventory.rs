//! What a target holds, against what is to be there.
//!
//! Three tellers are asked: the record that the last publish left, the target's own list, and, for files on which the two do
//! not agree, the target's bytes. A file is *the same* where its bytes are known to be those of the local file; it is *ours*
//! where a record names it: only such a file is ever removed.

use crate::diagnostics::error::Result;
use crate::publish::local_site::{LocalFile, LocalSite};
use crate::publish::record::{Record, SiteIdentity};
use crate::publish::target::{ListedFile, Target};
use std::collections::{BTreeMap, BTreeSet};

/// A file that stands at the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TargetFile {
    /// it holds the bytes of the local file of its path
    pub(crate) same: bool,
    /// an earlier publish put it there, or was about to
    pub(crate) ours: bool,
    /// what the target's list says of it
    pub(crate) revision: String,
}

/// What a target holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Inventory {
    /// what the last publish left; nothing where none was
    pub(crate) record: Option<Record>,
    /// what is really there, by path
    pub(crate) files: BTreeMap<String, TargetFile>,
}

impl Inventory {
    /// Looks at a target.
    ///
    /// # Errors
    /// What the target refuses; a record that cannot be read.
    pub(crate) fn look(target: &dyn Target, local: &LocalSite) -> Result<Self> {
        let record = target.record()?.map(|text| Record::parse(&text, &target.name())).transpose()?;
        let there = target.list()?;
        let mut held = compared(record, &there, local);
        let doubtful: Vec<(&LocalFile, &ListedFile)> = there
            .iter()
            .filter(|there| !held.record.as_ref().is_some_and(|record| is_vouched_for(record, there)))
            .filter_map(|there| Some((local.get(&there.path)?, there)))
            .collect();
        if !doubtful.is_empty() {
            held.confirm(&target.same(local, &doubtful)?);
        }
        Ok(held)
    }

    /// The site that was published there; nothing where none was.
    pub(crate) fn site(&self) -> Option<&SiteIdentity> {
        self.record.as_ref().map(|record| &record.site)
    }

    /// The last publish did not come to its end.
    pub(crate) fn is_unfinished(&self) -> bool {
        self.record.as_ref().is_some_and(|record| record.unfinished)
    }

    /// How many files are ours.
    pub(crate) fn ours(&self) -> usize {
        self.files.values().filter(|file| file.ours).count()
    }

    fn confirm(&mut self, same: &BTreeSet<String>) {
        for path in same {
            if let Some(file) = self.files.get_mut(path) {
                file.same = true;
            }
        }
    }
}

/// What record and list tell together.
fn compared(record: Option<Record>, there: &[ListedFile], local: &LocalSite) -> Inventory {
    let entry = |path: &str| record.as_ref().and_then(|record| record.files.get(path));
    let file = |there: &ListedFile| {
        let is_vouched = record.as_ref().is_some_and(|record| is_vouched_for(record, there));
        let vouched = entry(&there.path).filter(|_| is_vouched);
        let same = vouched.is_some_and(|entry| local.get(&there.path).is_some_and(|file| file.hash == entry.hash));
        TargetFile { same, ours: entry(&there.path).is_some(), revision: there.revision.clone() }
    };
    let files = there.iter().map(|there| (there.path.clone(), file(there))).collect();
    Inventory { record, files }
}

/// The record tells which bytes this file holds.
fn is_vouched_for(record: &Record, there: &ListedFile) -> bool {
    !record.unfinished && record.files.get(&there.path).is_some_and(|entry| entry.revision == there.revision)
}
