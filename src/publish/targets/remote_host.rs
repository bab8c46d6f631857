//! A host that is published to over ssh: what the rsync, sftp and releases targets have in common.

use crate::config::publish::SshConfig;
use crate::diagnostics::code::Code;
use crate::diagnostics::error::Result;
use crate::diagnostics::message::Message;
use crate::io::fs::file;
use crate::io::fs::path::is_ignored_name;
use crate::message;
use crate::publish::local_site::{LocalFile, LocalSite};
use crate::publish::record::RECORD_FILE;
use crate::publish::target::{ListedFile, parent_folders};
use crate::publish::targets::failure::FailureRules;
use crate::publish::transfer_progress::TransferProgress;
use crate::publish::transport::rsync::Rsync;
use crate::publish::transport::ssh::{Ssh, shell_quote};
use crate::publish::transport::subprocess::SubprocessError;
use crate::publish::upload::{Content, Upload};
use crate::template;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

#[derive(Debug)]
pub(crate) struct RemoteHost {
    /// for people: the target's name, and where it is
    pub(crate) name: String,
    pub(crate) ssh: Ssh,
    pub(crate) rsync: Rsync,
}

/// The exit code of ssh itself, where it did not get to run a script.
const SSH_FAILED: i32 = 255;
/// The exit code of the script that reads the record, where there is none.
const NO_RECORD: i32 = 44;
/// Input of a script, as a file in the remote folder.
const INPUT_FILE: &str = ".wenzhai-tmp-handed";

impl RemoteHost {
    /// The host of the target `name`; ssh runs in `root`, the site's folder.
    pub(crate) fn new(root: &Path, name: &str, config: &SshConfig) -> Result<Self> {
        let ssh = Ssh::new(root, config.clone())?;
        let rsync = Rsync::new(root, &ssh);
        Ok(Self { name: format!("{name} ({}:{})", config.host, config.folder), ssh, rsync })
    }

    /// Whether both sides have rsync.
    pub(crate) fn has_rsync(&self) -> Result<bool> {
        if !self.rsync.is_installed() {
            return Ok(false);
        }
        let probe = || match self.ssh.run_script("command -v rsync >/dev/null && echo yes") {
            // a host that allows sftp only refuses a script with an exit code of its own
            Err(SubprocessError::Exit { code, .. }) if code != Some(SSH_FAILED) => Ok(false),
            other => other.map(|output| output.starts_with(b"yes")),
        };
        self.retry(message!("the machine cannot be reached"), probe)
    }

    /// Runs an operation on the host with retries; `action` says what failed if it fails.
    pub(crate) fn retry<T>(&self, action: Message, operation: impl FnMut() -> Result<T, SubprocessError>) -> Result<T> {
        RULES.retry(&self.name, action, operation)
    }

    /// The text of the record in a remote folder; `None` where there is none.
    pub(crate) fn read_record(&self, folder: &str) -> Result<Option<String>> {
        let file = shell_quote(&format!("{folder}/{RECORD_FILE}"));
        let script = format!("if test -e {file}; then cat {file}; else exit {NO_RECORD}; fi");
        self.retry(message!("its record cannot be read"), || match self.ssh.run_script(&script) {
            Err(SubprocessError::Exit { code: Some(NO_RECORD), .. }) => Ok(None),
            other => other.map(|text| Some(String::from_utf8_lossy(&text).into_owned())),
        })
    }

    pub(crate) fn list(&self, folder: &str) -> Result<Vec<ListedFile>> {
        let files = self.retry(message!("its files cannot be listed"), || self.rsync.list(folder))?;
        Ok(published_files(files))
    }

    /// The paths of those of the files whose bytes in the remote folder are those of the local site.
    pub(crate) fn identical_files(
        &self,
        folder: &str,
        local: &LocalSite,
        files: &[(&LocalFile, &ListedFile)],
    ) -> Result<BTreeSet<String>> {
        let same_size = files.iter().filter(|(file, listed)| listed.has_size(file.size));
        let paths: Vec<&str> = same_size.map(|(file, _)| file.path.as_str()).collect();
        let compare = || self.rsync.differing_files(&local.root, &paths, folder);
        let differing = self.retry(message!("its files cannot be compared"), compare)?;
        let differing: BTreeSet<&str> = differing.iter().map(String::as_str).collect();
        Ok(paths.into_iter().filter(|path| !differing.contains(path)).map(str::to_owned).collect())
    }

