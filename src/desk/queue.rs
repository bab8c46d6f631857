//! The queue: all pages of the site, those first where a look pays most.
//!
//! 1. the pages are listed: files, and the pages of files with several, which the record knows
//! 2. a page's summary is made from its import, and kept with the stamps of what it was made from, in memory and in `.wenzhai/`
//! 3. pages without a summary that holds are summarised in batches, so that a long list shows early

use crate::content::page_name::file_of;
use crate::desk::doubts::{DoubtKind, doubts};
use crate::desk::error::DeskError;
use crate::desk::page_state::{DeskSettings, PageState, sidecar_path};
use crate::desk::page_view::FindingView;
use crate::desk::pages::SitePages;
use crate::desk::reviewed::ReviewedPages;
use crate::diagnostics::error::Result;
use crate::io::fs::file;
use crate::io::fs::stamp::Stamp;
use crate::pipeline::import::job::pages_in;
use crate::project::PAGES;
use crate::text::lang::Lang;
use crate::util::digest::Digest;
use crate::util::parallel;
use crate::util::sync::lock;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

/// Below the site's root.
const FILE: &str = ".wenzhai/desk/queue.json";
/// Pages that are summarised at a time.
const BATCH: usize = 64;
/// Score of a page that cannot be read: nobody reads any of it.
const UNREADABLE: f64 = 20.0;

/// What the list of pages shows of a page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct PageFacts {
    paper: Option<String>,
    date: Option<Date>,
    page: Option<u32>,
    articles: usize,
    lines: usize,
    doubts: usize,
    /// of the place where a look pays most
    worst: Option<DoubtKind>,
    /// what a look pays: the sum over its doubtful places
    score: f64,
}

/// What the queue knows of a page.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct PageSummary {
    /// digest of what it was made from
    made_from: String,
    facts: PageFacts,
    /// what import finds on it
    findings: Vec<FindingView>,
    /// fingerprint of what the page became
    outcome: String,
}

/// The queue of a desk.
#[derive(Debug)]
pub(crate) struct Queue {
    site: Arc<SitePages>,
    /// by the pages' names; none until they were read from the disk
    summaries: Mutex<Option<BTreeMap<String, PageSummary>>>,
}

/// A row of the queue, as JSON.
#[derive(Debug, Serialize)]
pub(crate) struct QueueRow {
    name: String,
    #[serde(flatten)]
    facts: PageFacts,
    looked: bool,
    /// articles whose files a person edited
    edited: usize,
    /// of import
    findings: usize,
}

/// The queue, as JSON.
#[derive(Debug, Serialize)]
pub(crate) struct QueueView {
    /// pages that are still to be summarised
    working: Option<Working>,
    pages: Vec<QueueRow>,
}

#[derive(Debug, Serialize)]
struct Working {
    what: &'static str,
    done: usize,
    total: usize,
}

impl Queue {
    pub(crate) fn new(site: Arc<SitePages>) -> Self {
        Self { site, summaries: Mutex::default() }
    }

    /// All pages with a summary, ranked.
    pub(crate) fn view(&self) -> Result<QueueView> {
        let settings = self.site.settings()?;
        let names = self.page_names();
        let reviewed = ReviewedPages::read(&self.site.articles());
        let summaries = self.summaries(|summaries| summaries.clone());
        let row = |name: &String| {
            let summary = summaries.get(name).filter(|it| it.made_from == self.made_from(name, &settings))?;
            let looked = reviewed.is_reviewed(name, &summary.outcome);
            let edited = self.site.edited_files(name).len();
            let (facts, findings) = (summary.facts.clone(), summary.findings.len());
            Some(QueueRow { name: name.clone(), facts, looked, edited, findings })
        };
        let mut pages: Vec<QueueRow> = names.iter().filter_map(row).collect();
        pages.sort_by(|a, b| b.facts.score.total_cmp(&a.facts.score).then_with(|| a.name.cmp(&b.name)));
        let (done, total) = (pages.len(), names.len());
        let working = (done < total).then_some(Working { what: "summaries", done, total });
        Ok(QueueView { working, pages })
    }

    /// What import finds on each page, by the pages' names; of pages without a summary nothing yet.
    pub(crate) fn findings(&self) -> BTreeMap<String, Vec<FindingView>> {
        self.summaries(|summaries| {
            let found = summaries.iter().filter(|(_, summary)| !summary.findings.is_empty());
            found.map(|(name, summary)| (name.clone(), summary.findings.clone())).collect()
        })
    }

