//! One page through all the steps: text → articles, ledger, findings.

use crate::base::note::Note;
use crate::base::source::Source;
use crate::content::article::{Article, Front, PageLines};
use crate::import::assemble::{Draft, drafts};
use crate::import::features::features;
use crate::import::label::labels;
use crate::import::ledger::{Entry, ledger, ranges};
use crate::import::link::link;
use crate::import::masthead::{Masthead, masthead};
use crate::import::page::{Page, page};
use jiff::civil::Date;

/// What is known of a page beside its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// where the page prints none: `--date`, or the date in the file's name
    pub date: Option<Date>,
    pub paper: Option<String>,
    pub page: Option<u32>,
}

/// A page, imported.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    pub articles: Vec<Article>,
    pub ledger: Vec<Entry>,
    pub notes: Vec<Note>,
}

/// Imports a page. `file` names an article's file from what its front matter says and its place on the page, from 1;
/// `themes` files it.
pub fn sheet(
    source: &Source,
    told: &Told,
    file: impl Fn(&Front, usize) -> String,
    themes: impl Fn(&Draft) -> Vec<String>,
) -> Sheet {
    let page = page(source);
    let linked = link(&page, &labels(&features(&page)));
    let printed = with_told(masthead(&page), told);
    let numbers: Vec<usize> = page.lines.iter().map(|line| line.number).collect();
    let articles: Vec<Article> = drafts(&page, &linked)
        .into_iter()
        .enumerate()
        .map(|(at, draft)| {
            let themes = themes(&draft);
            let lines = ranges(&draft.lines, &numbers);
            let front = Front {
                date: printed.date,
                paper: printed.paper.clone(),
                issue: printed.issue,
                page: printed.page,
                themes,
                source: Some(PageLines { page: file_name(&source.name).to_owned(), lines }),
                ..draft.front
            };
            Article { file: file(&front, at + 1), front, body: draft.body }
        })
        .collect();
    let files: Vec<String> = articles.iter().map(|article| article.file.clone()).collect();
    let notes = findings(source, &page, &articles);
    Sheet { ledger: ledger(&source.name, &page, &linked, &files), articles, notes }
}

fn with_told(printed: Masthead, told: &Told) -> Masthead {
    Masthead {
        date: printed.date.or(told.date),
        paper: printed.paper.or_else(|| told.paper.clone()),
        page: printed.page.or(told.page),
        issue: printed.issue,
    }
}

fn findings(source: &Source, page: &Page, articles: &[Article]) -> Vec<Note> {
    let mut notes = Vec::new();
    if articles.is_empty()
        && let Some(first) = page.lines.first()
    {
        let note = Note::warning("no-article", "no article was found on this page").at(source, first.span.clone());
        notes.push(note.hint("if it holds one, import with --report to see what each line was taken for"));
    }
    notes
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
