//! Limits of common hosts, and warnings before a site reaches them: a host says so only when a publish fails.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::message::Message;
use crate::message;
use serde::{Deserialize, Serialize};

/// What a host takes at most.
struct Host {
    name: &'static str,
    files: Option<usize>,
    file_bytes: Option<u64>,
    site_bytes: Option<u64>,
}

const MIB: u64 = 1 << 20;

/// As their documentation had it in November 2026.
const HOSTS: [Host; 2] = [
    // developers.cloudflare.com/pages/platform/limits, free plan
    Host { name: "Cloudflare Pages (free plan)", files: Some(20_000), file_bytes: Some(25 * MIB), site_bytes: None },
    // docs.github.com/pages/getting-started-with-github-pages/github-pages-limits; files: what Git at GitHub refuses
    Host { name: "GitHub Pages", files: None, file_bytes: Some(100 * MIB), site_bytes: Some(1_000_000_000) },
];

/// Percent of a limit from which on there is a warning.
const WARNED: u64 = 80;

/// The size of a site, counted file by file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SiteSize {
    files: usize,
    bytes: u64,
    /// path and bytes
    largest: Option<(String, u64)>,
}

impl SiteSize {
    pub(crate) fn of<'a>(files: impl IntoIterator<Item = (&'a str, u64)>) -> Self {
        let mut size = Self::default();
        for (path, bytes) in files {
            size.files += 1;
            size.bytes += bytes;
            if size.largest.as_ref().is_none_or(|(_, largest)| bytes > *largest) {
                size.largest = Some((path.to_owned(), bytes));
            }
        }
        size
    }

    /// The size of two parts of a site.
    pub(crate) fn and(self, other: Self) -> Self {
        let largest = [self.largest, other.largest].into_iter().flatten().max_by_key(|(_, bytes)| *bytes);
        Self { files: self.files + other.files, bytes: self.bytes + other.bytes, largest }
    }

    /// A finding for each limit of a host that the site is near or beyond.
    pub(crate) fn findings(&self) -> Vec<Diagnostic> {
        HOSTS.iter().flat_map(|host| self.findings_of(host)).collect()
    }

    fn findings_of(&self, host: &Host) -> Vec<Diagnostic> {
        let finding = |what: Message, limit: Message, hint: Message| {
            let message = message!("{what}; {name} takes {limit}", what, name = host.name, limit);
            Diagnostic::new(Code::HostLimit, message).hint(hint)
        };
        let mut findings = Vec::new();
        if let Some(limit) = host.files.filter(|limit| is_near(self.files as u64, *limit as u64)) {
            let hint = message!("[twins] and facsimiles add files; a bucket or a server of your own has no such limit");
            findings.push(finding(
                message!("the site has {files} files", files = self.files),
                Message::verbatim(limit.to_string()),
                hint,
            ));
        }
        if let Some((limit, (path, bytes))) =
            host.file_bytes.zip(self.largest.as_ref()).filter(|(limit, (_, bytes))| is_near(*bytes, *limit))
        {
            let what = message!("{path} has {size} MiB", path, size = bytes.div_ceil(MIB));
            findings.push(finding(
                what,
                message!("{size} MiB a file", size = limit / MIB),
                message!("make the file smaller, or link to it elsewhere"),
            ));
        }
        if let Some(limit) = host.site_bytes.filter(|limit| is_near(self.bytes, *limit)) {
            let what = message!("the site has {size} MB", size = self.bytes.div_ceil(1_000_000));
            let hint =
                message!("pictures of source pages take most; a bucket or a server of your own has no such limit");
            findings.push(finding(what, Message::verbatim(format!("{} MB", limit / 1_000_000)), hint));
        }
        findings
    }
}

fn is_near(value: u64, limit: u64) -> bool {
    value * 100 >= limit * WARNED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_near_a_limit_has_a_finding_for_the_host() {
        let near = |files: usize, bytes: u64, largest: u64| {
            let size = SiteSize { files, bytes, largest: Some(("a.pdf".to_owned(), largest)) };
            size.findings().into_iter().map(|finding| finding.message.english()).collect::<Vec<_>>()
        };
        assert_eq!(near(15_999, 799_999_999, 20 * MIB - 1), Vec::<String>::new());
        assert_eq!(near(16_000, 0, 0), ["the site has 16000 files; Cloudflare Pages (free plan) takes 20000"]);
        assert_eq!(near(9, 0, 90 * MIB).len(), 2);
        assert_eq!(near(9, 800_000_000, 0), ["the site has 800 MB; GitHub Pages takes 1000 MB"]);
        let size = SiteSize::of([("a", 2), ("b", 3)]);
        assert_eq!(size, SiteSize { files: 2, bytes: 5, largest: Some(("b".to_owned(), 3)) });
    }
}
