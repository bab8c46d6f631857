//! A branch of a git repository: GitHub Pages, Gitea, any host that serves a branch.
//!
//! 1. look: where the branch stands, which files it holds; a file's revision is its name as an object
//! 2. commit: one stream with what is removed and what is put, on top of the branch or (`history = "squash"`) in its place
//! 3. push: readers get all of it or nothing; where somebody else was faster, the caller looks and plans again on the new tip

use crate::config::publish::GitConfig;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::publish::local_site::{LocalFile, LocalSite};
use crate::publish::plan::plan::Plan;
use crate::publish::record::{RECORD_FILE, Record};
use crate::publish::target::{ListedFile, Target};
use crate::publish::transfer::atomic::{AtomicTarget, CommitOutcome};
use crate::publish::transfer_progress::TransferProgress;
use crate::publish::transport::git::{Git, PushOutcome};
use crate::publish::transport::retry::{RetryError, retry};
use crate::publish::transport::subprocess::Failure;
use crate::publish::upload::{Content, Upload};
use crate::text::redact::redacted;
use crate::util::sync::lock;
use std::collections::BTreeSet;
use std::io::{Error as IoError, Result as IoResult, Write};
use std::path::Path;
use std::sync::Mutex;

/// A branch that comes to hold the site.
#[derive(Debug)]
pub(crate) struct Branch {
    name: String,
    git: Git,
    place: GitConfig,
    fetched_from: String,
    pushed_to: String,
    /// `refs/wenzhai/publish/pages`
    private: String,
    /// the commit that the last look saw
    tip: Mutex<Option<String>>,
}

impl Branch {
    /// The branch that a target means; `root` is the site's folder, `name` the target's name.
    ///
    /// # Errors
    /// Where there is no git, or no such remote.
    pub(crate) fn open(root: &Path, name: &str, place: &GitConfig) -> Result<Self> {
        let git = Git::open(root).map_err(|failure| told(name, "git cannot be used", &failure))?;
        let remote = git.remote(&place.remote).map_err(|failure| told(name, "its remote cannot be read", &failure))?;
        let (fetched_from, pushed_to) = match remote {
            Some(both) => both,
            None if place.remote.contains(['/', ':', '\\']) => (place.remote.clone(), place.remote.clone()),
            None => return Err(no_remote(name, &place.remote)),
        };
        Ok(Self {
            name: format!("{name} ({} {})", redacted(&pushed_to), place.branch),
            git,
            place: place.clone(),
            fetched_from,
            pushed_to,
            private: format!("refs/wenzhai/publish/{name}"),
            tip: Mutex::new(None),
        })
    }

    fn tip(&self) -> Option<String> {
        lock(&self.tip).clone()
    }

    /// Work over the network: tried again where that may help.
    fn retry<T>(&self, doing: &str, work: impl Fn() -> Result<T, Failure>) -> Result<T> {
        retry(|| {
            work().map_err(|failure| {
                let error = told(&self.name, doing, &failure);
                if is_passing(&failure) { RetryError::passing(error) } else { RetryError::Permanent(error) }
            })
        })
    }

    fn here<T>(&self, done: Result<T, Failure>) -> Result<T> {
        done.map_err(|failure| told(&self.name, "git failed", &failure))
    }

    /// The name as an object of each of these files.
    fn names(&self, local: &LocalSite, files: &[&LocalFile]) -> Result<Vec<String>> {
        let places: Vec<_> = files.iter().filter_map(|file| local.disk_path(file)).collect();
        let mut names = self.here(self.git.names(&places))?.into_iter();
        let name = |file: &&LocalFile| match local.generated.get(&file.path) {
            Some(bytes) => self.here(self.git.name(bytes)),
            None => names.next().ok_or_else(|| told(&self.name, "git left out a file", &Failure::Broken(short()))),
        };
        files.iter().map(name).collect()
    }

    /// The record with the object names of what is sent as revisions.
    fn stamped(&self, local: &LocalSite, plan: &Plan, mut record: Record) -> Result<Record> {
        let files: Vec<&LocalFile> = plan.sent().map(|at| &local.files[at]).collect();
        for (file, name) in files.iter().zip(self.names(local, &files)?) {
            if let Some(entry) = record.files.get_mut(&file.path) {
                entry.revision = name;
            }
        }
        Ok(record)
    }

