//! What a disk refused, told so that a person can mend it.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Error;
use std::fmt::Display;
use std::io::{Error as IoError, ErrorKind};
use std::path::Path;

/// A finding about a file or folder that could not be read. `name` is how a person finds it.
pub(crate) fn unreadable(name: &str, error: &IoError) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::Unreadable, format!("cannot read {name}: {}", reason(error))).in_file(name);
    match advice(error.kind()) {
        Some(advice) => diagnostic.hint(advice),
        None => diagnostic,
    }
}

/// The reason to stop where `doing` (such as "write", "remove") to a file failed.
pub(crate) fn refused(doing: &str, path: &Path, error: &IoError) -> Error {
    stopped(&format!("cannot {doing} {}", path.display()), error)
}

/// The reason to stop where something other than one file failed: `what` is the first half of the sentence.
pub(crate) fn stopped(what: &str, error: &IoError) -> Error {
    let diagnostic = Diagnostic::new(Code::Disk, format!("{what}: {}", reason(error)));
    Error::failure(match advice(error.kind()) {
        Some(advice) => diagnostic.hint(advice),
        None => diagnostic,
    })
}

/// The system's words, without the number that only a programmer looks up.
pub(crate) fn reason(error: &impl Display) -> String {
    let text = error.to_string();
    match text.rfind(" (os error ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

fn advice(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::PermissionDenied => "give your user the right to it (on Linux and macOS: chmod u+rwX)",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "free some space and run the command again: files are written whole or not at all"
        }
        ErrorKind::IsADirectory => "a folder stands where a file has to be: move or rename it",
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            "a file stands where a folder has to be: move or rename it"
        }
        ErrorKind::ReadOnlyFilesystem => "this disk is mounted read-only: choose a folder on another one",
        ErrorKind::InvalidFilename => {
            "the name is too long or holds a character that this disk does not take: rename it"
        }
        ErrorKind::NotFound => "check the spelling of the path",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_says_what_to_do() {
        let told = refused("write", Path::new("public/a.html"), &IoError::from(ErrorKind::StorageFull)).to_string();
        assert!(told.contains("cannot write public/a.html: no storage space"), "{told}");
        assert!(told.contains("free some space"), "{told}");
    }

    #[test]
    fn the_number_of_a_system_error_is_left_out() {
        let told = unreadable("content/a.md", &IoError::from_raw_os_error(13));
        assert!(!told.message.contains("os error"), "{}", told.message);
        assert!(told.message.starts_with("cannot read content/a.md: "), "{}", told.message);
        assert_eq!(told.location.unwrap().file, "content/a.md");
    }
}
