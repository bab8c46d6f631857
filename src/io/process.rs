//! Processes: the browser, hooks from site.toml, and this program itself.

#![allow(clippy::disallowed_methods, reason = "processes are started here")]

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::io_reason;
use crate::diagnostics::message::Message;
use crate::io::fs::stamp::Stamp;
use crate::message;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const OPENER: &str = if cfg!(target_os = "macos") {
    "open"
} else if cfg!(windows) {
    "explorer"
} else {
    "xdg-open"
};

/// Opens a URL in the user's browser, without waiting for it. Error `no-browser`, with the URL to open by hand.
pub(crate) fn open_browser(url: &str) -> Result<(), Diagnostic> {
    open_with(OPENER, url)
}

/// The version and the file of this program, which differ between its builds: the cache of another build may not fit.
pub(crate) fn identity() -> String {
    let own = std::env::current_exe().ok().and_then(|path| Stamp::at(&path)).unwrap_or_default();
    format!("{} {own:?}", env!("CARGO_PKG_VERSION"))
}

/// The version of this program and what it was built from: the same on every machine, so that one may read what another has written.
pub(crate) fn origin() -> String {
    format!("{} {}", env!("CARGO_PKG_VERSION"), env!("WENZHAI_SOURCES"))
}

fn open_with(program: &str, url: &str) -> Result<(), Diagnostic> {
    let started =
        Command::new(program).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut child = started.map_err(|error| {
        Diagnostic::new(
            Code::NoBrowser,
            message!("{program} could not be started: {reason}", program, reason = io_reason(&error)),
        )
        .hint(message!("open {url} in a browser", url))
    })?;
    // A process that is never waited for stays in the system's process table until this one ends.
    std::thread::spawn(move || child.wait());
    Ok(())
}

/// Runs a shell command of site.toml in a folder, with a text on its standard input and this program's output. The error is the
/// end of a sentence, such as `failed (exit status: 3)`.
pub(crate) fn run_hook(command: &str, folder: &Path, input: &str) -> Result<(), Message> {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let started = Command::new(shell).args([flag, command]).current_dir(folder).stdin(Stdio::piped()).spawn();
    let mut child = started.map_err(|error| message!("could not be started: {reason}", reason = io_reason(&error)))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A command need not read its input.
        let _ = stdin
            .write_all(input.as_bytes())
            .and_then(|()| if input.is_empty() { Ok(()) } else { stdin.write_all(b"\n") });
    }
    match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(message!("failed ({code})", code = status)),
        Err(error) => Err(message!("was lost: {reason}", reason = io_reason(&error))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_browser_the_url_is_in_the_hint() {
        let diagnostic = open_with("no-such-program-anywhere", "http://127.0.0.1:1/").unwrap_err();
        assert_eq!(diagnostic.code, Code::NoBrowser);
        assert!(diagnostic.advice().contains("http://127.0.0.1:1/"));
    }

    #[cfg(unix)]
    #[test]
    fn a_hook_reads_its_input_in_its_folder_and_its_failure_is_returned() {
        let home = tempfile::tempdir().unwrap();
        run_hook("cat > input", home.path(), "one\ntwo").unwrap();
        assert_eq!(std::fs::read_to_string(home.path().join("input")).unwrap(), "one\ntwo\n");
        run_hook("true", home.path(), &"x".repeat(1_000_000)).unwrap();
        assert!(run_hook("exit 3", home.path(), "").unwrap_err().english().contains('3'));
    }

    #[cfg(unix)]
    #[test]
    fn the_program_gets_the_url_as_one_argument() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("a b?c&d");
        open_with("mkdir", folder.to_str().unwrap()).unwrap();
        let started = std::time::Instant::now();
        while !folder.is_dir() && started.elapsed().as_secs() < 10 {
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        assert!(folder.is_dir());
    }
}
