//! Programs: the browser, and this one.

#![allow(clippy::disallowed_methods, reason = "this is the place where processes are started")]

use crate::base::note::Note;
use crate::edge::fault::reason;
use crate::edge::stamp::Stamp;
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
pub fn open_browser(url: &str) -> Result<(), Note> {
    open_with(OPENER, url)
}

/// What tells this program from another build of it: what an older one kept may not fit this one.
pub fn identity() -> String {
    let own = std::env::current_exe().ok().and_then(|path| Stamp::at(&path)).unwrap_or_default();
    format!("{} {own:?}", env!("CARGO_PKG_VERSION"))
}

fn open_with(program: &str, url: &str) -> Result<(), Note> {
    let started =
        Command::new(program).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut child = started.map_err(|error| {
        Note::info("no-browser", format!("{program} could not be started: {}", reason(&error)))
            .hint(format!("open {url} in a browser"))
    })?;
    // a process that nobody waits for stays in the system's table until we end
    std::thread::spawn(move || child.wait());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_browser_the_address_is_told() {
        let note = open_with("no-such-program-anywhere", "http://127.0.0.1:1/").unwrap_err();
        assert_eq!(note.code, "no-browser");
        assert!(note.hint.unwrap().contains("http://127.0.0.1:1/"));
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
