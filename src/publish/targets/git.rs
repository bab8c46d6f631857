//! Target: a branch of a git repository, for GitHub Pages, Gitea or any host that serves a branch.
//!
//! 1. inventory: the tip of the branch and its files; a file's revision is its object id
//! 2. commit: one fast-import stream of removals and uploads, on top of the branch or (`history = "squash"`) in its place
//! 3. push: readers see all of it or nothing; after a conflict with another push, the caller plans again on the new tip

use crate::config::publish::GitConfig;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::diagnostics::message::Message;
use crate::message;
use crate::publish::local_site::{LocalFile, LocalSite};
use crate::publish::record::RECORD_FILE;
use crate::publish::target::{ListedFile, Target};
use crate::publish::targets::failure::FailureRules;
use crate::publish::transfer::atomic::{AtomicTarget, CommitOutcome};
use crate::publish::transfer::job::Job;
use crate::publish::transport::git::{Git, PushOutcome};
use crate::publish::transport::subprocess::SubprocessError;
use crate::publish::upload::Upload;
use crate::template;
use crate::text::redact::redacted_address;
use crate::util::sync::lock;
use std::collections::BTreeSet;
use std::io::{Error as IoError, Result as IoResult, Write};
use std::path::Path;
use std::sync::Mutex;

#[derive(Debug)]
pub(crate) struct GitTarget {
    name: String,
    git: Git,
    config: GitConfig,
    fetch_url: String,
    push_url: String,
    /// `refs/wenzhai/publish/pages`
    private_ref: String,
    /// the tip of the branch when the last inventory was taken
    tip: Mutex<Option<String>>,
}

impl GitTarget {
    /// The branch of the target `name`, from the repository of the site's folder `root`.
    pub(crate) fn open(root: &Path, name: &str, config: &GitConfig) -> Result<Self> {
        let git = Git::open(root).map_err(|failure| RULES.error(name, message!("git cannot be used"), &failure))?;
        let remote = git.remote(&config.remote);
        let remote = remote.map_err(|failure| RULES.error(name, message!("its remote cannot be read"), &failure))?;
        let (fetch_url, push_url) = match remote {
            Some(urls) => urls,
            None if config.remote.contains(['/', ':', '\\']) => (config.remote.clone(), config.remote.clone()),
            None => {
                let message = message!(
                    "publish.{name}: the site's repository has no remote {remote}",
                    name,
                    remote = format!("{:?}", config.remote)
                );
                let hint = message!("git remote -v lists those that there are; or write an address");
                return Err(Error::configuration(Diagnostic::new(Code::NoRemote, message).hint(hint)));
            }
        };
        Ok(Self {
            name: format!("{name} ({} {})", redacted_address(&push_url), config.branch),
            git,
            config: config.clone(),
            fetch_url,
            push_url,
            private_ref: format!("refs/wenzhai/publish/{name}"),
            tip: Mutex::new(None),
        })
    }

    fn tip(&self) -> Option<String> {
        lock(&self.tip).clone()
    }

    fn retry<T>(&self, action: Message, operation: impl Fn() -> Result<T, SubprocessError>) -> Result<T> {
        RULES.retry(&self.name, action, operation)
    }

    /// The result of a git command that works on this machine alone.
    fn local<T>(&self, result: Result<T, SubprocessError>) -> Result<T> {
        result.map_err(|failure| RULES.error(&self.name, message!("git failed"), &failure))
    }

    fn object_ids(&self, local: &LocalSite, files: &[&LocalFile]) -> Result<Vec<String>> {
        let paths: Vec<_> = files.iter().filter_map(|file| local.disk_path(file)).collect();
        let mut ids = self.local(self.git.object_ids_of_files(&paths))?.into_iter();
        let too_short = SubprocessError::Io(IoError::other("its answer is too short"));
        let too_few = || RULES.error(&self.name, message!("git left out a file"), &too_short);
        let id = |file: &&LocalFile| match local.generated.get(&file.path) {
            Some(bytes) => self.local(self.git.object_id(bytes)),
            None => ids.next().ok_or_else(too_few),
        };
        files.iter().map(id).collect()
    }

    /// Writes the commit to the local repository; returns its id.
    fn make_commit(&self, job: &Job) -> Result<String> {
        let Job { local, plan, progress, .. } = *job;
        let files: Vec<&LocalFile> = plan.uploads(local).collect();
        let ids = self.object_ids(local, &files)?;
        let header = self.commit_header()?;
        let mut read_error = None;
        let write_stream = |stdin: &mut dyn Write| {
            stdin.write_all(header.as_bytes())?;
            for path in &plan.removed {
                writeln!(stdin, "D {}", quoted(path))?;
            }
            progress.record_removals(plan.removed.len());
            for (file, id) in files.iter().zip(&ids) {
                let bytes = local.bytes(file).map_err(|error| {
                    read_error = Some(error);
                    IoError::other("a file changed")
                })?;
                write_file(stdin, &file.path, &bytes)?;
                progress.record_upload(&Upload::of_file(file), id);
            }
            write_file(stdin, RECORD_FILE, job.final_record().emit().as_bytes())?;
            writeln!(stdin, "done")
        };
        let imported = self.git.fast_import(write_stream);
        if let Some(error) = read_error {
            return Err(error);
        }
        self.local(imported)?;
        self.local(self.git.resolve(&format!("{}^{{commit}}", self.private_ref)))
    }

