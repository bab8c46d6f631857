//! Kinds of pages: a small value names each page of the site.

use crate::catalog::entry::EntryId;
use crate::config::republish::TwinFormat;
use jiff::civil::Date;

/// A page of the site. Numbers are positions in the catalog's indexes, in site.toml's list of themes, and among plain pages;
/// each `part` of a long list counts from 1.
#[allow(missing_docs, reason = "the fields are positions and parts, as the type's doc says")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Page {
    /// the front page
    Home,
    /// an article
    Article(EntryId),
    /// an article in another format
    Alternate(EntryId, TwinFormat),
    /// all themes
    Themes,
    /// the articles of a theme
    Theme { theme: usize, part: usize },
    /// the articles of a theme in a year, or in a paper
    ThemeScope { theme: usize, scope: Scope, part: usize },
    /// a theme's articles in another format
    ThemeExport(usize, ExportFormat),
    /// the key figures of a theme
    Figures(usize),
    /// all papers, and the source pages without a date
    Issues { part: usize },
    /// a paper
    Paper(usize),
    /// a paper's issues of a year, as calendars
    PaperYear(usize, i16),
    /// an issue of a paper
    Issue(usize),
    /// a source page
    SourcePage(usize),
    /// all years
    Archive,
    /// the months of a year
    Year(i16),
    /// the days of a month
    Month { year: i16, month: i8 },
    /// the articles of a day
    Day(Date),
    /// articles without a date
    Undated { part: usize },
    /// all people, or where they are very many, those with most articles
    People,
    /// people by the first letter of their names in pinyin, `#` for none
    Initial { letter: char, part: usize },
    /// the articles of a person
    Person { person: usize, part: usize },
    /// all columns
    Columns { part: usize },
    /// the articles of a column
    Column { column: usize, part: usize },
    /// all places
    Places,
    /// the articles about a place
    Place { place: usize, part: usize },
    /// a plain page, such as `content/about.md`
    Plain(usize),
    /// the search page
    Search,
    /// the page for addresses that do not exist
    NotFound,
    /// the page for what a browser has not kept, where there is no network
    Offline,
    /// the picture of a page for those who share a link to it
    ShareCard(CardSubject),
    /// an icon of the site, by its width in pixels
    Icon(u16),
    /// the web app manifest: the site's name and icons, for browsers
    Manifest,
    /// a feed
    Feed(Feed, FeedFormat),
    /// the sitemap, or the index of its parts
    Sitemap,
    /// a part of the sitemap, where the site has more pages than one sitemap may name
    SitemapPart(usize),
    /// `robots.txt`
    Robots,
    /// a redirect from a former address
    Alias(usize),
    /// the HTTP headers that a host should send
    Headers,
    /// the redirects that a host should make
    Redirects,
}

impl Page {
    /// Whether readers browse to it; false for files that programs read, the page for missing pages, and redirects.
    pub(crate) fn is_for_readers(self) -> bool {
        !matches!(
            self,
            Page::Alternate(..)
                | Page::ThemeExport(..)
                | Page::NotFound
                | Page::Offline
                | Page::ShareCard(_)
                | Page::Icon(_)
                | Page::Manifest
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

/// The file of a share card, beside its page.
pub(crate) const SHARE_CARD: &str = "card.png";
/// The width of the icon for the home screen of iOS, which asks for it by a name of its own.
pub(crate) const TOUCH_ICON: u16 = 180;
/// The widths of all icons; those behind the first are the ones that Android asks for.
pub(crate) const ICONS: [u16; 3] = [TOUCH_ICON, 192, 512];

/// What a share card shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CardSubject {
    /// the site: for every page that has no card of its own
    Site,
    /// a theme, by its position in site.toml
    Theme(usize),
    /// an article
    Article(EntryId),
}

impl CardSubject {
    /// The page that it belongs to.
    pub(crate) fn page(self) -> Page {
        match self {
            CardSubject::Site => Page::Home,
            CardSubject::Theme(theme) => Page::Theme { theme, part: 1 },
            CardSubject::Article(id) => Page::Article(id),
        }
    }
}

/// What a list of a theme's articles is narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// the articles of a year
    Year(i16),
    /// those of a paper, by its position in the catalog
    Paper(usize),
}

/// The subject of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Feed {
    /// all articles
    Site,
    /// the articles of a theme
    Theme(usize),
    /// the articles of a paper
    Paper(usize),
}

impl Feed {
    /// The page that it belongs to.
    pub(crate) fn page(self) -> Page {
        match self {
            Feed::Site => Page::Home,
            Feed::Theme(theme) => Page::Theme { theme, part: 1 },
            Feed::Paper(paper) => Page::Paper(paper),
        }
    }
}

/// The formats of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FeedFormat {
    /// Atom
    Atom,
    /// JSON Feed
    Json,
}

/// All of them, in the order in which they are offered.
pub(crate) const FEED_FORMATS: [FeedFormat; 2] = [FeedFormat::Atom, FeedFormat::Json];

impl FeedFormat {
    /// The file beside the feed's page.
    pub(crate) fn file(self) -> &'static str {
        match self {
            FeedFormat::Atom => "feed.xml",
            FeedFormat::Json => "feed.json",
        }
    }
}

/// The formats of a theme's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ExportFormat {
    /// a table
    Csv,
    /// citations in BibTeX
    BibTeX,
}

/// All of them, in the order in which they are offered.
pub(crate) const EXPORT_FORMATS: [ExportFormat; 2] = [ExportFormat::Csv, ExportFormat::BibTeX];

impl ExportFormat {
    /// The file beside the theme's page.
    pub(crate) fn file(self) -> &'static str {
        match self {
            ExportFormat::Csv => "articles.csv",
            ExportFormat::BibTeX => "articles.bib",
        }
    }
}
