//! Inventory of a target: which files it has, compared with the local site.
//!
//! Three sources are compared: the record that the last publish left, the target's own listing, and, for files on which the
//! two disagree, the bytes at the target. A file is *identical* where its bytes are known to be those of the local file; it is
//! *ours* where a record names it: only such a file is ever removed.

use crate::diagnostics::error::Result;
use crate::publish::local_site::{LocalFile, LocalSite};
use crate::publish::record::{Record, SiteIdentity};
use crate::publish::target::{ListedFile, Target};
use std::collections::{BTreeMap, BTreeSet};

/// A file at the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TargetFile {
    /// its bytes are those of the local file of its path
    pub(crate) is_identical: bool,
    /// an earlier publish uploaded it, or was about to
    pub(crate) is_ours: bool,
    /// the revision in the target's listing
    pub(crate) revision: String,
}

/// The files of a target.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Inventory {
    /// the record of the last publish; `None` where there was none
    pub(crate) record: Option<Record>,
    /// the listed files, by path
    pub(crate) files: BTreeMap<String, TargetFile>,
}

impl Inventory {
    /// Takes the inventory of a target.
    ///
    /// # Errors
    /// Where the target cannot be inspected, or its record not be parsed.
    pub(crate) fn take(target: &dyn Target, local: &LocalSite) -> Result<Self> {
        let record = target.record()?.map(|text| Record::parse(&text, &target.name())).transpose()?;
        let listed = target.list()?;
        let mut inventory = compare(record, &listed, local);
        let uncertain: Vec<(&LocalFile, &ListedFile)> = listed
            .iter()
            .filter(|listed| !inventory.record.as_ref().is_some_and(|record| is_up_to_date(record, listed)))
            .filter_map(|listed| Some((local.get(&listed.path)?, listed)))
            .collect();
        if !uncertain.is_empty() {
            inventory.mark_identical(&target.identical_files(local, &uncertain)?);
        }
        Ok(inventory)
    }

    /// The site that was published there; `None` where none was.
    pub(crate) fn site(&self) -> Option<&SiteIdentity> {
        self.record.as_ref().map(|record| &record.site)
    }

    /// Whether the last publish did not finish.
    pub(crate) fn is_unfinished(&self) -> bool {
        self.record.as_ref().is_some_and(|record| record.unfinished)
    }

    /// The number of files that are ours.
    pub(crate) fn our_files(&self) -> usize {
        self.files.values().filter(|file| file.is_ours).count()
    }

    fn mark_identical(&mut self, paths: &BTreeSet<String>) {
        for path in paths {
            if let Some(file) = self.files.get_mut(path) {
                file.is_identical = true;
            }
        }
    }
}

/// The inventory by record and listing alone.
fn compare(record: Option<Record>, listed: &[ListedFile], local: &LocalSite) -> Inventory {
    let file = |listed: &ListedFile| {
        let entry = record.as_ref().and_then(|record| record.files.get(&listed.path));
        let is_up_to_date = record.as_ref().is_some_and(|record| is_up_to_date(record, listed));
        let recorded = entry.filter(|_| is_up_to_date);
        let is_identical =
            recorded.is_some_and(|entry| local.get(&listed.path).is_some_and(|file| file.hash == entry.hash));
        TargetFile { is_identical, is_ours: entry.is_some(), revision: listed.revision.clone() }
    };
    let files = listed.iter().map(|listed| (listed.path.clone(), file(listed))).collect();
    Inventory { record, files }
}

/// Whether the record still says which bytes a listed file has.
fn is_up_to_date(record: &Record, listed: &ListedFile) -> bool {
    !record.unfinished && record.files.get(&listed.path).is_some_and(|entry| entry.revision == listed.revision)
}
