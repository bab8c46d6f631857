//! rsync over ssh: sends and compares many files with one call.
//!
//! Each file is written beside its place and renamed, and its whole checksum is compared when it has arrived. Files are told
//! apart by checksum and never by time, so a batch that is sent again after a cut connection sends only what is missing.

use crate::publish::transport::ssh::Ssh;
use crate::publish::transport::subprocess::{Failure, Program};
use std::ffi::OsString;
use std::io::{Result as IoResult, Write};
use std::path::Path;

/// rsync, and the way to the other side.
#[derive(Debug)]
pub(crate) struct Rsync {
    program: Program,
    host: String,
    shell: String,
}

impl Rsync {
    /// Over a connection; `root` is where it runs.
    pub(crate) fn new(root: &Path, ssh: &Ssh) -> Self {
        // rsync takes this apart at blanks, and honours quotes, in which a quote is doubled
        let words = ssh.options().into_iter().map(|word| format!("'{}'", word.replace('\'', "''")));
        let shell = ["ssh".to_owned()].into_iter().chain(words).collect::<Vec<_>>().join(" ");
        Self { program: Program::new("rsync", root), host: ssh.host().to_owned(), shell }
    }

    /// Whether this machine has it: rsync 3, since others of the name lack what is needed here.
    pub(crate) fn is_here(&self) -> bool {
        self.program.ask(["--version"]).is_ok_and(|told| told.contains("version 3."))
    }

    /// The files below a folder of the other side: bytes and path. A folder that is not there holds none.
    ///
    /// # Errors
    /// What rsync says.
    pub(crate) fn list(&self, folder: &str) -> Result<Vec<(u64, String)>, Failure> {
        let words = self.words(&["--recursive", "--list-only", "--no-human-readable"], None, folder);
        match self.program.run(words) {
            Ok(told) => Ok(String::from_utf8_lossy(&told).lines().filter_map(listed).collect()),
            Err(Failure::Failed { said, .. }) if said.contains("No such file or directory") => Ok(Vec::new()),
            Err(failure) => Err(failure),
        }
    }

    /// Which of these files hold other bytes at the other side.
    ///
    /// # Errors
    /// What rsync says.
    pub(crate) fn differing(&self, from: &Path, paths: &[&str], folder: &str) -> Result<Vec<String>, Failure> {
        let flags = ["--checksum", "--dry-run", "--from0", "--files-from=-", "--out-format=%n"];
        let told = self.program.feed(self.words(&flags, Some(from), folder), |stdin| listing(stdin, paths))?;
        Ok(String::from_utf8_lossy(&told).lines().map(str::to_owned).collect())
    }

    /// Sends these files of the folder `from` into a folder of the other side; `heard` hears of each as it goes.
    ///
    /// # Errors
    /// What rsync says; files that had arrived by then are there.
    pub(crate) fn send(
        &self,
        from: &Path,
        paths: &[&str],
        folder: &str,
        heard: impl FnMut(&str) + Send,
    ) -> Result<(), Failure> {
        let flags = [
            "--checksum",
            "--compress",
            "--from0",
            "--files-from=-",
            "--out-format=%n",
            "--chmod=Du=rwx,Dgo=rx,Fu=rw,Fgo=r",
        ];
        self.program.listen(self.words(&flags, Some(from), folder), |stdin| listing(stdin, paths), heard)
    }

    /// With `from`: towards the other side; without: a look at it.
    fn words(&self, flags: &[&str], from: Option<&Path>, folder: &str) -> Vec<OsString> {
        let other = format!("{}:{folder}/", self.host);
        let usual = ["--8-bit-output", "--protect-args", "--timeout=60", "-e", &self.shell];
        let mut words: Vec<OsString> = flags.iter().chain(&usual).map(OsString::from).collect();
        words.push("--".into());
        words.extend(from.map(|from| {
            let mut from = from.as_os_str().to_owned();
            from.push("/");
            from
        }));
        words.push(other.into());
        words
    }
}

fn listing(stdin: &mut dyn Write, paths: &[&str]) -> IoResult<()> {
    paths.iter().try_for_each(|path| write!(stdin, "{path}\0"))
}

/// `-rw-r--r--          1234 2025/02/25 10:00:00 a/b c.html`
fn listed(line: &str) -> Option<(u64, String)> {
    if !line.starts_with('-') {
        return None;
    }
    let mut rest = line;
    let mut word = || {
        let (word, after) = rest.trim_start().split_once(' ')?;
        rest = after;
        Some(word)
    };
    let (_, size, _, _) = (word()?, word()?, word()?, word()?);
    Some((size.parse().ok()?, rest.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_with_blanks_in_names() {
        assert_eq!(
            listed("-rw-r--r--          1234 2025/02/25 10:00:00 a/b  c 产.html"),
            Some((1234, "a/b  c 产.html".into()))
        );
        assert_eq!(listed("drwxr-xr-x             4 2025/02/25 10:00:00 a"), None);
    }
}
