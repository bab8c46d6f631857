//! The view of a page: its frame, its template, and the values that the template shows.
//!
//! A [`PageView`] is made from the catalog alone. What needs a text, or is too costly for a page that is not rendered, is
//! [`Deferred`]: it names what it will be made from, so that its fingerprint can be made without it.

use crate::catalog::entry::EntryId;
use crate::config::republish::TwinFormat;
use crate::content::plain_text;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Error;
use crate::message;
use crate::render::facsimile::overlay::facsimile;
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
use crate::render::pages::share_cards;
use crate::render::pages::source_page;
use crate::render::pages::themes;
use crate::render::redirects;
use crate::render::views::cards::Cards;
use crate::render::views::lists::ArticleListView;
use crate::render::views::pages::{NotFoundView, OfflineView};
use crate::render::views::site::PageMeta;
use crate::share_card::draw::Picture;
use crate::site::addresses::address::base_path;
use crate::site::body::TextSource;
use crate::site::page::{Feed, FeedFormat, Page, Scope};
use crate::text::placeholders::fill;
use crate::util::digest::Digest;
use serde::Serialize;
use tera::Value;

/// Characters of the lead's text on the home page, about.
const OPENING: usize = 360;

/// A page before its texts are read.
pub(crate) struct PageView<'a> {
    pub(crate) frame: PageMeta,
    /// the relative path from the page to the site's root
    pub(crate) root: String,
    pub(crate) content: Content<'a>,
}

/// The content of a page.
pub(crate) enum Content<'a> {
    /// a template and its view
    View(&'static str, Box<dyn View + 'a>),
    /// a template and its deferred view; with it, whether the page shows code
    DeferredView(&'static str, Deferred<'a, (Value, bool)>),
    /// a file for programs
    Text(String),
    DeferredText(Deferred<'a, String>),
    /// a picture that is drawn
    Picture(Picture),
}

/// A view that holds every value that its template can show.
pub(crate) trait View {
    fn value(&self) -> Value;
    fn fingerprint(&self) -> Digest;
}

impl<T: Serialize> View for T {
    fn value(&self) -> Value {
        Value::from_serializable(self)
    }

    fn fingerprint(&self) -> Digest {
        Digest::of(self)
    }
}

type Make<'a, T> = dyn FnOnce(&TextSource<'_>) -> Result<T, Diagnostic> + 'a;

/// A part of a page that is made, when the page is rendered, from its inputs, from texts, and from the settings.
pub(crate) struct Deferred<'a, T> {
    /// the digest of all that it is made from, texts and settings aside
    pub(crate) inputs: Digest,
    /// the files of the texts
    pub(crate) texts: Vec<&'a str>,
    /// makes it, or reports why a text cannot be read
    pub(crate) make: Box<Make<'a, T>>,
}

