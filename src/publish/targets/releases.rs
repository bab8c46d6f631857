//! Target: releases on another machine, each in a dated folder, with an atomic switch of the symlink `current`.
//!
//! 1. make a new folder with hard links to the files of the current release, which costs no space
//! 2. remove and upload files and write the record there; readers see nothing of it yet
//! 3. rename a new symlink over `current`: readers see the whole release at once
//! 4. remove all releases but the last few

use crate::config::publish::SshConfig;
use crate::diagnostics::error::Result;
use crate::diagnostics::message::Message;
use crate::message;
use crate::publish::local_site::{LocalFile, LocalSite};
use crate::publish::target::{ListedFile, Target};
use crate::publish::targets::remote_host::{RemoteHost, remote_folder};
use crate::publish::transfer::atomic::{AtomicTarget, CommitOutcome};
use crate::publish::transfer::job::Job;
use crate::publish::transport::ssh::shell_quote;
use crate::publish::upload::Upload;
use std::collections::BTreeSet;

#[derive(Debug)]
pub(crate) struct ReleasesTarget {
    host: RemoteHost,
    folder: String,
    /// how many releases stay
    keep: usize,
}

impl ReleasesTarget {
    pub(crate) fn new(host: RemoteHost, config: &SshConfig) -> Self {
        Self { host, folder: remote_folder(config), keep: config.keep }
    }

    /// The symlink to the current release.
    fn current(&self) -> String {
        format!("{}/current", self.folder)
    }

    /// Runs a script in the folder of the target; returns its output.
    fn run_script(&self, action: Message, script: &str) -> Result<String> {
        let script = format!("cd {} && {script}", shell_quote(&self.folder));
        let output = self.host.retry(action, || self.host.ssh.run_script(&script))?;
        Ok(String::from_utf8_lossy(&output).trim().to_owned())
    }

    /// Makes the folder of a new release, with the files of the current one, and returns the release's name. The folder is named
    /// `.part-NAME` until it is complete.
    fn begin(&self) -> Result<String> {
        let make_folder = format!("mkdir -p {}/releases", shell_quote(&self.folder));
        self.host.retry(message!("the folder cannot be made"), || self.host.ssh.run_script(&make_folder))?;
        self.run_script(
            message!("a release cannot be begun"),
            "rm -rf releases/.part-* && name=$(date -u +%Y%m%dT%H%M%SZ) && \
             while test -e releases/$name; do sleep 1; name=$(date -u +%Y%m%dT%H%M%SZ); done && \
             mkdir releases/.part-$name && \
             if test -e current/.; then cp -al current/. releases/.part-$name/ 2>/dev/null || \
             cp -a current/. releases/.part-$name/; fi && echo $name",
        )
    }

    /// Points the symlink to a complete release, atomically.
    fn switch(&self, name: &str) -> Result<()> {
        let name = shell_quote(name);
        let script = format!(
            "mv releases/.part-{name} releases/{name} && rm -f .wenzhai-current && \
             ln -s releases/{name} .wenzhai-current && \
             {{ mv -fT .wenzhai-current current 2>/dev/null || mv -fh .wenzhai-current current; }}"
        );
        self.run_script(message!("the release cannot be shown"), &script).map(drop)
    }

    fn remove_old(&self) -> Result<()> {
        let listing = self.run_script(message!("old releases cannot be listed"), "ls -1 releases")?;
        let mut names: Vec<&str> = listing.lines().filter(|name| is_release(name)).collect();
        names.sort_unstable();
        let old = names.iter().rev().skip(self.keep).map(|name| shell_quote(&format!("releases/{name}")));
        let old: Vec<String> = old.collect();
        if old.is_empty() {
            return Ok(());
        }
        self.run_script(message!("old releases cannot be removed"), &format!("rm -rf {}", old.join(" "))).map(drop)
    }
}

/// Whether this is a release's name, such as `20250225T101500Z`: no other folder is ever removed.
fn is_release(name: &str) -> bool {
    let shape: String = name.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "00000000T000000Z"
}

impl Target for ReleasesTarget {
    fn name(&self) -> String {
        self.host.name.clone()
    }

    fn record(&self) -> Result<Option<String>> {
        self.host.read_record(&self.current())
    }

    fn list(&self) -> Result<Vec<ListedFile>> {
        self.host.list(&self.current())
    }

    fn identical_files(&self, local: &LocalSite, files: &[(&LocalFile, &ListedFile)]) -> Result<BTreeSet<String>> {
        self.host.identical_files(&self.current(), local, files)
    }
}

impl AtomicTarget for ReleasesTarget {
    fn commit(&self, job: &Job) -> Result<CommitOutcome> {
        let Job { local, plan, progress, .. } = *job;
        let name = self.begin()?;
        let folder = format!("{}/releases/.part-{name}", self.folder);
        if !plan.removed.is_empty() {
            let removed: Vec<&str> = plan.removed.iter().map(String::as_str).collect();
            self.host.remove(&folder, &removed, progress)?;
        }
        let uploads: Vec<Upload> = plan.uploads(local).map(Upload::of_file).collect();
        self.host.put(&folder, local, &uploads, progress)?;
        self.host.write_record(&folder, &job.final_record().emit())?;
        self.switch(&name)?;
        self.remove_old()?;
        Ok(CommitOutcome::Committed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_releases_are_taken_for_releases() {
        assert!(is_release("20250225T101500Z"));
        for name in ["", "current", "20250225", "20250225T101500Z.bak", "../x", ".part-20250225T101500Z"] {
            assert!(!is_release(name), "{name}");
        }
    }
}
