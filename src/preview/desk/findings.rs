//! Findings for the desk: all that `wenzhai check` reports, grouped by page, each with its place.
//!
//! 1. what import finds on each page, from the queue's summaries
//! 2. what loading and planning the site found, and the rules of `check`
//! 3. a finding about a page's sidecar, or about the file of one of its articles, stands with the page

use crate::content::page_name::file_of;
use crate::desk::page_state::sidecar_path;
use crate::desk::page_view::FindingView;
use crate::diagnostics::code::Severity;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::io::terminal;
use crate::preview::model::PreviewModel;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// The findings about a page, as JSON.
#[derive(Debug, Serialize)]
pub(crate) struct FindingGroup {
    /// the page's name; none for those about the site
    page: Option<String>,
    findings: Vec<PlacedFinding>,
}

/// A finding, with the line of its page that it leads to.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct PlacedFinding {
    #[serde(flatten)]
    finding: FindingView,
    /// number of a line in the page's file
    at: Option<usize>,
}

/// The findings of a site, those about no page first, then by the pages' names; errors first. `names` are all pages, ascending; `of_pages` are the
/// findings of import.
pub(crate) fn finding_groups(
    model: &PreviewModel,
    names: &[String],
    of_pages: &BTreeMap<String, Vec<FindingView>>,
) -> Vec<FindingGroup> {
    let mut groups: BTreeMap<Option<String>, Vec<PlacedFinding>> = BTreeMap::new();
    // that an edited article is kept is as it should be
    let is_due = |finding: &Diagnostic| finding.severity() > Severity::Info && model.reports(finding);
    let of_site = [model.diagnostics(), model.rule_findings()].concat();
    let of_site = of_site
        .iter()
        .filter(|finding| is_due(finding))
        .map(|finding| (None, FindingView::of(finding, terminal::language())));
    let of_pages =
        of_pages.iter().flat_map(|(page, findings)| findings.iter().map(|it| (Some(page.clone()), it.clone())));
    let pages = pages_by_file(names);
    for (page, finding) in of_pages.chain(of_site) {
        let of_article = model.page_of_article(&finding.file);
        let is_on_page = page.as_deref().map(file_of) == Some(&finding.file) || pages.contains_key(&finding.file);
        let at = match &of_article {
            Some((_, line)) => Some(*line),
            None => finding.line.filter(|_| is_on_page && !finding.file.ends_with(".toml")),
        };
        let named = || pages.get(&finding.file).map(|page| (*page).clone());
        let page = page.or(of_article.map(|(page, _)| page)).or_else(named);
        let findings = groups.entry(page).or_default();
        let finding = PlacedFinding { finding, at };
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
    let group = |(page, mut findings): (_, Vec<PlacedFinding>)| {
        findings.sort_by_key(|it| ["error", "warning", "note"].iter().position(|name| *name == it.finding.severity));
        FindingGroup { page, findings }
    };
    groups.into_iter().map(group).collect()
}

/// The pages by the files that findings are about: their own, and their sidecars. Of the pages of one file the first.
fn pages_by_file(names: &[String]) -> HashMap<String, &String> {
    let files = |name: &String| [file_of(name).to_owned(), sidecar_path(name)];
    names.iter().rev().flat_map(|name| files(name).map(|file| (file, name))).collect()
}
