//! Errors of the operating system as diagnostics and errors with advice.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, io_reason};
use crate::diagnostics::message::Message;
use crate::message;
use std::io::{Error as IoError, ErrorKind};
use std::path::Path;

/// The diagnostic `unreadable` of a file or folder. `name` is its path as the user knows it.
pub(crate) fn unreadable(name: &str, error: &IoError) -> Diagnostic {
    let message = message!("cannot read {name}: {reason}", name, reason = io_reason(error));
    with_advice(Diagnostic::new(Code::Unreadable, message).in_file(name), error)
}

/// What can fail on a file or folder.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FileOperation {
    Read,
    Write,
    Remove,
    /// of a new folder
    MakeFolder,
    /// of a temporary folder in the one that is named
    MakeFolderIn,
}

/// The error for an operation on a file that failed.
pub(crate) fn path_error(operation: FileOperation, path: &Path, error: IoError) -> Error {
    let path = path.display();
    let failure = match operation {
        FileOperation::Read => message!("cannot read {path}", path),
        FileOperation::Write => message!("cannot write {path}", path),
        FileOperation::Remove => message!("cannot remove {path}", path),
        FileOperation::MakeFolder => message!("cannot make the folder {path}", path),
        FileOperation::MakeFolderIn => message!("cannot make a folder in {path}", path),
    };
    io_error(failure, error)
}

/// The error for an operation that failed on something other than one file; `failure` is the message up to the colon.
pub(crate) fn io_error(failure: Message, error: IoError) -> Error {
    let diagnostic = Diagnostic::new(Code::Disk, message!("{failure}: {reason}", failure, reason = io_reason(&error)));
    Error::failure(with_advice(diagnostic, &error)).with_source(error)
}

fn with_advice(diagnostic: Diagnostic, error: &IoError) -> Diagnostic {
    let advice = match error.kind() {
        ErrorKind::PermissionDenied => message!("give your user the right to it (on Linux and macOS: chmod u+rwX)"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            message!("free some space and run the command again: files are written whole or not at all")
        }
        ErrorKind::IsADirectory => message!("a folder stands where a file has to be: move or rename it"),
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            message!("a file stands where a folder has to be: move or rename it")
        }
        ErrorKind::ReadOnlyFilesystem => message!("this disk is mounted read-only: choose a folder on another one"),
        ErrorKind::InvalidFilename => {
            message!("the name is too long or holds a character that this disk does not take: rename it")
        }
        ErrorKind::NotFound => message!("check the spelling of the path"),
        _ => return diagnostic,
    };
    diagnostic.hint(advice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::error::Error as _;

    #[test]
    fn a_full_disk_comes_with_advice_and_its_source() {
        let error = path_error(FileOperation::Write, Path::new("public/a.html"), IoError::from(ErrorKind::StorageFull));
        let message = error.to_string();
        assert!(message.contains("cannot write public/a.html: no storage space"), "{message}");
        assert!(message.contains("free some space"), "{message}");
        assert!(error.source().unwrap().is::<IoError>());
    }

    #[test]
    fn the_number_of_a_system_error_is_left_out() {
        let diagnostic = unreadable("content/a.md", &IoError::from_raw_os_error(13));
        assert!(!diagnostic.message.english().contains("os error"), "{diagnostic:?}");
        assert!(diagnostic.message.english().starts_with("cannot read content/a.md: "), "{diagnostic:?}");
        assert_eq!(diagnostic.location.unwrap().file, "content/a.md");
    }
}
