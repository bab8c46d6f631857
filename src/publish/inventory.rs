//! Inventory of a target: which files it has, compared with the local site.
//!
//! It is taken from the record of the last publish, the target's own listing and, for files on which the two disagree, the
//! bytes at the target.

use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::publish::local_site::LocalSite;
use crate::publish::record::{RECORD_FILE, Record, SiteIdentity};
use crate::publish::target::Target;
use crate::publish::verification::{Verification, VerificationRequest};
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
    /// all files that are there and here were compared by their bytes
    pub(crate) is_verified: bool,
    /// for the next record; none at a target that lists hashes
    pub(crate) verification: Option<Verification>,
    /// about paths of the record that nothing is done with
    pub(crate) findings: Vec<Diagnostic>,
}

impl Inventory {
    /// Takes the inventory of a target; a record that cannot be parsed is an error.
    pub(crate) fn take(target: &dyn Target, local: &LocalSite, request: VerificationRequest) -> Result<Self> {
        let record_name = format!("{RECORD_FILE} at {}", target.name());
        let parsed = target.record()?.map(|text| Record::parse(&text, &record_name)).transpose()?;
        let (record, mut findings) = parsed.map_or((None, Vec::new()), |(record, findings)| (Some(record), findings));
        let (is_verified, verification) = verification(target, record.as_ref(), request);
        let listed_files = target.list()?;
        let (mut files, mut uncertain) = (BTreeMap::new(), Vec::new());
        for listed in &listed_files {
            let local_file = local.get(&listed.path);
            let entry = record.as_ref().and_then(|record| record.files.get(&listed.path));
            let up_to_date = entry.filter(|entry| !is_verified && entry.revision == listed.revision);
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
        findings.extend(behind_links(target, record.as_ref(), &files));
        Ok(Self { record, files, is_verified, verification, findings })
    }

    /// The site that was published there; `None` where none was.
    pub(crate) fn site(&self) -> Option<&SiteIdentity> {
        self.record.as_ref().map(|record| &record.site)
    }
}

/// Whether all files are compared by their bytes, and what the next record says of it. Where there is no finished record they are
/// compared in any case.
fn verification(
    target: &dyn Target,
    record: Option<&Record>,
    request: VerificationRequest,
) -> (bool, Option<Verification>) {
    let VerificationRequest { is_requested, today } = request;
    let last = record.filter(|record| !record.unfinished).map(|record| record.verification);
    let lists_hashes = target.lists_hashes();
    let is_due = match last {
        None => true,
        Some(last) => !lists_hashes && last.is_none_or(|last| last.is_due(today)),
    };
    let is_verified = is_requested || is_due;
    let next = if is_verified { Some(Verification::on(today)) } else { last.flatten() };
    (is_verified, next.filter(|_| !lists_hashes))
}

/// Findings about files of the record that a link keeps from being listed.
fn behind_links(target: &dyn Target, record: Option<&Record>, files: &BTreeMap<String, TargetFile>) -> Vec<Diagnostic> {
    let recorded = record.into_iter().flat_map(|record| record.files.keys());
    recorded.filter(|path| !files.contains_key(*path)).filter_map(|path| target.behind_link(path)).collect()
}
