//! The pages of text: articles and plain pages.

use crate::catalog::entry::EntryId;
use crate::config::republish::Extent;
use crate::content::plain_text;
use crate::render::formats::alternates::metadata_digest;
use crate::render::formats::bibtex::bibtex;
use crate::render::formats::citation::{Reference, citation};
use crate::render::formats::json_ld::json_ld;
use crate::render::formats::ris::ris;
use crate::render::markdown::html::RenderedMarkdown;
use crate::render::markdown::links::{page_body, page_body_and_plain};
use crate::render::pages::evidence::theme_evidence;
use crate::render::pages::figures::of_article;
use crate::render::pages::places::short_link;
use crate::render::pages::source_page::sources;
use crate::render::views::cards::Cards;
use crate::render::views::pages::{AlternatePaths, ArticleView, PlainView, ReferenceView, Subhead, ThemeEvidence};
use crate::render::views::shared::{Card, Link};
use crate::site::page::{AlternateFormat, Page};

/// Relatives that an article names.
const RELATED: usize = 4;
/// Articles of its page that an article names.
const ON_PAGE: usize = 8;

/// The view of an article, and whether its text holds code. `text` is all of its text, of which the page shows what may be
/// shown. A field that is dear to make is made where a template names it.
pub(crate) fn article(cards: Cards<'_>, id: EntryId, text: String) -> (ArticleView, bool) {
    let catalog = &cards.site.catalog;
    let front = &catalog.entries[id].front;
    let (html, evidence) = body_and_evidence(cards, id, text);
    let page = catalog.issues.page_of(id);
    let neighbours = catalog.neighbours(id);
    let view = ArticleView {
        article: cards.card(id),
        body: html.html,
        excerpt_only: cards.site.extent(id) == Extent::Excerpt,
        subheads: (html.headings.into_iter().filter(|heading| heading.level == 2))
            .map(|heading| Subhead { id: heading.id, text: heading.text })
            .collect(),
        issue: if_used(cards, "issue", || catalog.issues.issue_of(id).map(|issue| cards.issue(issue))),
        source_page: if_used(cards, "source_page", || page.map(|page| cards.source_page_link(page))),
        sources: if_used(cards, "sources", || sources(cards, id)),
        evidence,
        citation: match cards.for_keys() {
            true => metadata_digest(cards, id).to_string(),
            false => if_used(cards, "citation", || citation(front)),
        },
        reference: of_told(cards, "quote", || reference_view(cards, id)),
        alternates: of_told(cards, "twins", || alternate_paths(cards, id)),
        json_ld: of_told(cards, "json_ld", || article_json_ld(cards, id)),
        newer: neighbours.newer.map(|id| cards.card(id)),
        older: neighbours.older.map(|id| cards.card(id)),
        figures: of_told(cards, "figures", || of_article(cards, id)),
        places: if_used(cards, "places", || places(cards, id)),
        column: if_used(cards, "column", || front.column.as_deref().and_then(|name| column_link(cards, name))),
        related: if_used(cards, "related", || cards.cards(&catalog.related(id, RELATED))),
        on_page: if_used(cards, "on_page", || on_page(cards, id)),
    };
    (view, html.has_code)
}

/// The text as the page shows it, and why the article is filed where it is, both out of one reading where they can be.
fn body_and_evidence(cards: Cards<'_>, id: EntryId, text: String) -> (RenderedMarkdown, Vec<ThemeEvidence>) {
    let (page, file) = (Page::Article(id), &cards.site.catalog.entries[id].file);
    if cards.for_keys() {
        // what stands for a text stands for all that is made of it
        return (RenderedMarkdown { html: cards.shown(id, text), ..RenderedMarkdown::default() }, Vec::new());
    }
    match (cards.uses_field("filing"), cards.site.extent(id)) {
        (true, Extent::Full) => {
            let (html, plain) = page_body_and_plain(cards, page, file, &text);
            (html, theme_evidence(cards, id, &plain))
        }
        (is_used, _) => {
            let evidence = if is_used { theme_evidence(cards, id, &plain_text::plain_text(&text)) } else { Vec::new() };
            (page_body(cards, page, file, &cards.shown(id, text)), evidence)
        }
    }
}

/// A field of the view, where a template names it.
fn if_used<T: Default>(cards: Cards<'_>, field: &str, make: impl FnOnce() -> T) -> T {
    if cards.uses_field(field) { make() } else { T::default() }
}

/// A field that is made of the text, or says in another form what [`told`] stands for, so that a key need not hold it.
fn of_told<T: Default>(cards: Cards<'_>, field: &str, make: impl FnOnce() -> T) -> T {
    if cards.for_keys() { T::default() } else { if_used(cards, field, make) }
}

fn places(cards: Cards<'_>, id: EntryId) -> Vec<Link> {
    cards.site.catalog.entries[id].places.iter().filter_map(|&place| short_link(cards, place)).collect()
}

/// The other articles of its source page.
fn on_page(cards: Cards<'_>, id: EntryId) -> Vec<Card> {
    let issues = &cards.site.catalog.issues;
    let beside = issues.page_of(id).map(|page| issues.pages[page].articles.as_slice()).unwrap_or_default();
    cards.cards(beside.iter().filter(|&&other| other != id).take(ON_PAGE))
}

fn column_link(cards: Cards<'_>, name: &str) -> Option<Link> {
    let column = cards.site.catalog.column(name)?;
    let count = cards.site.catalog.columns[column].articles.len();
    Some(cards.link(Page::Column { column, part: 1 }, name.trim(), count))
}

fn reference_view(cards: Cards<'_>, id: EntryId) -> ReferenceView {
    let reference = Reference::of(cards.site, id);
    ReferenceView {
        bibtex: bibtex(&reference),
        ris: ris(&reference, cards.site.config.text_lang),
        issue: reference.front.issue,
        key: reference.key,
    }
}

fn article_json_ld(cards: Cards<'_>, id: EntryId) -> String {
    let (site, catalog) = (cards.site, &cards.site.catalog);
    let themes = catalog.themes_of(id).into_iter().map(|theme| site.config.themes[theme].name.as_str());
    json_ld(
        &site.config,
        &catalog.entries[id],
        cards.summary(id),
        &Reference::of(site, id),
        &themes.collect::<Vec<_>>(),
    )
}

fn alternate_paths(cards: Cards<'_>, id: EntryId) -> Option<AlternatePaths> {
    let path = |format| cards.path(Page::Alternate(id, format));
    cards.site.config.twins.enabled.then(|| AlternatePaths {
        markdown: path(AlternateFormat::Markdown),
        json: path(AlternateFormat::Json),
        bibtex: path(AlternateFormat::BibTeX),
        ris: path(AlternateFormat::Ris),
    })
}

/// The view of a plain page, and whether its text holds code.
pub(crate) fn plain(cards: Cards<'_>, plain: usize) -> (PlainView, bool) {
    let page = &cards.site.plain_pages[plain];
    let html = page_body(cards, Page::Plain(plain), &page.file, &page.body);
    (PlainView { body: html.html }, html.has_code)
}
