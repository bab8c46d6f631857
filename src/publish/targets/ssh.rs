//! A folder on another machine, through its shell and rsync.

use crate::config::publish::SshConfig;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::file;
use crate::io::fs::path::is_ignored_name;
use crate::publish::local_site::{LocalFile, LocalSite};
use crate::publish::record::RECORD_FILE;
use crate::publish::target::{FileTarget, ListedFile, Target};
use crate::publish::transfer_progress::TransferProgress;
use crate::publish::transport::retry::{RetryError, retry};
use crate::publish::transport::rsync::Rsync;
use crate::publish::transport::ssh::{Ssh, Way, quoted};
use crate::publish::transport::subprocess::Failure;
use crate::publish::upload::{Content, Upload};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A machine, with what a person is told of it.
#[derive(Debug)]
pub(crate) struct Remote {
    /// the target's name, and where it is
    pub(crate) name: String,
    pub(crate) ssh: Ssh,
    pub(crate) rsync: Rsync,
}

impl Remote {
    /// The machine that a target means; `root` is the site's folder, `name` the target's name.
    ///
    /// # Errors
    /// What this machine's disk refuses.
    pub(crate) fn new(root: &Path, name: &str, place: &SshConfig) -> Result<Self> {
        let SshConfig { host, port, identity, options, .. } = place.clone();
        let ssh = Ssh::new(root, Way { host, port, identity, options })?;
        let rsync = Rsync::new(root, &ssh);
        Ok(Self { name: format!("{name} ({}:{})", place.host, place.folder), ssh, rsync })
    }

    /// Whether both sides have rsync.
    ///
    /// # Errors
    /// Where the other side cannot be reached.
    pub(crate) fn has_rsync(&self) -> Result<bool> {
        if !self.rsync.is_here() {
            return Ok(false);
        }
        let probe = || match self.ssh.shell("command -v rsync >/dev/null && echo yes") {
            // a machine that is for sftp alone answers in its own way
            Err(Failure::Failed { code, .. }) if code != Some(255) => Ok(false),
            other => other.map(|told| told.starts_with(b"yes")),
        };
        self.retry("the machine cannot be reached", probe)
    }

    /// Work at the other side: tried again where that may help.
    ///
    /// # Errors
    /// The last failure, told with what to do.
    pub(crate) fn retry<T>(&self, doing: &str, mut work: impl FnMut() -> Result<T, Failure>) -> Result<T> {
        retry(|| {
            work().map_err(|failure| {
                let error = told(&self.name, doing, &failure);
                if is_passing(&failure) { RetryError::passing(error) } else { RetryError::Permanent(error) }
            })
        })
    }

    /// The text of the record in a folder.
    pub(crate) fn record_in(&self, folder: &str) -> Result<Option<String>> {
        let file = quoted(&format!("{folder}/{RECORD_FILE}"));
        let script = format!("if test -e {file}; then cat {file}; else exit {ABSENT}; fi");
        self.retry("its record cannot be read", || match self.ssh.shell(&script) {
            Err(Failure::Failed { code: Some(ABSENT), .. }) => Ok(None),
            other => other.map(|text| Some(String::from_utf8_lossy(&text).into_owned())),
        })
    }

    pub(crate) fn list_in(&self, folder: &str) -> Result<Vec<ListedFile>> {
        let listed = self.retry("its files cannot be listed", || self.rsync.list(folder))?;
        Ok(seen(listed))
    }

    pub(crate) fn same_in(
        &self,
        folder: &str,
        local: &LocalSite,
        files: &[(&LocalFile, &ListedFile)],
    ) -> Result<BTreeSet<String>> {
        let as_long = files.iter().filter(|(file, there)| there.revision == file.size.to_string());
        let paths: Vec<&str> = as_long.map(|(file, _)| file.path.as_str()).collect();
        let differing =
            self.retry("its files cannot be compared", || self.rsync.differing(&local.root, &paths, folder))?;
        let differing: BTreeSet<&str> = differing.iter().map(String::as_str).collect();
        Ok(paths.into_iter().filter(|path| !differing.contains(path)).map(str::to_owned).collect())
    }

    /// Sends a batch: files of the site from where they stand, placeholders from the scratch folder.
    pub(crate) fn put_in(
        &self,
        folder: &str,
        local: &LocalSite,
        uploads: &[Upload],
        progress: &TransferProgress,
    ) -> Result<()> {
        let files: BTreeMap<&str, &Upload> = uploads.iter().filter(|upload| is_file(upload)).map(by_path).collect();
        self.send(&local.root, &files, folder, progress)?;
        let held: BTreeMap<&str, &Upload> = uploads.iter().filter(|upload| !is_file(upload)).map(by_path).collect();
        if held.is_empty() {
            return Ok(());
        }
        let stage = self.ssh.scratch().join("placeholders");
        for (path, upload) in &held {
            if let Content::Placeholder(text) = upload.content {
                file::write(&stage.join(path), text.as_bytes())?;
            }
        }
        self.send(&stage, &held, folder, progress)
    }

