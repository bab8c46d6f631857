//! `wenzhai publish`: what was built goes where its readers are.
//!
//! 1. choose the target, lock and hash `public/`
//! 2. look at the target and plan; stop where the plan is refused
//! 3. `before`; carry the plan out; `after`; say what was done and where the site is
//!
//! It publishes what the last build left and builds nothing itself: what was looked at is what readers get.

use crate::commands::outcome::Outcome;
use crate::config::publish::Publication;
use crate::config::settings::Config;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::clock::Stopwatch;
use crate::io::fs::file;
use crate::io::fs::lock::Lock;
use crate::io::process;
use crate::io::progress::{Progress, size};
use crate::io::terminal;
use crate::project::{PUBLIC, settings};
use crate::publish::inventory::Held;
use crate::publish::local::Local;
use crate::publish::plan::changed_urls;
use crate::publish::plan::guard::{Allowance, refusal};
use crate::publish::plan::plan::Plan;
use crate::publish::plan::prepare::prepared;
use crate::publish::plan::summary;
use crate::publish::record::Site;
use crate::publish::tally::Tally;
use crate::publish::targets::open::{Way, fitted, opened};
use crate::publish::transfer::atomic::{Committed, carry_whole};
use crate::publish::transfer::upload::carry;
use std::path::Path;

/// What is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    /// by name; the default one, or the only one, where none is named
    pub(crate) target: Option<String>,
    /// say what would be done, and do nothing
    pub(crate) dry_run: bool,
    pub(crate) allowed: Allowance,
    /// name every file of a dry run
    pub(crate) verbose: bool,
    pub(crate) progress: Progress,
}

/// How often a plan is made again because somebody else was faster.
const RACES: usize = 5;

/// One publish under way.
struct Publishing<'a> {
    config: &'a Config,
    publication: &'a Publication,
    ask: &'a Ask,
    root: &'a Path,
    site: Site,
    local: Local,
    way: Way,
}

/// Publishes the site at `root`.
///
/// # Errors
/// A configuration error, a plan that is refused, or what the target refuses.
pub(crate) fn run(root: &Path, ask: &Ask) -> Result<Outcome> {
    let config = settings(root)?;
    let publication = chosen(&config.publish, ask.target.as_deref())?;
    let public = root.join(PUBLIC);
    // a build that runs meanwhile would change what is sent; where there is no folder, `read` says what to do
    let _lock = file::exists(&public).then(|| Lock::acquire(&public)).transpose()?;
    let local = fitted(Local::read(&public)?, &publication.place);
    let publishing = Publishing {
        config: &config,
        publication,
        ask,
        root,
        site: Site { url: config.base_url.clone(), title: config.title.clone() },
        way: opened(root, &config, publication, ask.dry_run)?,
        local,
    };
    if ask.dry_run { publishing.tell_plan() } else { publishing.publish() }
}

