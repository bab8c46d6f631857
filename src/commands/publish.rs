//! `wenzhai publish`: publishes the built site to a target.
//!
//! 1. choose the target, lock and hash `public/`
//! 2. list the target and plan; stop where the guard refuses the plan
//! 3. run the hook `before`, carry out the plan, run the hook `after`, print a summary and the address
//!
//! It publishes the last build and builds nothing itself, so that readers get what was previewed.

use crate::commands::outcome::Outcome;
use crate::config::publish::TargetConfig;
use crate::config::settings::Config;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::clock::{self, Stopwatch};
use crate::io::fs::file;
use crate::io::fs::lock::Lock;
use crate::io::process;
use crate::io::progress::{Progress, size};
use crate::io::terminal;
use crate::project::{PUBLIC, settings};
use crate::publish::inventory::Inventory;
use crate::publish::local_site::LocalSite;
use crate::publish::plan::changed_urls;
use crate::publish::plan::guard::{SafetyLimits, check_build, check_safety};
use crate::publish::plan::plan::Plan;
use crate::publish::plan::summary;
use crate::publish::record::SiteIdentity;
use crate::publish::targets::open::{OpenTarget, open_target, with_host_files};
use crate::publish::transfer::atomic::{CommitOutcome, publish_atomically};
use crate::publish::transfer::file_by_file::publish_file_by_file;
use crate::publish::transfer::job::Job;
use crate::publish::transfer_progress::TransferProgress;
use crate::publish::transport::limits::COMMIT_ATTEMPTS;
use crate::publish::verification::VerificationRequest;
use crate::text::redact::redacted_address;
use std::path::Path;

/// The options of the command line.
#[derive(Debug, Clone)]
pub(crate) struct PublishRequest {
    pub(crate) target: Option<String>,
    pub(crate) dry_run: bool,
    /// compare every file at the target by its bytes
    pub(crate) verify: bool,
    pub(crate) allowed: SafetyLimits,
    /// print every file of a dry run
    pub(crate) verbose: bool,
    pub(crate) progress: Progress,
}

struct Publishing<'a> {
    config: &'a Config,
    target_config: &'a TargetConfig,
    request: &'a PublishRequest,
    root: &'a Path,
    site: SiteIdentity,
    local: LocalSite,
    target: OpenTarget,
}

/// Publishes the site at `root`.
pub(crate) fn run(root: &Path, request: &PublishRequest) -> Result<Outcome> {
    let config = settings(root)?;
    let target_config = choose_target(&config.publish, request.target.as_deref())?;
    let public = root.join(PUBLIC);
    // A build at the same time would change the files to be sent. Without the folder, `read` returns the error.
    let _lock = file::exists(&public).then(|| Lock::acquire(&public)).transpose()?;
    let local = with_host_files(LocalSite::read(&public)?, &target_config.destination);
    let publishing = Publishing {
        config: &config,
        target_config,
        request,
        root,
        site: SiteIdentity { url: config.base_url.clone(), title: config.title.clone() },
        target: open_target(root, &config, target_config, request.dry_run)?,
        local,
    };
    if request.dry_run { publishing.print_plan() } else { publishing.publish() }
}