    /// Sends a batch: files of the site from its folder, placeholders from the temporary folder.
    pub(crate) fn put(
        &self,
        folder: &str,
        local: &LocalSite,
        uploads: &[Upload],
        progress: &TransferProgress,
    ) -> Result<()> {
        let (files, placeholders): (Vec<&Upload>, Vec<&Upload>) =
            uploads.iter().partition(|upload| matches!(upload.content, Content::File(_)));
        self.send(&local.root, &files, folder, progress)?;
        let staging = self.ssh.temp_dir().join("placeholders");
        for upload in &placeholders {
            if let Content::Placeholder(text) = upload.content {
                file::write(&staging.join(upload.path), text.as_bytes())?;
            }
        }
        self.send(&staging, &placeholders, folder, progress)
    }

    fn send(&self, from: &Path, uploads: &[&Upload], folder: &str, progress: &TransferProgress) -> Result<()> {
        let mut unsent: BTreeMap<&str, &Upload> = uploads.iter().map(|upload| (upload.path, *upload)).collect();
        let paths: Vec<&str> = unsent.keys().copied().collect();
        if paths.is_empty() {
            return Ok(());
        }
        let record = |upload: &Upload| progress.record_upload(upload, upload.size().to_string());
        self.retry(message!("files cannot be sent"), || {
            self.rsync.send(from, &paths, folder, |path| unsent.remove(path).into_iter().for_each(record))
        })?;
        // rsync does not name files again that had arrived before a retry
        unsent.into_values().for_each(record);
        Ok(())
    }

    /// Removes files from a remote folder, and the folders that become empty.
    pub(crate) fn remove(&self, folder: &str, paths: &[&str], progress: &TransferProgress) -> Result<()> {
        let remove_files = |list: &str| format!("xargs -0 rm -f -- < {list}");
        self.run_with_file(message!("files cannot be removed"), folder, &nul_terminated(paths), remove_files)?;
        progress.record_removals(paths.len());
        // inner folders come before outer ones; rmdir leaves those that are not empty
        let folders: BTreeSet<&str> = paths.iter().flat_map(|path| parent_folders(path)).collect();
        let folders: Vec<&str> = folders.into_iter().rev().collect();
        if folders.is_empty() {
            return Ok(());
        }
        let remove_folders = |list: &str| format!("{{ xargs -0 rmdir -- < {list} 2>/dev/null; true; }}");
        self.run_with_file(
            message!("empty folders cannot be removed"),
            folder,
            &nul_terminated(&folders),
            remove_folders,
        )
    }

    /// Replaces the record in a remote folder atomically.
    pub(crate) fn write_record(&self, folder: &str, text: &str) -> Result<()> {
        let rename = |file: &str| format!("mv -f {file} {RECORD_FILE}");
        self.run_with_file(message!("its record cannot be written"), folder, text, rename)
    }

    /// Runs a script in the remote folder on a file that holds `text`. Where the connection is cut, the remote side takes
    /// what has arrived for the whole, so the script checks its length and does nothing with a part.
    fn run_with_file(&self, action: Message, folder: &str, text: &str, script: impl Fn(&str) -> String) -> Result<()> {
        let folder = shell_quote(folder);
        let script = format!(
            "mkdir -p {folder} && cd {folder} && cat > {INPUT_FILE} && test $(wc -c < {INPUT_FILE}) -eq {} && {} && rm -f {INPUT_FILE}",
            text.len(),
            script(INPUT_FILE)
        );
        let run = || self.ssh.run_script_with_input(&script, |stdin| stdin.write_all(text.as_bytes()));
        self.retry(action, run).map(drop)
    }
}

/// Paths as `xargs -0` reads them.
fn nul_terminated(paths: &[&str]) -> String {
    paths.iter().flat_map(|path| [path, "\0"]).collect()
}

