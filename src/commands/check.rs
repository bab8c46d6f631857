//! `wenzhai check`: checks pages, content, themes and templates, without writing anything.
//!
//! 1. all pages are imported in a dry run: sidecars, and lines that are not in exactly one article file
//! 2. the site is loaded and rendered in memory
//! 3. the rules of `check` look at the whole catalog

use crate::check::findings;
use crate::commands::outcome::Outcome;
use crate::diagnostics::code::Severity;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::diagnostics::message::IntoValue as _;
use crate::io::progress::Progress;
use crate::io::terminal;
use crate::message;
use crate::pipeline::build::builder::Builder;
use crate::pipeline::import::job::ImportJob;
use crate::pipeline::import::run::import;
use crate::pipeline::options::BuildOptions;
use crate::project::settings;
use std::path::Path;

/// Loads and renders the whole site at `root` in memory, and returns all diagnostics.
pub(crate) fn run(root: &Path) -> Result<Outcome> {
    let builder = Builder::new(root);
    let mut planned = builder.plan(&BuildOptions { drafts: true, no_import: true, ..BuildOptions::default() })?;
    builder.render_to_memory(&mut planned)?;
    let mut diagnostics = page_findings(root)?;
    diagnostics.append(&mut planned.diagnostics);
    diagnostics.extend(findings(&planned.site.catalog));
    let findings = terminal::severity_counts(&diagnostics).unwrap_or_else(|| message!("nothing found").value());
    terminal::print_status(&message!(
        "{entries} articles checked: {findings}",
        entries = planned.site.catalog.entries.len(),
        findings
    ));
    Ok(Outcome::of(diagnostics))
}

/// What an import of all pages would report, remarks aside: that an edited article is kept is as it should be.
fn page_findings(root: &Path) -> Result<Vec<Diagnostic>> {
    let (job, mut diagnostics) = ImportJob::of_site(root, Progress::default());
    let job = ImportJob { dry_run: true, includes_unchanged: true, ..job };
    let imported = import(&job, &settings(root)?, &mut |_| Ok(()))?;
    diagnostics.extend(imported.diagnostics.into_iter().filter(|found| found.severity() > Severity::Info));
    Ok(diagnostics)
}