    /// Makes the commit; answers with its name.
    fn make_commit(
        &self,
        local: &LocalSite,
        plan: &Plan,
        record: &Record,
        progress: &TransferProgress,
    ) -> Result<String> {
        let mut wrong = None;
        let head = self.head()?;
        let stream = |stdin: &mut dyn Write| {
            stdin.write_all(head.as_bytes())?;
            for path in &plan.removed {
                writeln!(stdin, "D {}", quoted(path))?;
            }
            progress.record_removals(plan.removed.len());
            for file in plan.sent().map(|at| &local.files[at]) {
                let bytes = local.bytes(file).map_err(|error| {
                    wrong = Some(error);
                    IoError::other("a file changed")
                })?;
                write_file(stdin, &file.path, &bytes)?;
                progress.record_upload(&Upload { path: &file.path, content: Content::File(file) }, "");
            }
            write_file(stdin, RECORD_FILE, record.emit().as_bytes())?;
            writeln!(stdin, "done")
        };
        let imported = self.git.import(stream);
        if let Some(error) = wrong {
            return Err(error);
        }
        self.here(imported)?;
        self.here(self.git.commit_of(&self.private))
    }

    /// The commit, as it begins: on top of the branch, or with its files and no past.
    fn head(&self) -> Result<String> {
        let message = &self.place.message;
        let start = format!("commit {}\ncommitter {} now\n", self.private, self.git.committer());
        let from = match self.tip() {
            Some(tip) if self.place.keeps_history => format!("from {tip}\n"),
            Some(tip) => format!("M 040000 {} \"\"\n", self.here(self.git.tree_of(&tip))?),
            None => String::new(),
        };
        Ok(format!("{start}data {}\n{message}\n{from}", message.len()))
    }
}

fn write_file(stdin: &mut dyn Write, path: &str, bytes: &[u8]) -> IoResult<()> {
    writeln!(stdin, "M 100644 inline {}\ndata {}", quoted(path), bytes.len())?;
    stdin.write_all(bytes)?;
    writeln!(stdin)
}

/// A path as the stream takes it, whatever it holds.
fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

impl Target for Branch {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn record(&self) -> Result<Option<String>> {
        let (url, branch) = (&self.fetched_from, &self.place.branch);
        let mut tip = self.retry("the remote cannot be reached", || self.git.tip(url, branch))?;
        if tip.as_ref().is_some_and(|tip| !self.git.has(tip)) {
            let fetched = self.retry("the branch cannot be fetched", || self.git.fetch(url, branch, &self.private))?;
            tip = Some(fetched);
        }
        *lock(&self.tip) = tip.clone();
        let Some(tip) = tip else { return Ok(None) };
        let files = self.here(self.git.files(&tip))?;
        let Some(file) = files.iter().find(|file| file.path == RECORD_FILE) else { return Ok(None) };
        let bytes = self.here(self.git.object(&file.id))?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    fn list(&self) -> Result<Vec<ListedFile>> {
        let Some(tip) = self.tip() else { return Ok(Vec::new()) };
        let files = self.here(self.git.files(&tip))?.into_iter().filter(|file| file.path != RECORD_FILE);
        Ok(files.map(|file| ListedFile { path: file.path, revision: file.id }).collect())
    }

