//! `wenzhai import`: source pages → article files, with a ledger where it is wanted.

use crate::commands::build::imported_line;
use crate::commands::outcome::Outcome;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::import::dry_run::render_dry_run;
use crate::import::ledger::LedgerEntry;
use crate::io::fs::file;
use crate::io::fs::path;
use crate::io::fs::staged_file::StagedFile;
use crate::io::progress::Progress;
use crate::io::terminal;
use crate::pipeline::import::job::{ImportJob, ImportReport, PageFile, companions, pages_in};
use crate::pipeline::import::run::import;
use crate::project::{ARTICLES, PAGES, SETTINGS, settings_or_builtin, shown};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// What the command line asks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ask {
    pub(crate) pages: Vec<PathBuf>,
    pub(crate) into: Option<PathBuf>,
    pub(crate) date: Option<Date>,
    pub(crate) paper: Option<String>,
    pub(crate) page: Option<u32>,
    pub(crate) dry_run: bool,
    pub(crate) report: Option<PathBuf>,
    pub(crate) progress: Progress,
}

/// Imports the pages that are named, or all of the site's.
///
/// # Errors
/// A configuration error where there is neither a site nor `--into`; what the disk refuses.
pub(crate) fn run(root: &Path, ask: &Ask) -> Result<Outcome> {
    let config = settings_or_builtin(root)?;
    let (into, into_shown) = destination(root, ask)?;
    let (mut pages, diagnostics) = if ask.pages.is_empty() { own_pages(root)? } else { named_pages(root, &ask.pages)? };
    // a page of the site that is named is asked for: what was taken out of it comes back
    let again = !ask.pages.is_empty() && ask.into.is_none();
    if again && file::exists(&root.join(PAGES)) {
        // articles of a page may go on on others of its issue
        let others = companions(&pages, pages_in(root, PAGES).0);
        pages.extend(others);
    }
    let job = ImportJob {
        root: root.to_owned(),
        pages,
        into,
        into_shown,
        date: ask.date,
        paper: ask.paper.clone(),
        page: ask.page,
        unchanged_too: again,
        again,
        dry_run: ask.dry_run,
        ledger: ask.report.is_some(),
        progress: ask.progress,
    };
    let mut report = ask.report.as_deref().map(StagedFile::create).transpose()?;
    let mut imported = import(&job, &config, &mut |entries| match &mut report {
        Some(report) => entries.iter().try_for_each(|entry| report.write(&line(entry))),
        None => Ok(()),
    })?;
    report.map_or(Ok(()), StagedFile::persist)?;
    tell(ask, &imported)?;
    imported.diagnostics.extend(diagnostics);
    Ok(Outcome::of(imported.diagnostics))
}

fn line(entry: &LedgerEntry) -> String {
    let json = serde_json::to_string(entry).expect("strings and numbers are always JSON");
    format!("{json}\n")
}

fn tell(ask: &Ask, imported: &ImportReport) -> Result<()> {
    if ask.dry_run {
        for import in &imported.imports {
            terminal::print(&render_dry_run(import))?;
        }
        let (written, removed) = (imported.written.len(), imported.removed);
        terminal::print_status(&format!(
            "nothing was written; an import would write {written} articles and remove {removed}"
        ));
        return Ok(());
    }
    let idle = || format!("{} pages, none of them new", imported.pages);
    terminal::print_status(&imported_line(imported).unwrap_or_else(idle));
    summary(imported).iter().for_each(|line| terminal::print_status(line));
    Ok(())
}

/// How the articles are filed, and what a person should look at.
fn summary(imported: &ImportReport) -> Vec<String> {
    let filed: Vec<String> = imported.filed.iter().map(|(theme, count)| format!("{theme} {count}")).collect();
    let filed = (!filed.is_empty()).then(|| format!("{} articles filed: {}", imported.articles, filed.join(", ")));
    filed.into_iter().chain(imported.uncertain_lines.report()).collect()
}

/// The folder of articles, and how it is shown.
fn destination(root: &Path, ask: &Ask) -> Result<(PathBuf, String)> {
    if let Some(into) = &ask.into {
        return Ok((into.clone(), format!("{}/", shown(into).trim_end_matches('/'))));
    }
    if file::exists(&root.join(SETTINGS)) {
        return Ok((root.join(ARTICLES), format!("{ARTICLES}/")));
    }
    let diagnostic =
        Diagnostic::new(Code::NoSite, format!("there is no {SETTINGS} in {}, and no --into DIR", shown(root)));
    Err(Error::configuration(
        diagnostic.hint("say where the articles go with --into DIR, or begin a site: wenzhai init DIR"),
    ))
}

type Pages = (Vec<PageFile>, Vec<Diagnostic>);

fn own_pages(root: &Path) -> Result<Pages> {
    if !file::exists(&root.join(PAGES)) {
        let diagnostic = Diagnostic::new(Code::NoPages, format!("there is no folder {PAGES}/ in {}", shown(root)));
        return Err(Error::failure(
            diagnostic.hint("put the text of newspaper pages there, or name a page: wenzhai import PAGE"),
        ));
    }
    Ok(pages_in(root, PAGES))
}

/// Pages of the site are known by their place in it, others by their full path.
fn named_pages(root: &Path, named: &[PathBuf]) -> Result<Pages> {
    let (mut pages, mut diagnostics): Pages = Default::default();
    for path in named {
        if !file::exists(path) {
            let diagnostic = Diagnostic::new(Code::NoPage, format!("there is no page or folder {}", shown(path)));
            return Err(Error::configuration(diagnostic.hint("pages are named by their path from here")));
        }
        let place = place(root, path);
        if file::is_file(path) {
            let name = place.rsplit('/').next().unwrap_or(&place).to_owned();
            pages.push(PageFile { path: place, name, asked: true });
        } else {
            let (found, findings) = pages_in(root, &place);
            pages.extend(found);
            diagnostics.extend(findings);
        }
    }
    let mut seen = std::collections::HashSet::new();
    pages.retain(|page| seen.insert(page.path.clone()));
    Ok((pages, diagnostics))
}

fn place(root: &Path, named: &Path) -> String {
    let (root, named) = (path::resolve(root), path::resolve(named));
    let within = named.strip_prefix(&root).unwrap_or(&named);
    within.to_string_lossy().replace('\\', "/")
}
