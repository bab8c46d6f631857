//! Every kind of page, as a small value that names it.

use crate::library::entry::EntryId;

/// A page of the site. Numbers are places on the library's shelves, in site.toml's list of themes, and among plain pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Page {
    Home,
    Article(EntryId),
    /// all themes
    Themes,
    /// a theme's list; this and every `part` counts from 1
    Theme {
        theme: usize,
        part: usize,
    },
    ThemeFeed(usize),
    /// the key figures of a theme
    Figures(usize),
    /// all papers
    Issues,
    Paper(usize),
    /// a paper's issues of a year, as calendars
    PaperYear(usize, i16),
    Issue(usize),
    SourcePage(usize),
    Archive,
    Year(i16),
    Month(i16, i8),
    /// all people
    People,
    Person {
        person: usize,
        part: usize,
    },
    /// all columns
    Columns,
    Column {
        column: usize,
        part: usize,
    },
    /// all places
    Places,
    Place {
        region: usize,
        part: usize,
    },
    Plain(usize),
    Search,
    NotFound,
    Feed,
    Sitemap,
    Robots,
}
