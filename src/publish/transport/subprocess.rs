//! Subprocesses that do a part of a publish: git, ssh, rsync, sftp.
//!
//! A [`Program`] is run with a list of arguments, never through a shell; its input is written while its output is read.
//! Error output is redacted, since it may repeat an address with a token in it.

#![allow(clippy::disallowed_methods, reason = "the publish transports run subprocesses")]

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
    working_directory: PathBuf,
    leading_arguments: Vec<OsString>,
    environment: Vec<(&'static str, OsString)>,
}

/// Why a subprocess failed.
#[derive(Debug)]
pub(crate) enum SubprocessError {
    /// There is no such program.
    NotFound(&'static str),
    /// It ended with a code other than 0 (`None` where a signal ended it); both outputs are redacted.
    Exit { code: Option<i32>, stderr: String, stdout: String },
    /// Its input could not be written, or its output not be read.
    Io(IoError),
}

impl SubprocessError {
    /// One text for a person: the error output, else the output, else how it ended.
    pub(crate) fn message(&self) -> String {
        match self {
            Self::NotFound(name) => format!("there is no {name} on this machine"),
            Self::Exit { stderr, .. } if !stderr.is_empty() => stderr.clone(),
            Self::Exit { stdout, .. } if !stdout.is_empty() => stdout.clone(),
            Self::Exit { code: Some(code), .. } => format!("it ended with code {code}"),
            Self::Exit { code: None, .. } => "it was ended from outside".to_owned(),
            Self::Io(error) => os_message(error),
        }
    }
}

impl Program {
    /// `name` as found on the user's `PATH`, run in `working_directory`, with messages in English.
    pub(crate) fn new(name: &'static str, working_directory: &Path) -> Self {
        let environment = vec![("LC_ALL", "C.UTF-8".into()), ("LANGUAGE", "".into())];
        Self { name, working_directory: working_directory.to_owned(), leading_arguments: Vec::new(), environment }
    }

    /// With arguments that come first in every call.
    pub(crate) fn with_arguments(mut self, arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        self.leading_arguments.extend(arguments.into_iter().map(Into::into));
        self
    }

