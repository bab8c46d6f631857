//! Runs tools that work on files for a bounded time: an OCR program, one that renders PDFs.
//!
//! A tool runs in a process group of its own, which is killed as a whole when its time is over, and when this process ends in
//! whatever way: a shell beside the tool waits on a pipe that only this process has open. (The shell does not read the arguments.)

#![allow(clippy::disallowed_methods, reason = "processes are started here, and their output is read")]

use crate::diagnostics::error::io_reason;
use crate::diagnostics::message::Message;
use crate::io::clock::{Elapsed, Stopwatch};
use crate::message;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{Read, Result as IoResult, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// The shell that starts the tool and kills the group when the pipe on its standard input is closed.
const GUARD: &str = "exec 3<&0; (read -r _ <&3; kill -9 0) & \"$@\" </dev/null 3<&-; status=$?; kill $!; exit $status";
/// Bytes that a tool may print.
const MAX_PRINTED: u64 = 256 << 20;
/// Bytes at the end of its error output that are shown.
const SHOWN: u64 = 2000;
const POLLS: [Duration; 2] = [Duration::from_millis(2), Duration::from_millis(50)];

/// A tool and how it is called.
#[derive(Debug)]
pub(crate) struct Tool<'a> {
    /// program and arguments; never empty
    pub(crate) command: &'a [OsString],
    /// where it runs, and below which a program with a relative path is
    pub(crate) folder: &'a Path,
    /// a private folder for what it prints
    pub(crate) scratch: &'a Path,
    pub(crate) environment: &'a [(&'static str, &'static str)],
    pub(crate) timeout: Duration,
}

/// Why a tool has no result.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ToolFailure {
    /// there is no such program
    NotFound,
    /// it did not end in time, and was killed
    TimedOut,
    /// the end of a sentence, such as `failed (exit status: 1)`, and what it wrote on standard error
    Failed(Message, String),
}

impl Tool<'_> {
    /// Runs it to its end; returns what it prints.
    pub(crate) fn run(&self) -> Result<Vec<u8>, ToolFailure> {
        let program = find_program(&self.command[0], self.folder).ok_or(ToolFailure::NotFound)?;
        let lost = |error: &std::io::Error| {
            ToolFailure::Failed(message!("was lost: {reason}", reason = io_reason(error)), String::new())
        };
        let printed = [self.scratch.join("stdout"), self.scratch.join("stderr")];
        let mut child = self.start(&program, &printed).map_err(|error| lost(&error))?;
        let watch = Stopwatch::start();
        let is_over = || watch.elapsed() > Elapsed(self.timeout);
        let is_too_long = || printed.iter().any(|file| fs::metadata(file).is_ok_and(|file| file.len() > MAX_PRINTED));
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break status,
                Ok(None) => {}
                Err(error) => return Err(lost(&error)),
            }
            if is_over() || is_too_long() {
                end(child);
                let why = message!("printed without end");
                return Err(if is_over() { ToolFailure::TimedOut } else { ToolFailure::Failed(why, String::new()) });
            }
            sleep(if watch.elapsed() > Elapsed(POLLS[1]) { POLLS[1] } else { POLLS[0] });
        };
        drop(child);
        if status.success() {
            return fs::read(&printed[0]).map_err(|error| lost(&error));
        }
        Err(ToolFailure::Failed(
            message!("failed ({code})", code = code_of(status)),
            end_of(&printed[1]).unwrap_or_default(),
        ))
    }

    fn start(&self, program: &Path, printed: &[PathBuf; 2]) -> IoResult<Child> {
        let mut command = guarded(program);
        command.args(&self.command[1..]).current_dir(self.folder).envs(self.environment.iter().copied());
        command.stdin(Stdio::piped()).stdout(File::create(&printed[0])?).stderr(File::create(&printed[1])?);
        command.spawn()
    }
}

#[cfg(unix)]
fn guarded(program: &Path) -> Command {
    use std::os::unix::process::CommandExt;
    let mut command = Command::new("/bin/sh");
    command.args(["-c", GUARD, "sh"]).arg(program).process_group(0);
    command
}

/// Without the guard: a tool outlives a killed import by the time that it works on a page.
#[cfg(not(unix))]
fn guarded(program: &Path) -> Command {
    let _ = GUARD;
    Command::new(program)
}

/// Ends a tool and all that it started: closing the pipe makes the guard kill the group.
fn end(mut child: Child) {
    drop(child.stdin.take());
    if !cfg!(unix) {
        let _ = child.kill();
    }
    let _ = child.wait();
}

/// A shell reports a tool that a signal ended by a code above 128.
fn code_of(status: ExitStatus) -> String {
    match status.code() {
        Some(code) if cfg!(unix) && code > 128 => format!("signal {}", code - 128),
        _ => status.to_string(),
    }
}

/// The end of a file as text.
fn end_of(path: &Path) -> IoResult<String> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(SHOWN)))?;
    let mut bytes = Vec::new();
    file.take(SHOWN).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The file of a program: by its path, which may be relative to a folder, or by its name on the user's `PATH`.
fn find_program(name: &OsString, folder: &Path) -> Option<PathBuf> {
    let path = Path::new(name);
    if path.components().count() > 1 || path.is_absolute() {
        let path = std::path::absolute(folder.join(path)).ok()?;
        return path.is_file().then_some(path);
    }
    let folders = std::env::var_os("PATH")?;
    let mut files = std::env::split_paths(&folders).flat_map(|folder| {
        let plain = folder.join(path);
        [plain.with_extension("exe"), plain].into_iter().skip(usize::from(!cfg!(windows)))
    });
    files.find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(file).is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    fn run(command: &[&str], seconds: f32) -> Result<String, ToolFailure> {
        let home = tempfile::tempdir().unwrap();
        let command: Vec<OsString> = command.iter().map(OsString::from).collect();
        let tool = Tool {
            command: &command,
            folder: home.path(),
            scratch: home.path(),
            environment: &[("OMP_THREAD_LIMIT", "1")],
            timeout: Duration::from_secs_f32(seconds),
        };
        tool.run().map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn a_tool_returns_what_it_prints_or_why_it_failed() {
        assert_eq!(run(&["printf", "%s", "a $HOME 'b' \"c"], 9.0).unwrap(), "a $HOME 'b' \"c", "no shell reads them");
        assert_eq!(run(&["sh", "-c", "echo $OMP_THREAD_LIMIT; cat"], 9.0).unwrap(), "1\n", "its input is empty");
        assert_eq!(run(&["no-such-program-anywhere"], 9.0), Err(ToolFailure::NotFound));
        assert_eq!(run(&["./no-such-program"], 9.0), Err(ToolFailure::NotFound));
        let failed = run(&["sh", "-c", "echo why >&2; exit 3"], 9.0);
        assert_eq!(
            failed,
            Err(ToolFailure::Failed(message!("failed ({code})", code = "exit status: 3"), "why\n".to_owned()))
        );
        let killed = run(&["sh", "-c", "kill -9 $$"], 9.0);
        assert!(matches!(killed, Err(ToolFailure::Failed(how, _)) if how.english() == "failed (signal 9)"));
    }

    #[test]
    fn a_tool_that_takes_too_long_is_killed_with_all_that_it_started() {
        let home = tempfile::tempdir().unwrap();
        let alive = home.path().join("alive");
        let script = format!("(sleep 1; touch '{}') & sleep 60", alive.display());
        assert_eq!(run(&["sh", "-c", &script], 0.2), Err(ToolFailure::TimedOut));
        sleep(Duration::from_millis(1500));
        assert!(!alive.exists());
    }
}
