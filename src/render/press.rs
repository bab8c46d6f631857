//! A page's view, its template, its bytes; or all pages, to a sink.

use crate::base::error::{Error, Result};
use crate::base::note::Note;
use crate::content::text;
use crate::library::entry::EntryId;
use crate::render::cards::Cards;
use crate::render::templates::Templates;
use crate::render::views::{Frame, NotFoundView};
use crate::render::{articles, feeds, lists, words};
use crate::site::address::path_of;
use crate::site::page::Page;
use crate::site::plan::Site;
use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Value};

/// Reads the body of an article again, by its file.
pub type Bodies<'a> = dyn Fn(&str) -> Result<String> + Sync + 'a;
/// Takes a rendered file: its path in the output, its bytes.
pub type Put<'a> = dyn Fn(&str, Vec<u8>) -> Result<()> + Sync + 'a;

/// A site and the templates that render it.
#[derive(Debug)]
pub struct Press<'a> {
    cards: Cards<'a>,
    templates: &'a Templates,
    /// what every page sees: `site` and `words`, shared and never copied
    shared: [(&'static str, Value); 2],
}

/// What one page shows.
struct Sheet {
    template: &'static str,
    kind: &'static str,
    title: String,
    description: String,
    feed: Option<String>,
    has_code: bool,
    context: Context,
}

impl<'a> Press<'a> {
    pub fn new(site: &'a Site, templates: &'a Templates) -> Self {
        let cards = Cards { site };
        let shared =
            [("site", Value::from_serializable(&cards.site())), ("words", Value::from_serializable(&words::words()))];
        Self { cards, templates, shared }
    }

    /// Renders every page of the site, several at once, each handed to `put` as soon as it is made.
    ///
    /// Returns the findings, each once, in the order of pages and without those that the templates told when they were
    /// loaded; the pages they hit are left out, all others are made.
    ///
    /// # Errors
    /// What `put` refuses stops the work.
    pub fn all(&self, bodies: &Bodies<'_>, put: &Put<'_>) -> Result<Vec<Note>> {
        let told: Vec<Option<Note>> = (self.cards.site.pages.par_iter())
            .map(|&page| match self.page(page, bodies) {
                Ok(bytes) => put(&self.cards.site.address(page).file(), bytes).map(|()| None),
                Err(note) => Ok(Some(note)),
            })
            .collect::<Result<_>>()?;
        let mut notes: Vec<Note> = Vec::new();
        for note in told.into_iter().flatten() {
            if !self.templates.has_told(&note) && !notes.contains(&note) {
                notes.push(note);
            }
        }
        Ok(notes)
    }

    /// Renders one page.
    ///
    /// # Errors
    /// A finding: in the template, or why the body cannot be read.
    pub fn page(&self, page: Page, bodies: &Bodies<'_>) -> std::result::Result<Vec<u8>, Note> {
        let mut sheet = self.sheet(page, bodies)?;
        let address = self.cards.site.address(page);
        let base_url = &self.cards.site.config.base_url;
        let frame = Frame {
            kind: sheet.kind,
            title: sheet.title,
            description: sheet.description,
            canonical: (!base_url.is_empty() && page != Page::NotFound).then(|| address.at(base_url)),
            feed: sheet.feed,
            has_code: sheet.has_code,
            path: address.to_string(),
        };
        // a server shows the page for what it does not find at any depth
        let root = if page == Page::NotFound { path_of(base_url).to_owned() } else { address.root() };
        sheet.context.insert("page", &frame);
        sheet.context.insert("root", &root);
        for (name, value) in &self.shared {
            sheet.context.insert_value(*name, value.clone());
        }
        let mut text = self.templates.render(sheet.template, &sheet.context)?;
        text.retain(can_stand_in_a_document);
        Ok(text.into_bytes())
    }

    fn sheet(&self, page: Page, bodies: &Bodies<'_>) -> std::result::Result<Sheet, Note> {
        let cards = self.cards;
        let library = &cards.site.library;
        let word = |name: &str| words::words().get(name).copied().unwrap_or_default().to_owned();
        Ok(match page {
            Page::Home => {
                let lead = lists::lead(cards);
                let opening = lead.map_or_else(String::new, |id| self.opening(id, bodies));
                Sheet::new("home.html", "home", String::new(), &lists::home(cards, lead, opening))
                    .described(&cards.site.config.description)
            }
            Page::Article(id) => {
                let entry = &library.entries[id];
                let body = bodies(&entry.file).map_err(|error| first_note(error, &entry.file))?;
                let (view, has_code) = articles::article(cards, id, &body);
                Sheet::new("article.html", "article", entry.front.title.clone(), &view)
                    .described(&entry.excerpt)
                    .with_code(has_code)
            }
            Page::Themes => Sheet::new("themes.html", "themes", word("themes"), &lists::themes(cards)),
            Page::Theme { theme, part } => {
                let defined = &cards.site.config.themes[theme];
                let title = match part {
                    1 => defined.name.clone(),
                    part => format!("{}（{part}）", defined.name),
                };
                Sheet::new("theme.html", "theme", title, &lists::theme(cards, theme, part))
                    .described(&defined.description)
                    .with_feed(cards.path(Page::ThemeFeed(theme)))
            }
            Page::Issues => Sheet::new("issues.html", "issues", word("issues"), &lists::issues(cards)),
            Page::Issue(issue) => {
                let view = lists::issue(cards, issue);
                let title = format!("{} {}", view.block.issue.paper, view.block.issue.date.text);
                Sheet::new("issue.html", "issue", title, &view)
            }
            Page::SourcePage(at) => {
                let view = lists::source_page(cards, at);
                let issue = view.issue.as_ref();
                let of = issue.map_or(String::new(), |issue| format!("{} {} ", issue.paper, issue.date.text));
                Sheet::new("source-page.html", "source-page", format!("{of}{}", view.block.name), &view)
            }
            Page::Archive => Sheet::new("archive.html", "archive", word("archive"), &lists::archive(cards)),
            Page::Year(year) => Sheet::new("year.html", "year", format!("{year}年"), &lists::year(cards, year)),
            Page::Month(year, month) => {
                let view = lists::month(cards, year, month);
                Sheet::new("month.html", "month", format!("{year}年{month}月"), &view)
            }
            Page::People => Sheet::new("people.html", "people", word("people"), &lists::people(cards)),
            Page::Person(person) => {
                let name = library.people[person].name.clone();
                Sheet::new("person.html", "person", name, &lists::person(cards, person))
            }
            Page::Plain(plain) => {
                let (view, has_code) = articles::plain(cards, plain);
                Sheet::new("plain.html", "plain", cards.site.plains[plain].title.clone(), &view).with_code(has_code)
            }
            Page::NotFound => Sheet::new("404.html", "not-found", word("not_found"), &NotFoundView {}),
            Page::Feed => Sheet::new("feed.xml", "feed", String::new(), &feeds::site_feed(cards)),
            Page::ThemeFeed(theme) => Sheet::new("feed.xml", "feed", String::new(), &feeds::theme_feed(cards, theme)),
            Page::Sitemap => Sheet::new("sitemap.xml", "sitemap", String::new(), &feeds::sitemap(cards)),
            Page::Robots => Sheet::new("robots.txt", "robots", String::new(), &feeds::robots(cards)),
        })
    }
}

/// Characters of the lead's text on the home page, about.
const OPENING: usize = 360;

impl Press<'_> {
    /// The beginning of an article's text; its excerpt where the text cannot be read, of which the article's own page tells.
    fn opening(&self, id: EntryId, bodies: &Bodies<'_>) -> String {
        let entry = &self.cards.site.library.entries[id];
        bodies(&entry.file).map_or_else(|_| entry.excerpt.clone(), |body| text::digest(&body, OPENING).excerpt)
    }
}

impl Sheet {
    fn new(template: &'static str, kind: &'static str, title: String, view: &impl Serialize) -> Self {
        let context = Context::from_serialize(view).expect("every view is a struct of plain fields");
        Self { template, kind, title, description: String::new(), feed: None, has_code: false, context }
    }

    fn described(self, description: &str) -> Self {
        Self { description: description.to_owned(), ..self }
    }

    fn with_feed(self, feed: String) -> Self {
        Self { feed: Some(feed), ..self }
    }

    fn with_code(self, has_code: bool) -> Self {
        Self { has_code, ..self }
    }
}

fn first_note(error: Error, file: &str) -> Note {
    let unread = || Note::error("unreadable", "the article's text cannot be read").in_file(file);
    error.notes.into_iter().next().unwrap_or_else(unread)
}

/// Control characters, which old encodings leave in a text, are no part of XML 1.0 (section 2.2) or HTML.
fn can_stand_in_a_document(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{B}'..='\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}')
}
