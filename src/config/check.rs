//! The settings of `wenzhai check`: which findings it reports, and which hosts it asks: `[check]`.

use crate::config::findings::Findings;
use crate::diagnostics::code::{Code, Severity};
use crate::diagnostics::diagnostic::{Diagnostic, closest_match};
use crate::message;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use toml::Spanned;
use url::Host;

/// What an editor does not want to read, and hosts that links lead to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CheckRules {
    /// codes of warnings and remarks
    off: BTreeSet<&'static str>,
    /// hosts that are not asked, with all below them
    skip_hosts: BTreeSet<String>,
    /// hosts of a private network that readers can reach, with all below them
    private_hosts: BTreeSet<String>,
}

impl CheckRules {
    /// Whether a finding is reported.
    pub(crate) fn reports(&self, finding: &Diagnostic) -> bool {
        !self.off.contains(finding.code.name())
    }

    /// Whether a host is not asked.
    pub(crate) fn skips_host(&self, host: &str) -> bool {
        lists(&self.skip_hosts, host)
    }

    /// Whether readers reach a host though it is in a private network.
    pub(crate) fn is_reachable(&self, private_host: &str) -> bool {
        lists(&self.private_hosts, private_host)
    }
}

/// Whether a host or a domain above it is listed.
fn lists(hosts: &BTreeSet<String>, host: &str) -> bool {
    hosts
        .iter()
        .any(|listed| host.strip_suffix(listed.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// `[check]` as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawCheckRules {
    off: Vec<Spanned<String>>,
    skip_hosts: Vec<Spanned<String>>,
    private_hosts: Vec<Spanned<String>>,
}

impl RawCheckRules {
    /// Adds codes that there are not, those of errors, and hosts that are none.
    pub(crate) fn validate(&self, findings: &mut Findings<'_>) {
        for name in self.skip_hosts.iter().chain(&self.private_hosts).filter(|name| host_of(name.get_ref()).is_none()) {
            let message = message!("{name} is not the name of a host", name = format!("{:?}", name.get_ref()));
            let hint = message!("write the name alone, without scheme, port and path, such as example.org");
            findings.add(Code::BadHost, message, name.span(), hint);
        }
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

    /// The rules; unknown codes and what is no host are left out.
    pub(crate) fn resolve(&self) -> CheckRules {
        let hosts = |names: &[Spanned<String>]| names.iter().filter_map(|name| host_of(name.get_ref())).collect();
        CheckRules {
            off: self.off.iter().filter_map(|name| Some(code_of(name.get_ref())?.name())).collect(),
            skip_hosts: hosts(&self.skip_hosts),
            private_hosts: hosts(&self.private_hosts),
        }
    }
}

/// A host as addresses name it: in lower case, other letters than Latin ones in their form for the net. `*.` says what holds anyway.
fn host_of(name: &str) -> Option<String> {
    let name = name.strip_prefix("*.").unwrap_or(name);
    Host::parse(name).ok().filter(|_| !name.contains('*')).map(|host| host.to_string())
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

    #[test]
    fn a_host_is_listed_with_all_below_it_and_what_is_none_is_an_error() {
        let text = "[check]\nskip_hosts = ['*.Gov.Example', '例子.example']\nprivate_hosts = ['127.0.0.1', 'wiki.lan', '[::1]']";
        let check = parse(&Source::new("site.toml", text)).unwrap().check;
        let skipped = ["gov.example", "www.gov.example", "xn--fsqu00a.example"];
        assert!(skipped.iter().all(|host| check.skips_host(host)) && !check.skips_host("notgov.example"));
        assert!(["127.0.0.1", "wiki.lan", "[::1]"].iter().all(|host| check.is_reachable(host)));
        let text = "[check]\nskip_hosts = ['https://a.example', 'a.example:80', '', 'a b', '*']";
        let error = parse(&Source::new("site.toml", text)).unwrap_err();
        assert_eq!(error.diagnostics.iter().map(|found| found.code).collect::<Vec<_>>(), [Code::BadHost; 5]);
    }
}
