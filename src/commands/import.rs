//! `wenzhai import`: turns source pages into article files, and writes the ledger on request.

use crate::commands::build::import_summary;
use crate::commands::outcome::Outcome;
use crate::content::page_name::file_and_number;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::diagnostics::message::Message;
use crate::import::dry_run::render_dry_run;
use crate::import::ledger::LedgerEntry;
use crate::import::page_import::PageImport;
use crate::import::picture::file_names::picture_files;
use crate::import::picture::page_picture::page_picture;
use crate::io::fs::file;
use crate::io::fs::path;
use crate::io::fs::staged_file::StagedFile;
use crate::io::progress::Progress;
use crate::io::terminal;
use crate::message;
use crate::pipeline::import::job::{ImportJob, ImportReport, PageFile, companions, pages_among, pages_in};
use crate::pipeline::import::run::import;
use crate::pipeline::import::unused::unused_files;
use crate::pipeline::incremental::import_check::ImportCheck;
use crate::pipeline::incremental::survey::{ImportSurvey, StampTrust};
use crate::project::{ARTICLES, PAGES, SETTINGS, settings_or_builtin, shown};
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The options of the command line.
#[derive(Debug, Clone, Default)]
pub(crate) struct ImportRequest {
    pub(crate) pages: Vec<PathBuf>,
    pub(crate) into: Option<PathBuf>,
    pub(crate) date: Option<Date>,
    pub(crate) paper: Option<String>,
    pub(crate) page: Option<u32>,
    pub(crate) dry_run: bool,
    pub(crate) picture: Option<PathBuf>,
    pub(crate) report: Option<PathBuf>,
    pub(crate) progress: Progress,
}

impl ImportRequest {
    /// Whether the pages of the site are imported without any option.
    fn is_plain(&self) -> bool {
        let Self { pages, into, date, paper, page, dry_run, picture: _, report, progress: _ } = self;
        let has_options = date.is_some() || paper.is_some() || page.is_some() || *dry_run || report.is_some();
        pages.is_empty() && into.is_none() && !has_options
    }
}

/// Imports the named pages, or all of the site.
pub(crate) fn run(root: &Path, request: &ImportRequest) -> Result<Outcome> {
    let config = settings_or_builtin(root)?;
    let (into, into_shown) = destination(root, request)?;
    check_destination(root, &into, &request.pages)?;
    let check = request.is_plain().then(|| ImportCheck::new(root));
    let (mut files, mut diagnostics) = match &check {
        Some(check) => own_pages(root, &check.survey)?,
        None if request.pages.is_empty() => own_pages(root, &ImportSurvey::of(root, StampTrust::Nothing))?,
        None => named_pages(root, &request.pages, &into)?,
    };
    if check.as_ref().is_some_and(ImportCheck::is_up_to_date) {
        let pages = check.as_ref().map_or(0, ImportCheck::pages);
        let idle = ImportReport { pages, skipped: pages, ..ImportReport::default() };
        print_summary(request, &idle);
        return Ok(Outcome::of(diagnostics));
    }
    // Naming a page of the site requests it: articles that were removed come back.
    let reimport = !request.pages.is_empty() && request.into.is_none();
    if reimport && file::exists(&root.join(PAGES)) {
        // Articles of a page may continue on others of its issue.
        let others = companions(&files, pages_in(root, PAGES).0);
        files.extend(others);
    }
    let job = ImportJob {
        into,
        into_shown,
        date: request.date,
        paper: request.paper.clone(),
        page: request.page,
        includes_unchanged: reimport,
        restores_removed: reimport,
        restores_results: true,
        dry_run: request.dry_run,
        ledger: request.report.is_some(),
        ..ImportJob::of_files(root, files, request.progress)
    };
    let mut report = request.report.as_deref().map(StagedFile::create).transpose()?;
    let mut imported = import(&job, &config, &mut |entries| match &mut report {
        Some(report) => entries.iter().try_for_each(|entry| report.write(line(entry).as_bytes())),
        None => Ok(()),
    })?;
    report.map_or(Ok(()), StagedFile::persist)?;
    print_summary(request, &imported);
    if let Some(check) = check.filter(|_| imported.is_settled()) {
        check.save(imported.pages);
    }
    if let Some(picture) = &request.picture {
        diagnostics.extend(draw_pages(&imported.imports, picture)?);
    }
    imported.diagnostics.extend(diagnostics);
    Ok(Outcome::of(imported.diagnostics))
}

