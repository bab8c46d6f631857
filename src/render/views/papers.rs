//! The views of newspapers: papers, issues, source pages.

use crate::render::views::shared::{Calendar, Day, IssueBlock, IssueLink, Link, PageBlock, Pager};
use serde::Serialize;

/// `issues.html`
#[derive(Debug, Serialize)]
pub(crate) struct IssuesView {
    /// on the first part alone
    pub(crate) papers: Vec<PaperBlock>,
    /// source pages without a date, in parts
    pub(crate) undated: Vec<Link>,
    pub(crate) pager: Pager,
}

/// A paper in the list of all papers.
#[derive(Debug, Serialize)]
pub(crate) struct PaperBlock {
    pub(crate) paper: PaperLink,
    /// the newest, up to twelve
    pub(crate) issues: Vec<IssueLink>,
}

/// A paper, wherever it is named.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PaperLink {
    pub(crate) name: String,
    pub(crate) path: String,
    /// issues
    pub(crate) issues: usize,
    /// days of the first and the last
    pub(crate) since: Day,
    pub(crate) until: Day,
}

/// `paper.html`: a paper with its calendar of one year, the newest or the one whose page it is.
#[derive(Debug, Serialize)]
pub(crate) struct PaperView {
    pub(crate) paper: PaperLink,
    pub(crate) year: i16,
    /// all its years with their issues, newest first
    pub(crate) years: Vec<YearLink>,
    /// the months of the year in which there are issues, in their order; each day leads to its issue
    pub(crate) months: Vec<Calendar>,
    /// the paper's years beside this one
    pub(crate) newer: Option<Link>,
    pub(crate) older: Option<Link>,
}

#[derive(Debug, Serialize)]
pub(crate) struct YearLink {
    pub(crate) year: i16,
    /// 2025年
    pub(crate) name: String,
    pub(crate) path: String,
    /// issues
    pub(crate) count: usize,
}

/// `issue.html`
#[derive(Debug, Serialize)]
pub(crate) struct IssueView {
    pub(crate) block: IssueBlock,
    pub(crate) paper: Option<PaperLink>,
    pub(crate) newer: Option<IssueLink>,
    pub(crate) older: Option<IssueLink>,
}

/// `source-page.html`
#[derive(Debug, Serialize)]
pub(crate) struct SourcePageView {
    /// the page's text; none where it is not shown
    #[serde(rename = "printed")]
    pub(crate) text: Option<SourceText>,
    pub(crate) block: PageBlock,
    pub(crate) issue: Option<IssueLink>,
    /// all pages of the issue, this one among them
    pub(crate) pages: Vec<Link>,
    /// the pages of the issue before and after this one
    pub(crate) previous: Option<Link>,
    pub(crate) next: Option<Link>,
}

/// A source page as it was printed.
#[derive(Debug, Serialize)]
pub(crate) struct SourceText {
    /// lines that hold something
    pub(crate) lines: Vec<SourceLine>,
    /// the articles that stand here, and those that go on here
    pub(crate) articles: Vec<ArticleOnPage>,
}

#[derive(Debug, Serialize)]
pub(crate) struct SourceLine {
    /// from 1, empty lines counted: the line's place on the page is `L51`
    pub(crate) number: usize,
    pub(crate) text: String,
    /// the marks and hues of the articles that it belongs to, for `class`; empty where it belongs to none
    pub(crate) class: String,
}

/// Where on a source page an article stands.
#[derive(Debug, Serialize)]
pub(crate) struct ArticleOnPage {
    /// names the article among those of the page: the class `a1`
    pub(crate) mark: String,
    /// 1 to 8: the class `hue-3` sets its colour
    pub(crate) hue: usize,
    pub(crate) title: String,
    pub(crate) path: String,
    /// its first line
    pub(crate) first: usize,
    /// `13-35, 40`
    pub(crate) lines: String,
}
