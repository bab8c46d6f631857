//! Transport by rsync over ssh: lists, compares and sends many files with one call.
//!
//! rsync writes each file under a temporary name, compares its checksum when it has arrived, and renames it. Files are
//! compared by checksum, never by time, so a retry after a cut connection sends only what is missing.

use crate::publish::transport::limits::RSYNC_IO_TIMEOUT;
use crate::publish::transport::listing::split_columns;
use crate::publish::transport::ssh::Ssh;
use crate::publish::transport::subprocess::{Program, SubprocessError, SubprocessResult};
use std::ffi::OsString;
use std::io::{Result as IoResult, Write};
use std::path::Path;

/// rsync to one host.
#[derive(Debug)]
pub(crate) struct Rsync {
    program: Program,
    host: String,
    /// the ssh command with its options, as `-e` expects it
    shell: String,
}

/// Folders get the mode 755, files 644.
const READABLE_BY_ALL: &str = "--chmod=Du=rwx,Dgo=rx,Fu=rw,Fgo=r";

impl Rsync {
    /// Over an ssh connection; `root` is the working directory.
    pub(crate) fn new(root: &Path, ssh: &Ssh) -> Self {
        // rsync splits this at blanks, and honours quotes, inside which a quote is doubled
        let options = ssh.options().into_iter().map(|option| format!("'{}'", option.replace('\'', "''")));
        let shell = ["ssh".to_owned()].into_iter().chain(options).collect::<Vec<_>>().join(" ");
        Self { program: Program::new("rsync", root), host: ssh.host().to_owned(), shell }
    }

    /// Whether this machine has rsync 3; other programs of the name (openrsync) lack options that are needed here.
    pub(crate) fn is_installed(&self) -> bool {
        self.program.output_text(["--version"]).is_ok_and(|version| version.contains("version 3."))
    }

    /// The files below a remote folder: bytes and path. A folder that does not exist has none.
    pub(crate) fn list(&self, folder: &str) -> SubprocessResult<Vec<(u64, String)>> {
        let arguments = self.arguments(&["--recursive", "--list-only", "--no-human-readable"], None, folder);
        match self.program.run(arguments) {
            Ok(listing) => Ok(String::from_utf8_lossy(&listing).lines().filter_map(parse_entry).collect()),
            Err(SubprocessError::Exit { stderr, .. }) if stderr.contains("No such file or directory") => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// Those of the `paths` below the folder `from` whose bytes differ in the remote folder.
    pub(crate) fn differing_files(&self, from: &Path, paths: &[&str], folder: &str) -> SubprocessResult<Vec<String>> {
        let flags = ["--checksum", "--dry-run", "--from0", "--files-from=-", "--out-format=%n"];
        let arguments = self.arguments(&flags, Some(from), folder);
        let differing = self.program.run_with_input(arguments, |stdin| write_paths(stdin, paths))?;
        Ok(String::from_utf8_lossy(&differing).lines().map(str::to_owned).collect())
    }

    /// Sends the `paths` below the folder `from` into the remote folder; `on_sent` is called with each as it is sent.
    /// Where rsync fails, files that had arrived by then stay.
    pub(crate) fn send(
        &self,
        from: &Path,
        paths: &[&str],
        folder: &str,
        on_sent: impl FnMut(&str) + Send,
    ) -> SubprocessResult<()> {
        let flags = ["--checksum", "--compress", "--from0", "--files-from=-", "--out-format=%n", READABLE_BY_ALL];
        let arguments = self.arguments(&flags, Some(from), folder);
        self.program.run_with_lines(arguments, |stdin| write_paths(stdin, paths), on_sent)
    }

    /// With `from` a transfer to the remote folder, without it a listing.
    fn arguments(&self, flags: &[&str], from: Option<&Path>, folder: &str) -> Vec<OsString> {
        let timeout = format!("--timeout={RSYNC_IO_TIMEOUT}");
        let common = ["--8-bit-output", "--protect-args", &timeout, "-e", &self.shell];
        let mut arguments: Vec<OsString> = flags.iter().chain(&common).map(OsString::from).collect();
        arguments.push("--".into());
        arguments.extend(from.map(|from| {
            let mut from = from.as_os_str().to_owned();
            from.push("/");
            from
        }));
        arguments.push(format!("{}:{folder}/", self.host).into());
        arguments
    }
}

fn write_paths(stdin: &mut dyn Write, paths: &[&str]) -> IoResult<()> {
    paths.iter().try_for_each(|path| write!(stdin, "{path}\0"))
}

/// The size and path of a file in a listing: `-rw-r--r--          1234 2025/02/25 10:00:00 a/b c.html`
fn parse_entry(line: &str) -> Option<(u64, String)> {
    let ([mode, size, _date, _time], path) = split_columns(line)?;
    mode.starts_with('-').then(|| Some((size.parse().ok()?, path.to_owned())))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_is_parsed_with_blanks_in_names() {
        assert_eq!(
            parse_entry("-rw-r--r--          1234 2025/02/25 10:00:00 a/b  c 产.html"),
            Some((1234, "a/b  c 产.html".into()))
        );
        assert_eq!(parse_entry("drwxr-xr-x             4 2025/02/25 10:00:00 a"), None);
    }
}
