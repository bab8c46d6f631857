//! `wenzhai publish`: publishes the built site to a target.
//!
//! 1. choose the target, lock and hash `public/`
//! 2. a dry run prints what would change
//! 3. else run the hook `before`, carry out the plan, print a summary and the address, run the hook `after`

use crate::commands::outcome::Outcome;
use crate::diagnostics::error::Result;
use crate::diagnostics::message::Message;
use crate::io::clock::Stopwatch;
use crate::io::progress::size;
use crate::io::terminal;
use crate::message;
use crate::project::settings;
use crate::publish::plan::plan::Plan;
use crate::publish::plan::summary;
use crate::publish::publication::publication::{DryRun, Publication, PublicationOptions, Published};
use crate::publish::publication::target_choice::choose_target;
use crate::text::redact::redacted_address;
use std::path::Path;

/// The options of the command line.
#[derive(Debug, Clone)]
pub(crate) struct PublishRequest {
    pub(crate) target: Option<String>,
    /// print every file of a dry run
    pub(crate) verbose: bool,
    pub(crate) options: PublicationOptions,
}

/// Publishes the site at `root`.
pub(crate) fn run(root: &Path, request: &PublishRequest) -> Result<Outcome> {
    let watch = Stopwatch::start();
    let config = settings(root)?;
    let target = choose_target(&config.publish, request.target.as_deref())?;
    let publication = Publication::open(root, &config, target, &request.options)?;
    if request.options.dry_run {
        let DryRun { plan, findings, refusal } = publication.dry_run()?;
        print_plan(&publication, &plan, request.verbose);
        return Ok(Outcome::of(findings.into_iter().chain(refusal).collect()));
    }
    let published = publication.publish()?;
    print_summary(&publication, &published, &watch);
    publication.run_hook_after(&published)?;
    Ok(Outcome::of(published.findings))
}

fn print_plan(publication: &Publication<'_>, plan: &Plan, verbose: bool) {
    let (name, local) = (publication.name(), &publication.local);
    if plan.is_empty() {
        return terminal::print_result(&message!(
            "{name}: nothing to send, all {n} files are there",
            name,
            n = local.files.len()
        ));
    }
    if verbose {
        terminal::print(&summary::list_steps(local, plan, terminal::language()));
    }
    terminal::print(&summary::summary_table(local, plan, size, terminal::language()));
    let (sent, removed) = (plan.uploads(local).count(), plan.removed.len());
    let bytes = size(plan.bytes(local));
    let planned =
        message!("{name}: {sent} files ({bytes}) would be sent, {removed} removed", name, sent, bytes, removed);
    terminal::print_result(&match plan.placeholders() {
        0 => planned,
        placeholders => message!("{planned}, {placeholders} temporary placeholders", planned, placeholders),
    });
}

fn print_summary(publication: &Publication<'_>, published: &Published, watch: &Stopwatch) {
    let name = publication.name();
    if published.is_verified {
        terminal::print_status(&message!("{name}: every file there was compared by its bytes", name));
    }
    let Published { files_sent, files_removed, files_unchanged, .. } = published;
    let bytes = size(published.bytes_sent);
    terminal::print_status(&message!(
        "{name}: {files_sent} files sent ({bytes}), {files_unchanged} unchanged, {files_removed} removed, in {time}",
        name,
        files_sent,
        bytes,
        files_unchanged,
        files_removed,
        time = watch.elapsed()
    ));
    if !publication.address().is_empty() {
        terminal::print_status(&Message::verbatim(redacted_address(publication.address())));
    }
}
