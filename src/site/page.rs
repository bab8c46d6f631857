//! Every kind of page, as a small value that names it.

use crate::library::entry::EntryId;

/// A page of the site. Numbers are places on the library's shelves, in site.toml's list of themes, and among plain pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Page {
    Home,
    Article(EntryId),
    /// an article in another form
    Twin(EntryId, Twin),
    /// all themes
    Themes,
    /// a theme's list; this and every `part` counts from 1
    Theme {
        theme: usize,
        part: usize,
    },
    ThemeFeed(usize),
    /// a theme's articles in another form
    ThemeExport(usize, Export),
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

/// The forms of an article beside its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Twin {
    Markdown,
    Json,
    BibTeX,
    Ris,
}

/// All of them, in the order in which they are offered.
pub const TWINS: [Twin; 4] = [Twin::Markdown, Twin::Json, Twin::BibTeX, Twin::Ris];

impl Twin {
    /// The file beside the article's page.
    pub fn file(self) -> &'static str {
        match self {
            Twin::Markdown => "index.md",
            Twin::Json => "index.json",
            Twin::BibTeX => "cite.bib",
            Twin::Ris => "cite.ris",
        }
    }
}

/// The forms of a theme's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Export {
    Csv,
    BibTeX,
}

/// All of them, in the order in which they are offered.
pub const EXPORTS: [Export; 2] = [Export::Csv, Export::BibTeX];

impl Export {
    /// The file beside the theme's page.
    pub fn file(self) -> &'static str {
        match self {
            Export::Csv => "articles.csv",
            Export::BibTeX => "articles.bib",
        }
    }
}
