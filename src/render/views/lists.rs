//! What the templates of lists are given; see `views.rs` for what every template sees.

use crate::render::views::charts::{Bars, Pairs, Rows, Tiles};
use crate::render::views::views::{
    Card, Day, FigureView, IssueBlock, IssueLink, Link, PageBlock, ThemeBlock, ThemeTag,
};
use serde::Serialize;

/// `themes.html`
#[derive(Debug, Serialize)]
pub struct ThemesView {
    pub themes: Vec<ThemeBlock>,
    /// each theme's articles by month, where there are enough months
    pub trends: Option<Rows>,
    /// themes that stand together, where any do
    pub pairs: Option<Pairs>,
}

/// `theme.html`
#[derive(Debug, Serialize)]
pub struct ThemeView {
    pub theme: ThemeTag,
    pub articles: Vec<Card>,
    /// paths of all its articles in other forms; none where site.toml switches them off
    pub exports: Option<ExportPaths>,
    pub pager: Pager,
    /// on the first part alone, as what follows
    pub figures: Vec<FigureView>,
    /// the page of all key figures, where there are more
    pub more_figures: Option<String>,
    /// articles by month, where there are enough months
    pub trend: Option<Bars>,
    /// the themes that its articles stand under as well, the most frequent first, with the number of these articles
    pub together: Vec<ThemeCount>,
}

/// The articles of a theme in other forms.
#[derive(Debug, Serialize)]
pub struct ExportPaths {
    pub csv: String,
    pub bibtex: String,
}

/// A theme, and how many articles are meant.
#[derive(Debug, Serialize)]
pub struct ThemeCount {
    pub theme: ThemeTag,
    pub count: usize,
}

/// `figures.html`
#[derive(Debug, Serialize)]
pub struct FiguresView {
    pub theme: ThemeTag,
    pub figures: Vec<FigureView>,
}

/// Where in a long list a page stands; parts count from 1.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Pager {
    pub part: usize,
    pub parts: usize,
    /// paths
    pub newer: Option<String>,
    pub older: Option<String>,
}

/// `issues.html`
#[derive(Debug, Serialize)]
pub struct IssuesView {
    /// on the first part alone
    pub papers: Vec<PaperBlock>,
    /// source pages without a date, in parts
    pub undated: Vec<Link>,
    pub pager: Pager,
}

/// A paper in the list of all papers.
#[derive(Debug, Serialize)]
pub struct PaperBlock {
    pub paper: PaperLink,
    /// the newest, up to twelve
    pub issues: Vec<IssueLink>,
}

/// A paper, wherever it is named.
#[derive(Debug, Clone, Serialize)]
pub struct PaperLink {
    pub name: String,
    pub path: String,
    /// issues
    pub issues: usize,
    /// days of the first and the last
    pub since: Day,
    pub until: Day,
}

/// `paper.html`: a paper with its calendar of one year, the newest or the one whose page it is.
#[derive(Debug, Serialize)]
pub struct PaperView {
    pub paper: PaperLink,
    pub year: i16,
    /// all its years with their issues, newest first
    pub years: Vec<YearLink>,
    /// the months of the year in which there are issues, in their order; each day leads to its issue
    pub months: Vec<Calendar>,
    /// the paper's years beside this one
    pub newer: Option<Link>,
    pub older: Option<Link>,
}

#[derive(Debug, Serialize)]
pub struct YearLink {
    pub year: i16,
    /// 2025年
    pub name: String,
    pub path: String,
    /// issues
    pub count: usize,
}

/// `issue.html`
#[derive(Debug, Serialize)]
pub struct IssueView {
    pub block: IssueBlock,
    pub paper: Option<PaperLink>,
    pub newer: Option<IssueLink>,
    pub older: Option<IssueLink>,
}

/// `source-page.html`
#[derive(Debug, Serialize)]
pub struct SourcePageView {
    /// the page's text; none where it is not shown
    pub printed: Option<PrintedView>,
    pub block: PageBlock,
    pub issue: Option<IssueLink>,
    /// all pages of the issue, this one among them
    pub pages: Vec<Link>,
    /// the pages of the issue before and after this one
    pub previous: Option<Link>,
    pub next: Option<Link>,
}

