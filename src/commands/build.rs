//! `wenzhai build`: imports new pages, then renders the site to `public/`.

use crate::commands::outcome::Outcome;
use crate::diagnostics::error::Result;
use crate::diagnostics::message::Message;
use crate::io::clock::Stopwatch;
use crate::io::terminal;
use crate::message;
use crate::pipeline::build::folder::BuildReport;
use crate::pipeline::builder::builder::{BuildScope, Builder};
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

/// Builds the site at `root`, or a part of it, into `out` or into its `public/`.
pub(crate) fn run(root: &Path, out: Option<&Path>, options: &BuildOptions, scope: BuildScope) -> Result<Outcome> {
    let watch = Stopwatch::start();
    let out = output(root, out)?;
    let built = Builder::new(root).build_scope(options, &out, scope)?;
    if let Some(line) = import_summary(&built.imported) {
        terminal::print_status(&line);
    }
    let BuildReport { imported, articles, pages, written, mut diagnostics, .. } = built;
    terminal::print_status(&message!(
        "{out}: {articles} articles, {pages} pages; {written} files written, {unchanged} unchanged, {removed} removed, in {time}",
        out = shown(&out),
        articles,
        pages,
        written = written.written,
        unchanged = written.unchanged,
        removed = written.removed,
        time = watch.elapsed()
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
pub(crate) fn import_summary(imported: &ImportReport) -> Option<Message> {
    let new = imported.pages - imported.skipped;
    (new > 0).then(|| {
        message!(
            "imported {new} of {pages} pages: {written} articles written, {unchanged} unchanged, {removed} removed",
            new,
            pages = imported.pages,
            written = imported.written.len(),
            unchanged = imported.unchanged,
            removed = imported.removed.len(),
        )
    })
}
