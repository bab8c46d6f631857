//! `wenzhai check`: findings over content and themes, without writing anything.

use crate::check::findings;
use crate::commands::outcome::Outcome;
use crate::diagnostics::error::Result;
use crate::io::terminal;
use crate::pipeline::builder::Builder;
use crate::pipeline::options::BuildOptions;
use std::path::Path;

/// Reads the whole site at `root`, renders it into nothing, and tells all that is wrong.
///
/// # Errors
/// A configuration error, or what the disk refuses.
pub(crate) fn run(root: &Path) -> Result<Outcome> {
    let builder = Builder::new(root);
    let mut ready = builder.prepare(&BuildOptions { drafts: true, no_import: true, ..BuildOptions::default() })?;
    builder.render_to_memory(&mut ready)?;
    let mut diagnostics = ready.diagnostics;
    diagnostics.extend(findings(&ready.site.catalog));
    let told = terminal::severity_counts(&diagnostics).unwrap_or_else(|| "nothing found".to_owned());
    terminal::print_status(&format!("{} articles checked: {told}", ready.site.catalog.entries.len()));
    Ok(Outcome::of(diagnostics))
}