/// Writes the picture of each page, and returns a finding for each page without places.
fn draw_pages(imports: &[PageImport], file: &Path) -> Result<Vec<Diagnostic>> {
    let pages: Vec<&str> = imports.iter().map(PageImport::file).collect();
    let mut findings = Vec::new();
    for (import, target) in imports.iter().zip(picture_files(file, &pages)) {
        let Some(picture) = page_picture(import) else {
            let message = message!("the page cannot be drawn: its file does not say where its lines stand");
            let hint = message!("pages in PDF, ALTO, hOCR, PAGE-XML or the JSON of an OCR engine have places");
            findings.push(Diagnostic::new(Code::NoPlaces, message).in_file(&import.name).hint(hint));
            continue;
        };
        let mut staged = StagedFile::create(&target)?;
        staged.write(picture.as_bytes())?;
        staged.persist()?;
        terminal::print_status(&message!("{name} is drawn in {target}", name = import.name, target = shown(&target)));
    }
    Ok(findings)
}

fn line(entry: &LedgerEntry) -> String {
    let json = serde_json::to_string(entry).expect("strings and numbers are always JSON");
    format!("{json}\n")
}

fn print_summary(request: &ImportRequest, imported: &ImportReport) {
    if request.dry_run {
        for import in &imported.imports {
            terminal::print(&render_dry_run(import, terminal::language()));
        }
        let (written, removed) = (imported.written.len(), imported.removed.len());
        terminal::print_status(&message!(
            "nothing was written; an import would write {written} articles and remove {removed}",
            written,
            removed
        ));
        return;
    }
    let idle = || message!("{n} pages, none of them new", n = imported.pages);
    terminal::print_status(&import_summary(imported).unwrap_or_else(idle));
    filing_summary(imported).iter().for_each(terminal::print_status);
}

/// Lines about how the articles are filed, and the doubtful decisions to review.
fn filing_summary(imported: &ImportReport) -> Vec<Message> {
    let filed: Vec<String> = imported.filed.iter().map(|(theme, count)| format!("{theme} {count}")).collect();
    let filed = (!filed.is_empty())
        .then(|| message!("{n} articles filed: {themes}", n = imported.articles, themes = filed.join(", ")));
    filed.into_iter().chain(imported.uncertain_lines.report()).collect()
}

/// The folder of articles, and its name in messages.
fn destination(root: &Path, request: &ImportRequest) -> Result<(PathBuf, String)> {
    if let Some(into) = &request.into {
        return Ok((into.clone(), format!("{}/", shown(into).trim_end_matches('/'))));
    }
    if file::exists(&root.join(SETTINGS)) {
        return Ok((root.join(ARTICLES), format!("{ARTICLES}/")));
    }
    let diagnostic = Diagnostic::new(
        Code::NoSite,
        message!("there is no {settings} in {root}, and no --into DIR", settings = SETTINGS, root = shown(root)),
    );
    Err(Error::configuration(
        diagnostic.hint(message!("say where the articles go with --into DIR, or begin a site: wenzhai init DIR")),
    ))
}

/// An error where articles would be taken for pages by the next import.
fn check_destination(root: &Path, into: &Path, named: &[PathBuf]) -> Result<()> {
    let pages = root.join(PAGES);
    let is_site = file::exists(&root.join(SETTINGS));
    let is_mixed = is_site && (path::contains(into, &pages) || path::contains(&pages, into));
    let named = named.iter().find(|named| path::contains(into, named) && path::contains(named, into));
    let folder = if is_mixed { Some(PAGES.to_owned()) } else { named.map(|named| shown(named)) };
    let Some(folder) = folder else { return Ok(()) };
    let message = message!("articles in {into} would lie among the pages of {folder}", into = shown(into), folder);
    let diagnostic = Diagnostic::new(Code::BadOutput, message);
    Err(Error::configuration(diagnostic.hint(message!("name a folder for articles alone: --into DIR"))))
}