    /// The start of the commit in the stream: with the tip as its parent, or with the tip's tree and no parent.
    fn commit_header(&self) -> Result<String> {
        let message = &self.config.message;
        let start = format!("commit {}\ncommitter {} now\n", self.private_ref, self.git.committer());
        let from = match self.tip() {
            Some(tip) if self.config.keeps_history => format!("from {tip}\n"),
            Some(tip) => format!("M 040000 {} \"\"\n", self.local(self.git.resolve(&format!("{tip}^{{tree}}")))?),
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

/// A path as fast-import reads it, whatever it holds.
fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

impl Target for GitTarget {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn record(&self) -> Result<Option<String>> {
        let (url, branch) = (&self.fetch_url, &self.config.branch);
        let mut tip = self.retry(message!("the remote cannot be reached"), || self.git.tip(url, branch))?;
        if tip.as_ref().is_some_and(|tip| !self.git.has(tip)) {
            let fetch = || self.git.fetch(url, branch, &self.private_ref);
            tip = Some(self.retry(message!("the branch cannot be fetched"), fetch)?);
        }
        *lock(&self.tip) = tip.clone();
        let Some(tip) = tip else { return Ok(None) };
        let files = self.local(self.git.files(&tip))?;
        let Some(file) = files.iter().find(|file| file.path == RECORD_FILE) else { return Ok(None) };
        let bytes = self.local(self.git.object(&file.id))?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    fn list(&self) -> Result<Vec<ListedFile>> {
        let Some(tip) = self.tip() else { return Ok(Vec::new()) };
        let files = self.local(self.git.files(&tip))?.into_iter().filter(|file| file.path != RECORD_FILE);
        Ok(files.map(|file| ListedFile { path: file.path, revision: file.id }).collect())
    }

    fn lists_hashes(&self) -> bool {
        true
    }

    fn identical_files(&self, local: &LocalSite, files: &[(&LocalFile, &ListedFile)]) -> Result<BTreeSet<String>> {
        let ids = self.object_ids(local, &files.iter().map(|(file, _)| *file).collect::<Vec<_>>())?;
        let identical = files.iter().zip(ids).filter(|((_, listed), id)| listed.revision == *id);
        Ok(identical.map(|((file, _), _)| file.path.clone()).collect())
    }
}

impl AtomicTarget for GitTarget {
    fn commit(&self, job: &Job) -> Result<CommitOutcome> {
        let commit = self.make_commit(job)?;
        let tip = self.tip().unwrap_or_default();
        let replaced = (!self.config.keeps_history).then_some(tip.as_str());
        let push = || self.git.push(&self.push_url, &commit, &self.config.branch, replaced);
        Ok(match self.retry(message!("the branch cannot be pushed"), push)? {
            PushOutcome::Pushed => CommitOutcome::Committed,
            PushOutcome::Conflict => CommitOutcome::Conflict,
        })
    }
}

const RULES: FailureRules = FailureRules {
    code: Code::Git,
    missing_hint: template!("install git, and publish again"),
    hints: &[
        ("No space left", template!("free some space and publish again: the branch is as it was")),
        ("dubious ownership", template!("the repository belongs to another user: git says above how to trust it")),
        ("Permission denied", template!("give the key or token that git uses the right to push to this repository")),
        ("Authentication failed", template!("give git a token with the right to push: see its credential helpers")),
        ("could not read Username", template!("give git a token with the right to push: see its credential helpers")),
        ("error: 403", template!("the token that git uses may not push to this repository")),
        (
            "Host key verification failed",
            template!("connect once by hand with ssh, look at the host's key and accept it"),
        ),
        (
            "does not appear to be a git repository",
            template!("check the remote's address, and that the repository exists"),
        ),
        ("not found", template!("check the remote's address, and that the repository exists")),
        (
            "hook declined",
            template!("the branch is protected at the remote: allow pushes to it, or choose another branch"),
        ),
        ("denyNonFastForwards", template!("the remote keeps history: write history = \"keep\"")),
        ("non-fast-forward", template!("the remote keeps history: write history = \"keep\"")),
        (
            "currently checked out",
            template!("this branch is checked out there: publish to a bare repository, or to another branch"),
        ),
    ],
    default_hint: template!("the branch is as it was: publish again when this is mended"),
    transient: &[
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
    ],
    permanent: &["Permission denied", "Host key verification failed"],
    silent_transient_code: None,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::redact::redacted;

    #[test]
    fn a_path_is_quoted_as_fast_import_reads_it() {
        assert_eq!(quoted("a b/产\"改\\.html"), "\"a b/产\\\"改\\\\.html\"");
    }

    #[test]
    fn a_failure_of_git_leads_to_a_hint_and_shows_no_token() {
        let failed =
            |stderr: &str| SubprocessError::Exit { code: Some(128), stderr: redacted(stderr), stdout: String::new() };
        let error = RULES.error(
            "pages",
            Message::verbatim("x"),
            &failed("fatal: Authentication failed for 'https://u:geheim@host/r'"),
        );
        assert!(error.diagnostics[0].advice().contains("token"));
        assert!(!error.to_string().contains("geheim"), "{error}");
        assert!(RULES.is_transient(&failed("fatal: the remote end hung up unexpectedly")));
        let denied = failed("git@h: Permission denied (publickey).\nfatal: the remote end hung up unexpectedly");
        assert!(!RULES.is_transient(&denied));
    }
}
