//! What the templates of lists are given; see `views.rs` for what every template sees.

use crate::render::views::charts::{Bars, Pairs, Rows, Tiles};
use crate::render::views::views::{
    Card, Day, FigureView, IssueBlock, IssueLink, Link, PageBlock, ThemeBlock, ThemeTag,
};
use serde::Serialize;

/// `themes.html`
#[derive(Debug, Serialize)]
pub(crate) struct ThemesView {
    pub(crate) themes: Vec<ThemeBlock>,
    /// each theme's articles by month, where there are enough months
    pub(crate) trends: Option<Rows>,
    /// themes that stand together, where any do
    pub(crate) pairs: Option<Pairs>,
}

/// `theme.html`
#[derive(Debug, Serialize)]
pub(crate) struct ThemeView {
    pub(crate) theme: ThemeTag,
    pub(crate) articles: Vec<Card>,
    /// paths of all its articles in other forms; none where site.toml switches them off
    pub(crate) exports: Option<ExportPaths>,
    pub(crate) pager: Pager,
    /// on the first part alone, as what follows
    pub(crate) figures: Vec<FigureView>,
    /// the page of all key figures, where there are more
    pub(crate) more_figures: Option<String>,
    /// articles by month, where there are enough months
    pub(crate) trend: Option<Bars>,
    /// the themes that its articles stand under as well, the most frequent first, with the number of these articles
    pub(crate) together: Vec<ThemeCount>,
}

/// The articles of a theme in other forms.
#[derive(Debug, Serialize)]
pub(crate) struct ExportPaths {
    pub(crate) csv: String,
    pub(crate) bibtex: String,
}

/// A theme, and how many articles are meant.
#[derive(Debug, Serialize)]
pub(crate) struct ThemeCount {
    pub(crate) theme: ThemeTag,
    pub(crate) count: usize,
}

/// `figures.html`
#[derive(Debug, Serialize)]
pub(crate) struct FiguresView {
    pub(crate) theme: ThemeTag,
    pub(crate) figures: Vec<FigureView>,
}

/// Where in a long list a page stands; parts count from 1.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Pager {
    pub(crate) part: usize,
    pub(crate) parts: usize,
    /// paths
    pub(crate) newer: Option<String>,
    pub(crate) older: Option<String>,
}

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
    pub(crate) printed: Option<PrintedView>,
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
pub(crate) struct PrintedView {
    /// lines that hold something
    pub(crate) lines: Vec<PrintedLine>,
    /// the articles that stand here, and those that go on here
    pub(crate) articles: Vec<Stand>,
}

#[derive(Debug, Serialize)]
pub(crate) struct PrintedLine {
    /// from 1, empty lines counted: the line's place on the page is `L51`
    pub(crate) number: usize,
    pub(crate) text: String,
    /// the marks and hues of the articles that it belongs to, for `class`; empty where it belongs to none
    pub(crate) class: String,
}

/// Where on a source page an article stands.
#[derive(Debug, Serialize)]
pub(crate) struct Stand {
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

/// `archive.html`
#[derive(Debug, Serialize)]
pub(crate) struct ArchiveView {
    pub(crate) years: Vec<YearBlock>,
    /// the page of the articles without a date, where there are any
    pub(crate) undated: Option<Link>,
}

/// A year and its twelve months, those without articles with a count of 0.
#[derive(Debug, Serialize)]
pub(crate) struct YearBlock {
    pub(crate) year: i16,
    /// 2025年
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) count: usize,
    pub(crate) months: Vec<MonthLink>,
}

#[derive(Debug, Serialize)]
pub(crate) struct MonthLink {
    pub(crate) month: i8,
    /// 2月
    pub(crate) name: &'static str,
    pub(crate) path: String,
    pub(crate) count: usize,
}

/// `year.html`
#[derive(Debug, Serialize)]
pub(crate) struct YearView {
    pub(crate) year: i16,
    pub(crate) count: usize,
    /// months that have articles, newest first
    pub(crate) months: Vec<Calendar>,
    pub(crate) newer: Option<Link>,
    pub(crate) older: Option<Link>,
}

/// `month.html`
#[derive(Debug, Serialize)]
pub(crate) struct MonthView {
    pub(crate) calendar: Calendar,
    /// the days of this part that have articles, newest first
    pub(crate) days: Vec<DayBlock>,
    pub(crate) pager: Pager,
    pub(crate) newer: Option<Link>,
    pub(crate) older: Option<Link>,
}

#[derive(Debug, Serialize)]
pub(crate) struct DayBlock {
    pub(crate) date: Day,
    /// the day's place on the page: `d25`
    pub(crate) anchor: String,
    pub(crate) articles: Vec<Card>,
}

/// A month as weeks of seven days from Monday on; its path is empty where it has no page.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Calendar {
    pub(crate) year: i16,
    pub(crate) month: i8,
    /// 2025年2月
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) count: usize,
    pub(crate) weeks: Vec<Vec<Cell>>,
}

/// One day of a calendar; 0 before the first and after the last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Cell {
    pub(crate) day: i8,
    /// articles
    pub(crate) count: usize,
    /// where it leads, if it has any
    pub(crate) path: String,
}

/// `people.html`
#[derive(Debug, Serialize)]
pub(crate) struct PeopleView {
    /// who wrote most comes first
    pub(crate) people: Vec<Link>,
    pub(crate) pager: Pager,
}

/// `person.html`, `column.html`, `undated.html`
#[derive(Debug, Serialize)]
pub(crate) struct ShelfView {
    pub(crate) name: String,
    pub(crate) count: usize,
    pub(crate) articles: Vec<Card>,
    pub(crate) pager: Pager,
}

/// `columns.html`
#[derive(Debug, Serialize)]
pub(crate) struct ColumnsView {
    pub(crate) columns: Vec<Link>,
    pub(crate) pager: Pager,
}

/// `places.html`
#[derive(Debug, Serialize)]
pub(crate) struct PlacesView {
    /// the provinces by their number of articles, where charts are wanted
    pub(crate) map: Option<Tiles>,
    pub(crate) provinces: Vec<ProvinceView>,
}

/// A province, and the prefectures in it that articles tell of.
#[derive(Debug, Serialize)]
pub(crate) struct ProvinceView {
    pub(crate) province: Link,
    pub(crate) prefectures: Vec<Link>,
}

/// `place.html`
#[derive(Debug, Serialize)]
pub(crate) struct PlaceView {
    /// the official name: 南通市
    pub(crate) name: String,
    pub(crate) count: usize,
    /// the province it lies in, unless it is one
    pub(crate) province: Option<Link>,
    /// the prefectures in it that articles tell of
    pub(crate) prefectures: Vec<Link>,
    pub(crate) articles: Vec<Card>,
    pub(crate) pager: Pager,
}
