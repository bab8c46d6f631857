//! `wenzhai build`: imports new pages, then renders the site to `public/`.

use crate::commands::outcome::Outcome;
use crate::diagnostics::error::Result;
use crate::io::clock::Stopwatch;
use crate::io::terminal;
use crate::pipeline::build::builder::Builder;
use crate::pipeline::build::folder::BuildReport;
use crate::pipeline::import::job::ImportReport;
use crate::pipeline::options::BuildOptions;
use crate::project::{output, shown};
use serde::Serialize;
use std::path::Path;

/// The JSON line about a whole build, after those of its stages.
#[derive(Debug, Serialize)]
struct BuildSummary {
    command: &'static str,
    articles: usize,
    pages: usize,
    written: usize,
    unchanged: usize,
    removed: usize,
    milliseconds: f64,
}

/// Builds the site at `root` into `out`, or into its `public/`.
pub(crate) fn run(root: &Path, out: Option<&Path>, options: &BuildOptions) -> Result<Outcome> {
    let watch = Stopwatch::start();
    let out = output(root, out)?;
    let built = Builder::new(root).build(options, &out)?;
    if let Some(line) = import_summary(&built.imported) {
        terminal::print_status(&line);
    }
    let BuildReport { imported, articles, pages, written, mut diagnostics, .. } = built;
    terminal::print_status(&format!(
        "{}: {articles} articles, {pages} pages; {} files written, {} unchanged, {} removed, in {}",
        shown(&out),
        written.written,
        written.unchanged,
        written.removed,
        watch.elapsed(),
    ));
    options.progress.print_json(&BuildSummary {
        command: "build",
        articles,
        pages,
        written: written.written,
        unchanged: written.unchanged,
        removed: written.removed,
        milliseconds: watch.elapsed().milliseconds(),
    });
    diagnostics.extend(imported.diagnostics);
    Ok(Outcome::of(diagnostics))
}

/// A line about what an import did; `None` where no page was new.
pub(crate) fn import_summary(imported: &ImportReport) -> Option<String> {
    let new = imported.pages - imported.skipped;
    (new > 0).then(|| {
        format!(
            "imported {new} of {} pages: {} articles written, {} unchanged, {} removed",
            imported.pages,
            imported.written.len(),
            imported.unchanged,
            imported.removed.len(),
        )
    })
}
