//! The user's own git, below the commands that people type.
//!
//! Objects go into the repository that the site stands in, or into a bare one that is made for the occasion where it stands
//! in none. No working tree, no index and no ref is touched but a private one (`refs/wenzhai/…`), which keeps what was
//! published from being cleared away. Keys, tokens and proxies are those of the user's git; we never see them.

use crate::publish::transport::subprocess::{Failure, Program, is_attended};
use crate::publish::transport::temp_dir::private_temp_dir;
use std::ffi::OsString;
use std::io::{Error as IoError, Result as IoResult, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Settings that keep git from tidying up, and from running the user's hooks.
const QUIET: [&str; 6] =
    ["-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "core.hooksPath=/nonexistent-wenzhai-hooks"];

/// A repository to put objects into.
#[derive(Debug)]
pub(crate) struct Git {
    program: Program,
    /// holds the repository for the occasion
    occasional: Option<TempDir>,
    /// Only the latest commit of a branch is fetched: nobody wants its history here.
    is_shallow: bool,
}

/// An entry of a commit's tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TreeFile {
    /// the object's name
    pub(crate) id: String,
    /// below the root, with `/`
    pub(crate) path: String,
}

/// How a push ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PushOutcome {
    Pushed,
    /// The branch is no longer what the commit stands on.
    Conflict,
}

impl Git {
    /// The repository that `root` stands in, or one for the occasion.
    ///
    /// # Errors
    /// Where there is no git, or where it refuses the folder.
    pub(crate) fn open(root: &Path) -> Result<Self, Failure> {
        let mut program = Program::new("git", root).with(QUIET);
        if !is_attended() {
            program = program.set("GIT_TERMINAL_PROMPT", "0");
        }
        match program.ask(["rev-parse", "--is-shallow-repository"]) {
            Ok(shallow) => Ok(Self { program, occasional: None, is_shallow: shallow == "true" }),
            Err(Failure::Failed { said, .. }) if said.contains("not a git repository") => {
                let scratch = private_temp_dir().map_err(|error| Failure::Broken(IoError::other(error.to_string())))?;
                let words = ["init", "--quiet", "--bare"].map(OsString::from).into_iter();
                program.run(words.chain([scratch.path().as_os_str().to_owned()]))?;
                Ok(Self {
                    program: program.set("GIT_DIR", scratch.path()),
                    occasional: Some(scratch),
                    is_shallow: true,
                })
            }
            Err(failure) => Err(failure),
        }
    }

    /// Where a remote of this name is fetched from and pushed to; nothing where the repository has none of this name.
    ///
    /// # Errors
    /// What git says.
    pub(crate) fn remote(&self, name: &str) -> Result<Option<(String, String)>, Failure> {
        if self.occasional.is_some() || !self.program.ask(["remote"])?.lines().any(|known| known == name) {
            return Ok(None);
        }
        let top = self.program.ask(["rev-parse", "--show-toplevel"]).unwrap_or_default();
        let absolute = |url: String| {
            let is_path = !url.contains(':') && Path::new(&url).is_relative() && !top.is_empty();
            if is_path { Path::new(&top).join(url).to_string_lossy().into_owned() } else { url }
        };
        let fetched = self.program.ask(["remote", "get-url", name])?;
        let pushed = self.program.ask(["remote", "get-url", "--push", name])?;
        Ok(Some((absolute(fetched), absolute(pushed))))
    }

    /// The commit that a branch of a remote stands at; nothing where there is no such branch.
    ///
    /// # Errors
    /// What git says.
    pub(crate) fn tip(&self, url: &str, branch: &str) -> Result<Option<String>, Failure> {
        let name = format!("refs/heads/{branch}");
        let told = self.program.ask(["ls-remote", "--quiet", url, &name])?;
        let tip = told.lines().filter_map(|line| line.split_once('\t')).find(|(_, found)| *found == name);
        Ok(tip.map(|(id, _)| id.to_owned()))
    }

    /// Brings the branch of a remote here, to stand at the private ref; answers with its commit.
    ///
    /// # Errors
    /// What git says.
    pub(crate) fn fetch(&self, url: &str, branch: &str, private: &str) -> Result<String, Failure> {
        let refs = format!("+refs/heads/{branch}:{private}");
        let quiet = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-prune"];
        let depth = self.is_shallow.then_some("--depth=1");
        self.program.run(quiet.into_iter().chain(depth).chain([url, &refs]))?;
        self.program.ask(["rev-parse", "--verify", private])
    }

    /// Whether a commit is here already.
    pub(crate) fn has(&self, commit: &str) -> bool {
        self.program.run(["cat-file", "-e", &format!("{commit}^{{tree}}")]).is_ok()
    }

