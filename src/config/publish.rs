//! `[publish.NAME]` of site.toml: the places that the site is published to.
//!
//! All keys of all kinds stand in one table, so that an unknown one is known as such with its place; which of them a kind
//! does without, and which it needs, is checked after that. No key takes a password: what a target asks for comes from the
//! user's own git, ssh and environment.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::Source;
use crate::text::slug::is_slug;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

/// A place that the site is published to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetConfig {
    /// NAME of `[publish.NAME]`
    pub(crate) name: String,
    /// `publish` without a name means this one
    pub(crate) is_default: bool,
    /// Where readers find the site; empty: at `base_url`.
    pub(crate) url: String,
    /// A command that is run before anything is sent, and stops the publish where it fails; empty: none.
    pub(crate) before: String,
    /// A command that is run when all is there; empty: none.
    pub(crate) after: String,
    pub(crate) destination: Destination,
}

/// What kind of place, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Destination {
    Git(GitConfig),
    S3(S3Config),
    Ssh(SshConfig),
    Dir(DirConfig),
}

/// A branch of a git repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GitConfig {
    /// the name of a remote of the repository that the site stands in, or an address
    pub(crate) remote: String,
    pub(crate) branch: String,
    /// one commit a publish; otherwise the branch holds a single commit, always the last one
    pub(crate) keeps_history: bool,
    /// the domain that the host serves the branch at: the file `CNAME`; empty: none
    pub(crate) cname: String,
    /// the commit's message
    pub(crate) message: String,
}

/// A bucket of an S3-compatible store. Credentials come from the environment or the user's profile file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct S3Config {
    pub(crate) bucket: String,
    /// what keys begin with, with `/` at the end; empty: the whole bucket
    pub(crate) prefix: String,
    /// empty: as the environment says
    pub(crate) region: String,
    /// with scheme and host, without the bucket; empty: AWS
    pub(crate) endpoint: String,
    /// the bucket stands in the path (MinIO), or in front of the host (OSS, COS); nothing: as this store expects it
    pub(crate) path_style: Option<bool>,
    /// a section of the profile file; empty: as the environment says
    pub(crate) profile: String,
    /// text is stored packed, for a store that serves what it holds
    pub(crate) gzip: bool,
    /// files sent at a time
    pub(crate) parallel: usize,
}

/// A folder on another machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SshConfig {
    /// `user@host`, or a name of the user's ssh configuration
    pub(crate) host: String,
    /// absolute, or below the user's home
    pub(crate) folder: String,
    /// 0: as the ssh configuration says
    pub(crate) port: u16,
    /// a key file; empty: as the ssh configuration says
    pub(crate) identity: String,
    /// more of ssh's own options, as they stand after `-o`: `"ConnectTimeout=20"`
    pub(crate) options: Vec<String>,
    /// each publish in a dated folder of its own, with the link `current` to the latest
    pub(crate) releases: bool,
    /// how many releases stay
    pub(crate) keep: usize,
    /// what carries the files
    pub(crate) through: SshTransport,
}

/// What carries files to another machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SshTransport {
    /// rsync where the other side has it, otherwise sftp
    #[default]
    Auto,
    Rsync,
    Sftp,
}

/// Another folder of this machine, absolute or below the site's root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DirConfig {
    pub(crate) folder: String,
}

/// The keys of a target, as they stand in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keys {
    kind: Spanned<Kind>,
    #[serde(default)]
    default: bool,
    url: Option<Spanned<String>>,
    before: Option<String>,
    after: Option<String>,
    // git
    remote: Option<Spanned<String>>,
    branch: Option<Spanned<String>>,
    history: Option<Spanned<History>>,
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
enum Kind {
    Git,
    S3,
    Ssh,
    Dir,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum History {
    Keep,
    Squash,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Git => "git",
            Self::S3 => "s3",
            Self::Ssh => "ssh",
            Self::Dir => "dir",
        }
    }

    /// Keys that say something to a target of this kind, beside those that all have; the first ones it cannot do without.
    fn keys(self) -> (usize, &'static [&'static str]) {
        match self {
            Self::Git => (1, &["remote", "branch", "history", "cname", "message"]),
            Self::S3 => (1, &["bucket", "prefix", "region", "endpoint", "path_style", "profile", "gzip", "parallel"]),
            Self::Ssh => (2, &["host", "folder", "port", "identity", "options", "releases", "keep", "through"]),
            Self::Dir => (1, &["folder"]),
        }
    }
}

