//! `wenzhai check`: all findings about content, settings and templates; no file of the site is written.
//!
//! 1. what an import of all pages would find, and what loading and rendering the whole site finds
//! 2. the rules of `check` over the articles and their texts
//! 3. with `--external`, what the addresses of other sites say that texts link to
//! 4. those that site.toml does not switch off, page by page; with `--json` a line for each

use crate::check;
use crate::commands::outcome::Outcome;
use crate::diagnostics::code::Severity;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::diagnostics::finding_object::FindingObject;
use crate::diagnostics::message::IntoValue as _;
use crate::io::progress::Progress;
use crate::io::terminal;
use crate::io::web::Internet;
use crate::message;
use crate::pipeline::build::plan::PlannedSite;
use crate::pipeline::builder::builder::Builder;
use crate::pipeline::import::job::ImportJob;
use crate::pipeline::import::run::import;
use crate::pipeline::links::crawl::THREADS;
use crate::pipeline::links::run::{LinkReport, check_links};
use crate::pipeline::options::BuildOptions;
use crate::project::{ARTICLES, PAGES, settings};
use crate::site::page::Page;
use crate::site::site::Site;
use crate::util::parallel;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// A finding as a line of JSON.
#[derive(Debug, Serialize)]
struct FindingLine<'a> {
    #[serde(flatten)]
    finding: FindingObject<'a>,
    /// the source page that it concerns, below the site's root
    page: Option<&'a str>,
}

/// What the command line asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CheckRequest {
    /// for scripts
    pub(crate) json: bool,
    /// links out of the site as well
    pub(crate) external: bool,
    pub(crate) progress: Progress,
}

/// Loads and renders the whole site at `root` in memory, and reports all findings.
pub(crate) fn run(root: &Path, request: CheckRequest) -> Result<Outcome> {
    let builder = Builder::new(root);
    let mut planned = builder.plan(&BuildOptions { drafts: true, no_import: true, ..BuildOptions::default() })?;
    builder.render_to_memory(&mut planned)?;
    let mut diagnostics = page_findings(root)?;
    diagnostics.append(&mut planned.diagnostics);
    diagnostics.extend(check::findings(&planned.site.catalog));
    diagnostics.extend(text_findings(&planned));
    let links = request
        .external
        .then(|| check_links(&planned.article_files, &planned.site, &Internet::new(THREADS), request.progress));
    let mut links = links.transpose()?;
    links.iter_mut().for_each(|links| diagnostics.append(&mut links.diagnostics));
    diagnostics.retain(|finding| planned.site.config.check.reports(finding));
    let groups = by_page(&planned.site, diagnostics.clone());
    match request.json {
        true => groups.iter().for_each(|(page, found)| print_json(page.as_deref(), found)),
        false => print(planned.site.catalog.entries.len(), links.as_ref(), &diagnostics, &groups),
    }
    Ok(Outcome::printed(diagnostics))
}

type Groups = BTreeMap<Option<String>, Vec<Diagnostic>>;

/// Findings by the source page that they concern: about the page, its sidecar, or an article that was made from it.
fn by_page(site: &Site, diagnostics: Vec<Diagnostic>) -> Groups {
    let mut groups = Groups::new();
    for finding in diagnostics {
        let file = finding.location.as_ref().map_or("", |at| at.file.as_str());
        groups.entry(page_of(site, file)).or_default().push(finding);
    }
    groups
}

fn page_of(site: &Site, file: &str) -> Option<String> {
    if let Some(Page::Article(id)) = site.page_of_file(file) {
        let entry = &site.catalog.entries[id];
        let source = entry.front.source.as_ref()?;
        return site.source_files.file(file, &source.page).map(str::to_owned);
    }
    let is_page = file.strip_prefix(PAGES).is_some_and(|rest| rest.starts_with('/'));
    is_page.then(|| site.source_files.page_of_sidecar(file).unwrap_or(file).to_owned())
}

/// What the texts of articles hold that no newspaper prints.
fn text_findings(planned: &PlannedSite) -> Vec<Diagnostic> {
    let files: Vec<&str> = planned.site.catalog.entries.iter().map(|entry| entry.file.as_str()).collect();
    let imported = |file: &&str| file.starts_with(ARTICLES);
    let files: Vec<&str> = files.into_iter().filter(imported).collect();
    let found = parallel::map(&files, |file| check::leftover(&planned.article_files.source(file).ok()?));
    found.into_iter().flatten().collect()
}

fn print(articles: usize, links: Option<&LinkReport>, diagnostics: &[Diagnostic], groups: &Groups) {
    let heading = |(page, found): (&Option<String>, &Vec<Diagnostic>)| {
        let counts = terminal::severity_counts(found).unwrap_or_else(|| message!("nothing found").value());
        let heading = match page {
            Some(page) => message!("{page}: {counts}", page, counts),
            None => message!("of no page: {counts}", counts),
        };
        (heading, found.clone())
    };
    terminal::print_diagnostic_groups(&groups.iter().map(heading).collect::<Vec<_>>());
    if let Some(LinkReport { asked, known, .. }) = links {
        let message = message!(
            "{n} {address|addresses} of other sites asked, {known} known from an earlier run",
            n = asked,
            known
        );
        terminal::print_status(&message);
    }
    let findings = terminal::severity_counts(diagnostics).unwrap_or_else(|| message!("nothing found").value());
    terminal::print_status(&message!("{articles} articles checked: {findings}", articles, findings));
}

fn print_json(page: Option<&str>, findings: &[Diagnostic]) {
    let lang = terminal::language();
    for finding in findings {
        let line = FindingLine { finding: FindingObject::of(finding, lang), page };
        terminal::print_data(&serde_json::to_string(&line).unwrap_or_default());
    }
}

/// What an import of all pages would report, remarks aside: that an edited article is kept is as it should be.
fn page_findings(root: &Path) -> Result<Vec<Diagnostic>> {
    let (job, mut diagnostics) = ImportJob::of_site(root, Progress::default());
    let job = ImportJob { dry_run: true, includes_unchanged: true, ..job };
    let imported = import(&job, &settings(root)?, &mut |_| Ok(()))?;
    diagnostics.extend(imported.diagnostics.into_iter().filter(|found| found.severity() > Severity::Info));
    Ok(diagnostics)
}