    /// The tree of a commit.
    ///
    /// # Errors
    /// Where there is no such commit here.
    pub(crate) fn tree_of(&self, commit: &str) -> Result<String, Failure> {
        self.program.ask(["rev-parse", "--verify", &format!("{commit}^{{tree}}")])
    }

    /// All files of a commit.
    ///
    /// # Errors
    /// What git says.
    pub(crate) fn files(&self, commit: &str) -> Result<Vec<TreeFile>, Failure> {
        let told = self.program.run(["ls-tree", "-r", "-z", "--full-tree", commit])?;
        let entry = |line: &[u8]| {
            let line = String::from_utf8_lossy(line);
            let (about, path) = line.split_once('\t')?;
            Some(TreeFile { id: about.split(' ').nth(2)?.to_owned(), path: path.to_owned() })
        };
        Ok(told.split(|&byte| byte == 0).filter_map(entry).collect())
    }

    /// The bytes of an object.
    ///
    /// # Errors
    /// What git says.
    pub(crate) fn object(&self, id: &str) -> Result<Vec<u8>, Failure> {
        self.program.run(["cat-file", "blob", id])
    }

    /// The names that these files have, or would have, as objects.
    ///
    /// # Errors
    /// What git says; it is asked about one file a line, so a line break in a name confuses it.
    pub(crate) fn names(&self, files: &[PathBuf]) -> Result<Vec<String>, Failure> {
        let told = self.program.feed(["hash-object", "--no-filters", "--stdin-paths"], |stdin| {
            files.iter().try_for_each(|file| writeln!(stdin, "{}", file.display()))
        })?;
        Ok(String::from_utf8_lossy(&told).lines().map(str::to_owned).collect())
    }

    /// The name that these bytes would have as an object.
    ///
    /// # Errors
    /// What git says.
    pub(crate) fn name(&self, bytes: &[u8]) -> Result<String, Failure> {
        let told = self.program.feed(["hash-object", "--stdin"], |stdin| stdin.write_all(bytes))?;
        Ok(String::from_utf8_lossy(&told).trim_end().to_owned())
    }

    /// Who commits: the user, where git knows one.
    pub(crate) fn committer(&self) -> String {
        let told = self.program.ask(["var", "GIT_COMMITTER_IDENT"]);
        let named = told.ok().and_then(|ident| ident.rfind('>').map(|end| ident[..=end].to_owned()));
        named.unwrap_or_else(|| "wenzhai <wenzhai@localhost>".to_owned())
    }

    /// Makes objects and moves the private ref as a [fast-import stream](https://git-scm.com/docs/git-fast-import) says.
    ///
    /// # Errors
    /// What git says, or `fill`; nothing has moved then.
    pub(crate) fn import(&self, fill: impl FnOnce(&mut dyn Write) -> IoResult<()>) -> Result<(), Failure> {
        self.program.feed(["fast-import", "--quiet", "--force", "--date-format=now", "--done"], fill).map(drop)
    }

    /// Where a ref stands.
    ///
    /// # Errors
    /// Where it stands nowhere.
    pub(crate) fn commit_of(&self, name: &str) -> Result<String, Failure> {
        self.program.ask(["rev-parse", "--verify", &format!("{name}^{{commit}}")])
    }

    /// Pushes a commit to a branch. With `over`, the branch is replaced if it still stands there (nowhere, where it is
    /// empty); without, the commit has to stand on it.
    ///
    /// # Errors
    /// What git says, a lost race apart.
    pub(crate) fn push(
        &self,
        url: &str,
        commit: &str,
        branch: &str,
        over: Option<&str>,
    ) -> Result<PushOutcome, Failure> {
        let refs = format!("{commit}:refs/heads/{branch}");
        let lease = over.map(|tip| format!("--force-with-lease=refs/heads/{branch}:{tip}"));
        let quiet = ["push", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no"];
        let words = quiet.map(str::to_owned).into_iter().chain(lease).chain([url.to_owned(), refs]);
        match self.program.run(words) {
            Ok(_) => Ok(PushOutcome::Pushed),
            Err(Failure::Failed { out, said, .. }) if is_race(&out) || is_race(&said) => Ok(PushOutcome::Conflict),
            Err(failure) => Err(failure),
        }
    }
}

/// What git says of a branch that somebody else moved.
fn is_race(said: &str) -> bool {
    [
        "(fetch first)",
        "(non-fast-forward)",
        "(stale info)",
        "cannot lock ref",
        "incorrect old value",
        "failed to update ref",
    ]
    .iter()
    .any(|words| said.contains(words))
}
