//! The rules of `wenzhai check` that site.toml switches off: `[check]`.

use crate::config::findings::Findings;
use crate::diagnostics::code::{Code, Severity};
use crate::diagnostics::diagnostic::{Diagnostic, closest_match};
use crate::message;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use toml::Spanned;

/// What an editor does not want to read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CheckRules {
    /// codes of warnings and remarks
    off: BTreeSet<&'static str>,
}

impl CheckRules {
    /// Whether a finding is reported.
    pub(crate) fn reports(&self, finding: &Diagnostic) -> bool {
        !self.off.contains(finding.code.name())
    }
}

/// `[check]` as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawCheckRules {
    off: Vec<Spanned<String>>,
}

impl RawCheckRules {
    /// Adds codes that there are not, and those of errors.
    pub(crate) fn validate(&self, findings: &mut Findings<'_>) {
        for name in &self.off {
            let written = name.get_ref();
            match code_of(written) {
                Some(code) if code.severity() == Severity::Error => findings.add(
                    Code::BadRule,
                    message!("{code} is an error, which cannot be switched off", code),
                    name.span(),
                    message!("errors are what readers would stumble over: correct them"),
                ),
                Some(_) => {}
                None => {
                    let codes =
                        Code::ALL.iter().filter(|code| code.severity() < Severity::Error).map(|code| code.name());
                    let hint = match closest_match(written, codes) {
                        Some(meant) => message!("did you mean {meant}?", meant),
                        None => message!("the code of a finding stands in brackets before it"),
                    };
                    let message = message!("no finding has the code {written}", written);
                    findings.add(Code::BadRule, message, name.span(), hint);
                }
            }
        }
    }

    /// The rules; unknown codes are left out.
    pub(crate) fn resolve(&self) -> CheckRules {
        CheckRules { off: self.off.iter().filter_map(|name| Some(code_of(name.get_ref())?.name())).collect() }
    }
}

fn code_of(name: &str) -> Option<Code> {
    Code::ALL.iter().copied().find(|code| code.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings::parse;
    use crate::diagnostics::source::Source;

    #[test]
    fn warnings_are_switched_off_and_errors_are_not() {
        let config = parse(&Source::new("site.toml", "[check]\noff = [\"unfiled\"]")).unwrap();
        let finding = |code| Diagnostic::new(code, message!("the article is filed under no theme"));
        assert!(!config.check.reports(&finding(Code::Unfiled)) && config.check.reports(&finding(Code::Undated)));
        let error = parse(&Source::new("site.toml", "[check]\noff = [\"unfield\", \"empty-title\"]")).unwrap_err();
        let advice: Vec<String> = error.diagnostics.iter().map(Diagnostic::advice).collect();
        assert_eq!(advice[0], "did you mean unfiled?");
        assert_eq!(error.diagnostics[1].message.english(), "empty-title is an error, which cannot be switched off");
    }
}