type Pages = (Vec<PageFile>, Vec<Diagnostic>);

/// The pages of a site that was surveyed, with findings about its folder of pages.
fn own_pages(root: &Path, survey: &ImportSurvey) -> Result<Pages> {
    if !file::exists(&root.join(PAGES)) {
        let diagnostic = Diagnostic::new(
            Code::NoPages,
            message!("there is no folder {pages}/ in {root}", pages = PAGES, root = shown(root)),
        );
        return Err(Error::failure(
            diagnostic.hint(message!("put the text of newspaper pages there, or name a page: wenzhai import PAGE")),
        ));
    }
    let paths = survey.pages.iter().map(|file| file.path.as_str());
    let mut diagnostics = survey.diagnostics.clone();
    diagnostics.extend(unused_files(paths.clone()));
    Ok((pages_among(paths, PAGES), diagnostics))
}

/// Pages of the site are named by their path below its root, others by their full path. What lies in a folder of articles is no
/// page, and of a folder that holds the site's pages these alone are.
fn named_pages(root: &Path, named: &[PathBuf], into: &Path) -> Result<Pages> {
    let (mut pages, mut diagnostics): Pages = Default::default();
    let is_site = file::exists(&root.join(PAGES));
    let real_root = path::resolve(root);
    let own = is_site.then(|| path::resolve(&root.join(ARTICLES)));
    let articles: Vec<PathBuf> = [path::resolve(into)].into_iter().chain(own).collect();
    let is_article = |path: &str| articles.iter().any(|articles| real_root.join(path).starts_with(articles));
    for path in named {
        let (path, number) = file_and_page(path);
        if !file::exists(&path) {
            let diagnostic =
                Diagnostic::new(Code::NoPage, message!("there is no page or folder {path}", path = shown(&path)));
            return Err(Error::configuration(diagnostic.hint(message!("pages are named by their path from here"))));
        }
        let shown_path = path_below(root, &path);
        if is_article(&shown_path) {
            let message = message!("{path} lies in the folder of articles, and is no page", path = shown(&path));
            let hint =
                message!("name the page that the article was made from: `source` in its front matter says which");
            return Err(Error::configuration(Diagnostic::new(Code::NoPage, message).hint(hint)));
        }
        if file::is_file(&path) {
            let name = shown_path.rsplit('/').next().unwrap_or(&shown_path).to_owned();
            let numbers = number.into_iter().collect();
            pages.push(PageFile { path: shown_path, name, requested: true, named: true, numbers });
        } else {
            let holds_site = is_site && path::contains(&path, &root.join(PAGES));
            let (found, findings) = pages_in(root, if holds_site { PAGES } else { &shown_path });
            pages.extend(found.into_iter().filter(|page| !is_article(&page.path)));
            diagnostics.extend(findings);
        }
    }
    Ok((each_once(pages), diagnostics))
}

/// The file of a page that is named as `issue.pdf#3`, and that number.
fn file_and_page(named: &Path) -> (PathBuf, Option<usize>) {
    match named.to_str().map(file_and_number) {
        Some((file, Some(number))) => (PathBuf::from(file), Some(number)),
        _ => (named.to_owned(), None),
    }
}

/// Each file once, with all the numbers of pages that are named of it; all pages where it is named without one.
fn each_once(files: Vec<PageFile>) -> Vec<PageFile> {
    let mut once: Vec<PageFile> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for file in files {
        match seen.get(&file.path).map(|&at| &mut once[at]) {
            Some(known) if known.numbers.is_empty() || file.numbers.is_empty() => known.numbers.clear(),
            Some(known) => known.numbers.extend(file.numbers),
            None => {
                seen.insert(file.path.clone(), once.len());
                once.push(file);
            }
        }
    }
    once
}

fn path_below(root: &Path, named: &Path) -> String {
    let (root, named) = (path::resolve(root), path::resolve(named));
    let below = named.strip_prefix(&root).unwrap_or(&named);
    below.to_string_lossy().replace('\\', "/")
}
