//! The error type of the crate, for what leaves nothing to go on with: no site.toml, a disk that refuses a write.

use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::message::{Message, translation};
use crate::message;
use crate::text::lang::Lang;
use std::fmt::{self, Write as _};
use std::io;
use std::sync::Arc;

/// The party at fault, from which the exit code follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    /// the command line or site.toml asks for something that cannot be
    Configuration = 2,
    /// the work itself failed, such as a disk, a socket or a process
    Failure = 1,
}

/// The reason why a command stops.
///
/// One struct for the whole crate, rather than an enum for each module, because every caller prints it and exits. Code that has
/// to tell failures apart does so by a type of its own before it makes an `Error`; it never compares codes of diagnostics.
#[derive(Debug, Clone)]
pub struct Error {
    pub(crate) kind: ErrorKind,
    /// at least one; the mistakes of one settings file are reported together
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// the error of the operating system or of a library that led here, shared so that this one can be cloned
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

/// A result whose error stops the command.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub(crate) fn new(kind: ErrorKind, diagnostics: Vec<Diagnostic>) -> Self {
        Self { kind, diagnostics, source: None }
    }

    /// An error of usage or configuration: exit code 2.
    pub(crate) fn configuration(diagnostic: Diagnostic) -> Self {
        Self::new(ErrorKind::Configuration, vec![diagnostic])
    }

    /// A failure of the work itself: exit code 1.
    pub(crate) fn failure(diagnostic: Diagnostic) -> Self {
        Self::new(ErrorKind::Failure, vec![diagnostic])
    }

    /// Attaches the error that led to this one.
    pub(crate) fn with_source(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.source = Some(Arc::new(source));
        self
    }

    /// What the error says in one line.
    pub(crate) fn reason(&self) -> Message {
        self.diagnostics
            .first()
            .map_or_else(|| Message::verbatim(self.to_string()), |diagnostic| diagnostic.message.clone())
    }

    /// The exit code of the command: 2 for usage and configuration, 1 for a failure.
    pub fn exit_code(&self) -> u8 {
        self.kind as u8
    }

    /// The diagnostics and the chain of causes (`caused by: …`, one a line) as the terminal shows them, without a line
    /// break at the end. A cause that a line above it already quotes is left out.
    pub fn render(&self, lang: Lang, styled: bool) -> String {
        let mut text = self.diagnostics.iter().map(|found| found.render(lang, styled)).collect::<Vec<_>>().join("\n");
        let mut quoted: String = self.diagnostics.iter().map(|found| found.message.text(lang)).collect();
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            let message = match error.downcast_ref::<io::Error>() {
                Some(error) => io_reason(error).text(lang),
                None => os_message(error),
            };
            if !quoted.contains(&message) {
                let _ = write!(text, "\n{}: {message}", translation("caused by", lang));
                quoted.push_str(&message);
            }
            cause = error.source();
        }
        text
    }
}

/// Why the operating system refused something: the usual reasons in every language, others as it says them.
pub(crate) fn io_reason(error: &io::Error) -> Message {
    match error.kind() {
        io::ErrorKind::NotFound => message!("no such file or folder"),
        io::ErrorKind::PermissionDenied => message!("permission denied"),
        io::ErrorKind::StorageFull => message!("no storage space"),
        io::ErrorKind::IsADirectory => message!("it is a folder"),
        io::ErrorKind::NotADirectory => message!("it is no folder"),
        io::ErrorKind::AlreadyExists => message!("it is there already"),
        io::ErrorKind::ReadOnlyFilesystem => message!("the disk is read-only"),
        io::ErrorKind::TimedOut => message!("it took too long"),
        io::ErrorKind::ConnectionRefused => message!("the connection was refused"),
        io::ErrorKind::AddrInUse => message!("another program uses the address"),
        io::ErrorKind::BrokenPipe => message!("the reader is gone"),
        _ => match error.raw_os_error() {
            Some(code) => Message::foreign(os_message(error), message!("error {code} of the system", code)),
            None => library_reason(error),
        },
    }
}

/// Why a library could not do its work: in its own words in English.
pub(crate) fn library_reason(error: &(impl fmt::Display + ?Sized)) -> Message {
    Message::foreign(os_message(error), message!("it is not as it has to be"))
}

/// The text of an error without the operating system's error number, such as ` (os error 13)`.
pub(crate) fn os_message(error: &(impl fmt::Display + ?Sized)) -> String {
    let text = error.to_string();
    text.rsplit_once(" (os error ").map_or(text.as_str(), |(message, _)| message).to_owned()
}

impl fmt::Display for Error {
    /// The diagnostics without the causes, as is the custom for errors that have a [`source`](std::error::Error::source).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rendered: Vec<String> = self.diagnostics.iter().map(|found| found.render(Lang::En, false)).collect();
        f.write_str(&rendered.join("\n"))
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::code::Code;
    use std::io::Error as IoError;

    #[test]
    fn causes_are_printed_unless_the_message_quotes_them() {
        let denied = || IoError::from_raw_os_error(13);
        let quoting = message!("{failure}: {reason}", failure = "cannot write a.md", reason = io_reason(&denied()));
        let error = Error::failure(Diagnostic::new(Code::Disk, quoting)).with_source(denied());
        assert_eq!(error.render(Lang::En, false), error.to_string(), "the only cause is quoted by the message");

        let inner = Error::failure(Diagnostic::new(Code::Disk, Message::verbatim("no route"))).with_source(denied());
        let outer = Error::failure(Diagnostic::new(Code::Ssh, Message::verbatim("cannot publish")))
            .with_source(IoError::other(inner));
        let rendered = outer.render(Lang::En, false);
        let causes: Vec<&str> = rendered.lines().filter(|line| line.starts_with("caused by: ")).collect();
        assert_eq!(causes.len(), 2, "{rendered}");
        assert!(causes[0].contains("no route") && causes[1] == "caused by: permission denied", "{rendered}");
    }
}
