//! Collects what is wrong with site.toml.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::message::Message;
use crate::diagnostics::source::Source;
use crate::message;
use std::ops::Range;

#[derive(Debug)]
pub(crate) struct Findings<'a> {
    source: &'a Source,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    pub(crate) fn new(source: &'a Source) -> Self {
        Self { source, diagnostics: Vec::new() }
    }

    /// Adds a finding that shows the text at its location.
    pub(crate) fn add(&mut self, code: Code, message: Message, span: Range<usize>, hint: Message) {
        self.diagnostics.push(Diagnostic::new(code, message).at(self.source, span).hint(hint));
    }

    /// Adds a finding without the text at its location, which may be a password.
    pub(crate) fn add_redacted(&mut self, code: Code, message: Message, span: Range<usize>, hint: Message) {
        self.diagnostics.push(without_excerpt(Diagnostic::new(code, message).at(self.source, span)).hint(hint));
    }

    pub(crate) fn add_for_file(&mut self, code: Code, message: Message, hint: Message) {
        self.diagnostics.push(Diagnostic::new(code, message).in_file(&self.source.name).hint(hint));
    }

    pub(crate) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}

/// A diagnostic without the text at its location; the line number goes into the message.
pub(crate) fn without_excerpt(mut diagnostic: Diagnostic) -> Diagnostic {
    if let Some(location) = &mut diagnostic.location {
        location.excerpt = None;
        diagnostic.message = message!("{message} (line {line})", message = diagnostic.message, line = location.line);
    }
    diagnostic
}