impl Keys {
    /// The keys that stand there, and where.
    fn given(&self) -> Vec<(&'static str, Range<usize>)> {
        fn at<T>(key: &Option<Spanned<T>>) -> Option<Range<usize>> {
            key.as_ref().map(Spanned::span)
        }
        let all = [
            ("remote", at(&self.remote)),
            ("branch", at(&self.branch)),
            ("history", at(&self.history)),
            ("cname", at(&self.cname)),
            ("message", at(&self.message)),
            ("bucket", at(&self.bucket)),
            ("prefix", at(&self.prefix)),
            ("region", at(&self.region)),
            ("endpoint", at(&self.endpoint)),
            ("path_style", at(&self.path_style)),
            ("profile", at(&self.profile)),
            ("gzip", at(&self.gzip)),
            ("parallel", at(&self.parallel)),
            ("host", at(&self.host)),
            ("folder", at(&self.folder)),
            ("port", at(&self.port)),
            ("identity", at(&self.identity)),
            ("options", at(&self.options)),
            ("releases", at(&self.releases)),
            ("keep", at(&self.keep)),
            ("through", at(&self.through)),
        ];
        all.into_iter().filter_map(|(key, span)| Some((key, span?))).collect()
    }
}

/// What is wrong with the targets. A value is never shown: somebody may have written a password into it.
pub(crate) fn findings(source: &Source, targets: &BTreeMap<String, Keys>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (name, keys) in targets {
        if !is_slug(name) {
            let message = format!("publish.{name}: this name cannot be typed everywhere");
            let diagnostic = Diagnostic::new(Code::PublishName, message).at(source, keys.kind.span());
            diagnostics.push(diagnostic.hint("use ASCII letters, digits, - and _"));
        }
        let kind = *keys.kind.get_ref();
        let (needed, known) = kind.keys();
        let given = keys.given();
        for (key, span) in given.iter().filter(|(key, _)| !known.contains(key)) {
            let message = format!("publish.{name}: {key} says nothing to a target of the kind {}", kind.word());
            let hint = format!("known there: {}", known.join(", "));
            diagnostics.push(unshown(Diagnostic::new(Code::PublishKey, message).at(source, span.clone())).hint(hint));
        }
        for key in known[..needed].iter().filter(|key| !given.iter().any(|(given, _)| given == *key)) {
            let message = format!("publish.{name}: a target of the kind {} needs {key}", kind.word());
            diagnostics.push(
                Diagnostic::new(Code::PublishKey, message)
                    .at(source, keys.kind.span())
                    .hint(format!("add {key} = \"…\"")),
            );
        }
        diagnostics.extend(wrong_values(source, name, keys));
    }
    let defaults = targets.iter().filter(|(_, keys)| keys.default).map(|(name, _)| name.as_str()).collect::<Vec<_>>();
    if defaults.len() > 1 {
        let message = format!("{} are all the default target", defaults.join(" and "));
        diagnostics.push(
            Diagnostic::new(Code::PublishDefault, message)
                .in_file(&source.name)
                .hint("keep default = true in one of them"),
        );
    }
    diagnostics
}

