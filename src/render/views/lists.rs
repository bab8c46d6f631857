//! The views of lists of articles: themes, archive, people, columns, places.

use crate::render::views::charts::{BarChart, PairChart, RowChart, TileMap};
use crate::render::views::shared::{Calendar, Card, Day, FigureView, Link, Pager, ThemeBlock, ThemeTag};
use serde::Serialize;

/// `themes.html`
#[derive(Debug, Serialize)]
pub(crate) struct ThemesView {
    pub(crate) themes: Vec<ThemeBlock>,
    /// each theme's articles by month, where there are enough months
    pub(crate) trends: Option<RowChart>,
    /// themes that stand together, where any do
    pub(crate) pairs: Option<PairChart>,
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
    pub(crate) trend: Option<BarChart>,
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

/// `people.html`
#[derive(Debug, Serialize)]
pub(crate) struct PeopleView {
    /// who wrote most comes first
    pub(crate) people: Vec<Link>,
    pub(crate) pager: Pager,
}

/// `person.html`, `column.html`, `undated.html`
#[derive(Debug, Serialize)]
pub(crate) struct ArticleListView {
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
    pub(crate) map: Option<TileMap>,
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
