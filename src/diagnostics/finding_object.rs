//! A finding as a JSON object, for scripts.

use crate::diagnostics::diagnostic::Diagnostic;
use crate::text::lang::Lang;
use serde::Serialize;

/// A finding as scripts read it.
#[derive(Debug, Serialize)]
pub(crate) struct FindingObject<'a> {
    code: &'static str,
    /// `error`, `warning` or `note`
    severity: &'static str,
    message: String,
    hint: Option<String>,
    file: Option<&'a str>,
    /// from 1
    line: Option<usize>,
    column: Option<usize>,
}

impl<'a> FindingObject<'a> {
    pub(crate) fn of(finding: &'a Diagnostic, lang: Lang) -> Self {
        let at = finding.location.as_ref();
        Self {
            code: finding.code.name(),
            severity: finding.severity().name(),
            message: finding.message.text(lang),
            hint: finding.hint.as_ref().map(|hint| hint.text(lang)),
            file: at.map(|at| at.file.as_str()),
            line: at.map(|at| at.line).filter(|line| *line > 0),
            column: at.map(|at| at.column).filter(|column| *column > 0),
        }
    }
}
