//! The views of newspapers: papers, issues, source pages.

use crate::render::views::common::{Calendar, Day, IssueBlock, IssueLink, Link, PageBlock, Pager};
use serde::Serialize;

/// `issues.html`
#[derive(Debug, Serialize)]
pub(crate) struct IssuesView {
    /// all newspapers; only in the first part of the list
    pub(crate) papers: Vec<PaperBlock>,
    /// source pages without a date
    pub(crate) undated: Vec<Link>,
    /// links to the other parts
    pub(crate) pager: Pager,
}

/// A newspaper with its newest issues.
#[derive(Debug, Serialize)]
pub(crate) struct PaperBlock {
    /// the newspaper
    pub(crate) paper: PaperLink,
    /// up to twelve issues, newest first
    pub(crate) issues: Vec<IssueLink>,
}

/// A newspaper.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PaperLink {
    /// name of the newspaper
    pub(crate) name: String,
    /// path of its page
    pub(crate) path: String,
    /// number of issues
    pub(crate) issues: usize,
    /// date of the oldest issue
    pub(crate) since: Day,
    /// date of the newest issue
    pub(crate) until: Day,
}

/// `paper.html`: a newspaper with the calendar of one year.
#[derive(Debug, Serialize)]
pub(crate) struct PaperView {
    /// the newspaper
    pub(crate) paper: PaperLink,
    /// year of the calendar; on the newspaper's own page the newest
    pub(crate) year: i16,
    /// all years that have issues, newest first
    pub(crate) years: Vec<YearLink>,
    /// the months that have issues, January first; each day links to its issue
    pub(crate) months: Vec<Calendar>,
    /// the next newer year that has issues
    pub(crate) newer: Option<Link>,
    /// the next older year that has issues
    pub(crate) older: Option<Link>,
}

/// A year of a newspaper.
#[derive(Debug, Serialize)]
pub(crate) struct YearLink {
    /// year
    pub(crate) year: i16,
    /// 2025年
    pub(crate) name: String,
    /// path of the calendar of that year
    pub(crate) path: String,
    /// number of issues
    pub(crate) count: usize,
}

/// `issue.html`
#[derive(Debug, Serialize)]
pub(crate) struct IssueView {
    /// the issue with its articles
    pub(crate) block: IssueBlock,
    /// the newspaper
    pub(crate) paper: Option<PaperLink>,
    /// its source pages in small, in the order of `block.pages`; none where site.toml switches charts off
    pub(crate) miniatures: Vec<Option<Miniature>>,
    /// the next newer issue of the newspaper
    pub(crate) newer: Option<IssueLink>,
    /// the next older issue of the newspaper
    pub(crate) older: Option<IssueLink>,
}

/// A source page in small: columns coloured by article.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Miniature {
    /// units of the drawing
    pub(crate) width: usize,
    /// units of the drawing
    pub(crate) height: usize,
    /// its areas
    pub(crate) paths: Vec<MiniaturePath>,
}

/// Areas of one colour.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct MiniaturePath {
    /// 1 to 8: the class `hue-3` sets the colour of a theme; none for articles without a theme
    pub(crate) hue: Option<usize>,
    /// they stand for headlines
    pub(crate) is_head: bool,
    /// `d` of an SVG path
    pub(crate) path: String,
}

/// `source-page.html`
#[derive(Debug, Serialize)]
pub(crate) struct SourcePageView {
    /// text of the page; none if it is not shown
    #[serde(rename = "printed")]
    pub(crate) text: Option<SourceText>,
    /// picture of the page; none if its text is not shown, if its file is no PDF and has no picture beside it, or if it cannot be drawn
    pub(crate) facsimile: Option<FacsimileView>,
    /// the page with its articles
    pub(crate) block: PageBlock,
    /// the issue that the page belongs to
    pub(crate) issue: Option<IssueLink>,
    /// all pages of the issue, this one included
    pub(crate) pages: Vec<Link>,
    /// the page of the issue before this one
    pub(crate) previous: Option<Link>,
    /// the page of the issue after this one
    pub(crate) next: Option<Link>,
}

/// The text of a source page, as printed.
#[derive(Debug, Serialize)]
pub(crate) struct SourceText {
    /// the lines that are not empty
    pub(crate) lines: Vec<SourceLine>,
    /// the articles that begin on the page, then those that continue on it
    pub(crate) articles: Vec<ArticleOnPage>,
}

/// The picture of a source page, with its articles marked.
#[derive(Debug, Serialize)]
pub(crate) struct FacsimileView {
    /// path of the picture, a JPEG
    pub(crate) view: String,
    /// path of a sharper one
    pub(crate) large: String,
    /// width of the sheet in tenths of a point, the unit of outlines
    pub(crate) width: i32,
    /// height of the sheet
    pub(crate) height: i32,
    /// the articles on it, as in `printed.articles`
    pub(crate) outlines: Vec<OutlineView>,
}

/// The area of an article on the picture of its page.
#[derive(Debug, Serialize)]
pub(crate) struct OutlineView {
    /// number on the page, from 1
    pub(crate) number: usize,
    /// 1 to 8: the class `hue-3` sets the article's colour
    pub(crate) hue: usize,
    /// path of the article
    pub(crate) path: String,
    /// headline
    pub(crate) title: String,
    /// number of its first line; the area's id on the page is `P51`
    pub(crate) first: usize,
    /// its edges, for the attribute `d` of a path; empty where its lines have no place
    pub(crate) outline: String,
    /// left edge of its first line
    pub(crate) x: i32,
    /// top edge of its first line
    pub(crate) y: i32,
}

/// A line of a source page.
#[derive(Debug, Serialize)]
pub(crate) struct SourceLine {
    /// line number from 1, empty lines included; its id on the page is `L51`
    pub(crate) number: usize,
    /// text of the line
    pub(crate) text: String,
    /// marks and hues of the articles that it belongs to, and `first` where one begins, for `class`; empty if it belongs to none
    pub(crate) class: String,
}

/// An article on a source page, with its lines.
#[derive(Debug, Serialize)]
pub(crate) struct ArticleOnPage {
    /// class of the article's lines on the page: `a1`
    pub(crate) mark: String,
    /// 1 to 8: the class `hue-3` sets the article's colour
    pub(crate) hue: usize,
    /// headline
    pub(crate) title: String,
    /// path of the article
    pub(crate) path: String,
    /// number of its first line
    pub(crate) first: usize,
    /// line numbers: `13-35, 40`
    pub(crate) lines: String,
}
