//! Publishing from the desk.
//!
//! 1. the site is built into `public/`, as by `wenzhai build`
//! 2. a dry run tells for each target of site.toml what would change, or why it cannot be published
//! 3. a target is published once a person has confirmed its name; what the guard refuses needs a second confirmation

use crate::config::publish::{Destination, TargetConfig};
use crate::config::settings::Config;
use crate::desk::page_view::FindingView;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::progress::{Progress, size};
use crate::io::terminal;
use crate::message;
use crate::pipeline::builder::builder::Builder;
use crate::pipeline::options::BuildOptions;
use crate::project::{output, settings};
use crate::publish::plan::guard::{DEFAULT_MAX_DELETES, SafetyLimits};
use crate::publish::publication::publication::{DryRun, Publication, PublicationOptions};
use crate::publish::publication::target_choice::choose_target;
use crate::publish::targets::open::open_target;
use crate::text::redact::redacted_address;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Paths of a list that are shown by name.
const SHOWN: usize = 200;

/// What a build made, as JSON.
#[derive(Debug, Serialize)]
pub(crate) struct Built {
    articles: usize,
    pages: usize,
    findings: Vec<FindingView>,
}

/// What would change at a target, as JSON.
#[derive(Debug, Default, Serialize)]
pub(crate) struct TargetPlan {
    /// NAME of `[publish.NAME]`
    name: String,
    kind: &'static str,
    /// the target for people; to be repeated in a [`Confirmed`] request
    to: String,
    /// for readers; empty where none is set
    address: String,
    add: Paths,
    update: Paths,
    remove: Paths,
    /// bytes to send, for people
    size: String,
    /// why the guard refuses it; a person may publish all the same, except to a place that holds another site
    refused: Option<FindingView>,
    findings: Vec<FindingView>,
    /// why nothing is known of it
    failed: Option<FindingView>,
}

/// Paths of files, the first of them by name.
#[derive(Debug, Default, Serialize)]
struct Paths {
    count: usize,
    files: Vec<String>,
}

/// A confirmed request to publish.
#[derive(Debug, Deserialize)]
pub(crate) struct Confirmed {
    target: String,
    /// the name that the person was shown
    confirm: String,
    /// also what the guard refuses
    #[serde(default)]
    despite: bool,
}

/// What was published, as JSON.
#[derive(Debug, Serialize)]
pub(crate) struct PublishedView {
    sent: usize,
    unchanged: usize,
    removed: usize,
    size: String,
    address: String,
    findings: Vec<FindingView>,
}

fn finding_view(finding: &Diagnostic) -> FindingView {
    FindingView::of(finding, terminal::language())
}

/// Builds the site.
pub(crate) fn build(root: &Path) -> Result<Built> {
    let report = Builder::new(root).build(&BuildOptions::default(), &output(root, None)?)?;
    let diagnostics = [report.diagnostics, report.imported.diagnostics].concat();
    let findings = diagnostics.iter().map(finding_view).collect();
    Ok(Built { articles: report.articles, pages: report.pages, findings })
}

/// What would change at each target of the site.
pub(crate) fn plans(root: &Path) -> Result<Vec<TargetPlan>> {
    let config = settings(root)?;
    Ok(config.publish.iter().map(|target| plan_of(root, &config, target)).collect())
}

fn plan_of(root: &Path, config: &Config, target: &TargetConfig) -> TargetPlan {
    let unknown = || TargetPlan {
        name: target.name.clone(),
        kind: kind_of(&target.destination),
        to: target.name.clone(),
        ..TargetPlan::default()
    };
    let options = options(true, false);
    let plan = Publication::open(root, config, target, &options).and_then(|publication| {
        let DryRun { plan, findings, refusal } = publication.dry_run()?;
        let files = &publication.local.files;
        let named = |indexes: &[usize]| Paths::of(indexes.iter().map(|&at| files[at].path.as_str()));
        Ok(TargetPlan {
            to: publication.name(),
            address: redacted_address(publication.address()),
            add: named(&plan.added),
            update: named(&plan.changed),
            remove: Paths::of(plan.removed.iter().map(String::as_str)),
            size: size(plan.bytes(&publication.local)),
            refused: refusal.as_ref().map(finding_view),
            findings: findings.iter().map(finding_view).collect(),
            ..unknown()
        })
    });
    plan.unwrap_or_else(|error| TargetPlan { failed: error.diagnostics.last().map(finding_view), ..unknown() })
}

/// Publishes to a target whose name a person has confirmed.
pub(crate) fn publish(root: &Path, request: &Confirmed) -> Result<PublishedView> {
    let config = settings(root)?;
    let target = choose_target(&config.publish, Some(&request.target))?;
    let options = options(false, request.despite);
    // as a dry run, since a target that was not confirmed is not even locked
    let name = open_target(root, &config, target, true)?.as_target().name();
    if name != request.confirm {
        return Err(other_name(&name, &request.confirm));
    }
    let publication = Publication::open(root, &config, target, &options)?;
    let published = publication.publish()?;
    let (sent, removed) = (published.files_sent, published.files_removed);
    terminal::print_status(&message!(
        "{publication}: {sent} files sent, {removed} removed, from the desk",
        publication = publication.name(),
        sent,
        removed
    ));
    publication.run_hook_after(&published)?;
    Ok(PublishedView {
        sent,
        unchanged: published.files_unchanged,
        removed,
        size: size(published.bytes_sent),
        address: redacted_address(publication.address()),
        findings: published.findings.iter().map(finding_view).collect(),
    })
}

impl Paths {
    fn of<'a>(paths: impl ExactSizeIterator<Item = &'a str>) -> Self {
        Self { count: paths.len(), files: paths.take(SHOWN).map(str::to_owned).collect() }
    }
}

fn options(dry_run: bool, despite: bool) -> PublicationOptions {
    let allowed = SafetyLimits { yes: despite, max_deletes: DEFAULT_MAX_DELETES };
    PublicationOptions { dry_run, verify: false, allowed, progress: Progress::default() }
}

fn kind_of(destination: &Destination) -> &'static str {
    match destination {
        Destination::Git(_) => "git",
        Destination::S3(_) => "s3",
        Destination::Ssh(_) => "ssh",
        Destination::Dir(_) => "dir",
    }
}

fn other_name(name: &str, confirmed: &str) -> Error {
    let message = message!("{confirmed} was confirmed, but the target is {name}", confirmed, name);
    let diagnostic = Diagnostic::new(Code::NoTarget, message);
    Error::failure(diagnostic.hint(message!("site.toml has changed: look at the target again")))
}