    fn send(
        &self,
        from: &Path,
        uploads: &BTreeMap<&str, &Upload>,
        folder: &str,
        progress: &TransferProgress,
    ) -> Result<()> {
        let mut left: BTreeMap<&str, &Upload> = uploads.clone();
        let paths: Vec<&str> = uploads.keys().copied().collect();
        if paths.is_empty() {
            return Ok(());
        }
        self.retry("files cannot be sent", || {
            self.rsync.send(from, &paths, folder, |line| {
                if let Some(upload) = left.remove(line) {
                    progress.record_upload(upload, upload.size().to_string());
                }
            })
        })?;
        // those that had arrived before the connection was cut are not named again
        left.values().for_each(|upload| progress.record_upload(upload, upload.size().to_string()));
        Ok(())
    }

    pub(crate) fn remove_in(&self, folder: &str, paths: &[&str], progress: &TransferProgress) -> Result<()> {
        self.hand("files cannot be removed", folder, &listed(paths), |list| format!("xargs -0 rm -f -- < {list}"))?;
        progress.record_removals(paths.len());
        // the inner ones first; one that is not empty stays
        let folders: BTreeSet<&str> =
            paths.iter().flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..at])).collect();
        let folders: Vec<&str> = folders.into_iter().rev().collect();
        if folders.is_empty() {
            return Ok(());
        }
        let script = |list: &str| format!("{{ xargs -0 rmdir -- < {list} 2>/dev/null; true; }}");
        self.hand("empty folders cannot be removed", folder, &listed(&folders), script)
    }

    pub(crate) fn write_record_in(&self, folder: &str, text: &str) -> Result<()> {
        self.hand("its record cannot be written", folder, text, |half| format!("mv -f {half} {RECORD_FILE}"))
    }

    /// Hands a text to a script of the other side, as a file in the folder. Where the connection is cut, the other side takes
    /// what has come for the whole: so it counts, and does nothing with a part.
    fn hand(&self, doing: &str, folder: &str, text: &str, script: impl Fn(&str) -> String) -> Result<()> {
        let (folder, half) = (quoted(folder), ".wenzhai-tmp-handed");
        let script = format!(
            "mkdir -p {folder} && cd {folder} && cat > {half} && test $(wc -c < {half}) -eq {} && {} && rm -f {half}",
            text.len(),
            script(half)
        );
        self.retry(doing, || self.ssh.shell_fed(&script, |stdin| stdin.write_all(text.as_bytes()))).map(drop)
    }
}

/// Paths as xargs takes them.
fn listed(paths: &[&str]) -> String {
    paths.iter().flat_map(|path| [path, "\0"]).collect()
}

/// What a script ends with where there is no record.
const ABSENT: i32 = 44;

fn is_file(upload: &&Upload) -> bool {
    matches!(upload.content, Content::File(_))
}

fn by_path<'a, 'b>(upload: &'a Upload<'b>) -> (&'b str, &'a Upload<'b>) {
    (upload.path, upload)
}

/// Without what is hidden: that is others', or our own notes.
pub(crate) fn seen(listed: Vec<(u64, String)>) -> Vec<ListedFile> {
    let seen = listed.into_iter().filter(|(_, path)| !path.split('/').any(is_ignored_name));
    seen.map(|(size, path)| ListedFile { path, revision: size.to_string() }).collect()
}

/// A folder that comes to hold the site.
#[derive(Debug)]
pub(crate) struct RemoteFolder {
    remote: Remote,
    folder: String,
}

impl RemoteFolder {
    pub(crate) fn new(remote: Remote, place: &SshConfig) -> Self {
        Self { remote, folder: folder(place) }
    }
}

/// The folder as a shell takes it in quotes: `~/` is where a shell begins anyway.
pub(crate) fn folder(place: &SshConfig) -> String {
    let folder = place.folder.strip_prefix("~/").unwrap_or(&place.folder).trim_end_matches('/');
    if folder.is_empty() { ".".to_owned() } else { folder.to_owned() }
}

impl Target for RemoteFolder {
    fn name(&self) -> String {
        self.remote.name.clone()
    }

