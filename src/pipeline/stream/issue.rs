//! Pages of one issue: articles that go on on another page are stitched, and all are named, as an import of the issue does it.

use crate::content::article::Article;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::import::issue::stitch::{Part, match_jumps, stitch_issue};
use crate::import::ledger::LedgerEntry;
use crate::import::naming::{day_folder, page_keys};
use crate::import::page_import::{PageImport, name_articles};
use crate::pipeline::stream::request::FailedRequest;
use crate::pipeline::stream::splitter::{SplitPage, SplitResult, Splitter};
use serde_json::Value;
use std::collections::HashSet;

/// The pages of an issue, stitched. All lists but the last are by page.
#[derive(Debug)]
pub(crate) struct StitchedIssue {
    pub(crate) imports: Vec<PageImport>,
    pub(crate) pages: Vec<NamedPage>,
    /// the parts of each article that goes on on another page
    pub(crate) chains: Vec<Vec<Part>>,
}

/// The articles of a page under their names.
#[derive(Debug)]
pub(crate) struct NamedPage {
    /// the number of its request, from 1
    pub(crate) line: usize,
    /// that of its request
    pub(crate) id: Value,
    /// with their indexes on the page; one that continues an article of another page is not among them
    pub(crate) articles: Vec<(usize, Article)>,
    pub(crate) ledger: Vec<LedgerEntry>,
    pub(crate) findings: Vec<Diagnostic>,
}

/// Pages of an issue, at most, as in an import: those behind them are stitched by themselves.
const MAX_ISSUE: usize = 256;

/// Groups consecutive pages by their issue.
#[derive(Debug, Default)]
pub(crate) struct IssueGroups {
    pages: Vec<SplitPage>,
}

/// The pages of an issue, or a page that cannot be read.
pub(crate) type IssueResult = Result<Vec<SplitPage>, Box<FailedRequest>>;

impl IssueGroups {
    /// Adds a page; returns what is complete by then.
    pub(crate) fn add(&mut self, page: SplitResult) -> Vec<IssueResult> {
        let goes_on = |page: &SplitPage| {
            let before = self.pages.last();
            self.pages.len() < MAX_ISSUE && before.is_some_and(|before| is_same_issue(&page.import, &before.import))
        };
        let mut complete = Vec::new();
        if !page.as_ref().is_ok_and(goes_on) {
            complete.extend(self.take().map(Ok));
        }
        match page {
            Ok(page) => self.pages.push(page),
            Err(failed) => complete.push(Err(failed)),
        }
        complete
    }

    /// The pages of the last issue, if there are any.
    pub(crate) fn take(&mut self) -> Option<Vec<SplitPage>> {
        Some(std::mem::take(&mut self.pages)).filter(|pages| !pages.is_empty())
    }
}

/// Whether a page is of the same issue as the one before it: of one day, and of no other paper. Inner pages often print the day alone.
fn is_same_issue(page: &PageImport, before: &PageImport) -> bool {
    let (one, other) = (&page.masthead, &before.masthead);
    let is_other_paper = one.paper.as_ref().zip(other.paper.as_ref()).is_some_and(|(one, other)| one != other);
    one.date.is_some() && one.date == other.date && !is_other_paper
}

/// Stitches the pages of one issue, or of as much of one as there is, and names their articles.
pub(crate) fn stitch_pages(splitter: &Splitter, pages: Vec<SplitPage>) -> StitchedIssue {
    let mut known = Vec::new();
    let mut imports = Vec::new();
    for SplitPage { line, id, import, mut diagnostics } in pages {
        diagnostics.extend(import.diagnostics.iter().cloned());
        known.push((line, id, diagnostics));
        imports.push(import);
    }
    let keys = keys_of(splitter, &imports);
    let mut jumps = match_jumps(&imports);
    let of_jumps = std::mem::take(&mut jumps.diagnostics);
    let page_keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let chains = stitch_issue(&mut imports, jumps, &page_keys, |draft| splitter.themes(draft));
    let named =
        |((line, id, mut findings), (import, key)): ((usize, Value, Vec<Diagnostic>), (&PageImport, &String))| {
            let is_here = |finding: &&Diagnostic| finding.location.as_ref().is_some_and(|at| at.file == import.name);
            findings.extend(of_jumps.iter().filter(is_here).cloned());
            let (articles, ledger) = name_articles(import, key, str::to_owned);
            let own = (0..import.articles.len()).filter(|index| !import.part_of.contains_key(index));
            NamedPage { line, id, articles: own.zip(articles).collect(), ledger, findings }
        };
    let pages = known.into_iter().zip(imports.iter().zip(&keys)).map(named).collect();
    StitchedIssue { imports, pages, chains }
}

/// The part of each page in its articles' names: the best that no page before it has.
fn keys_of(splitter: &Splitter, imports: &[PageImport]) -> Vec<String> {
    let mut taken = HashSet::new();
    let key = |import: &PageImport| {
        let keys = page_keys(&import.masthead, &splitter.config.papers, &import.name);
        let day = day_folder(import.masthead.date);
        let free = keys.iter().find(|key| !taken.contains(&format!("{day}/{key}")));
        let key = free.or(keys.last()).cloned().unwrap_or_default();
        taken.insert(format!("{day}/{key}"));
        key
    };
    imports.iter().map(key).collect()
}
