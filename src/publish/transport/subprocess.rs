//! Subprocesses that do a part of a publish: git, ssh, rsync, sftp.
//!
//! A [`Program`] is run with a list of arguments, never through a shell; its input is written while its output is read.
//! Error output is redacted, since it may repeat an address with a token in it.

#![allow(clippy::disallowed_methods, reason = "the publish transports run subprocesses")]

use crate::diagnostics::error::io_reason;
use crate::diagnostics::message::Message;
use crate::message;
use crate::text::redact::{redacted, redacted_address};
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

/// The result of a subprocess.
pub(crate) type SubprocessResult<T> = Result<T, SubprocessError>;

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
    pub(crate) fn shown(&self) -> Message {
        match self {
            Self::NotFound(name) => message!("there is no {name} on this machine", name),
            Self::Exit { stderr, .. } if !stderr.is_empty() => Message::verbatim(stderr),
            Self::Exit { stdout, .. } if !stdout.is_empty() => Message::verbatim(stdout),
            Self::Exit { code: Some(code), .. } => message!("it ended with code {code}", code),
            Self::Exit { code: None, .. } => message!("it was ended from outside"),
            Self::Io(error) => io_reason(error),
        }
    }

    /// As [`shown`](Self::shown), in English, to look for phrases in.
    pub(crate) fn message(&self) -> String {
        self.shown().english()
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

    /// Runs it without input; returns its output. Fails where it ends with another code than 0.
    pub(crate) fn run(&self, arguments: impl IntoIterator<Item = impl Into<OsString>>) -> SubprocessResult<Vec<u8>> {
        self.run_with_input(arguments, |_| Ok(()))
    }

    /// As [`Program::run`], with the output as text.
    pub(crate) fn output_text(
        &self,
        arguments: impl IntoIterator<Item = impl Into<OsString>>,
    ) -> SubprocessResult<String> {
        self.run(arguments).map(|bytes| String::from_utf8_lossy(&bytes).trim_end().to_owned())
    }

    /// As [`Program::run`], with what `write_input` writes to its input.
    pub(crate) fn run_with_input(
        &self,
        arguments: impl IntoIterator<Item = impl Into<OsString>>,
        write_input: impl FnOnce(&mut dyn Write) -> IoResult<()>,
    ) -> SubprocessResult<Vec<u8>> {
        self.run_piped(arguments, write_input, read_all)
    }

    /// As [`Program::run_with_input`]; `on_line` is called with each line of the output as it comes.
    pub(crate) fn run_with_lines(
        &self,
        arguments: impl IntoIterator<Item = impl Into<OsString>>,
        write_input: impl FnOnce(&mut dyn Write) -> IoResult<()>,
        mut on_line: impl FnMut(&str) + Send,
    ) -> SubprocessResult<()> {
        let read_lines = |stdout: ChildStdout| {
            let mut lines = BufReader::new(stdout).split(b'\n');
            while let Some(Ok(line)) = lines.next() {
                on_line(&String::from_utf8_lossy(&line));
            }
            Vec::new()
        };
        self.run_piped(arguments, write_input, read_lines).map(drop)
    }

    /// Serves all three pipes at once, since whichever fills up first would block the others.
    fn run_piped(
        &self,
        arguments: impl IntoIterator<Item = impl Into<OsString>>,
        write_input: impl FnOnce(&mut dyn Write) -> IoResult<()>,
        read_output: impl FnOnce(ChildStdout) -> Vec<u8> + Send,
    ) -> SubprocessResult<Vec<u8>> {
        let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
        let addresses = addresses(&arguments);
        let mut child = self.spawn(arguments)?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let (written, stdout, stderr) = std::thread::scope(|scope| {
            let stdout = scope.spawn(|| stdout.map(read_output).unwrap_or_default());
            let stderr = scope.spawn(|| stderr.map(read_all).unwrap_or_default());
            let written = child.stdin.take().map_or(Ok(()), |stdin| {
                let mut stdin = BufWriter::new(stdin);
                write_input(&mut stdin).and_then(|()| stdin.flush())
            });
            (written, stdout.join().unwrap_or_default(), stderr.join().unwrap_or_default())
        });
        let status = child.wait().map_err(SubprocessError::Io)?;
        if !status.success() {
            let [stderr, stdout] = [stderr, stdout].map(|bytes| without_secrets(&bytes, &addresses));
            return Err(SubprocessError::Exit { code: status.code(), stderr, stdout });
        }
        match written {
            // a broken pipe is no failure: a program may succeed without reading all of its input
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(SubprocessError::Io(error)),
            _ => Ok(stdout),
        }
    }

    fn spawn(&self, arguments: Vec<OsString>) -> SubprocessResult<Child> {
        let mut command = Command::new(self.name);
        command.args(&self.leading_arguments).args(arguments);
        command.envs(self.environment.iter().cloned()).current_dir(&self.working_directory);
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

/// Those of the arguments that are URLs.
fn addresses(arguments: &[OsString]) -> Vec<String> {
    let texts = arguments.iter().filter_map(|argument| argument.to_str());
    texts.filter(|text| text.contains("://")).map(str::to_owned).collect()
}

/// The output of a failed program. The addresses that it was called with are redacted first, as a whole: in the midst of other
/// text a URL ends at a blank, and a password may hold one.
fn without_secrets(output: &[u8], addresses: &[String]) -> String {
    let text = String::from_utf8_lossy(output).trim().to_owned();
    redacted(&addresses.iter().fold(text, |text, address| text.replace(address, &redacted_address(address))))
}

fn read_all(mut pipe: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // a pipe breaks only when its program ends, and then the exit code decides
    let _ = pipe.read_to_end(&mut bytes);
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
    fn the_password_of_an_argument_is_not_shown_whatever_it_holds() {
        for url in ["https://u:ge heim@host/r", "https://u:ge/he'im@host/r", "https://host/r?token=ge heim"] {
            let program =
                Program::new("sh", Path::new("/")).with_arguments(["-c", "echo \"cannot reach $0\" >&2; exit 7"]);
            let shown = program.run([url]).unwrap_err().message();
            assert!(shown.contains("cannot reach https://") && !shown.contains("im"), "{shown}");
        }
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

    #[cfg(unix)]
    #[test]
    fn a_failure_without_error_output_says_how_it_ended() {
        let message = |command: &str| shell().run([command]).unwrap_err().message();
        assert_eq!(message("echo said on the output; exit 3"), "said on the output");
        assert_eq!(message("exit 3"), "it ended with code 3");
        assert_eq!(message("kill -9 $$"), "it was ended from outside");
        let missing = Program::new("no-such-program", Path::new("/")).run(["x"]).unwrap_err();
        assert_eq!(missing.message(), "there is no no-such-program on this machine");
    }

    #[cfg(unix)]
    #[test]
    fn lines_are_reported_as_they_come() {
        let mut lines = Vec::new();
        let echo = |stdin: &mut dyn Write| stdin.write_all("驿站\n夜校\n食堂".as_bytes());
        shell().run_with_lines(["cat"], echo, |line| lines.push(line.to_owned())).unwrap();
        assert_eq!(lines, ["驿站", "夜校", "食堂"]);
    }
}