    fn record(&self) -> Result<Option<String>> {
        self.remote.record_in(&self.folder)
    }

    fn list(&self) -> Result<Vec<ListedFile>> {
        self.remote.list_in(&self.folder)
    }

    fn same(&self, local: &LocalSite, files: &[(&LocalFile, &ListedFile)]) -> Result<BTreeSet<String>> {
        self.remote.same_in(&self.folder, local, files)
    }
}

impl FileTarget for RemoteFolder {
    fn put(&self, local: &LocalSite, uploads: &[Upload], progress: &TransferProgress) -> Result<()> {
        self.remote.put_in(&self.folder, local, uploads, progress)
    }

    fn remove(&self, paths: &[&str], progress: &TransferProgress) -> Result<()> {
        self.remote.remove_in(&self.folder, paths, progress)
    }

    fn write_record(&self, text: &str) -> Result<()> {
        self.remote.write_record_in(&self.folder, text)
    }
}

/// What the other side says, and what to do about it.
pub(crate) fn told(name: &str, doing: &str, failure: &Failure) -> Error {
    let said = failure.said();
    let diagnostic = Diagnostic::new(Code::Ssh, format!("{name}: {doing}: {said}"));
    let hint = match failure {
        Failure::Missing(_) => Some("install it, and publish again"),
        _ => HINTS.iter().find(|(words, _)| said.contains(words)).map(|(_, hint)| *hint),
    };
    Error::failure(diagnostic.hint(hint.unwrap_or("publish again when this is mended: it goes on where it stopped")))
}

/// What to do, by a word of what the other side says; the first that fits.
const HINTS: &[(&str, &str)] = &[
    ("No space left", "free some space there and publish again: it goes on where it stopped"),
    // all that sftp says of a full disk
    (
        "write remote",
        "see whether the disk there is full, free some space and publish again: it goes on where it stopped",
    ),
    ("Disk quota exceeded", "free some space there and publish again: it goes on where it stopped"),
    ("Host key verification failed", "connect once by hand with ssh, look at the host's key and accept it"),
    ("REMOTE HOST IDENTIFICATION HAS CHANGED", "find out why the host has another key before you trust it"),
    ("Permission denied (13)", "give the user on that machine the right to write into the folder"),
    ("Permission denied (", "let ssh reach the machine without a password: a key in its authorized_keys, or an agent"),
    ("Too many authentication failures", "name the key: identity = \"…\""),
    ("Permission denied", "give the user on that machine the right to write into the folder"),
    ("Read-only file system", "the folder's disk is mounted read-only there: choose another folder"),
    ("Could not resolve hostname", "check the name of the host, and whether this machine is online"),
    ("Connection refused", "check the host and its port, and whether its ssh server runs"),
    ("timed out", "check the host and its port, and whether a firewall is between"),
];

/// A cut connection or a busy machine.
fn is_passing(failure: &Failure) -> bool {
    let said = failure.said();
    // a shared connection that was cut ends its calls without a word
    if matches!(failure, Failure::Failed { code: Some(255), said, .. } if said.is_empty()) {
        return true;
    }
    let is_cut = [
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
    ];
    let is_lasting = ["Permission denied", "Host key verification failed", "No space left", "Read-only"];
    is_cut.iter().any(|words| said.contains(words)) && !is_lasting.iter().any(|words| said.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(said: &str) -> Failure {
        Failure::Failed { code: Some(255), said: said.to_owned(), out: String::new() }
    }

    #[test]
    fn what_the_other_side_says_leads_to_advice() {
        let hint = |said: &str| told("m", "x", &failed(said)).diagnostics[0].hint.clone().unwrap();
        assert!(hint("u@h: Permission denied (publickey).").contains("authorized_keys"));
        assert!(hint("rsync: mkstemp failed: Permission denied (13)").contains("write into the folder"));
        assert!(hint("write failed: No space left on device (28)").contains("free some space"));
        assert!(is_passing(&failed("rsync: connection unexpectedly closed (8 bytes received so far)")));
        assert!(is_passing(&failed("")));
        assert!(!is_passing(&failed("u@h: Permission denied (publickey).\nrsync: connection unexpectedly closed")));
    }

    #[test]
    fn what_is_hidden_is_not_seen() {
        let listed = ["a.html", ".git/config", ".wenzhai-published", ".well-known/x", ".nojekyll"];
        let there = seen(listed.iter().map(|path| (1, (*path).to_owned())).collect());
        assert_eq!(
            there.iter().map(|there| there.path.as_str()).collect::<Vec<_>>(),
            ["a.html", ".well-known/x", ".nojekyll"]
        );
    }
}