    /// With an environment variable.
    pub(crate) fn env(mut self, name: &'static str, value: impl Into<OsString>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// Runs it without input.
    ///
    /// # Errors
    /// Where it ends with another code than 0.
    pub(crate) fn run<W: Into<OsString>>(
        &self,
        arguments: impl IntoIterator<Item = W>,
    ) -> Result<Vec<u8>, SubprocessError> {
        self.run_with_input(arguments, |_| Ok(()))
    }

    /// As [`Program::run`], with the output as text.
    ///
    /// # Errors
    /// Likewise.
    pub(crate) fn output_text<W: Into<OsString>>(
        &self,
        arguments: impl IntoIterator<Item = W>,
    ) -> Result<String, SubprocessError> {
        self.run(arguments).map(|bytes| String::from_utf8_lossy(&bytes).trim_end().to_owned())
    }

    /// Runs it with what `write_input` writes to its input.
    ///
    /// # Errors
    /// Where it ends with another code than 0, or `write_input` fails.
    pub(crate) fn run_with_input<W: Into<OsString>>(
        &self,
        arguments: impl IntoIterator<Item = W>,
        write_input: impl FnOnce(&mut dyn Write) -> IoResult<()>,
    ) -> Result<Vec<u8>, SubprocessError> {
        let (outcome, stdout) = self.run_piped(arguments, write_input, |stdout| read_all(Some(stdout)))?;
        match outcome {
            Err(SubprocessError::Exit { code, stderr, .. }) => {
                Err(SubprocessError::Exit { code, stderr, stdout: redacted(String::from_utf8_lossy(&stdout).trim()) })
            }
            other => other.map(|()| stdout),
        }
    }

    /// As [`Program::run_with_input`]; `on_line` is called with each line of the output as it comes.
    ///
    /// # Errors
    /// Likewise.
    pub(crate) fn run_with_lines<W: Into<OsString>>(
        &self,
        arguments: impl IntoIterator<Item = W>,
        write_input: impl FnOnce(&mut dyn Write) -> IoResult<()>,
        mut on_line: impl FnMut(&str) + Send,
    ) -> Result<(), SubprocessError> {
        let lines = |stdout: ChildStdout| {
            let mut lines = BufReader::new(stdout).split(b'\n');
            while let Some(Ok(line)) = lines.next() {
                on_line(&String::from_utf8_lossy(&line));
            }
        };
        self.run_piped(arguments, write_input, lines)?.0
    }

    /// Serves all three pipes at once, since whichever fills up first would block the others.
    fn run_piped<W: Into<OsString>, T: Send + Default>(
        &self,
        arguments: impl IntoIterator<Item = W>,
        write_input: impl FnOnce(&mut dyn Write) -> IoResult<()>,
        read_output: impl FnOnce(ChildStdout) -> T + Send,
    ) -> Result<(Result<(), SubprocessError>, T), SubprocessError> {
        let mut child = self.spawn(arguments)?;
        let (stdout, err) = (child.stdout.take(), child.stderr.take());
        let (written, stdout, err) = std::thread::scope(|scope| {
            let stdout = scope.spawn(|| stdout.map(read_output).unwrap_or_default());
            let err = scope.spawn(|| read_all(err));
            let written = child.stdin.take().map_or(Ok(()), |stdin| {
                let mut stdin = BufWriter::new(stdin);
                write_input(&mut stdin).and_then(|()| stdin.flush())
            });
            (written, stdout.join().unwrap_or_default(), err.join().unwrap_or_default())
        });
        let status = child.wait().map_err(SubprocessError::Io)?;
        if !status.success() {
            let stderr = redacted(String::from_utf8_lossy(&err).trim());
            return Ok((Err(SubprocessError::Exit { code: status.code(), stderr, stdout: String::new() }), stdout));
        }
        match written {
            // a broken pipe is no failure: a program may succeed without reading all of its input
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(SubprocessError::Io(error)),
            _ => Ok((Ok(()), stdout)),
        }
    }

    fn spawn<W: Into<OsString>>(&self, arguments: impl IntoIterator<Item = W>) -> Result<Child, SubprocessError> {
        let arguments = self.leading_arguments.iter().cloned().chain(arguments.into_iter().map(Into::into));
        let mut command = Command::new(self.name);
        command
            .args(arguments)
            .current_dir(&self.working_directory)
            .envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().map_err(|error| match error.kind() {
            ErrorKind::NotFound if self.working_directory.is_dir() => SubprocessError::NotFound(self.name),
            _ => SubprocessError::Io(error),
        })
    }
}

/// Whether a person at the terminal could answer a prompt.
pub(crate) fn is_interactive() -> bool {
    std::io::stdin().is_terminal()
}

fn read_all(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    // a pipe breaks only when its program ends, and then the exit code decides
    let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    fn shell() -> Program {
        Program::new("sh", Path::new("/")).with_arguments(["-c"])
    }

    #[cfg(unix)]
    #[test]
    fn input_and_output_may_both_be_longer_than_a_pipe() {
        let text = "产改\n".repeat(100_000);
        let stdout =
            shell().run_with_input(["cat; cat >&2 /dev/null"], |stdin| stdin.write_all(text.as_bytes())).unwrap();
        assert_eq!(stdout, text.as_bytes());
    }

    #[cfg(unix)]
    #[test]
    fn a_failure_is_shown_without_secrets() {
        let failed = shell().run(["echo \"cannot reach https://u:geheim@host/\" >&2; exit 7"]).unwrap_err();
        assert!(
            matches!(&failed, SubprocessError::Exit { code: Some(7), stderr, .. } if stderr == "cannot reach https://…@host/")
        );
        assert!(matches!(
            Program::new("no-such-program", Path::new("/")).run(["x"]),
            Err(SubprocessError::NotFound(_))
        ));
        shell().run_with_input(["exit 0"], |stdin| stdin.write_all(&vec![0; 1_000_000])).unwrap();
    }
}
