//! JSON objects for the output of a stream: a page with its articles with all keys of an article's file, the ledger, doubtful lines, findings.

use crate::content::emit::ArticleKeys;
use crate::diagnostics::finding_object::FindingObject;
use crate::import::issue::stitch::Part;
use crate::import::ledger::LedgerEntry;
use crate::import::page::lines::Line;
use crate::import::page::partition::LineAssignment;
use crate::import::page::role::Role;
use crate::import::page_import::PageImport;
use crate::import::uncertain_lines::UNCERTAIN;
use crate::pipeline::stream::issue::{NamedPage, StitchedIssue};
use crate::pipeline::stream::paragraphs::{Paragraph, paragraphs_of_chain, paragraphs_of_page};
use crate::pipeline::stream::request::FailedRequest;
use crate::text::lang::Lang;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

/// A page with its articles.
#[derive(Debug, Serialize)]
struct PageObject<'a> {
    id: &'a Value,
    name: &'a str,
    paper: Option<&'a str>,
    date: Option<Date>,
    issue: Option<u32>,
    page: Option<u32>,
    /// in the order of the page; one that continues an article of another page of the issue stands in that one
    articles: Vec<ArticleObject<'a>>,
    /// as `import --report` writes it: each line of the page once
    ledger: &'a [LedgerEntry],
    /// lines that may be something else, the least certain first
    doubts: Vec<Doubt>,
    findings: Vec<FindingObject<'a>>,
}

/// An article: the keys of its file, and its text.
#[derive(Debug, Serialize)]
struct ArticleObject<'a> {
    /// where an import writes it, below the folder of articles
    file: &'a str,
    #[serde(flatten)]
    keys: ArticleKeys<'a>,
    /// CommonMark, as in its file
    body: &'a str,
    paragraphs: Vec<Paragraph>,
}

/// An article as a line of its own.
#[derive(Debug, Serialize)]
struct ArticleLine<'a> {
    /// that of its page
    id: &'a Value,
    #[serde(flatten)]
    article: ArticleObject<'a>,
}

/// A line that may be something else.
#[derive(Debug, Serialize)]
struct Doubt {
    line: usize,
    role: &'static str,
    /// probability that role and article are right, with two decimals
    certainty: f64,
}

/// A page or text that cannot be read.
#[derive(Debug, Serialize)]
struct FailureObject<'a> {
    id: &'a Value,
    /// of the input, from 1
    line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    error: FindingObject<'a>,
}

/// An object of the output.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct OutputObject<'a> {
    /// the number of the request that it answers, from 1
    #[serde(skip)]
    pub request: usize,
    content: Content<'a>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Content<'a> {
    Page(PageObject<'a>),
    Article(ArticleLine<'a>),
    Failure(FailureObject<'a>),
}

impl<'a> OutputObject<'a> {
    /// Those of the pages of an issue: one a page, or one an article.
    pub(crate) fn of_issue(issue: &'a StitchedIssue, by_article: bool, lang: Lang) -> Vec<Self> {
        let of_page = |page: usize| {
            let (object, NamedPage { line, id, .. }) = (page_object(issue, page, lang), &issue.pages[page]);
            let contents = match by_article {
                false => vec![Content::Page(object)],
                true => {
                    object.articles.into_iter().map(|article| Content::Article(ArticleLine { id, article })).collect()
                }
            };
            contents.into_iter().map(|content| Self { request: *line, content })
        };
        (0..issue.pages.len()).flat_map(of_page).collect()
    }

    /// That of what cannot be read.
    pub(crate) fn of_failure(failed: &'a FailedRequest, lang: Lang) -> Self {
        let FailedRequest { line, id, name, reason } = failed;
        let failure = FailureObject { id, line: *line, name: name.as_deref(), error: FindingObject::of(reason, lang) };
        Self { request: *line, content: Content::Failure(failure) }
    }

    /// As a line, without a line break at its end.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("strings, finite numbers and lists can always be written as JSON")
    }
}

fn page_object(issue: &StitchedIssue, page: usize, lang: Lang) -> PageObject<'_> {
    let (import, named) = (&issue.imports[page], &issue.pages[page]);
    let mut paragraphs = paragraphs_of_page(import);
    let paragraphs_of = |article: usize| {
        let chain = issue.chains.iter().find(|chain| chain[0] == Part { page, article });
        chain.map_or_else(
            || std::mem::take(&mut paragraphs[article]),
            |chain| paragraphs_of_chain(&issue.imports, chain),
        )
    };
    let paragraphs: Vec<Vec<Paragraph>> = named.articles.iter().map(|(index, _)| *index).map(paragraphs_of).collect();
    let articles = named.articles.iter().zip(paragraphs).map(|((_, article), paragraphs)| ArticleObject {
        file: &article.file,
        keys: ArticleKeys(article),
        body: &article.body,
        paragraphs,
    });
    let masthead = &import.masthead;
    PageObject {
        id: &named.id,
        name: &import.name,
        paper: masthead.paper.as_deref(),
        date: masthead.date,
        issue: masthead.issue,
        page: masthead.page,
        articles: articles.collect(),
        ledger: &named.ledger,
        doubts: doubts(import),
        findings: named.findings.iter().map(|finding| FindingObject::of(finding, lang)).collect(),
    }
}

fn doubts(import: &PageImport) -> Vec<Doubt> {
    let lines = import.page.lines.iter().zip(&import.partition.lines);
    let uncertain = lines.filter(|(_, it)| it.role != Role::Furniture && it.certainty < UNCERTAIN);
    let doubt = |(line, it): (&Line, &LineAssignment)| Doubt {
        line: line.number,
        role: it.role.name(),
        certainty: (it.certainty * 100.0).round() / 100.0,
    };
    let mut doubts: Vec<Doubt> = uncertain.map(doubt).collect();
    doubts.sort_by(|a, b| a.certainty.total_cmp(&b.certainty).then(a.line.cmp(&b.line)));
    doubts
}