    fn same(&self, local: &LocalSite, files: &[(&LocalFile, &ListedFile)]) -> Result<BTreeSet<String>> {
        let names = self.names(local, &files.iter().map(|(file, _)| *file).collect::<Vec<_>>())?;
        let same = files.iter().zip(names).filter(|((_, there), name)| there.revision == *name);
        Ok(same.map(|((file, _), _)| file.path.clone()).collect())
    }
}

impl AtomicTarget for Branch {
    fn commit(
        &self,
        local: &LocalSite,
        plan: &Plan,
        record: Record,
        progress: &TransferProgress,
    ) -> Result<CommitOutcome> {
        let record = self.stamped(local, plan, record)?;
        let commit = self.make_commit(local, plan, &record, progress)?;
        let tip = self.tip().unwrap_or_default();
        let over = (!self.place.keeps_history).then_some(tip.as_str());
        let pushed = self.retry("the branch cannot be pushed", || {
            self.git.push(&self.pushed_to, &commit, &self.place.branch, over)
        })?;
        Ok(match pushed {
            PushOutcome::Pushed => CommitOutcome::Committed,
            PushOutcome::Conflict => CommitOutcome::Conflict,
        })
    }
}

fn short() -> IoError {
    IoError::other("its answer is too short")
}

fn no_remote(name: &str, remote: &str) -> Error {
    let message = format!("publish.{name}: the site's repository has no remote {remote:?}");
    Error::configuration(
        Diagnostic::new(Code::NoRemote, message).hint("git remote -v lists those that there are; or write an address"),
    )
}

/// What git says, and what to do about it.
fn told(name: &str, doing: &str, failure: &Failure) -> Error {
    let said = failure.said();
    let diagnostic = Diagnostic::new(Code::Git, format!("{name}: {doing}: {said}"));
    let hint = match failure {
        Failure::Missing(_) => Some("install git, and publish again"),
        _ => HINTS.iter().find(|(words, _)| said.contains(words)).map(|(_, hint)| *hint),
    };
    Error::failure(diagnostic.hint(hint.unwrap_or("the branch is as it was: publish again when this is mended")))
}

/// What to do, by a word of what git says; the first that fits.
const HINTS: &[(&str, &str)] = &[
    ("No space left", "free some space and publish again: the branch is as it was"),
    ("dubious ownership", "the repository belongs to another user: git says above how to trust it"),
    ("Permission denied", "give the key or token that git uses the right to push to this repository"),
    ("Authentication failed", "give git a token with the right to push: see its credential helpers"),
    ("could not read Username", "give git a token with the right to push: see its credential helpers"),
    ("error: 403", "the token that git uses may not push to this repository"),
    ("Host key verification failed", "connect once by hand with ssh, look at the host's key and accept it"),
    ("does not appear to be a git repository", "check the remote's address, and that the repository exists"),
    ("not found", "check the remote's address, and that the repository exists"),
    ("hook declined", "the branch is protected at the remote: allow pushes to it, or choose another branch"),
    ("denyNonFastForwards", "the remote keeps history: write history = \"keep\""),
    ("non-fast-forward", "the remote keeps history: write history = \"keep\""),
    ("currently checked out", "this branch is checked out there: publish to a bare repository, or to another branch"),
];

/// A cut connection or a busy server.
fn is_passing(failure: &Failure) -> bool {
    let said = failure.said();
    [
        "Connection reset",
        "Connection refused",
        "Connection timed out",
        "Connection closed",
        "Operation timed out",
        "Could not resolve host",
        "early EOF",
        "hung up unexpectedly",
        "error: 429",
        "error: 500",
        "error: 502",
        "error: 503",
        "error: 504",
        "RPC failed",
    ]
    .iter()
    .any(|words| said.contains(words))
        && !said.contains("Permission denied")
        && !said.contains("Host key verification failed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_quoted_as_the_stream_takes_it() {
        assert_eq!(quoted("a b/产\"改\\.html"), "\"a b/产\\\"改\\\\.html\"");
    }

    #[test]
    fn what_git_says_leads_to_advice_and_shows_no_token() {
        let failed = |said: &str| Failure::Failed { code: Some(128), said: redacted(said), out: String::new() };
        let error = told("pages", "x", &failed("fatal: Authentication failed for 'https://u:geheim@host/r'"));
        assert!(error.diagnostics[0].hint.as_ref().unwrap().contains("token"));
        assert!(!error.to_string().contains("geheim"), "{error}");
        assert!(is_passing(&failed("fatal: the remote end hung up unexpectedly")));
        assert!(!is_passing(&failed(
            "git@h: Permission denied (publickey).\nfatal: the remote end hung up unexpectedly"
        )));
    }
}
