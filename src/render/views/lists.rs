//! The views of lists of articles: themes, archive, people, columns, places.

use crate::render::views::charts::{BarChart, PairChart, RowChart, TileMap};
use crate::render::views::common::{Calendar, Card, Day, FigureView, IssueBlock, Link, Pager, ThemeBlock, ThemeTag};
use serde::Serialize;

/// `themes.html`
#[derive(Debug, Serialize)]
pub(crate) struct ThemesView {
    /// all themes with their newest articles
    pub(crate) themes: Vec<ThemeBlock>,
    /// the articles of each theme by month, if there are enough months
    pub(crate) trends: Option<RowChart>,
    /// the pairs of themes that articles share, if there are any
    pub(crate) pairs: Option<PairChart>,
}

/// `theme.html`
#[derive(Debug, Serialize)]
pub(crate) struct ThemeView {
    /// the theme
    pub(crate) theme: ThemeTag,
    /// the articles of this part, newest first
    pub(crate) articles: Vec<Card>,
    /// paths of all its articles in other formats; none if site.toml switches them off
    pub(crate) exports: Option<ExportPaths>,
    /// links to the other parts
    pub(crate) pager: Pager,
    /// the year or the paper to which this page is narrowed
    pub(crate) scope: Option<Link>,
    /// the years of the theme, newest first, each with a page; like `papers` none where all articles fit on one page or have one year
    pub(crate) years: Vec<Link>,
    /// the papers of the theme, most articles first, each with a page
    pub(crate) papers: Vec<Link>,
    /// key figures of its articles; like the following fields only in the first part
    pub(crate) figures: Vec<FigureView>,
    /// path of the page of all key figures, if there are more
    pub(crate) more_figures: Option<String>,
    /// articles by month, if there are enough months
    pub(crate) trend: Option<BarChart>,
    /// the other themes of its articles, most frequent first, with the number of articles that share both
    pub(crate) together: Vec<ThemeCount>,
}

/// The paths of a theme's articles in other formats.
#[derive(Debug, Serialize)]
pub(crate) struct ExportPaths {
    /// table in CSV
    pub(crate) csv: String,
    /// references in BibTeX
    pub(crate) bibtex: String,
}

/// A theme and a number of articles.
#[derive(Debug, Serialize)]
pub(crate) struct ThemeCount {
    /// the theme
    pub(crate) theme: ThemeTag,
    /// number of articles
    pub(crate) count: usize,
}

/// `figures.html`
#[derive(Debug, Serialize)]
pub(crate) struct FiguresView {
    /// the theme
    pub(crate) theme: ThemeTag,
    /// key figures of its articles, highest-ranked first
    pub(crate) figures: Vec<FigureView>,
}

/// `archive.html`
#[derive(Debug, Serialize)]
pub(crate) struct ArchiveView {
    /// all years, newest first
    pub(crate) years: Vec<YearBlock>,
    /// the page of the articles without a date, if there are any
    pub(crate) undated: Option<Link>,
}

/// A year and its twelve months; a month without articles has a count of 0.
#[derive(Debug, Serialize)]
pub(crate) struct YearBlock {
    /// year
    pub(crate) year: i16,
    /// 2025年
    pub(crate) name: String,
    /// path of the year's page
    pub(crate) path: String,
    /// number of articles
    pub(crate) count: usize,
    /// January to December
    pub(crate) months: Vec<MonthLink>,
}

/// A month of the archive.
#[derive(Debug, Serialize)]
pub(crate) struct MonthLink {
    /// month, 1 to 12
    pub(crate) month: i8,
    /// 2月
    pub(crate) name: &'static str,
    /// path of the month's page
    pub(crate) path: String,
    /// number of articles
    pub(crate) count: usize,
}

/// `year.html`
#[derive(Debug, Serialize)]
pub(crate) struct YearView {
    /// year
    pub(crate) year: i16,
    /// number of articles
    pub(crate) count: usize,
    /// the months that have articles, newest first
    pub(crate) months: Vec<Calendar>,
    /// the next newer year that has articles
    pub(crate) newer: Option<Link>,
    /// the next older year that has articles
    pub(crate) older: Option<Link>,
}