impl Publishing<'_> {
    fn prepared(&self) -> Result<(Inventory, Plan)> {
        let verify = VerificationRequest { is_requested: self.request.verify, today: clock::today() };
        let inventory = Inventory::take(self.target.as_target(), &self.local, verify)?;
        let plan = Plan::new(&self.local, &inventory, &self.config.base_url)?;
        Ok((inventory, plan))
    }

    fn safety_finding(&self, inventory: &Inventory, plan: &Plan) -> Option<Diagnostic> {
        let allowed = self.request.allowed;
        check_build(self.local.build_errors, allowed)
            .or_else(|| check_safety(&self.target.as_target().name(), &self.site, inventory, plan, allowed))
    }

    fn print_plan(&self) -> Result<Outcome> {
        let (inventory, plan) = self.prepared()?;
        let name = self.target.as_target().name();
        if plan.is_empty() {
            terminal::print(&format!("{name}: nothing to send, all {} files are there", self.local.files.len()));
        } else {
            if self.request.verbose {
                terminal::print(&summary::list_steps(&self.local, &plan));
            }
            terminal::print(&summary::summary_table(&self.local, &plan, size));
            let (sent, removed) = (plan.uploads(&self.local).count(), plan.removed.len());
            let bytes = size(plan.bytes(&self.local));
            let placeholders = match plan.placeholders() {
                0 => String::new(),
                count => format!(", {count} temporary placeholders"),
            };
            terminal::print(&format!("{name}: {sent} files ({bytes}) would be sent, {removed} removed{placeholders}"));
        }
        let refusal = self.safety_finding(&inventory, &plan);
        Ok(self.outcome(&inventory, refusal))
    }

    fn publish(&self) -> Result<Outcome> {
        let watch = Stopwatch::start();
        let (mut inventory, mut plan) = self.prepared()?;
        self.stop_if_refused(&inventory, &plan)?;
        let addresses = changed_urls::changed_urls(self.address(), &self.local, &inventory, &plan);
        if !addresses.is_empty() {
            self.hook("before", &self.target_config.before, &addresses)?;
        }
        let mut attempts = 0;
        let progress = loop {
            let progress = TransferProgress::new(self.request.progress, plan.uploads(&self.local).count());
            if self.execute_plan(&inventory, &plan, &progress)? == CommitOutcome::Committed {
                break progress;
            }
            attempts += 1;
            if attempts == COMMIT_ATTEMPTS {
                return Err(too_many_conflicts(&self.target.as_target().name()));
            }
            (inventory, plan) = self.prepared()?;
            self.stop_if_refused(&inventory, &plan)?;
        };
        if inventory.is_verified && inventory.record.is_some() {
            let name = self.target.as_target().name();
            terminal::print_status(&format!("{name}: every file there was compared by its bytes"));
        }
        self.print_summary(&progress, &watch);
        if !addresses.is_empty() {
            self.hook("after", &self.target_config.after, &addresses)?;
        }
        Ok(self.outcome(&inventory, None))
    }

    /// The findings about the site and the target, and the reason why a plan is refused.
    fn outcome(&self, inventory: &Inventory, refusal: Option<Diagnostic>) -> Outcome {
        Outcome::of(self.local.findings.iter().chain(&inventory.findings).cloned().chain(refusal).collect())
    }

    fn execute_plan(&self, inventory: &Inventory, plan: &Plan, progress: &TransferProgress) -> Result<CommitOutcome> {
        let job = Job { site: &self.site, local: &self.local, inventory, plan, progress };
        match &self.target {
            OpenTarget::FileByFile(target) => {
                publish_file_by_file(target.as_ref(), &job).map(|()| CommitOutcome::Committed)
            }
            OpenTarget::Atomic(target) => publish_atomically(target.as_ref(), &job),
        }
    }

    fn stop_if_refused(&self, inventory: &Inventory, plan: &Plan) -> Result<()> {
        self.safety_finding(inventory, plan).map_or(Ok(()), |diagnostic| Err(Error::failure(diagnostic)))
    }

    /// The address of the site for readers; empty where none is set.
    fn address(&self) -> &str {
        if self.target_config.url.is_empty() { &self.config.base_url } else { &self.target_config.url }
    }

    fn hook(&self, when: &str, command: &str, addresses: &[String]) -> Result<()> {
        if command.is_empty() {
            return Ok(());
        }
        process::run_hook(command, self.root, &addresses.join("\n")).map_err(|why| {
            let hint = match when {
                "before" => "nothing was sent: fix what it reports and publish again",
                _ => "the site is published: fix what it reports and run the command by hand",
            };
            let message = format!("the command {when} of publish.{} {why}", self.target_config.name);
            Error::failure(Diagnostic::new(Code::Hook, message).hint(hint))
        })
    }

    fn print_summary(&self, progress: &TransferProgress, watch: &Stopwatch) {
        let (sent, removed, all) = (progress.files_sent(), progress.files_removed(), self.local.files.len());
        let bytes = size(progress.bytes_sent());
        let name = self.target.as_target().name();
        terminal::print_status(&format!(
            "{name}: {sent} files sent ({bytes}), {} unchanged, {removed} removed, in {}",
            all - sent.min(all),
            watch.elapsed()
        ));
        if !self.address().is_empty() {
            terminal::print_status(&redacted_address(self.address()));
        }
    }
}

/// The target of this name, or the default or only one.
fn choose_target<'a>(targets: &'a [TargetConfig], name: Option<&str>) -> Result<&'a TargetConfig> {
    let names: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
    let wrong =
        |message: String, hint: String| Err(Error::configuration(Diagnostic::new(Code::NoTarget, message).hint(hint)));
    match (name, targets) {
        (_, []) => wrong(
            "site.toml names no target to publish to".to_owned(),
            "add one, such as [publish.pages] with kind = \"git\" and remote = \"origin\"".to_owned(),
        ),
        (Some(name), _) => match targets.iter().find(|target| target.name == name) {
            Some(target) => Ok(target),
            None => wrong(format!("site.toml has no [publish.{name}]"), format!("there are: {}", names.join(", "))),
        },
        (None, [only]) => Ok(only),
        (None, _) => match targets.iter().find(|target| target.is_default) {
            Some(target) => Ok(target),
            None => wrong(
                format!("there are {} targets to publish to: {}", names.len(), names.join(", ")),
                format!("say which: wenzhai publish {}; or write default = true in one of them", names[0]),
            ),
        },
    }
}

fn too_many_conflicts(name: &str) -> Error {
    let message = format!("{name} was changed by another publish each of {COMMIT_ATTEMPTS} times");
    Error::failure(Diagnostic::new(Code::Raced, message).hint("wait until they are done, and publish again"))
}
