//! Transport by the user's own git, through its plumbing commands.
//!
//! Objects go into the repository that the site is part of, or else into a temporary bare one. No working tree, index or ref
//! is touched except a private one (`refs/wenzhai/…`), which keeps published objects from garbage collection.

use crate::publish::transport::subprocess::{Program, SubprocessError, SubprocessResult, is_interactive};
use crate::publish::transport::temp_dir::private_temp_dir;
use std::ffi::OsStr;
use std::io::{Error as IoError, Result as IoResult, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;
use tempfile::TempDir;

/// Settings that keep git from garbage collection, and from running the user's hooks.
const QUIET: [&str; 6] =
    ["-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "core.hooksPath=/nonexistent-wenzhai-hooks"];

/// The dates of commits have seconds.
const COMMIT_DATE_STEP: Duration = Duration::from_secs(1);

/// A repository that published objects are written to.
#[derive(Debug)]
pub(crate) struct Git {
    program: Program,
    /// holds the repository, where the site is part of none
    temporary: Option<TempDir>,
    /// only the latest commit of a branch is fetched
    is_shallow: bool,
}

/// A file of a commit's tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TreeFile {
    pub(crate) id: String,
    /// below the root, with `/`
    pub(crate) path: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PushOutcome {
    Pushed,
    /// The commit has to be made anew: somebody else moved the branch meanwhile, or a killed push of the same commit is in the way.
    Conflict,
}

impl Git {
    /// The repository that `root` is part of, or a temporary one.
    pub(crate) fn open(root: &Path) -> SubprocessResult<Self> {
        let mut program = Program::new("git", root).with_arguments(QUIET);
        if !is_interactive() {
            program = program.env("GIT_TERMINAL_PROMPT", "0");
        }
        match program.output_text(["rev-parse", "--is-shallow-repository"]) {
            Ok(shallow) => Ok(Self { program, temporary: None, is_shallow: shallow == "true" }),
            Err(SubprocessError::Exit { stderr, .. }) if stderr.contains("not a git repository") => {
                let temp_dir = private_temp_dir();
                let temp_dir = temp_dir.map_err(|error| SubprocessError::Io(IoError::other(error.to_string())))?;
                let init = ["init", "--quiet", "--bare"].map(OsStr::new);
                program.run(init.into_iter().chain([temp_dir.path().as_os_str()]))?;
                let program = program.env("GIT_DIR", temp_dir.path());
                Ok(Self { program, temporary: Some(temp_dir), is_shallow: true })
            }
            Err(error) => Err(error),
        }
    }

    /// The fetch and the push URL of a remote; `None` where the repository has no remote of this name.
    pub(crate) fn remote(&self, name: &str) -> SubprocessResult<Option<(String, String)>> {
        if self.temporary.is_some() || !self.program.output_text(["remote"])?.lines().any(|known| known == name) {
            return Ok(None);
        }
        let top = self.program.output_text(["rev-parse", "--show-toplevel"]).unwrap_or_default();
        let absolute = |url: String| {
            let is_path = !url.contains(':') && Path::new(&url).is_relative() && !top.is_empty();
            if is_path { Path::new(&top).join(url).to_string_lossy().into_owned() } else { url }
        };
        let fetch_url = self.program.output_text(["remote", "get-url", name])?;
        let push_url = self.program.output_text(["remote", "get-url", "--push", name])?;
        Ok(Some((absolute(fetch_url), absolute(push_url))))
    }

    /// The commit at the tip of a remote branch; `None` where there is no such branch.
    pub(crate) fn tip(&self, url: &str, branch: &str) -> SubprocessResult<Option<String>> {
        let name = format!("refs/heads/{branch}");
        let refs = self.program.output_text(["ls-remote", "--quiet", url, &name])?;
        let tip = refs.lines().filter_map(|line| line.split_once('\t')).find(|(_, found)| *found == name);
        Ok(tip.map(|(id, _)| id.to_owned()))
    }

    /// Fetches a remote branch into the private ref; returns its commit.
    pub(crate) fn fetch(&self, url: &str, branch: &str, private: &str) -> SubprocessResult<String> {
        let refs = format!("+refs/heads/{branch}:{private}");
        let fetch = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-prune"];
        let depth = self.is_shallow.then_some("--depth=1");
        self.program.run(fetch.into_iter().chain(depth).chain([url, &refs]))?;
        self.resolve(private)
    }

    /// Whether a commit is in the local repository.
    pub(crate) fn has(&self, commit: &str) -> bool {
        self.program.run(["cat-file", "-e", &format!("{commit}^{{tree}}")]).is_ok()
    }

    /// The object id of a revision: `BRANCH^{commit}`, `COMMIT^{tree}`.
    pub(crate) fn resolve(&self, revision: &str) -> SubprocessResult<String> {
        self.program.output_text(["rev-parse", "--verify", revision])
    }

    /// All files of a commit.
    pub(crate) fn files(&self, commit: &str) -> SubprocessResult<Vec<TreeFile>> {
        let entries = self.program.run(["ls-tree", "-r", "-z", "--full-tree", commit])?;
        let entry = |line: &[u8]| {
            let line = String::from_utf8_lossy(line);
            let (metadata, path) = line.split_once('\t')?;
            Some(TreeFile { id: metadata.split(' ').nth(2)?.to_owned(), path: path.to_owned() })
        };
        Ok(entries.split(|&byte| byte == 0).filter_map(entry).collect())
    }

    /// The bytes of an object.
    pub(crate) fn object(&self, id: &str) -> SubprocessResult<Vec<u8>> {
        self.program.run(["cat-file", "blob", id])
    }

    /// The object ids that these files have, or would have. Git reads one path a line: none may hold a line break.
    pub(crate) fn object_ids_of_files(&self, files: &[PathBuf]) -> SubprocessResult<Vec<String>> {
        let ids = self.program.run_with_input(["hash-object", "--no-filters", "--stdin-paths"], |stdin| {
            files.iter().try_for_each(|file| writeln!(stdin, "{}", file.display()))
        })?;
        Ok(String::from_utf8_lossy(&ids).lines().map(str::to_owned).collect())
    }

    /// The object id that these bytes would have.
    pub(crate) fn object_id(&self, bytes: &[u8]) -> SubprocessResult<String> {
        let id = self.program.run_with_input(["hash-object", "--stdin"], |stdin| stdin.write_all(bytes))?;
        Ok(String::from_utf8_lossy(&id).trim_end().to_owned())
    }

    /// The committer, `name <address>`: the user, where git knows one.
    pub(crate) fn committer(&self) -> String {
        let identity = self.program.output_text(["var", "GIT_COMMITTER_IDENT"]);
        let named = identity.ok().and_then(|ident| ident.rfind('>').map(|end| ident[..=end].to_owned()));
        named.unwrap_or_else(|| "wenzhai <wenzhai@localhost>".to_owned())
    }

    /// Writes objects and moves the private ref as a [fast-import stream](https://git-scm.com/docs/git-fast-import) says.
    /// No ref has moved where git or `write_stream` fails.
    pub(crate) fn fast_import(
        &self,
        write_stream: impl FnOnce(&mut dyn Write) -> IoResult<()>,
    ) -> SubprocessResult<()> {
        let arguments = ["fast-import", "--quiet", "--force", "--date-format=now", "--done"];
        self.program.run_with_input(arguments, write_stream).map(drop)
    }

    /// Pushes a commit to a branch. With `replaced`, the branch is overwritten if that is still its tip (empty: if it does
    /// not exist); without, the push has to be a fast-forward.
    pub(crate) fn push(
        &self,
        url: &str,
        commit: &str,
        branch: &str,
        replaced: Option<&str>,
    ) -> SubprocessResult<PushOutcome> {
        let refs = format!("{commit}:refs/heads/{branch}");
        let lease = replaced.map(|tip| format!("--force-with-lease=refs/heads/{branch}:{tip}"));
        let push = ["push", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no"];
        let arguments = push.map(str::to_owned).into_iter().chain(lease).chain([url.to_owned(), refs]);
        match self.program.run(arguments) {
            Ok(_) => Ok(PushOutcome::Pushed),
            Err(SubprocessError::Exit { stdout, stderr, .. }) if is_conflict(&stdout) || is_conflict(&stderr) => {
                Ok(PushOutcome::Conflict)
            }
            Err(SubprocessError::Exit { stderr, .. }) if meets_killed_push(&stderr) => {
                sleep(COMMIT_DATE_STEP);
                Ok(PushOutcome::Conflict)
            }
            Err(error) => Err(error),
        }
    }
}

/// Whether the remote has a lock that a killed push of the very same commit left there. One with another date makes another pack.
fn meets_killed_push(output: &str) -> bool {
    output.contains(".keep' differ in contents")
}

/// Whether git reports that somebody else moved the branch.
fn is_conflict(output: &str) -> bool {
    let rejected_by_git = ["(fetch first)", "(non-fast-forward)", "(stale info)"];
    let rejected_by_remote = ["cannot lock ref", "incorrect old value", "failed to update ref"];
    rejected_by_git.iter().chain(&rejected_by_remote).any(|words| output.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_push_left_at_the_remote_is_no_failure() {
        let keep = "pack/pack-fe10.keep";
        let output =
            format!("error: files './objects/tmp_objdir-incoming-Q/{keep}' and './objects/{keep}' differ in contents");
        assert!(meets_killed_push(&output) && !is_conflict(&output));
        assert!(is_conflict("! [rejected] main -> main (fetch first)") && !meets_killed_push("error: RPC failed"));
    }
}
