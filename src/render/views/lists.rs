//! The views of lists of articles: themes, archive, people, columns, places.

use crate::render::views::charts::{BarChart, PairChart, RowChart, TileMap};
use crate::render::views::common::{Calendar, Card, Day, FigureView, Link, Pager, ThemeBlock, ThemeTag};
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
    /// the days of this part that have articles, newest first
    pub(crate) days: Vec<DayBlock>,
    /// links to the other parts
    pub(crate) pager: Pager,
    /// the next newer month that has articles
    pub(crate) newer: Option<Link>,
    /// the next older month that has articles
    pub(crate) older: Option<Link>,
}

/// A day with its articles.
#[derive(Debug, Serialize)]
pub(crate) struct DayBlock {
    /// the date
    pub(crate) date: Day,
    /// id of the day on the page: `d25`
    pub(crate) anchor: String,
    /// articles of the day
    pub(crate) articles: Vec<Card>,
}

/// `people.html`
#[derive(Debug, Serialize)]
pub(crate) struct PeopleView {
    /// authors, those with most articles first
    pub(crate) people: Vec<Link>,
    /// links to the other parts
    pub(crate) pager: Pager,
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
