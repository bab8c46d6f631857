//! `[publish.NAME]` of site.toml: the targets that the site is published to.
//!
//! The keys of all kinds are deserialised by one type, so that an unknown key is reported with its location; which keys a
//! kind needs and knows is checked afterwards. No key takes a password: credentials come from git, ssh and environment.

use crate::config::findings::Findings;
use crate::diagnostics::code::Code;
use crate::message;
use crate::text::slug::is_slug;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

/// A target that the site is published to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TargetConfig {
    /// NAME of `[publish.NAME]`
    pub(crate) name: String,
    /// whether `publish` without a name means this one
    pub(crate) is_default: bool,
    /// the address for readers; empty: `base_url`
    pub(crate) url: String,
    /// a command before anything is sent; where it fails, nothing is; empty: none
    pub(crate) before: String,
    /// a command after the publish; empty: none
    pub(crate) after: String,
    pub(crate) destination: Destination,
}

/// The kind of a target, with its settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum Destination {
    Git(GitConfig),
    S3(S3Config),
    Ssh(SshConfig),
    /// another folder of this machine, absolute or below the site's root
    Dir(String),
}

/// A branch of a git repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct GitConfig {
    /// the name of a remote of the repository that the site is part of, or a URL
    pub(crate) remote: String,
    pub(crate) branch: String,
    /// whether each publish adds a commit; otherwise the branch is always a single commit
    pub(crate) keeps_history: bool,
    /// the domain in the file `CNAME`; empty: none
    pub(crate) cname: String,
    pub(crate) message: String,
}

/// A bucket of an S3-compatible store. Credentials come from the environment or the user's profile file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct S3Config {
    pub(crate) bucket: String,
    /// the start of all keys, with or without `/` around it; empty: the whole bucket
    pub(crate) prefix: String,
    /// empty: as the environment says
    pub(crate) region: String,
    /// a URL without the bucket; empty: AWS
    pub(crate) endpoint: String,
    /// whether URLs name the bucket in the path (MinIO) or in the host (OSS, COS); `None`: as the store expects it
    pub(crate) path_style: Option<bool>,
    /// a section of the profile file; empty: as the environment says
    pub(crate) profile: String,
    /// whether text is stored compressed
    pub(crate) gzip: bool,
    /// files sent at a time
    pub(crate) parallel: usize,
}

/// A folder on another machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SshConfig {
    /// `user@host`, or a name of the user's ssh configuration
    pub(crate) host: String,
    /// absolute, or below the user's home
    pub(crate) folder: String,
    /// 0: as the ssh configuration says
    pub(crate) port: u16,
    /// a key file; empty: as the ssh configuration says
    pub(crate) identity: String,
    /// further ssh options, as after `-o`: `"ConnectTimeout=20"`
    pub(crate) options: Vec<String>,
    /// whether each publish makes a dated folder, with the symlink `current` to the latest
    pub(crate) releases: bool,
    /// how many releases stay
    pub(crate) keep: usize,
    pub(crate) transport: SshTransport,
}

/// How files are transferred to another machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SshTransport {
    /// rsync where both sides have it, otherwise sftp
    #[default]
    Auto,
    Rsync,
    Sftp,
}

