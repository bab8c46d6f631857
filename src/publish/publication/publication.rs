//! One publication of the built site to a target, with the commands of site.toml before and after it.
//!
//! 1. [`Publication::open`]: locks and hashes `public/`, and opens the target
//! 2. [`Publication::dry_run`]: what would be sent and removed, and why it would be refused
//! 3. [`Publication::publish`]: the hook `before`, the plan; [`Publication::run_hook_after`]
//!
//! It publishes the last build and builds nothing itself, so that readers get what was previewed.

use crate::config::publish::TargetConfig;
use crate::config::settings::Config;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::clock;
use crate::io::fs::file;
use crate::io::fs::lock::Lock;
use crate::io::process;
use crate::io::progress::Progress;
use crate::message;
use crate::project::PUBLIC;
use crate::publish::host_limits::SiteSize;
use crate::publish::inventory::Inventory;
use crate::publish::local_site::LocalSite;
use crate::publish::plan::changed_urls;
use crate::publish::plan::guard::{SafetyLimits, check_base_url, check_build, check_safety};
use crate::publish::plan::plan::Plan;
use crate::publish::record::SiteIdentity;
use crate::publish::targets::open::{OpenTarget, open_target, with_host_files};
use crate::publish::transfer::atomic::{CommitOutcome, publish_atomically};
use crate::publish::transfer::file_by_file::publish_file_by_file;
use crate::publish::transfer::job::Job;
use crate::publish::transfer_progress::TransferProgress;
use crate::publish::transport::limits::COMMIT_ATTEMPTS;
use crate::publish::verification::VerificationRequest;
use std::path::Path;

/// How a site is published.
#[derive(Debug, Clone)]
pub(crate) struct PublicationOptions {
    /// changes nothing and takes no lock at the target
    pub(crate) dry_run: bool,
    /// compares every file at the target by its bytes
    pub(crate) verify: bool,
    pub(crate) allowed: SafetyLimits,
    pub(crate) progress: Progress,
}

/// A publication under way. No build can change `public/` while it lives.
#[allow(missing_debug_implementations, reason = "a target may hold credentials, which are shown nowhere")]
pub(crate) struct Publication<'a> {
    config: &'a Config,
    target_config: &'a TargetConfig,
    options: &'a PublicationOptions,
    root: &'a Path,
    site: SiteIdentity,
    pub(crate) local: LocalSite,
    target: OpenTarget,
    _lock: Option<Lock>,
}

/// What would be sent and removed.
#[derive(Debug)]
pub(crate) struct DryRun {
    pub(crate) plan: Plan,
    /// about the site and the target
    pub(crate) findings: Vec<Diagnostic>,
    /// why it would be refused
    pub(crate) refusal: Option<Diagnostic>,
}

/// What was sent and removed.
#[derive(Debug)]
pub(crate) struct Published {
    pub(crate) files_sent: usize,
    pub(crate) files_removed: usize,
    /// as in `public/`
    pub(crate) bytes_sent: u64,
    pub(crate) files_unchanged: usize,
    /// every file that was there was compared by its bytes
    pub(crate) is_verified: bool,
    /// addresses of pages that readers now see otherwise; for the hooks
    pub(crate) changed_urls: Vec<String>,
    /// about the site and the target
    pub(crate) findings: Vec<Diagnostic>,
}

impl<'a> Publication<'a> {
    /// The publication of the built site at `root` to a target.
    pub(crate) fn open(
        root: &'a Path,
        config: &'a Config,
        target_config: &'a TargetConfig,
        options: &'a PublicationOptions,
    ) -> Result<Self> {
        let public = root.join(PUBLIC);
        // A build at the same time would change the files to be sent. Without the folder, `read` returns the error.
        let lock = file::exists(&public).then(|| Lock::acquire(&public)).transpose()?;
        Ok(Self {
            local: with_host_files(LocalSite::read(&public)?, &target_config.destination),
            site: SiteIdentity { url: config.base_url.clone(), title: config.title.clone() },
            target: open_target(root, config, target_config, options.dry_run)?,
            config,
            target_config,
            options,
            root,
            _lock: lock,
        })
    }

    /// The name of the target for people: `mirror (/srv/www)`. Never holds a secret.
    pub(crate) fn name(&self) -> String {
        self.target.as_target().name()
    }

