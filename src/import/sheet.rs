//! One page through all the steps: text → articles, ledger, findings.
//!
//! The articles have no file names yet: those depend on the other pages of the day ([`naming`](crate::import::naming)),
//! and are given by [`named`].

use crate::base::note::Note;
use crate::base::source::Source;
use crate::content::article::{Article, Front, PageLines};
use crate::import::assemble::Draft;
use crate::import::corrections::correct;
use crate::import::features::features;
use crate::import::label::labels;
use crate::import::ledger::{Entry, ledger, ranges};
use crate::import::link::search::{Linked, link};
use crate::import::masthead::{Masthead, masthead};
use crate::import::naming::article_file;
use crate::import::page::{Page, page};
use crate::import::sidecar::Sidecar;
use jiff::civil::Date;

/// What is known of a page beside its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// what a person says is so
    pub sidecar: Sidecar,
    /// where the page prints none: `--date`, or the date in the file's name
    pub date: Option<Date>,
    pub paper: Option<String>,
    pub page: Option<u32>,
}

/// A page, imported.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    pub name: String,
    pub page: Page,
    pub linked: Linked,
    pub printed: Masthead,
    /// in the order of the page, without file names
    pub fronts: Vec<(Front, String)>,
    pub notes: Vec<Note>,
}

/// Imports a page; `themes` files its articles.
pub fn sheet(source: &Source, told: &Told, themes: impl Fn(&Draft) -> Vec<String>) -> Sheet {
    let page = page(source);
    let corrected = correct(&page, link(&page, &labels(&features(&page))), &told.sidecar);
    let printed = settled(masthead(&page), told);
    let numbers: Vec<usize> = page.lines.iter().map(|line| line.number).collect();
    let file = source.name.rsplit('/').next().unwrap_or(&source.name);
    let fronts = corrected
        .drafts(&page)
        .into_iter()
        .enumerate()
        .map(|(article, draft)| {
            let front = Front {
                date: printed.date,
                paper: printed.paper.clone(),
                issue: printed.issue,
                page: printed.page,
                themes: corrected.themes(article).map_or_else(|| themes(&draft), <[String]>::to_vec),
                source: Some(PageLines { page: file.to_owned(), lines: ranges(&draft.lines, &numbers) }),
                ..draft.front
            };
            (front, draft.body)
        })
        .collect();
    let mut notes = findings(source, &page, &corrected.linked);
    notes.extend(corrected.notes);
    let linked = corrected.linked;
    Sheet { name: source.name.clone(), page, linked, printed, fronts, notes }
}

/// The articles of a page with their files (below the folder of articles), and its ledger, which names files as `shown` does.
/// `key` stands for the page in the names.
pub fn named(sheet: &Sheet, key: &str, shown: impl Fn(&str) -> String) -> (Vec<Article>, Vec<Entry>) {
    let articles: Vec<Article> = sheet
        .fronts
        .iter()
        .enumerate()
        .map(|(at, (front, body))| Article {
            file: article_file(front.date, key, at + 1),
            front: front.clone(),
            body: body.clone(),
        })
        .collect();
    let files: Vec<String> = articles.iter().map(|article| shown(&article.file)).collect();
    let entries = ledger(&sheet.name, &sheet.page, &sheet.linked, &files);
    (articles, entries)
}

/// The sidecar's word wins; then what the page prints; then what the command line or the file's name says.
fn settled(printed: Masthead, told: &Told) -> Masthead {
    let Sidecar { date, paper, issue, page, .. } = told.sidecar.clone();
    Masthead {
        date: date.or(printed.date).or(told.date),
        paper: paper.or(printed.paper).or_else(|| told.paper.clone()),
        page: page.or(printed.page).or(told.page),
        issue: issue.or(printed.issue),
    }
}

fn findings(source: &Source, page: &Page, linked: &Linked) -> Vec<Note> {
    let mut notes = Vec::new();
    if linked.articles == 0
        && let Some(first) = page.lines.first()
    {
        let note = Note::warning("no-article", "no article was found on this page").at(source, first.span.clone());
        notes.push(note.hint("if it holds one, import with --report to see what each line was taken for"));
    }
    notes
}
