//! Every kind of page, as a small value that names it.

use crate::catalog::entry::EntryId;

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
    /// a theme's articles in another form
    ThemeExport(usize, Export),
    /// the key figures of a theme
    Figures(usize),
    /// all papers, and the source pages without a date
    Issues {
        part: usize,
    },
    Paper(usize),
    /// a paper's issues of a year, as calendars
    PaperYear(usize, i16),
    Issue(usize),
    SourcePage(usize),
    Archive,
    Year(i16),
    Month {
        year: i16,
        month: i8,
        part: usize,
    },
    /// articles without a date
    Undated {
        part: usize,
    },
    /// all people
    People {
        part: usize,
    },
    Person {
        person: usize,
        part: usize,
    },
    /// all columns
    Columns {
        part: usize,
    },
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
    Feed(Feed, FeedForm),
    Sitemap,
    /// where the site has more pages than one sitemap may name; counted from 1
    SitemapPart(usize),
    Robots,
    /// an address where a page once stood
    Alias(usize),
    /// what hosts are told of headers
    Headers,
    /// what hosts are told of old addresses
    Redirects,
}

impl Page {
    /// Not a file that only programs read, nor what stands for pages that are not there; of old addresses, nothing is said.
    pub(crate) fn is_for_readers(self) -> bool {
        !matches!(
            self,
            Page::Twin(..)
                | Page::ThemeExport(..)
                | Page::NotFound
                | Page::Feed(..)
                | Page::Sitemap
                | Page::SitemapPart(_)
                | Page::Robots
                | Page::Alias(_)
                | Page::Headers
                | Page::Redirects
        )
    }
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
pub(crate) const TWINS: [Twin; 4] = [Twin::Markdown, Twin::Json, Twin::BibTeX, Twin::Ris];

impl Twin {
    /// The file beside the article's page.
    pub(crate) fn file(self) -> &'static str {
        match self {
            Twin::Markdown => "index.md",
            Twin::Json => "index.json",
            Twin::BibTeX => "cite.bib",
            Twin::Ris => "cite.ris",
        }
    }
}

/// What a feed tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Feed {
    Site,
    Theme(usize),
    Paper(usize),
}

impl Feed {
    /// The page that it belongs to, and stands beside.
    pub(crate) fn page(self) -> Page {
        match self {
            Feed::Site => Page::Home,
            Feed::Theme(theme) => Page::Theme { theme, part: 1 },
            Feed::Paper(paper) => Page::Paper(paper),
        }
    }
}

/// The forms of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FeedForm {
    Atom,
    Json,
}

/// All of them, in the order in which they are offered.
pub(crate) const FEED_FORMS: [FeedForm; 2] = [FeedForm::Atom, FeedForm::Json];

impl FeedForm {
    /// The file beside the feed's page.
    pub(crate) fn file(self) -> &'static str {
        match self {
            FeedForm::Atom => "feed.xml",
            FeedForm::Json => "feed.json",
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
pub(crate) const EXPORTS: [Export; 2] = [Export::Csv, Export::BibTeX];

impl Export {
    /// The file beside the theme's page.
    pub(crate) fn file(self) -> &'static str {
        match self {
            Export::Csv => "articles.csv",
            Export::BibTeX => "articles.bib",
        }
    }
}