    /// The address of the site for readers; empty where none is set.
    pub(crate) fn address(&self) -> &str {
        if self.target_config.url.is_empty() { &self.config.base_url } else { &self.target_config.url }
    }

    /// What a publication would change.
    pub(crate) fn dry_run(&self) -> Result<DryRun> {
        let (inventory, plan) = self.prepared()?;
        let refusal = self.refusal(&inventory, &plan);
        Ok(DryRun { findings: self.findings(&inventory), refusal, plan })
    }

    /// Carries the plan out. Where another publication changed the target meanwhile, the plan is made again.
    pub(crate) fn publish(&self) -> Result<Published> {
        let (mut inventory, mut plan) = self.prepared()?;
        self.stop_if_refused(&inventory, &plan)?;
        let changed_urls = changed_urls::changed_urls(self.address(), &self.local, &inventory, &plan);
        self.run_hook("before", &self.target_config.before, &changed_urls)?;
        for _ in 0..COMMIT_ATTEMPTS {
            let progress = TransferProgress::new(self.options.progress, plan.uploads(&self.local).count());
            if self.execute_plan(&inventory, &plan, &progress)? == CommitOutcome::Committed {
                return Ok(self.published(&inventory, &progress, changed_urls));
            }
            (inventory, plan) = self.prepared()?;
            self.stop_if_refused(&inventory, &plan)?;
        }
        Err(too_many_conflicts(&self.name()))
    }

    /// Runs the command of site.toml that follows a publication.
    pub(crate) fn run_hook_after(&self, published: &Published) -> Result<()> {
        self.run_hook("after", &self.target_config.after, &published.changed_urls)
    }

    fn prepared(&self) -> Result<(Inventory, Plan)> {
        let verify = VerificationRequest { is_requested: self.options.verify, today: clock::today() };
        let inventory = Inventory::take(self.target.as_target(), &self.local, verify)?;
        let plan = Plan::new(&self.local, &inventory, &self.config.base_url)?;
        Ok((inventory, plan))
    }

    fn refusal(&self, inventory: &Inventory, plan: &Plan) -> Option<Diagnostic> {
        let allowed = self.options.allowed;
        check_build(self.local.build_errors, allowed)
            .or_else(|| check_base_url(&self.config.base_url, allowed))
            .or_else(|| check_safety(&self.name(), &self.site, inventory, plan, allowed))
    }

    fn stop_if_refused(&self, inventory: &Inventory, plan: &Plan) -> Result<()> {
        self.refusal(inventory, plan).map_or(Ok(()), |diagnostic| Err(Error::failure(diagnostic)))
    }

    fn findings(&self, inventory: &Inventory) -> Vec<Diagnostic> {
        let size = SiteSize::of(self.local.files.iter().map(|file| (file.path.as_str(), file.size)));
        let findings = self.local.findings.iter().chain(&inventory.findings).cloned();
        findings.chain(size.findings()).collect()
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

    fn published(&self, inventory: &Inventory, progress: &TransferProgress, changed_urls: Vec<String>) -> Published {
        let files_sent = progress.files_sent();
        Published {
            files_sent,
            files_removed: progress.files_removed(),
            bytes_sent: progress.bytes_sent(),
            files_unchanged: self.local.files.len().saturating_sub(files_sent),
            is_verified: inventory.is_verified && inventory.record.is_some(),
            changed_urls,
            findings: self.findings(inventory),
        }
    }

    /// Runs a command of site.toml, where there is one and pages changed.
    fn run_hook(&self, when: &str, command: &str, addresses: &[String]) -> Result<()> {
        if command.is_empty() || addresses.is_empty() {
            return Ok(());
        }
        process::run_hook(command, self.root, &addresses.join("\n")).map_err(|why| {
            let hint = match when {
                "before" => message!("nothing was sent: fix what it reports and publish again"),
                _ => message!("the site is published: fix what it reports and run the command by hand"),
            };
            let name = &self.target_config.name;
            let message = message!("the command `{when}` of publish.{name} {why}", when, name, why);
            Error::failure(Diagnostic::new(Code::Hook, message).hint(hint))
        })
    }
}

fn too_many_conflicts(name: &str) -> Error {
    let message = message!(
        "{name} was changed by another publish each of {commit_attempts} times",
        name,
        commit_attempts = COMMIT_ATTEMPTS
    );
    Error::failure(Diagnostic::new(Code::Raced, message).hint(message!("wait until they are done, and publish again")))
}