/// A target as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawTarget {
    kind: Spanned<TargetKind>,
    #[serde(default)]
    default: bool,
    url: Option<Spanned<String>>,
    before: Option<String>,
    after: Option<String>,
    // git
    remote: Option<Spanned<String>>,
    branch: Option<Spanned<String>>,
    history: Option<Spanned<HistoryMode>>,
    cname: Option<Spanned<String>>,
    message: Option<Spanned<String>>,
    // s3
    bucket: Option<Spanned<String>>,
    prefix: Option<Spanned<String>>,
    region: Option<Spanned<String>>,
    endpoint: Option<Spanned<String>>,
    path_style: Option<Spanned<bool>>,
    profile: Option<Spanned<String>>,
    gzip: Option<Spanned<bool>>,
    parallel: Option<Spanned<usize>>,
    // ssh, dir
    host: Option<Spanned<String>>,
    folder: Option<Spanned<String>>,
    port: Option<Spanned<u16>>,
    identity: Option<Spanned<String>>,
    options: Option<Spanned<Vec<String>>>,
    releases: Option<Spanned<bool>>,
    keep: Option<Spanned<usize>>,
    through: Option<Spanned<SshTransport>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum TargetKind {
    Git,
    S3,
    Ssh,
    Dir,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum HistoryMode {
    Keep,
    Squash,
}

impl TargetKind {
    /// Its name, its keys beside those of all kinds, and how many of them, from the first on, are needed.
    fn describe(self) -> (&'static str, &'static [&'static str], usize) {
        match self {
            Self::Git => ("git", &["remote", "branch", "history", "cname", "message"], 1),
            Self::S3 => {
                ("s3", &["bucket", "prefix", "region", "endpoint", "path_style", "profile", "gzip", "parallel"], 1)
            }
            Self::Ssh => ("ssh", &["host", "folder", "port", "identity", "options", "releases", "keep", "through"], 2),
            Self::Dir => ("dir", &["folder"], 1),
        }
    }
}

/// Adds what is wrong with the targets. No value is shown: somebody may have written a password into it.
pub(crate) fn validate_targets(targets: &BTreeMap<String, RawTarget>, findings: &mut Findings<'_>) {
    for (name, target) in targets {
        if !is_slug(name) {
            let message = message!("publish.{name}: this name cannot be typed everywhere", name);
            findings.add(
                Code::PublishName,
                message,
                target.kind.span(),
                message!("use ASCII letters, digits, - and _"),
            );
        }
        target.validate_keys(name, findings);
        target.validate_values(name, findings);
    }
    let defaults = targets.iter().filter(|(_, target)| target.default);
    let defaults: Vec<&str> = defaults.map(|(name, _)| name.as_str()).collect();
    if defaults.len() > 1 {
        let message = message!("{defaults} are all the default target", defaults = defaults.join(" and "));
        findings.add_for_file(Code::PublishDefault, message, message!("keep default = true in one of them"));
    }
}

impl RawTarget {
    /// The keys that are present, with their locations.
    fn present_keys(&self) -> Vec<(&'static str, Range<usize>)> {
        macro_rules! spans {
            ($($key:ident)*) => { [$((stringify!($key), self.$key.as_ref().map(Spanned::span))),*] };
        }
        let git = spans!(remote branch history cname message);
        let s3 = spans!(bucket prefix region endpoint path_style profile gzip parallel);
        let ssh = spans!(host folder port identity options releases keep through);
        git.into_iter().chain(s3).chain(ssh).filter_map(|(key, span)| Some((key, span?))).collect()
    }

    /// Adds keys of other kinds of targets, and keys that are missing.
    fn validate_keys(&self, name: &str, findings: &mut Findings<'_>) {
        let (kind, known, needed) = self.kind.get_ref().describe();
        let present = self.present_keys();
        for (key, span) in present.iter().filter(|(key, _)| !known.contains(key)) {
            let message =
                message!("publish.{name}: {key} says nothing to a target of the kind {kind}", name, key, kind);
            let hint = message!("known there: {known}", known = known.join(", "));
            findings.add_redacted(Code::PublishKey, message, span.clone(), hint);
        }
        for key in known[..needed].iter().filter(|key| !present.iter().any(|(present, _)| present == *key)) {
            let message = message!("publish.{name}: a target of the kind {kind} needs {key}", name, kind, key);
            findings.add(Code::PublishKey, message, self.kind.span(), message!("add {key} = \"…\"", key));
        }
    }

    /// Adds values that git, ssh or a shell would take for something else, and numbers out of range.
    fn validate_values(&self, name: &str, findings: &mut Findings<'_>) {
        let arguments = [
            ("remote", &self.remote),
            ("branch", &self.branch),
            ("host", &self.host),
            ("folder", &self.folder),
            ("bucket", &self.bucket),
        ];
        for (key, value) in arguments.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?))) {
            let text = value.get_ref();
            if text.trim().is_empty() || text.starts_with('-') || text.contains(char::is_control) {
                let message =
                    message!("publish.{name}: {key} is empty, begins with -, or holds a line break", name, key);
                let hint = message!("write the name or address as git or ssh knows it");
                findings.add_redacted(Code::PublishValue, message, value.span(), hint);
            }
        }
        if let Some(parallel) = self.parallel.as_ref().filter(|parallel| !(1..=64).contains(parallel.get_ref())) {
            let message = message!("publish.{name}: parallel is how many files are sent at a time", name);
            findings.add(Code::PublishValue, message, parallel.span(), message!("1 to 64; usual is 16"));
        }
        if let Some(keep) = self.keep.as_ref().filter(|keep| *keep.get_ref() == 0) {
            let message = message!("publish.{name}: no release would stay", name);
            findings.add(Code::PublishValue, message, keep.span(), message!("keep 1 or more"));
        }
    }

    /// The target, with defaults for what is left out. Only for a section that is valid.
    pub(crate) fn resolve(self, name: String) -> TargetConfig {
        let or_empty = |value: Option<Spanned<String>>| value.map(Spanned::into_inner).unwrap_or_default();
        let or = |value: Option<Spanned<String>>, default: &str| value.map_or(default.to_owned(), Spanned::into_inner);
        let destination = match self.kind.get_ref() {
            TargetKind::Git => Destination::Git(GitConfig {
                remote: or_empty(self.remote),
                branch: or(self.branch, "gh-pages"),
                keeps_history: self.history.is_none_or(|history| *history.get_ref() == HistoryMode::Keep),
                cname: or_empty(self.cname),
                message: or(self.message, "Publish the site"),
            }),
            TargetKind::S3 => Destination::S3(S3Config {
                bucket: or_empty(self.bucket),
                prefix: or_empty(self.prefix),
                region: or_empty(self.region),
                endpoint: or_empty(self.endpoint),
                path_style: self.path_style.map(Spanned::into_inner),
                profile: or_empty(self.profile),
                gzip: self.gzip.is_some_and(Spanned::into_inner),
                parallel: self.parallel.map_or(16, Spanned::into_inner),
            }),
            TargetKind::Ssh => Destination::Ssh(SshConfig {
                host: or_empty(self.host),
                folder: or_empty(self.folder),
                port: self.port.map_or(0, Spanned::into_inner),
                identity: or_empty(self.identity),
                options: self.options.map(Spanned::into_inner).unwrap_or_default(),
                releases: self.releases.is_some_and(Spanned::into_inner),
                keep: self.keep.map_or(5, Spanned::into_inner),
                transport: self.through.map(Spanned::into_inner).unwrap_or_default(),
            }),
            TargetKind::Dir => Destination::Dir(or_empty(self.folder)),
        };
        TargetConfig {
            name,
            is_default: self.default,
            url: or_empty(self.url),
            before: self.before.unwrap_or_default(),
            after: self.after.unwrap_or_default(),
            destination,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings::parse;
    use crate::diagnostics::source::Source;

    /// The only target of a `site.toml`, or the codes of what is wrong with it.
    fn target(text: &str) -> Result<Destination, Vec<&'static str>> {
        let parsed = parse(&Source::new("site.toml", text));
        let parsed = parsed.map(|mut config| config.publish.remove(0).destination);
        parsed.map_err(|error| error.diagnostics.iter().map(|diagnostic| diagnostic.code.name()).collect())
    }

    fn bucket() -> S3Config {
        S3Config {
            bucket: "digest".to_owned(),
            prefix: String::new(),
            region: String::new(),
            endpoint: String::new(),
            path_style: None,
            profile: String::new(),
            gzip: false,
            parallel: 16,
        }
    }

    fn machine() -> SshConfig {
        SshConfig {
            host: "editor@example.org".to_owned(),
            folder: "www".to_owned(),
            port: 0,
            identity: String::new(),
            options: Vec::new(),
            releases: false,
            keep: 5,
            transport: SshTransport::Auto,
        }
    }

    #[test]
    fn what_a_target_leaves_out_has_its_default() {
        assert_eq!(target("[publish.a]\nkind = 's3'\nbucket = 'digest'"), Ok(Destination::S3(bucket())));
        let ssh = "[publish.a]\nkind = 'ssh'\nhost = 'editor@example.org'\nfolder = 'www'";
        assert_eq!(target(ssh), Ok(Destination::Ssh(machine())));
    }

    #[test]
    fn every_setting_of_a_bucket_and_of_a_machine_takes_effect() {
        let text = "[publish.a]\nkind = 's3'\nbucket = 'digest'\nprefix = 'news'\nregion = 'cn-north-1'\n\
                    endpoint = 'https://s3.example.org'\npath_style = true\nprofile = 'press'\ngzip = true\nparallel = 4";
        let expected = S3Config {
            prefix: "news".to_owned(),
            region: "cn-north-1".to_owned(),
            endpoint: "https://s3.example.org".to_owned(),
            path_style: Some(true),
            profile: "press".to_owned(),
            gzip: true,
            parallel: 4,
            ..bucket()
        };
        assert_eq!(target(text), Ok(Destination::S3(expected)));

        let text = "[publish.a]\nkind = 'ssh'\nhost = 'editor@example.org'\nfolder = 'www'\nport = 2222\n\
                    identity = '~/.ssh/press'\noptions = ['ConnectTimeout=20']\nreleases = true\nkeep = 2\nthrough = 'sftp'";
        let expected = SshConfig {
            port: 2222,
            identity: "~/.ssh/press".to_owned(),
            options: vec!["ConnectTimeout=20".to_owned()],
            releases: true,
            keep: 2,
            transport: SshTransport::Sftp,
            ..machine()
        };
        assert_eq!(target(text), Ok(Destination::Ssh(expected)));
    }

    #[test]
    fn names_that_cannot_be_typed_and_impossible_numbers_are_errors() {
        assert_eq!(target("[publish.'a b']\nkind = 'dir'\nfolder = 'www'"), Err(vec!["publish-name"]));
        for parallel in [0, 65] {
            let text = format!("[publish.a]\nkind = 's3'\nbucket = 'digest'\nparallel = {parallel}");
            assert_eq!(target(&text), Err(vec!["publish-value"]), "{parallel}");
        }
    }
}
