//! A page → its template, its view and what stands in its frame.

use crate::catalog::entry::EntryId;
use crate::content::plain_text;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Error;
use crate::render::engine::i18n::format_message;
use crate::render::formats::alternates;
use crate::render::formats::exports;
use crate::render::formats::feed_json::json_feed;
use crate::render::formats::feeds;
use crate::render::pages::archive;
use crate::render::pages::article;
use crate::render::pages::home;
use crate::render::pages::lists;
use crate::render::pages::papers;
use crate::render::pages::places;
use crate::render::pages::search;
use crate::render::pages::source_page::source_text;
use crate::render::pages::themes;
use crate::render::redirects;
use crate::render::views::cards::Cards;
use crate::render::views::feeds::SitemapView;
use crate::render::views::lists::ArticleListView;
use crate::render::views::made::Made;
use crate::render::views::pages::NotFoundView;
use crate::site::body::TextSource;
use crate::site::page::{AlternateFormat, Feed, FeedFormat, Page};
use serde::Serialize;

/// Characters of the lead's text on the home page, about.
const OPENING: usize = 360;

/// What one page shows.
#[derive(Debug)]
pub(crate) struct PageView {
    pub(crate) shown: Content,
    pub(crate) kind: &'static str,
    pub(crate) title: String,
    pub(crate) description: String,
    /// the path of a feed of its own
    pub(crate) feed: Option<String>,
    pub(crate) has_code: bool,
}

/// What a page is made of.
#[derive(Debug)]
pub(crate) enum Content {
    /// a template and its view
    View(&'static str, Made),
    /// a file for programs, as it is
    Text(String),
}

/// What a page shows.
///
/// # Errors
/// A finding where an article's text cannot be read.
pub(crate) fn sheet(cards: Cards<'_>, page: Page, bodies: &TextSource<'_>) -> Result<PageView, Diagnostic> {
    let words = cards.messages();
    let word = |name| words.text(name).to_owned();
    Ok(match page {
        Page::Home => home(cards, bodies),
        Page::Article(id) => article(cards, id, bodies)?,
        Page::Alternate(id, format) => alternate(cards, id, format, bodies)?,
        Page::ThemeExport(theme, export) => PageView::of_text(exports::export(cards, theme, export)),
        Page::Plain(at) => plain(cards, at),
        Page::Search => PageView::new(cards, "search.html", "search", word("search"), &search::search(cards)),
        Page::Feed(feed, form) => feed_sheet(cards, feed, form, bodies),
        Page::Sitemap => PageView::of_sitemap(cards, &feeds::sitemap(cards)),
        Page::SitemapPart(part) => PageView::of_sitemap(cards, &feeds::sitemap_part(cards, part)),
        Page::Robots => PageView::new(cards, "robots.txt", "robots", String::new(), &feeds::robots(cards)),
        Page::Alias(alias) => PageView::of_text(redirects::page(cards, alias)),
        Page::Headers => PageView::of_text(redirects::headers(cards.site)),
        Page::Redirects => PageView::of_text(redirects::redirects(cards.site)),
        Page::NotFound => PageView::new(cards, "404.html", "not-found", word("not_found"), &NotFoundView {}),
        Page::Themes => PageView::new(cards, "themes.html", "themes", word("themes"), &themes::themes(cards)),
        Page::Theme { theme, part } => theme_part(cards, theme, part),
        Page::Figures(theme) => theme_figures(cards, theme),
        Page::Issues { part } => {
            let title = words.part_title_of(words.text("issues"), part);
            PageView::new(cards, "issues.html", "issues", title, &papers::issues(cards, part))
        }
        Page::Paper(paper) => paper_sheet(cards, paper, None),
        Page::PaperYear(paper, year) => paper_sheet(cards, paper, Some(year)),
        Page::Issue(at) => issue(cards, at),
        Page::SourcePage(at) => source_page(cards, at, bodies),
        Page::Archive => PageView::new(cards, "archive.html", "archive", word("archive"), &archive::archive(cards)),
        Page::Year(year) => PageView::new(cards, "year.html", "year", words.year(year), &archive::year(cards, year)),
        Page::Month { year, month, part } => {
            let title = words.part_title_of(&words.month(year, month), part);
            PageView::new(cards, "month.html", "month", title, &archive::month(cards, year, month, part))
        }
        Page::Undated { part } => shelf(cards, "undated.html", "undated", part, &archive::undated(cards, part)),
        Page::People { part } => {
            let title = words.part_title_of(words.text("people"), part);
            PageView::new(cards, "people.html", "people", title, &lists::people(cards, part))
        }
        Page::Person { person, part } => {
            shelf(cards, "person.html", "person", part, &lists::person(cards, person, part))
        }
        Page::Columns { part } => {
            let title = words.part_title_of(words.text("columns"), part);
            PageView::new(cards, "columns.html", "columns", title, &lists::columns(cards, part))
        }
        Page::Column { column, part } => {
            shelf(cards, "column.html", "column", part, &lists::column(cards, column, part))
        }
        Page::Places => PageView::new(cards, "places.html", "places", word("places"), &places::places(cards)),
        Page::Place { place, part } => {
            let view = places::place(cards, place, part);
            PageView::new(cards, "place.html", "place", words.part_title_of(&view.name, part), &view)
        }
    })
}

impl PageView {
    fn new(cards: Cards<'_>, template: &'static str, kind: &'static str, title: String, view: &impl Serialize) -> Self {
        Self::of(Content::View(template, cards.made(view)), kind, title)
    }

    fn of(shown: Content, kind: &'static str, title: String) -> Self {
        Self { shown, kind, title, description: String::new(), feed: None, has_code: false }
    }

