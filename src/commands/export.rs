//! `wenzhai export`: an issue, a theme or a month as a book, a print or a mail.

use crate::commands::build::import_summary;
use crate::commands::outcome::Outcome;
use crate::diagnostics::error::Result;
use crate::io::clock::Stopwatch;
use crate::io::terminal;
use crate::message;
use crate::pipeline::export::run::{ExportJob, Exported, export};
use crate::pipeline::options::BuildOptions;
use crate::project::shown;
use std::path::Path;

/// Exports articles of the site at `root`.
pub(crate) fn run(root: &Path, job: &ExportJob, options: &BuildOptions) -> Result<Outcome> {
    let watch = Stopwatch::start();
    let Exported { title, articles, files, imported, mut diagnostics } = export(root, job, options)?;
    if let Some(line) = import_summary(&imported) {
        terminal::print_status(&line);
    }
    let files: Vec<String> = files.iter().map(|file| shown(file)).collect();
    terminal::print_status(&message!(
        "{files}: {title}, {articles} articles, in {time}",
        files = files.join(", "),
        title,
        articles,
        time = watch.elapsed()
    ));
    diagnostics.extend(imported.diagnostics);
    Ok(Outcome::of(diagnostics))
}