/// The view of a page.
pub(crate) fn page_view(cards: Cards<'_>, page: Page) -> PageView<'_> {
    let words = cards.messages();
    let word = |name| words.text(name).to_owned();
    let part_of = |name, part| words.part_title(words.text(name), part);
    match page {
        Page::Home => home(cards),
        Page::Article(id) => article(cards, id),
        Page::Alternate(id, format) => alternate(cards, id, format),
        Page::ThemeExport(theme, export) => PageView::of_text(cards, page, exports::export(cards, theme, export)),
        Page::Plain(at) => plain(cards, at),
        Page::Search => PageView::new(cards, page, "search.html", word("search"), search::search(cards)),
        Page::Feed(feed, form) => feed_page(cards, feed, form),
        Page::Sitemap => PageView::new(cards, page, "sitemap.xml", String::new(), feeds::sitemap(cards)),
        Page::SitemapPart(part) => {
            PageView::new(cards, page, "sitemap.xml", String::new(), feeds::sitemap_part(cards, part))
        }
        Page::Robots => PageView::new(cards, page, "robots.txt", String::new(), feeds::robots(cards)),
        Page::Alias(alias) => {
            let view = redirects::alias(cards, alias);
            PageView::new(cards, page, "alias.html", view.title.clone(), view)
        }
        Page::Headers => PageView::of_text(cards, page, redirects::headers(cards.site)),
        Page::Redirects => PageView::of_text(cards, page, redirects::redirects(cards.site)),
        Page::ShareCard(subject) => PageView::of_picture(cards, page, share_cards::share_card(cards, subject)),
        Page::Icon(size) => PageView::of_picture(cards, page, share_cards::icon(cards, size)),
        Page::Manifest => PageView::of_text(cards, page, share_cards::manifest(cards)),
        Page::NotFound => PageView::new(cards, page, "404.html", word("not_found"), NotFoundView {}),
        Page::Offline => PageView::new(cards, page, "offline.html", word("offline"), OfflineView {}),
        Page::Themes => PageView::new(cards, page, "themes.html", word("themes"), themes::themes(cards)),
        Page::Theme { theme, part } => theme_part(cards, theme, part),
        Page::ThemeScope { theme, scope, part } => theme_scope(cards, theme, scope, part),
        Page::Figures(theme) => theme_figures(cards, theme),
        Page::Issues { part } => issues(cards, part),
        Page::Paper(paper) => paper_page(cards, paper, None),
        Page::PaperYear(paper, year) => paper_page(cards, paper, Some(year)),
        Page::Issue(at) => issue(cards, at),
        Page::SourcePage(at) => source_page(cards, at),
        Page::Archive => PageView::new(cards, page, "archive.html", word("archive"), archive::archive(cards)),
        Page::Year(year) => PageView::new(cards, page, "year.html", words.year(year), archive::year(cards, year)),
        Page::Month { year, month } => {
            PageView::new(cards, page, "month.html", words.month(year, month), archive::month(cards, year, month))
        }
        Page::Day(date) => PageView::new(cards, page, "day.html", words.day(date), archive::day(cards, date)),
        Page::Undated { part } => list(cards, page, "undated.html", part, archive::undated(cards, part)),
        Page::People => PageView::new(cards, page, "people.html", word("people"), lists::people(cards)),
        Page::Initial { letter, part } => {
            let title = words.part_title(&format!("{} {letter}", words.text("people")), part);
            PageView::new(cards, page, "people.html", title, lists::initial(cards, letter, part))
        }
        Page::Person { person, part } => list(cards, page, "person.html", part, lists::person(cards, person, part)),
        Page::Columns { part } => {
            PageView::new(cards, page, "columns.html", part_of("columns", part), lists::columns(cards, part))
        }
        Page::Column { column, part } => list(cards, page, "column.html", part, lists::column(cards, column, part)),
        Page::Places => PageView::new(cards, page, "places.html", word("places"), places::places(cards)),
        Page::Place { place, part } => {
            let view = places::place(cards, place, part);
            PageView::new(cards, page, "place.html", words.part_title(&view.name, part), view)
        }
    }
}

impl<'a> PageView<'a> {
    fn new(cards: Cards<'a>, page: Page, template: &'static str, title: String, view: impl Serialize + 'a) -> Self {
        Self::of(cards, page, title, Content::View(template, Box::new(view)))
    }

    fn of(cards: Cards<'a>, page: Page, title: String, content: Content<'a>) -> Self {
        let kind = match content {
            Content::Text(_) | Content::DeferredText(_) | Content::Picture(_) => "text",
            Content::View("404.html", _) => "not-found",
            Content::View("figures.html", _) => "key-figures",
            Content::View(template, _) | Content::DeferredView(template, _) => {
                template.split_once('.').map_or(template, |(name, _)| name)
            }
        };
        let address = cards.site.address(page);
        let base_url = &cards.site.config.base_url;
        let has_address = !base_url.is_empty() && !matches!(page, Page::NotFound | Page::Offline);
        let frame = PageMeta {
            kind,
            title,
            description: String::new(),
            canonical: has_address.then(|| address.url(base_url)),
            feed: None,
            has_code: false,
            path: address.to_string(),
            image: share_cards::share_image(cards, page).filter(|_| has_address && kind != "text"),
        };
        // a server shows this page for missing files at any depth, so its links have to begin at the root of the server
        let root = if page == Page::NotFound { base_path(base_url).to_owned() } else { address.path_to_root() };
        Self { frame, root, content }
    }

    /// A file that no template makes.
    fn of_text(cards: Cards<'a>, page: Page, text: String) -> Self {
        Self::of(cards, page, String::new(), Content::Text(text))
    }

    fn of_picture(cards: Cards<'a>, page: Page, picture: Picture) -> Self {
        Self::of(cards, page, String::new(), Content::Picture(picture))
    }

    fn described(mut self, description: &str) -> Self {
        description.clone_into(&mut self.frame.description);
        self
    }

    fn with_feed(mut self, feed: String) -> Self {
        self.frame.feed = Some(feed);
        self
    }
}

/// A part of a list that has a name.
fn list<'a>(cards: Cards<'a>, page: Page, template: &'static str, part: usize, view: ArticleListView) -> PageView<'a> {
    PageView::new(cards, page, template, cards.messages().part_title(&view.name, part), view)
}

fn theme_figures(cards: Cards<'_>, theme: usize) -> PageView<'_> {
    let name = cards.site.config.themes[theme].name.clone();
    let title = fill(cards.messages().text("figures_of"), &[("name", name)]);
    let view = themes::theme_figures(cards, theme);
    PageView::new(cards, Page::Figures(theme), "figures.html", title, view)
}

fn home(cards: Cards<'_>) -> PageView<'_> {
    let lead = home::lead(cards);
    let mut view = home::home(cards, lead);
    let deferred = Deferred {
        inputs: Digest::of(&view),
        texts: lead.map(|id| cards.text_file(id)).into_iter().collect(),
        make: Box::new(move |texts| {
            view.opening = lead.map_or_else(String::new, |id| opening(cards, id, texts));
            Ok((view.value(), false))
        }),
    };
    let content = Content::DeferredView("home.html", deferred);
    PageView::of(cards, Page::Home, String::new(), content).described(&cards.site.config.description)
}

/// The beginning of an article's text; its excerpt where the text cannot be read, which the article's own page reports.
fn opening(cards: Cards<'_>, id: EntryId, texts: &TextSource<'_>) -> String {
    let shown = texts(cards.text_file(id)).map(|text| cards.shown(id, text.body));
    shown.map_or_else(|_| cards.summary(id).excerpt.clone(), |text| plain_text::summarize(&text, OPENING).excerpt)
}

fn article(cards: Cards<'_>, id: EntryId) -> PageView<'_> {
    let view = article::article(cards, id);
    let file = cards.text_file(id);
    let deferred = Deferred {
        inputs: Digest::of_all([Digest::of(&view), article::inputs(cards, id)]),
        texts: vec![file],
        make: Box::new(move |texts| {
            let text = texts(file).map_err(|error| unreadable(error, file))?;
            let (view, has_code) = article::with_text(cards, id, view, text);
            Ok((view.value(), has_code))
        }),
    };
    let title = cards.site.catalog.entries[id].front.title.clone();
    let content = Content::DeferredView("article.html", deferred);
    PageView::of(cards, Page::Article(id), title, content).described(&cards.summary(id).excerpt)
}

fn plain(cards: Cards<'_>, at: usize) -> PageView<'_> {
    let (view, has_code) = article::plain(cards, at);
    let title = cards.site.plain_pages[at].title.clone();
    let mut page = PageView::new(cards, Page::Plain(at), "plain.html", title, view);
    page.frame.has_code = has_code;
    page
}

/// An article in another form.
fn alternate(cards: Cards<'_>, id: EntryId, form: TwinFormat) -> PageView<'_> {
    let file = cards.text_file(id);
    let deferred = Deferred {
        inputs: Digest::of(&(article::inputs(cards, id), form.file())),
        texts: if alternates::contains_text(form) { vec![file] } else { Vec::new() },
        make: Box::new(move |texts| {
            alternates::alternate(cards, id, form, texts).map_err(|error| unreadable(error, file))
        }),
    };
    PageView::of(cards, Page::Alternate(id, form), String::new(), Content::DeferredText(deferred))
}

/// The diagnostic of a text that cannot be read.
fn unreadable(error: Error, file: &str) -> Diagnostic {
    let unread = || Diagnostic::new(Code::Unreadable, message!("the article's text cannot be read")).in_file(file);
    error.diagnostics.into_iter().next().unwrap_or_else(unread)
}

fn theme_part(cards: Cards<'_>, theme: usize, part: usize) -> PageView<'_> {
    let defined = &cards.site.config.themes[theme];
    let title = cards.messages().part_title(&defined.name, part);
    PageView::new(cards, Page::Theme { theme, part }, "theme.html", title, themes::theme(cards, theme, part))
        .with_feed(cards.path(Page::Feed(Feed::Theme(theme), FeedFormat::Atom)))
        .described(&defined.description)
}

/// A part of a theme's articles in a year or a paper.
fn theme_scope(cards: Cards<'_>, theme: usize, scope: Scope, part: usize) -> PageView<'_> {
    let view = themes::theme_scope(cards, theme, scope, part);
    let narrowed = view.scope.as_ref().map_or("", |scope| &scope.name);
    let title = cards.messages().part_title(&format!("{} {narrowed}", cards.site.config.themes[theme].name), part);
    PageView::new(cards, Page::ThemeScope { theme, scope, part }, "theme.html", title, view)
}

fn feed_page(cards: Cards<'_>, feed: Feed, form: FeedFormat) -> PageView<'_> {
    let page = Page::Feed(feed, form);
    let (mut view, ids) = feeds::feed(cards, feed, form);
    let inputs = Digest::of(&view);
    let texts = ids.iter().filter(|&&id| feeds::contains_text(cards, id)).map(|&id| cards.text_file(id)).collect();
    let with_texts = move |source: &TextSource<'_>| {
        feeds::add_texts(cards, &mut view, &ids, source);
        view
    };
    match form {
        FeedFormat::Atom => {
            let deferred = Deferred { inputs, texts, make: Box::new(|source| Ok((with_texts(source).value(), false))) };
            PageView::of(cards, page, String::new(), Content::DeferredView("feed.xml", deferred))
        }
        FeedFormat::Json => {
            let language = cards.site.config.text_lang.tag();
            let make = Box::new(move |source: &TextSource<'_>| Ok(json_feed(&with_texts(source), language)));
            let content = Content::DeferredText(Deferred { inputs, texts, make });
            PageView::of(cards, page, String::new(), content)
        }
    }
}

/// A paper's own page, or one of its years.
fn paper_page(cards: Cards<'_>, paper: usize, year: Option<i16>) -> PageView<'_> {
    let page = year.map_or(Page::Paper(paper), |year| Page::PaperYear(paper, year));
    let view = papers::paper(cards, paper, year);
    let name = view.as_ref().map_or_else(String::new, |view| view.paper.name.clone());
    let title = year.map_or_else(|| name.clone(), |year| format!("{name} {}", cards.messages().year(year)));
    PageView::new(cards, page, "paper.html", title, view)
        .with_feed(cards.path(Page::Feed(Feed::Paper(paper), FeedFormat::Atom)))
}

/// All papers.
fn issues(cards: Cards<'_>, part: usize) -> PageView<'_> {
    let words = cards.messages();
    let title = words.part_title(words.text("issues"), part);
    PageView::new(cards, Page::Issues { part }, "issues.html", title, papers::issues(cards, part))
}

fn issue(cards: Cards<'_>, at: usize) -> PageView<'_> {
    let view = papers::issue(cards, at);
    let title = format!("{} {}", view.block.issue.paper, view.block.issue.date.text);
    PageView::new(cards, Page::Issue(at), "issue.html", title, view)
}

fn source_page(cards: Cards<'_>, at: usize) -> PageView<'_> {
    let mut view = source_page::source_page(cards, at);
    let issue = view.issue.as_ref().map(|issue| format!("{} {} ", issue.paper, issue.date.text));
    let title = format!("{}{}", issue.unwrap_or_default(), view.block.name);
    let (template, page) = ("source-page.html", Page::SourcePage(at));
    let Some(file) = source_page::file(cards, at) else {
        return PageView::new(cards, page, template, title, view);
    };
    let articles = source_page::articles_with_lines(cards, at);
    let has_facsimile = cards.site.facsimiles.contains_key(&at);
    let deferred = Deferred {
        inputs: Digest::of(&(&view, &articles, has_facsimile)),
        texts: vec![file],
        make: Box::new(move |texts| {
            if let Ok(text) = texts(file) {
                let places = text.places.filter(|_| has_facsimile);
                view.facsimile = places.map(|places| facsimile(&places, &articles, |file| cards.site.beside(at, file)));
                view.text = Some(source_page::source_text(file, text.body, articles));
            }
            Ok((view.value(), false))
        }),
    };
    PageView::of(cards, page, title, Content::DeferredView(template, deferred))
}