    fn of_sitemap(cards: Cards<'_>, view: &SitemapView) -> Self {
        Self::new(cards, "sitemap.xml", "sitemap", String::new(), view)
    }

    /// A file that is made without a look of its own.
    fn of_text(text: String) -> Self {
        Self::of(Content::Text(text), "text", String::new())
    }

    fn described(self, description: &str) -> Self {
        Self { description: description.to_owned(), ..self }
    }
}

/// A part of a list that has a name.
fn shelf(
    cards: Cards<'_>,
    template: &'static str,
    kind: &'static str,
    part: usize,
    view: &ArticleListView,
) -> PageView {
    PageView::new(cards, template, kind, cards.messages().part_title_of(&view.name, part), view)
}

fn theme_figures(cards: Cards<'_>, theme: usize) -> PageView {
    let name = cards.site.config.themes[theme].name.clone();
    let title = format_message(cards.messages().text("figures_of"), &[("name", name)]);
    PageView::new(cards, "figures.html", "key-figures", title, &themes::theme_figures(cards, theme))
}

fn home(cards: Cards<'_>, bodies: &TextSource<'_>) -> PageView {
    let lead = home::lead(cards);
    let opening = lead.map_or_else(String::new, |id| opening(cards, id, bodies));
    PageView::new(cards, "home.html", "home", String::new(), &home::home(cards, lead, opening))
        .described(&cards.site.config.description)
}

/// The beginning of an article's text; its excerpt where the text cannot be read, of which the article's own page tells.
fn opening(cards: Cards<'_>, id: EntryId, bodies: &TextSource<'_>) -> String {
    let shown = bodies(&cards.site.catalog.entries[id].file).map(|text| cards.shown(id, text));
    shown.map_or_else(|_| cards.summary(id).excerpt.clone(), |text| plain_text::summarize(&text, OPENING).excerpt)
}

fn article(cards: Cards<'_>, id: EntryId, bodies: &TextSource<'_>) -> Result<PageView, Diagnostic> {
    let entry = &cards.site.catalog.entries[id];
    let text = bodies(&entry.file).map_err(|error| first_note(error, &entry.file))?;
    let (view, has_code) = article::article(cards, id, text);
    let sheet = PageView::new(cards, "article.html", "article", entry.front.title.clone(), &view)
        .described(&cards.summary(id).excerpt);
    Ok(PageView { has_code, ..sheet })
}

fn plain(cards: Cards<'_>, at: usize) -> PageView {
    let (view, has_code) = article::plain(cards, at);
    let title = cards.site.plain_pages[at].title.clone();
    PageView { has_code, ..PageView::new(cards, "plain.html", "plain", title, &view) }
}

fn alternate(
    cards: Cards<'_>,
    id: EntryId,
    format: AlternateFormat,
    bodies: &TextSource<'_>,
) -> Result<PageView, Diagnostic> {
    let file = &cards.site.catalog.entries[id].file;
    alternates::alternate(cards, id, format, bodies).map(PageView::of_text).map_err(|error| first_note(error, file))
}

/// Why the text of a file cannot be read.
pub(crate) fn first_note(error: Error, file: &str) -> Diagnostic {
    let unread = || Diagnostic::new(Code::Unreadable, "the article's text cannot be read").in_file(file);
    error.diagnostics.into_iter().next().unwrap_or_else(unread)
}

fn theme_part(cards: Cards<'_>, theme: usize, part: usize) -> PageView {
    let defined = &cards.site.config.themes[theme];
    let title = cards.messages().part_title_of(&defined.name, part);
    let sheet = PageView::new(cards, "theme.html", "theme", title, &themes::theme(cards, theme, part));
    PageView {
        feed: Some(cards.path(Page::Feed(Feed::Theme(theme), FeedFormat::Atom))),
        ..sheet.described(&defined.description)
    }
}

fn feed_sheet(cards: Cards<'_>, feed: Feed, form: FeedFormat, bodies: &TextSource<'_>) -> PageView {
    let view = feeds::feed(cards, feed, form, bodies);
    match form {
        FeedFormat::Atom => PageView::new(cards, "feed.xml", "feed", String::new(), &view),
        FeedFormat::Json => PageView::of_text(json_feed(&view, cards.site.config.text_lang.tag())),
    }
}

/// A paper's own page, or one of its years.
fn paper_sheet(cards: Cards<'_>, paper: usize, year: Option<i16>) -> PageView {
    let view = papers::paper(cards, paper, year);
    let name = view.as_ref().map_or_else(String::new, |view| view.paper.name.clone());
    let title = year.map_or_else(|| name.clone(), |year| format!("{name} {}", cards.messages().year(year)));
    let feed = cards.path(Page::Feed(Feed::Paper(paper), FeedFormat::Atom));
    PageView { feed: Some(feed), ..PageView::new(cards, "paper.html", "paper", title, &view) }
}

fn issue(cards: Cards<'_>, at: usize) -> PageView {
    let view = papers::issue(cards, at);
    let title = format!("{} {}", view.block.issue.paper, view.block.issue.date.text);
    PageView::new(cards, "issue.html", "issue", title, &view)
}

fn source_page(cards: Cards<'_>, at: usize, bodies: &TextSource<'_>) -> PageView {
    let view = papers::source_page(cards, at, source_text(cards, at, bodies));
    let issue = view.issue.as_ref().map(|issue| format!("{} {} ", issue.paper, issue.date.text));
    PageView::new(
        cards,
        "source-page.html",
        "source-page",
        format!("{}{}", issue.unwrap_or_default(), view.block.name),
        &view,
    )
}