/// `month.html`
#[derive(Debug, Serialize)]
pub(crate) struct MonthView {
    /// calendar of the month
    pub(crate) calendar: Calendar,
    /// its year
    pub(crate) year: Link,
    /// the days that have articles, newest first
    pub(crate) days: Vec<DayBlock>,
    /// the next newer month that has articles
    pub(crate) newer: Option<Link>,
    /// the next older month that has articles
    pub(crate) older: Option<Link>,
}

/// A day with its first articles.
#[derive(Debug, Serialize)]
pub(crate) struct DayBlock {
    /// the date
    pub(crate) date: Day,
    /// id of the day on the page: `d25`
    pub(crate) anchor: String,
    /// number of articles
    pub(crate) count: usize,
    /// its first articles: all of them, unless the month has very many
    pub(crate) articles: Vec<Card>,
}

/// `day.html`
#[derive(Debug, Serialize)]
pub(crate) struct DayView {
    /// the date
    pub(crate) date: Day,
    /// its month
    pub(crate) month: Link,
    /// number of articles
    pub(crate) count: usize,
    /// the issues of the day with their articles
    pub(crate) issues: Vec<IssueBlock>,
    /// the next newer day that has articles
    pub(crate) newer: Option<Link>,
    /// the next older day that has articles
    pub(crate) older: Option<Link>,
}

/// `people.html`
#[derive(Debug, Serialize)]
pub(crate) struct PeopleView {
    /// number of all authors
    pub(crate) count: usize,
    /// the first letters of their names in pinyin, each a link to its names
    pub(crate) letters: Vec<Letter>,
    /// the authors of this page: a group for each letter, or one of those with most articles where all do not fit on one page
    pub(crate) groups: Vec<NameGroup>,
    /// links to the other parts of a letter
    pub(crate) pager: Pager,
}

/// The first letter of names.
#[derive(Debug, Serialize)]
pub(crate) struct Letter {
    /// `A` to `Z`; `#` for names that have none
    pub(crate) name: String,
    /// path of its names
    pub(crate) path: String,
    /// number of names
    pub(crate) count: usize,
    /// the page shows its names
    pub(crate) current: bool,
}

/// Names under a heading.
#[derive(Debug, Serialize)]
pub(crate) struct NameGroup {
    /// the letter, or what the names have in common
    pub(crate) name: String,
    /// id of the group on the page
    pub(crate) anchor: Option<String>,
    /// in the order of their pinyin; those with most articles first where they are chosen by that
    pub(crate) names: Vec<Link>,
}

/// `person.html`, `column.html`, `undated.html`
#[derive(Debug, Serialize)]
pub(crate) struct ArticleListView {
    /// name of the list
    pub(crate) name: String,
    /// number of articles in all parts
    pub(crate) count: usize,
    /// the articles of this part, newest first
    pub(crate) articles: Vec<Card>,
    /// links to the other parts
    pub(crate) pager: Pager,
}

/// `columns.html`
#[derive(Debug, Serialize)]
pub(crate) struct ColumnsView {
    /// columns, those with most articles first
    pub(crate) columns: Vec<Link>,
    /// links to the other parts
    pub(crate) pager: Pager,
}

/// `places.html`
#[derive(Debug, Serialize)]
pub(crate) struct PlacesView {
    /// the provinces by their number of articles, if site.toml does not switch charts off
    pub(crate) map: Option<TileMap>,
    /// the provinces that articles name
    pub(crate) provinces: Vec<ProvinceView>,
}

/// A province, and its prefectures that articles name.
#[derive(Debug, Serialize)]
pub(crate) struct ProvinceView {
    /// the province
    pub(crate) province: Link,
    /// its prefectures
    pub(crate) prefectures: Vec<Link>,
}

/// `place.html`
#[derive(Debug, Serialize)]
pub(crate) struct PlaceView {
    /// the official name: 南通市
    pub(crate) name: String,
    /// number of articles in all parts
    pub(crate) count: usize,
    /// the province that a prefecture belongs to
    pub(crate) province: Option<Link>,
    /// the prefectures of a province that articles name
    pub(crate) prefectures: Vec<Link>,
    /// the articles of this part, newest first
    pub(crate) articles: Vec<Card>,
    /// links to the other parts
    pub(crate) pager: Pager,
}