/// Values that would be read by git, ssh or a shell as something else than they are, or that cannot be.
fn wrong_values(source: &Source, name: &str, keys: &Keys) -> Vec<Diagnostic> {
    let words = [
        ("remote", &keys.remote),
        ("branch", &keys.branch),
        ("host", &keys.host),
        ("folder", &keys.folder),
        ("bucket", &keys.bucket),
    ];
    let mut diagnostics = Vec::new();
    for (key, value) in words.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?))) {
        let text = value.get_ref();
        if text.trim().is_empty() || text.starts_with('-') || text.contains(char::is_control) {
            let message = format!("publish.{name}: {key} is empty, begins with -, or holds a line break");
            let diagnostic = unshown(Diagnostic::new(Code::PublishValue, message).at(source, value.span()));
            diagnostics.push(diagnostic.hint("write the name or address as git or ssh knows it"));
        }
    }
    if let Some(parallel) = keys.parallel.as_ref().filter(|parallel| !(1..=64).contains(parallel.get_ref())) {
        let message = format!("publish.{name}: parallel is how many files are sent at a time");
        diagnostics.push(
            Diagnostic::new(Code::PublishValue, message).at(source, parallel.span()).hint("1 to 64; usual is 16"),
        );
    }
    if let Some(keep) = keys.keep.as_ref().filter(|keep| *keep.get_ref() == 0) {
        let message = format!("publish.{name}: no release would stay");
        diagnostics.push(Diagnostic::new(Code::PublishValue, message).at(source, keep.span()).hint("keep 1 or more"));
    }
    diagnostics
}

/// The finding at its file and line, without the text that stands there.
pub(crate) fn unshown(mut diagnostic: Diagnostic) -> Diagnostic {
    if let Some(place) = &mut diagnostic.location {
        place.excerpt = None;
        diagnostic.message = format!("{} (line {})", diagnostic.message, place.line);
    }
    diagnostic
}

/// The targets, by name. Only for keys without [`findings`]: what a kind needs is there.
pub(crate) fn settled(targets: BTreeMap<String, Keys>) -> Vec<TargetConfig> {
    targets.into_iter().map(|(name, keys)| target_config(name, keys)).collect()
}

fn target_config(name: String, keys: Keys) -> TargetConfig {
    let text = |key: Option<Spanned<String>>| key.map(Spanned::into_inner).unwrap_or_default();
    let or = |key: Option<Spanned<String>>, usual: &str| key.map_or_else(|| usual.to_owned(), Spanned::into_inner);
    let destination = match keys.kind.get_ref() {
        Kind::Git => Destination::Git(GitConfig {
            remote: text(keys.remote),
            branch: or(keys.branch, "gh-pages"),
            keeps_history: keys.history.is_none_or(|history| *history.get_ref() == History::Keep),
            cname: text(keys.cname),
            message: or(keys.message, "Publish the site"),
        }),
        Kind::S3 => Destination::S3(S3Config {
            bucket: text(keys.bucket),
            prefix: prefix(&text(keys.prefix)),
            region: text(keys.region),
            endpoint: text(keys.endpoint),
            path_style: keys.path_style.map(Spanned::into_inner),
            profile: text(keys.profile),
            gzip: keys.gzip.is_some_and(Spanned::into_inner),
            parallel: keys.parallel.map_or(16, Spanned::into_inner),
        }),
        Kind::Ssh => Destination::Ssh(SshConfig {
            host: text(keys.host),
            folder: text(keys.folder),
            port: keys.port.map_or(0, Spanned::into_inner),
            identity: text(keys.identity),
            options: keys.options.map(Spanned::into_inner).unwrap_or_default(),
            releases: keys.releases.is_some_and(Spanned::into_inner),
            keep: keys.keep.map_or(5, Spanned::into_inner),
            through: keys.through.map(Spanned::into_inner).unwrap_or_default(),
        }),
        Kind::Dir => Destination::Dir(DirConfig { folder: text(keys.folder) }),
    };
    TargetConfig {
        name,
        is_default: keys.default,
        url: text(keys.url),
        before: keys.before.unwrap_or_default(),
        after: keys.after.unwrap_or_default(),
        destination,
    }
}

/// `/digest` → `digest/`; nothing stays nothing.
fn prefix(text: &str) -> String {
    match text.trim_matches('/') {
        "" => String::new(),
        text => format!("{text}/"),
    }
}
