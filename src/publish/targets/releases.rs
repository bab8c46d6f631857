//! Releases on another machine: each publish in a dated folder of its own, and the link `current` to the latest.
//!
//! 1. a new folder with what the current one holds: the same files, linked, so it costs no space
//! 2. remove, send and write the record there; readers see nothing of it
//! 3. the link is put in the place of the old one: readers see all of it
//! 4. releases beyond the last few are removed

use crate::config::publish::SshConfig;
use crate::diagnostics::error::Result;
use crate::publish::local_site::{LocalFile, LocalSite};
use crate::publish::plan::plan::Plan;
use crate::publish::record::Record;
use crate::publish::target::{ListedFile, Target};
use crate::publish::targets::ssh::{Remote, folder};
use crate::publish::transfer::atomic::{AtomicTarget, CommitOutcome};
use crate::publish::transfer_progress::TransferProgress;
use crate::publish::transport::ssh::quoted;
use crate::publish::upload::{Content, Upload};
use std::collections::BTreeSet;

/// The releases of a site.
#[derive(Debug)]
pub(crate) struct Releases {
    remote: Remote,
    folder: String,
    keep: usize,
}

impl Releases {
    pub(crate) fn new(remote: Remote, place: &SshConfig) -> Self {
        Self { remote, folder: folder(place), keep: place.keep }
    }

    fn current(&self) -> String {
        format!("{}/current", self.folder)
    }

    fn script(&self, doing: &str, script: &str) -> Result<String> {
        let script = format!("cd {} && {script}", quoted(&self.folder));
        let told = self.remote.retry(doing, || self.remote.ssh.shell(&script))?;
        Ok(String::from_utf8_lossy(&told).trim().to_owned())
    }

    /// A new folder that holds what the current release holds; answers with its name, which begins with a dot as long as it
    /// is not whole.
    fn begin(&self) -> Result<String> {
        let made = format!("mkdir -p {}/releases", quoted(&self.folder));
        self.remote.retry("the folder cannot be made", || self.remote.ssh.shell(&made))?;
        self.script(
            "a release cannot be begun",
            "rm -rf releases/.part-* && name=$(date -u +%Y%m%dT%H%M%SZ) && \
             while test -e releases/$name; do sleep 1; name=$(date -u +%Y%m%dT%H%M%SZ); done && \
             mkdir releases/.part-$name && \
             if test -e current/.; then cp -al current/. releases/.part-$name/ 2>/dev/null || \
             cp -a current/. releases/.part-$name/; fi && echo $name",
        )
    }

    /// Readers see it from here on.
    fn switch(&self, name: &str) -> Result<()> {
        let name = quoted(name);
        self.script(
            "the release cannot be shown",
            &format!(
                "mv releases/.part-{name} releases/{name} && rm -f .wenzhai-current && \
                 ln -s releases/{name} .wenzhai-current && \
                 {{ mv -fT .wenzhai-current current 2>/dev/null || mv -fh .wenzhai-current current; }}"
            ),
        )
        .map(drop)
    }

    fn remove_old(&self) -> Result<()> {
        let told = self.script("old releases cannot be listed", "ls -1 releases")?;
        let mut names: Vec<&str> = told.lines().filter(|name| is_release(name)).collect();
        names.sort_unstable();
        let old: Vec<String> =
            names.iter().rev().skip(self.keep).map(|name| quoted(&format!("releases/{name}"))).collect();
        if old.is_empty() {
            return Ok(());
        }
        self.script("old releases cannot be removed", &format!("rm -rf {}", old.join(" "))).map(drop)
    }
}

/// `20250225T101500Z`: only such a folder is ever removed.
fn is_release(name: &str) -> bool {
    let shape: String = name.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "00000000T000000Z"
}

impl Target for Releases {
    fn name(&self) -> String {
        self.remote.name.clone()
    }

    fn record(&self) -> Result<Option<String>> {
        self.remote.record_in(&self.current())
    }

    fn list(&self) -> Result<Vec<ListedFile>> {
        self.remote.list_in(&self.current())
    }

    fn same(&self, local: &LocalSite, files: &[(&LocalFile, &ListedFile)]) -> Result<BTreeSet<String>> {
        self.remote.same_in(&self.current(), local, files)
    }
}

impl AtomicTarget for Releases {
    fn commit(
        &self,
        local: &LocalSite,
        plan: &Plan,
        mut record: Record,
        progress: &TransferProgress,
    ) -> Result<CommitOutcome> {
        let name = self.begin()?;
        let folder = format!("{}/releases/.part-{name}", self.folder);
        if !plan.removed.is_empty() {
            let removed: Vec<&str> = plan.removed.iter().map(String::as_str).collect();
            self.remote.remove_in(&folder, &removed, progress)?;
        }
        let upload = |at: usize| Upload { path: &local.files[at].path, content: Content::File(&local.files[at]) };
        let uploads: Vec<Upload> = plan.sent().map(upload).collect();
        self.remote.put_in(&folder, local, &uploads, progress)?;
        for upload in &uploads {
            if let Some(entry) = record.files.get_mut(upload.path) {
                entry.revision = upload.size().to_string();
            }
        }
        self.remote.write_record_in(&folder, &record.emit())?;
        self.switch(&name)?;
        self.remove_old()?;
        Ok(CommitOutcome::Committed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_release_is_taken_for_one() {
        assert!(is_release("20250225T101500Z"));
        for name in ["", "current", "20250225", "20250225T101500Z.bak", "../x", ".part-20250225T101500Z"] {
            assert!(!is_release(name), "{name}");
        }
    }
}
