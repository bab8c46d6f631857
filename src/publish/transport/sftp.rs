//! Transport by sftp: files to a host that has no rsync, and perhaps no shell.
//!
//! Commands go to the user's sftp in batches. A command that fails ends its batch, unless it is marked as one that may fail.

use crate::publish::transport::listing::split_columns;
use crate::publish::transport::ssh::Ssh;
use crate::publish::transport::subprocess::{Program, SubprocessError, SubprocessResult};
use std::collections::BTreeSet;
use std::path::Path;

/// sftp to one host.
#[derive(Debug)]
pub(crate) struct Sftp {
    program: Program,
    arguments: Vec<String>,
}

/// One command of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SftpCommand<'a> {
    /// Sends a local file to a remote path.
    Put(&'a Path, String),
    /// Fetches a remote file to a local path.
    Get(String, &'a Path),
    /// Renames a remote file, replacing the one of the new name.
    Rename(String, String),
    /// May fail: the folder may exist already.
    MakeFolder(String),
    /// May fail: the file may be gone already.
    Remove(String),
    /// May fail: the folder may not be empty.
    RemoveFolder(String),
}

impl SftpCommand<'_> {
    fn line(&self) -> String {
        match self {
            Self::Put(from, to) => format!("put {} {}", sftp_quote(&from.to_string_lossy()), sftp_quote(to)),
            Self::Get(from, to) => format!("get {} {}", sftp_quote(from), sftp_quote(&to.to_string_lossy())),
            Self::Rename(from, to) => format!("rename {} {}", sftp_quote(from), sftp_quote(to)),
            Self::MakeFolder(path) => format!("-mkdir {}", sftp_quote(path)),
            Self::Remove(path) => format!("-rm {}", sftp_quote(path)),
            Self::RemoveFolder(path) => format!("-rmdir {}", sftp_quote(path)),
        }
    }
}

impl Sftp {
    /// Over an ssh connection; `root` is the working directory.
    pub(crate) fn new(root: &Path, ssh: &Ssh) -> Self {
        let batch = ["-q", "-b", "-", "--", ssh.host()].map(str::to_owned);
        Self { program: Program::new("sftp", root), arguments: ssh.options().into_iter().chain(batch).collect() }
    }

    /// Runs commands, one after the other, until one fails that is not one that may.
    pub(crate) fn run_batch(&self, commands: &[SftpCommand]) -> SubprocessResult<()> {
        let mut lines = commands.iter().map(SftpCommand::line);
        self.program
            .run_with_input(&self.arguments, |stdin| lines.try_for_each(|line| writeln!(stdin, "{line}")))
            .map(drop)
            .map_err(without_tolerated_errors)
    }

    /// The files and folders directly in these folders: the bytes of a file (`None` for a folder), and the full path.
    /// Folders that do not exist have none.
    pub(crate) fn list(&self, folders: &[String]) -> SubprocessResult<Vec<(Option<u64>, String)>> {
        let output = self.program.run_with_input(&self.arguments, |stdin| {
            folders.iter().try_for_each(|folder| writeln!(stdin, "-ls -lan {}", sftp_quote(folder)))
        })?;
        let (mut found, mut folder, mut rest) = (Vec::new(), "", folders.iter());
        // sftp repeats each command before its output, which is how the folder of an entry is known
        for line in String::from_utf8_lossy(&output).lines() {
            if line.starts_with("sftp> ") {
                folder = rest.next().map_or("", String::as_str);
            } else if let Some((size, name)) = parse_entry(line) {
                let name = name.rsplit('/').next().unwrap_or(name);
                if name != "." && name != ".." {
                    found.push((size, format!("{folder}/{name}")));
                }
            }
        }
        Ok(found)
    }

    /// All files below a folder, breadth first: bytes, and path below it.
    pub(crate) fn list_all(&self, folder: &str) -> SubprocessResult<Vec<(u64, String)>> {
        let (mut files, mut seen) = (Vec::new(), BTreeSet::new());
        let mut folders = vec![folder.to_owned()];
        while !folders.is_empty() {
            let found = self.list(&folders)?;
            folders.clear();
            for (size, path) in found {
                match (size, path.strip_prefix(folder).and_then(|path| path.strip_prefix('/'))) {
                    (Some(size), Some(below)) => files.push((size, below.to_owned())),
                    (None, Some(_)) if seen.insert(path.clone()) => folders.push(path),
                    _ => {}
                }
            }
        }
        Ok(files)
    }
}

/// What ended a batch, without the error lines of commands that may fail.
fn without_tolerated_errors(error: SubprocessError) -> SubprocessError {
    let SubprocessError::Exit { code, stderr, stdout } = error else { return error };
    let may_fail = ["remote mkdir", "remote rmdir", "remote delete"];
    let lines = stderr.lines().map(str::trim).filter(|line| !may_fail.iter().any(|start| line.starts_with(start)));
    SubprocessError::Exit { code, stderr: lines.collect::<Vec<_>>().join("\n"), stdout }
}

/// The bytes of a file (`None` for a folder) and its name, in a listing:
/// `-rw-r--r--    1 0        0            1234 Feb 25 10:00 name`
fn parse_entry(line: &str) -> Option<(Option<u64>, &str)> {
    let ([mode, _links, _owner, _group, size, _month, _day, _time], name) = split_columns(line)?;
    let size = size.parse().ok()?;
    match mode.chars().next()? {
        'd' => Some((None, name)),
        '-' => Some((Some(size), name)),
        _ => None,
    }
}

/// A word quoted for sftp, which then takes it literally, even `*`.
fn sftp_quote(word: &str) -> String {
    format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_is_parsed() {
        assert_eq!(
            parse_entry("-rw-r--r--    1 0        0            1234 Feb 25 10:00 a b.html"),
            Some((Some(1234), "a b.html"))
        );
        assert_eq!(parse_entry("drwxr-xr-x    2 1000     1000         4096 Jan  1  2025 产"), Some((None, "产")));
        assert_eq!(parse_entry("sftp> ls"), None);
    }

    #[test]
    fn a_command_quotes_whatever_names_hold() {
        let command = SftpCommand::Rename("a \"b\"".to_owned(), "c\\*".to_owned());
        assert_eq!(command.line(), r#"rename "a \"b\"" "c\\*""#);
    }
}
