//! Programs that do a part of our work: git, ssh, rsync.
//!
//! A [`Program`] is called with words, never through a shell, is given its input as it is made, and answers with its output.
//! What it says when it fails is redacted: it may repeat an address with a token in it.

#![allow(clippy::disallowed_methods, reason = "this is a place where processes are started")]

use crate::diagnostics::error::os_message;
use crate::text::redact::redacted;
use std::ffi::OsString;
use std::io::{
    BufRead, BufReader, BufWriter, Error as IoError, ErrorKind, IsTerminal, Read, Result as IoResult, Write,
};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// A program and how it is called each time.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    name: &'static str,
    folder: PathBuf,
    before: Vec<OsString>,
    settings: Vec<(&'static str, OsString)>,
}

/// How a call failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// ListedFile is no such program.
    Missing(&'static str),
    /// It ended with a code (nothing where a signal ended it), said this to a person and answered that, both redacted.
    Failed { code: Option<i32>, said: String, out: String },
    /// It could not be given its input, or its answer not be read.
    Broken(IoError),
}

impl Failure {
    /// What a person is told.
    pub(crate) fn said(&self) -> String {
        match self {
            Self::Missing(name) => format!("there is no {name} on this machine"),
            Self::Failed { said, .. } if !said.is_empty() => said.clone(),
            Self::Failed { out, .. } if !out.is_empty() => out.clone(),
            Self::Failed { code: Some(code), .. } => format!("it ended with code {code}"),
            Self::Failed { code: None, .. } => "it was ended from outside".to_owned(),
            Self::Broken(error) => os_message(error),
        }
    }
}

impl Program {
    /// `name` as it is found on the user's path, run in `folder`, speaking English.
    pub(crate) fn new(name: &'static str, folder: &Path) -> Self {
        let settings = vec![("LC_ALL", "C.UTF-8".into()), ("LANGUAGE", "".into())];
        Self { name, folder: folder.to_owned(), before: Vec::new(), settings }
    }

    /// With words that come first in every call.
    pub(crate) fn with(mut self, words: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        self.before.extend(words.into_iter().map(Into::into));
        self
    }

    /// With a setting of the environment.
    pub(crate) fn set(mut self, name: &'static str, value: impl Into<OsString>) -> Self {
        self.settings.push((name, value.into()));
        self
    }

    /// Runs it without input.
    ///
    /// # Errors
    /// Where it ends with another code than 0.
    pub(crate) fn run<W: Into<OsString>>(&self, words: impl IntoIterator<Item = W>) -> Result<Vec<u8>, Failure> {
        self.feed(words, |_| Ok(()))
    }

    /// As [`Program::run`], with the output as text.
    ///
    /// # Errors
    /// Likewise.
    pub(crate) fn ask<W: Into<OsString>>(&self, words: impl IntoIterator<Item = W>) -> Result<String, Failure> {
        self.run(words).map(|bytes| String::from_utf8_lossy(&bytes).trim_end().to_owned())
    }

    /// Runs it with what `fill` writes on its input.
    ///
    /// # Errors
    /// Where it ends with another code than 0, or `fill` fails.
    pub(crate) fn feed<W: Into<OsString>>(
        &self,
        words: impl IntoIterator<Item = W>,
        fill: impl FnOnce(&mut dyn Write) -> IoResult<()>,
    ) -> Result<Vec<u8>, Failure> {
        let (outcome, out) = self.converse(words, fill, |stdout| read_all(Some(stdout)))?;
        match outcome {
            Err(Failure::Failed { code, said, .. }) => {
                Err(Failure::Failed { code, said, out: redacted(String::from_utf8_lossy(&out).trim()) })
            }
            other => other.map(|()| out),
        }
    }

    /// As [`Program::feed`], while `hear` hears each line of its output.
    ///
    /// # Errors
    /// Likewise.
    pub(crate) fn listen<W: Into<OsString>>(
        &self,
        words: impl IntoIterator<Item = W>,
        fill: impl FnOnce(&mut dyn Write) -> IoResult<()>,
        mut hear: impl FnMut(&str) + Send,
    ) -> Result<(), Failure> {
        let lines = |stdout: ChildStdout| {
            let mut lines = BufReader::new(stdout).split(b'\n');
            while let Some(Ok(line)) = lines.next() {
                hear(&String::from_utf8_lossy(&line));
            }
        };
        self.converse(words, fill, lines)?.0
    }

    /// Serves all three pipes at once (whichever fills up first would stop the others); `take` takes the output.
    fn converse<W: Into<OsString>, T: Send + Default>(
        &self,
        words: impl IntoIterator<Item = W>,
        fill: impl FnOnce(&mut dyn Write) -> IoResult<()>,
        take: impl FnOnce(ChildStdout) -> T + Send,
    ) -> Result<(Result<(), Failure>, T), Failure> {
        let mut child = self.start(words)?;
        let (out, err) = (child.stdout.take(), child.stderr.take());
        let (filled, out, err) = std::thread::scope(|scope| {
            let out = scope.spawn(|| out.map(take).unwrap_or_default());
            let err = scope.spawn(|| read_all(err));
            let filled = child.stdin.take().map_or(Ok(()), |stdin| {
                let mut stdin = BufWriter::new(stdin);
                fill(&mut stdin).and_then(|()| stdin.flush())
            });
            (filled, out.join().unwrap_or_default(), err.join().unwrap_or_default())
        });
        let status = child.wait().map_err(Failure::Broken)?;
        if !status.success() {
            let said = redacted(String::from_utf8_lossy(&err).trim());
            return Ok((Err(Failure::Failed { code: status.code(), said, out: String::new() }), out));
        }
        match filled {
            // where it had heard enough, it is content
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Broken(error)),
            _ => Ok((Ok(()), out)),
        }
    }

    fn start<W: Into<OsString>>(&self, words: impl IntoIterator<Item = W>) -> Result<Child, Failure> {
        let words = self.before.iter().cloned().chain(words.into_iter().map(Into::into));
        let mut command = Command::new(self.name);
        command.args(words).current_dir(&self.folder).envs(self.settings.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().map_err(|error| match error.kind() {
            ErrorKind::NotFound if self.folder.is_dir() => Failure::Missing(self.name),
            _ => Failure::Broken(error),
        })
    }
}

/// Whether somebody could answer a question.
pub(crate) fn is_attended() -> bool {
    std::io::stdin().is_terminal()
}

fn read_all(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    // a pipe that breaks ends with its program, whose code then tells
    let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    fn shell() -> Program {
        Program::new("sh", Path::new("/")).with(["-c"])
    }

    #[cfg(unix)]
    #[test]
    fn input_and_output_may_both_be_longer_than_a_pipe() {
        let text = "产改\n".repeat(100_000);
        let out = shell().feed(["cat; cat >&2 /dev/null"], |stdin| stdin.write_all(text.as_bytes())).unwrap();
        assert_eq!(out, text.as_bytes());
    }

    #[cfg(unix)]
    #[test]
    fn a_failure_is_told_without_secrets() {
        let failed = shell().run(["echo \"cannot reach https://u:geheim@host/\" >&2; exit 7"]).unwrap_err();
        assert!(
            matches!(&failed, Failure::Failed { code: Some(7), said, .. } if said == "cannot reach https://…@host/")
        );
        assert!(matches!(Program::new("no-such-program", Path::new("/")).run(["x"]), Err(Failure::Missing(_))));
        shell().feed(["exit 0"], |stdin| stdin.write_all(&vec![0; 1_000_000])).unwrap();
    }
}
