//! Programs: the browser, commands that a person wrote into site.toml, and this one.

#![allow(clippy::disallowed_methods, reason = "this is the place where processes are started")]

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::os_message;
use crate::io::fs::stamp::Stamp;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What opens an address with the program that the user chose for it.
const OPENER: &str = if cfg!(target_os = "macos") {
    "open"
} else if cfg!(windows) {
    "explorer"
} else {
    "xdg-open"
};

/// Show an address in the user's browser, without waiting for it. Where that fails there is a finding, `no-browser`: the
/// address can be opened by hand.
pub(crate) fn open_browser(url: &str) -> Result<(), Diagnostic> {
    open_with(OPENER, url)
}

/// What tells this program from another build of it: what an older one kept may not fit this one.
pub(crate) fn identity() -> String {
    let own = std::env::current_exe().ok().and_then(|path| Stamp::at(&path)).unwrap_or_default();
    format!("{} {own:?}", env!("CARGO_PKG_VERSION"))
}

fn open_with(program: &str, url: &str) -> Result<(), Diagnostic> {
    let started =
        Command::new(program).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut child = started.map_err(|error| {
        Diagnostic::new(Code::NoBrowser, format!("{program} could not be started: {}", os_message(&error)))
            .hint(format!("open {url} in a browser"))
    })?;
    // a process that nobody waits for stays in the system's table until we end
    std::thread::spawn(move || child.wait());
    Ok(())
}

/// Runs a command of the user's in a shell, in a folder, with a text on its input; what it says goes where ours goes.
///
/// # Errors
/// How it failed, as the end of a sentence.
pub(crate) fn run_hook(command: &str, folder: &Path, input: &str) -> Result<(), String> {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let started = Command::new(shell).args([flag, command]).current_dir(folder).stdin(Stdio::piped()).spawn();
    let mut child = started.map_err(|error| format!("could not be started: {}", os_message(&error)))?;
    if let Some(mut stdin) = child.stdin.take() {
        // a command that does not read its input is none the worse for it
        let _ = stdin
            .write_all(input.as_bytes())
            .and_then(|()| if input.is_empty() { Ok(()) } else { stdin.write_all(b"\n") });
    }
    match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("failed ({status})")),
        Err(error) => Err(format!("was lost: {}", os_message(&error))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_browser_the_address_is_told() {
        let diagnostic = open_with("no-such-program-anywhere", "http://127.0.0.1:1/").unwrap_err();
        assert_eq!(diagnostic.code, Code::NoBrowser);
        assert!(diagnostic.hint.unwrap().contains("http://127.0.0.1:1/"));
    }

    #[cfg(unix)]
    #[test]
    fn a_hook_reads_its_input_in_its_folder_and_its_failure_is_told() {
        let home = tempfile::tempdir().unwrap();
        run_hook("cat > heard", home.path(), "one\ntwo").unwrap();
        assert_eq!(std::fs::read_to_string(home.path().join("heard")).unwrap(), "one\ntwo\n");
        run_hook("true", home.path(), &"x".repeat(1_000_000)).unwrap();
        assert!(run_hook("exit 3", home.path(), "").unwrap_err().contains('3'));
    }

    #[cfg(unix)]
    #[test]
    fn the_program_gets_the_address_as_one_word() {
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
