//! `wenzhai check`: checks content, themes and templates, without writing anything.

use crate::check::findings;
use crate::commands::outcome::Outcome;
use crate::diagnostics::error::Result;
use crate::io::terminal;
use crate::pipeline::build::builder::Builder;
use crate::pipeline::options::BuildOptions;
use std::path::Path;

/// Loads and renders the whole site at `root` in memory, and returns all diagnostics.
pub(crate) fn run(root: &Path) -> Result<Outcome> {
    let builder = Builder::new(root);
    let mut planned = builder.plan(&BuildOptions { drafts: true, no_import: true, ..BuildOptions::default() })?;
    builder.render_to_memory(&mut planned)?;
    let mut diagnostics = planned.diagnostics;
    diagnostics.extend(findings(&planned.site.catalog));
    let findings = terminal::severity_counts(&diagnostics).unwrap_or_else(|| "nothing found".to_owned());
    terminal::print_status(&format!("{} articles checked: {findings}", planned.site.catalog.entries.len()));
    Ok(Outcome::of(diagnostics))
}