/// The files of a listing without hidden ones, which are somebody else's or the record.
pub(crate) fn published_files(files: Vec<(u64, String)>) -> Vec<ListedFile> {
    let visible = files.into_iter().filter(|(_, path)| !path.split('/').any(is_ignored_name));
    visible.map(|(size, path)| ListedFile::of_size(path, size)).collect()
}

/// The remote folder of the settings as a shell takes it in quotes: relative to the home, where a remote shell starts.
pub(crate) fn remote_folder(config: &SshConfig) -> String {
    let folder = config.folder.strip_prefix("~/").unwrap_or(&config.folder).trim_end_matches('/');
    if folder.is_empty() { ".".to_owned() } else { folder.to_owned() }
}

const RULES: FailureRules = FailureRules {
    code: Code::Ssh,
    missing_hint: template!("install it, and publish again"),
    hints: &[
        ("No space left", template!("free some space there and publish again: it goes on where it stopped")),
        // sftp says no more of a full disk
        (
            "write remote",
            template!(
                "see whether the disk there is full, free some space and publish again: it goes on where it stopped"
            ),
        ),
        ("Disk quota exceeded", template!("free some space there and publish again: it goes on where it stopped")),
        (
            "Host key verification failed",
            template!("connect once by hand with ssh, look at the host's key and accept it"),
        ),
        (
            "REMOTE HOST IDENTIFICATION HAS CHANGED",
            template!("find out why the host has another key before you trust it"),
        ),
        ("Permission denied (13)", template!("give the user on that machine the right to write into the folder")),
        (
            "Permission denied (",
            template!("let ssh reach the machine without a password: a key in its authorized_keys, or an agent"),
        ),
        ("Too many authentication failures", template!("name the key: identity = \"…\"")),
        ("Permission denied", template!("give the user on that machine the right to write into the folder")),
        ("Read-only file system", template!("the folder's disk is mounted read-only there: choose another folder")),
        ("Could not resolve hostname", template!("check the name of the host, and whether this machine is online")),
        ("Connection refused", template!("check the host and its port, and whether its ssh server runs")),
        ("timed out", template!("check the host and its port, and whether a firewall is between")),
    ],
    default_hint: template!("publish again when this is mended: it goes on where it stopped"),
    transient: &[
        "Connection reset",
        "Connection refused",
        "Connection closed",
        "Connection timed out",
        "Operation timed out",
        "connection unexpectedly closed",
        "Broken pipe",
        "error in socket IO",
        "Temporary failure in name resolution",
        "lost connection",
        "mux_client_request_session",
        "kex_exchange_identification",
    ],
    permanent: &["Permission denied", "Host key verification failed", "No space left", "Read-only"],
    // a shared connection that was cut ends its calls without a message
    silent_transient_code: Some(SSH_FAILED),
};

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(stderr: &str) -> SubprocessError {
        SubprocessError::Exit { code: Some(SSH_FAILED), stderr: stderr.to_owned(), stdout: String::new() }
    }

    #[test]
    fn a_failure_of_ssh_or_rsync_leads_to_a_hint() {
        let hint = |stderr: &str| RULES.error("m", Message::verbatim("x"), &failed(stderr)).diagnostics[0].advice();
        assert!(hint("u@h: Permission denied (publickey).").contains("authorized_keys"));
        assert!(hint("rsync: mkstemp failed: Permission denied (13)").contains("write into the folder"));
        assert!(hint("write failed: No space left on device (28)").contains("free some space"));
        assert!(RULES.is_transient(&failed("rsync: connection unexpectedly closed (8 bytes received so far)")));
        assert!(RULES.is_transient(&failed("")));
        let denied = failed("u@h: Permission denied (publickey).\nrsync: connection unexpectedly closed");
        assert!(!RULES.is_transient(&denied));
    }

    #[test]
    fn hidden_files_are_not_listed() {
        let files = ["a.html", ".git/config", ".wenzhai-published", ".well-known/x", ".nojekyll"];
        let listed = published_files(files.iter().map(|path| (1, (*path).to_owned())).collect());
        let paths: Vec<&str> = listed.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["a.html", ".well-known/x", ".nojekyll"]);
    }
}