/// A source page as it was printed.
#[derive(Debug, Serialize)]
pub struct PrintedView {
    /// lines that hold something
    pub lines: Vec<PrintedLine>,
    /// the articles that stand here, and those that go on here
    pub articles: Vec<Stand>,
}

#[derive(Debug, Serialize)]
pub struct PrintedLine {
    /// from 1, empty lines counted: the line's place on the page is `L51`
    pub number: usize,
    pub text: String,
    /// the marks and hues of the articles that it belongs to, for `class`; empty where it belongs to none
    pub class: String,
}

/// Where on a source page an article stands.
#[derive(Debug, Serialize)]
pub struct Stand {
    /// names the article among those of the page: the class `a1`
    pub mark: String,
    /// 1 to 8: the class `hue-3` sets its colour
    pub hue: usize,
    pub title: String,
    pub path: String,
    /// its first line
    pub first: usize,
    /// `13-35, 40`
    pub lines: String,
}

/// `archive.html`
#[derive(Debug, Serialize)]
pub struct ArchiveView {
    pub years: Vec<YearBlock>,
    /// the page of the articles without a date, where there are any
    pub undated: Option<Link>,
}

/// A year and its twelve months, those without articles with a count of 0.
#[derive(Debug, Serialize)]
pub struct YearBlock {
    pub year: i16,
    /// 2025年
    pub name: String,
    pub path: String,
    pub count: usize,
    pub months: Vec<MonthLink>,
}

#[derive(Debug, Serialize)]
pub struct MonthLink {
    pub month: i8,
    /// 2月
    pub name: &'static str,
    pub path: String,
    pub count: usize,
}

/// `year.html`
#[derive(Debug, Serialize)]
pub struct YearView {
    pub year: i16,
    pub count: usize,
    /// months that have articles, newest first
    pub months: Vec<Calendar>,
    pub newer: Option<Link>,
    pub older: Option<Link>,
}

/// `month.html`
#[derive(Debug, Serialize)]
pub struct MonthView {
    pub calendar: Calendar,
    /// the days of this part that have articles, newest first
    pub days: Vec<DayBlock>,
    pub pager: Pager,
    pub newer: Option<Link>,
    pub older: Option<Link>,
}

#[derive(Debug, Serialize)]
pub struct DayBlock {
    pub date: Day,
    /// the day's place on the page: `d25`
    pub anchor: String,
    pub articles: Vec<Card>,
}

/// A month as weeks of seven days from Monday on; its path is empty where it has no page.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Calendar {
    pub year: i16,
    pub month: i8,
    /// 2025年2月
    pub name: String,
    pub path: String,
    pub count: usize,
    pub weeks: Vec<Vec<Cell>>,
}

/// One day of a calendar; 0 before the first and after the last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    pub day: i8,
    /// articles
    pub count: usize,
    /// where it leads, if it has any
    pub path: String,
}

/// `people.html`
#[derive(Debug, Serialize)]
pub struct PeopleView {
    /// who wrote most comes first
    pub people: Vec<Link>,
    pub pager: Pager,
}

/// `person.html`, `column.html`, `undated.html`
#[derive(Debug, Serialize)]
pub struct ShelfView {
    pub name: String,
    pub count: usize,
    pub articles: Vec<Card>,
    pub pager: Pager,
}

/// `columns.html`
#[derive(Debug, Serialize)]
pub struct ColumnsView {
    pub columns: Vec<Link>,
    pub pager: Pager,
}

/// `places.html`
#[derive(Debug, Serialize)]
pub struct PlacesView {
    /// the provinces by their number of articles, where charts are wanted
    pub map: Option<Tiles>,
    pub provinces: Vec<ProvinceView>,
}

/// A province, and the prefectures in it that articles tell of.
#[derive(Debug, Serialize)]
pub struct ProvinceView {
    pub province: Link,
    pub prefectures: Vec<Link>,
}

/// `place.html`
#[derive(Debug, Serialize)]
pub struct PlaceView {
    /// the official name: 南通市
    pub name: String,
    pub count: usize,
    /// the province it lies in, unless it is one
    pub province: Option<Link>,
    /// the prefectures in it that articles tell of
    pub prefectures: Vec<Link>,
    pub articles: Vec<Card>,
    pub pager: Pager,
}