    /// Summarises some pages that have no summary, or whose summary does not hold any more. Returns whether there were any.
    pub(crate) fn summarise_some(&self) -> Result<bool> {
        let settings = self.site.settings()?;
        let known: HashMap<String, String> = self.summaries(|summaries| {
            summaries.iter().map(|(name, summary)| (name.clone(), summary.made_from.clone())).collect()
        });
        let names = self.page_names();
        let lacking = names.iter().map(|name| (name, self.made_from(name, &settings)));
        let lacking = lacking.filter(|(name, made_from)| known.get(*name) != Some(made_from));
        let batch: Vec<(&String, String)> = lacking.take(BATCH).collect();
        if batch.is_empty() {
            return Ok(false);
        }
        let made = parallel::map(&batch, |(name, made_from)| self.summarise(name, made_from.clone(), &settings));
        self.summaries(|summaries| {
            summaries.extend(batch.into_iter().map(|(name, _)| name.clone()).zip(made));
            summaries.retain(|name, _| names.binary_search(name).is_ok());
        });
        self.save_summaries()?;
        Ok(true)
    }

    /// The names of all pages, ascending.
    pub(crate) fn page_names(&self) -> Vec<String> {
        let record = self.site.record();
        let names_of = |path: String| {
            let numbered = format!("{path}#");
            let known = record.pages.range(numbered.clone()..).take_while(|(name, _)| name.starts_with(&numbered));
            let known: Vec<String> = known.filter(|(_, page)| !page.gone).map(|(name, _)| name.clone()).collect();
            if known.is_empty() { vec![path] } else { known }
        };
        let files = pages_in(&self.site.root, PAGES).0.into_iter();
        let mut names: Vec<String> = files.flat_map(|file| names_of(file.path)).collect();
        names.sort_unstable();
        names
    }

    fn made_from(&self, name: &str, settings: &DeskSettings) -> String {
        let stamp = |path: &str| Stamp::at(&self.site.root.join(path)).map(Stamp::bytes);
        Digest::of(&(stamp(file_of(name)), stamp(&sidecar_path(name)), settings.digest)).to_string()
    }

    fn summarise(&self, name: &str, made_from: String, settings: &Arc<DeskSettings>) -> PageSummary {
        let state = self.site.read(name, settings).and_then(|page| {
            let sidecar = self.site.sidecar_text(name)?;
            Ok(PageState::new(settings.clone(), Arc::new(page), sidecar))
        });
        match state {
            Ok(state) => summary_of(&state, made_from),
            Err(error) => unreadable(&error, made_from, settings.config.lang),
        }
    }

    fn summaries<T>(&self, with: impl FnOnce(&mut BTreeMap<String, PageSummary>) -> T) -> T {
        let mut summaries = lock(&self.summaries);
        with(summaries.get_or_insert_with(|| {
            let bytes = file::read(&self.site.root, FILE).unwrap_or_default();
            serde_json::from_slice(&bytes).unwrap_or_default()
        }))
    }

    fn save_summaries(&self) -> Result<()> {
        let json = self.summaries(|summaries| serde_json::to_vec(summaries).unwrap_or_default());
        file::write(&self.site.root.join(FILE), &json)
    }
}

fn summary_of(state: &PageState, made_from: String) -> PageSummary {
    let import = &state.import;
    let places = doubts(state);
    let facts = PageFacts {
        paper: import.masthead.paper.clone(),
        date: import.masthead.date,
        page: import.masthead.page,
        articles: import.articles.len(),
        lines: import.page.lines.len(),
        doubts: places.len(),
        worst: places.first().map(|doubt| doubt.kind),
        score: places.iter().map(|doubt| doubt.score).sum(),
    };
    let findings = [&state.sidecar_findings, &state.uncorrected.diagnostics, &import.diagnostics];
    let findings =
        findings.into_iter().flatten().map(|finding| FindingView::of(finding, state.settings.config.lang)).collect();
    PageSummary { made_from, facts, findings, outcome: state.outcome() }
}

fn unreadable(error: &DeskError, made_from: String, lang: Lang) -> PageSummary {
    let view = |finding| FindingView::of(finding, lang);
    let findings = match error {
        DeskError::Unreadable(findings) => findings.iter().map(view).collect(),
        DeskError::Failed(error) => error.diagnostics.iter().map(view).collect(),
        _ => Vec::new(),
    };
    let facts = PageFacts { score: UNREADABLE, ..PageFacts::default() };
    PageSummary { made_from, facts, findings, outcome: String::new() }
}
