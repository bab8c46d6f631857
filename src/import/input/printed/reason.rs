//! The reason why a file cannot be read as a page with geometry.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::message::Message;
use crate::message;

/// Why a file of a known format has no pages; the caller names the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable {
    pub(crate) code: Code,
    pub(crate) message: Message,
    pub(crate) hint: Message,
}

impl Unreadable {
    /// A file that is damaged, or not what its first bytes promise.
    pub(crate) fn damaged(message: Message) -> Self {
        let hint = message!("make the file again: it is cut off, or it is not what its first bytes promise");
        Self { code: Code::BrokenInput, message, hint }
    }

    /// A file that would need more memory or time than any page does.
    pub(crate) fn too_large(message: Message) -> Self {
        let hint = message!("split the file into its pages, and name them one by one");
        Self { code: Code::BrokenInput, message, hint }
    }

    /// The finding for the file `name`.
    pub(crate) fn in_file(self, name: &str) -> Diagnostic {
        Diagnostic::new(self.code, self.message).in_file(name).hint(self.hint)
    }
}