impl Publishing<'_> {
    fn prepared(&self) -> Result<(Held, Plan)> {
        prepared(self.way.target(), &self.local, &self.config.base_url)
    }

    fn refusal(&self, held: &Held, plan: &Plan) -> Option<Diagnostic> {
        refusal(&self.way.target().name(), &self.site, held, plan, self.ask.allowed)
    }

    fn tell_plan(&self) -> Result<Outcome> {
        let (held, plan) = self.prepared()?;
        let name = self.way.target().name();
        if plan.is_empty() {
            terminal::print(&format!("{name}: nothing to send, all {} files are there", self.local.files.len()))?;
        } else {
            if self.ask.verbose {
                terminal::print(&summary::steps(&self.local, &plan))?;
            }
            terminal::print(&summary::table(&self.local, &plan, size))?;
            let (sent, removed) = (plan.sent().count(), plan.removed.len());
            let bytes = size(plan.bytes(&self.local));
            let placeholders = match plan.placeholders() {
                0 => String::new(),
                count => format!(", {count} placeholders on the way"),
            };
            terminal::print(&format!("{name}: {sent} files ({bytes}) would be sent, {removed} removed{placeholders}"))?;
        }
        Ok(Outcome::of(self.refusal(&held, &plan).into_iter().collect()))
    }

    fn publish(&self) -> Result<Outcome> {
        let watch = Stopwatch::start();
        let (mut held, mut plan) = self.prepared()?;
        self.stop_if_refused(&held, &plan)?;
        let addresses = changed_urls::changed(self.address(), &self.local, &held, &plan);
        if !addresses.is_empty() {
            self.hook("before", &self.publication.before, &addresses)?;
        }
        let mut races = 0;
        let tally = loop {
            let tally = Tally::new(self.ask.progress, plan.sent().count());
            if self.carried(&held, &plan, &tally)? == Committed::Done {
                break tally;
            }
            races += 1;
            if races == RACES {
                return Err(always_raced(&self.way.target().name()));
            }
            (held, plan) = self.prepared()?;
            self.stop_if_refused(&held, &plan)?;
        };
        self.tell_done(&tally, &watch);
        if !addresses.is_empty() {
            self.hook("after", &self.publication.after, &addresses)?;
        }
        Ok(Outcome::default())
    }

    fn carried(&self, held: &Held, plan: &Plan, tally: &Tally) -> Result<Committed> {
        match &self.way {
            Way::ByFile(target) => {
                carry(target.as_ref(), &self.site, &self.local, held, plan, tally).map(|()| Committed::Done)
            }
            Way::AtOnce(target) => carry_whole(target.as_ref(), &self.site, &self.local, held, plan, tally),
        }
    }

    fn stop_if_refused(&self, held: &Held, plan: &Plan) -> Result<()> {
        self.refusal(held, plan).map_or(Ok(()), |diagnostic| Err(Error::failure(diagnostic)))
    }

    /// Where readers find the site; empty where nobody said.
    fn address(&self) -> &str {
        if self.publication.url.is_empty() { &self.config.base_url } else { &self.publication.url }
    }

    fn hook(&self, when: &str, command: &str, addresses: &[String]) -> Result<()> {
        if command.is_empty() {
            return Ok(());
        }
        process::run_hook(command, self.root, &addresses.join("\n")).map_err(|why| {
            let hint = match when {
                "before" => "nothing was sent: mend what it complains of and publish again",
                _ => "the site is published: run the command by hand when what it complains of is mended",
            };
            let message = format!("the command {when} of publish.{} {why}", self.publication.name);
            Error::failure(Diagnostic::new(Code::Hook, message).hint(hint))
        })
    }

    fn tell_done(&self, tally: &Tally, watch: &Stopwatch) {
        let (sent, removed, all) = (tally.files_sent(), tally.files_removed(), self.local.files.len());
        let bytes = size(tally.bytes_sent());
        let name = self.way.target().name();
        terminal::print_status(&format!(
            "{name}: {sent} files sent ({bytes}), {} unchanged, {removed} removed, in {}",
            all - sent.min(all),
            watch.elapsed()
        ));
        if !self.address().is_empty() {
            terminal::print_status(self.address());
        }
    }
}

/// The target that is meant.
fn chosen<'a>(targets: &'a [Publication], name: Option<&str>) -> Result<&'a Publication> {
    let names: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
    let wrong =
        |message: String, hint: String| Err(Error::configuration(Diagnostic::new(Code::NoTarget, message).hint(hint)));
    match (name, targets) {
        (_, []) => wrong(
            "site.toml names no place to publish to".to_owned(),
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
                format!("there are {} places to publish to: {}", names.len(), names.join(", ")),
                format!("say which: wenzhai publish {}; or write default = true in one of them", names[0]),
            ),
        },
    }
}

fn always_raced(name: &str) -> Error {
    let message = format!("{name} was changed by somebody else each of {RACES} times");
    Error::failure(Diagnostic::new(Code::Raced, message).hint("wait until they are done, and publish again"))
}
