//! sftp: files to a machine that has no rsync, and perhaps no shell.
//!
//! Commands go to the user's sftp in batches. A command that fails ends its batch; one that may fail is marked so.

use crate::publish::transport::ssh::Ssh;
use crate::publish::transport::subprocess::{Failure, Program};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// sftp, and the way to the other side.
#[derive(Debug)]
pub(crate) struct Sftp {
    program: Program,
    words: Vec<String>,
}

/// One command to the other side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Order<'a> {
    /// Sends a file of this machine.
    Put(&'a Path, String),
    /// Fetches a file to this machine.
    Get(String, &'a Path),
    /// In place of a file that is there.
    Rename(String, String),
    /// It may be there already.
    MakeFolder(String),
    /// It may be gone already.
    Remove(String),
    /// It may not be empty.
    RemoveFolder(String),
}

impl Order<'_> {
    fn line(&self) -> String {
        match self {
            Self::Put(from, to) => format!("put {} {}", quoted(&from.to_string_lossy()), quoted(to)),
            Self::Get(from, to) => format!("get {} {}", quoted(from), quoted(&to.to_string_lossy())),
            Self::Rename(from, to) => format!("rename {} {}", quoted(from), quoted(to)),
            Self::MakeFolder(path) => format!("-mkdir {}", quoted(path)),
            Self::Remove(path) => format!("-rm {}", quoted(path)),
            Self::RemoveFolder(path) => format!("-rmdir {}", quoted(path)),
        }
    }
}

impl Sftp {
    /// Over a connection; `root` is where it runs.
    pub(crate) fn new(root: &Path, ssh: &Ssh) -> Self {
        let end = ["-q", "-b", "-", "--", ssh.host()].map(str::to_owned);
        Self { program: Program::new("sftp", root), words: ssh.options().into_iter().chain(end).collect() }
    }

    /// Gives orders, one after the other.
    ///
    /// # Errors
    /// The first one that fails and may not.
    pub(crate) fn order(&self, orders: &[Order]) -> Result<(), Failure> {
        let lines = orders.iter().map(Order::line);
        self.program
            .feed(&self.words, |stdin| lines.into_iter().try_for_each(|line| writeln!(stdin, "{line}")))
            .map(drop)
            .map_err(without_excuses)
    }

    /// The files and folders in these folders, each in full: the bytes of a file, nothing for a folder. Folders that are not
    /// there hold none.
    ///
    /// # Errors
    /// What sftp says.
    pub(crate) fn list(&self, folders: &[String]) -> Result<Vec<(Option<u64>, String)>, Failure> {
        let mut batch = String::new();
        for folder in folders {
            // writing into a text cannot fail
            let _ = writeln!(batch, "-ls -lan {}", quoted(folder));
        }
        let told = self.program.feed(&self.words, |stdin| stdin.write_all(batch.as_bytes()))?;
        let told = String::from_utf8_lossy(&told).into_owned();
        let mut found = Vec::new();
        let mut folder = "";
        let mut rest = folders.iter();
        for line in told.lines() {
            if line.starts_with("sftp> ") {
                folder = rest.next().map_or("", String::as_str);
            } else if let Some((size, name)) = listed(line) {
                let name = name.rsplit('/').next().unwrap_or(name);
                if name != "." && name != ".." {
                    found.push((size, format!("{folder}/{name}")));
                }
            }
        }
        Ok(found)
    }

    /// All files below a folder: bytes, and path below it.
    ///
    /// # Errors
    /// What sftp says.
    pub(crate) fn list_all(&self, folder: &str) -> Result<Vec<(u64, String)>, Failure> {
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

/// What ended a batch, without what was said of orders that may fail.
fn without_excuses(failure: Failure) -> Failure {
    let Failure::Failed { code, said, out } = failure else { return failure };
    let may_fail = ["remote mkdir", "remote rmdir", "remote delete"];
    let lines = said.lines().map(str::trim).filter(|line| !may_fail.iter().any(|order| line.starts_with(order)));
    Failure::Failed { code, said: lines.collect::<Vec<_>>().join("\n"), out }
}

/// `-rw-r--r--    1 0        0            1234 Feb 25 10:00 name`: the bytes of a file, nothing for a folder.
fn listed(line: &str) -> Option<(Option<u64>, &str)> {
    let is_folder = line.starts_with('d');
    if !is_folder && !line.starts_with('-') {
        return None;
    }
    let mut rest = line;
    let mut word = || {
        let (word, after) = rest.trim_start().split_once(' ')?;
        rest = after;
        Some(word)
    };
    let (_, _, _, _, size) = (word()?, word()?, word()?, word()?, word()?);
    let (_, _, _) = (word()?, word()?, word()?);
    Some(((!is_folder).then_some(size.parse().ok()?), rest))
}

/// A word that sftp takes as it is: in quotes even `*` stands for itself.
fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read() {
        assert_eq!(
            listed("-rw-r--r--    1 0        0            1234 Feb 25 10:00 a b.html"),
            Some((Some(1234), "a b.html"))
        );
        assert_eq!(listed("drwxr-xr-x    2 1000     1000         4096 Jan  1  2025 产"), Some((None, "产")));
        assert_eq!(listed("sftp> ls"), None);
    }

    #[test]
    fn an_order_names_its_files_whatever_they_hold() {
        let order = Order::Rename("a \"b\"".to_owned(), "c\\*".to_owned());
        assert_eq!(order.line(), r#"rename "a \"b\"" "c\\*""#);
    }
}
