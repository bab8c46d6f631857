//! Inventory of a target: which files it has, compared with the local site.
//!
//! It is taken from the record of the last publish, the target's own listing and, for files on which the two disagree, the
//! bytes at the target.

use crate::diagnostics::error::Result;
use crate::publish::local_site::LocalSite;
use crate::publish::record::{Record, SiteIdentity};
use crate::publish::target::Target;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TargetFile {
    /// its bytes are those of the local file of its path
    pub(crate) is_identical: bool,
    /// an earlier publish uploaded it, or was about to; only such a file is ever removed
    pub(crate) is_ours: bool,
    /// the revision in the target's listing
    pub(crate) revision: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Inventory {
    /// of the last publish; `None` where there was none
    pub(crate) record: Option<Record>,
    /// by path
    pub(crate) files: BTreeMap<String, TargetFile>,
}

impl Inventory {
    /// Takes the inventory of a target; a record that cannot be parsed is an error.
    pub(crate) fn take(target: &dyn Target, local: &LocalSite) -> Result<Self> {
        let record = target.record()?.map(|text| Record::parse(&text, &target.name())).transpose()?;
        let listed_files = target.list()?;
        let (mut files, mut uncertain) = (BTreeMap::new(), Vec::new());
        for listed in &listed_files {
            let local_file = local.get(&listed.path);
            let entry = record.as_ref().and_then(|record| record.files.get(&listed.path));
            let is_unfinished = record.as_ref().is_some_and(|record| record.unfinished);
            let up_to_date = entry.filter(|entry| !is_unfinished && entry.revision == listed.revision);
            if up_to_date.is_none() {
                uncertain.extend(local_file.map(|file| (file, listed)));
            }
            let is_identical = up_to_date.zip(local_file).is_some_and(|(entry, file)| entry.hash == file.hash);
            let file = TargetFile { is_identical, is_ours: entry.is_some(), revision: listed.revision.clone() };
            files.insert(listed.path.clone(), file);
        }
        if !uncertain.is_empty() {
            for path in target.identical_files(local, &uncertain)? {
                files.entry(path).and_modify(|file| file.is_identical = true);
            }
        }
        Ok(Self { record, files })
    }

    /// The site that was published there; `None` where none was.
    pub(crate) fn site(&self) -> Option<&SiteIdentity> {
        self.record.as_ref().map(|record| &record.site)
    }
}
