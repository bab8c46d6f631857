//! The pages of text: articles and plain pages.

use crate::library::entry::EntryId;
use crate::render::cards::Cards;
use crate::render::cite::citation;
use crate::render::html::{Html, html};
use crate::render::views::{ArticleView, PlainView, SourceView};
use crate::site::address::Address;
use crate::site::page::Page;

/// Relatives that an article names.
const RELATED: usize = 4;
/// Articles of its page that an article names.
const ON_PAGE: usize = 8;

/// The view of an article, and whether its text holds code.
pub fn article(cards: Cards<'_>, id: EntryId, body: &str) -> (ArticleView, bool) {
    let library = &cards.site.library;
    let front = &library.entries[id].front;
    let html = rendered(cards, &cards.site.address(Page::Article(id)), body);
    let page = library.issues.page_of(id);
    let neighbours = library.neighbours(id);
    let beside = page.map(|page| library.issues.pages[page].articles.as_slice()).unwrap_or_default();
    let view = ArticleView {
        article: cards.card(id),
        body: html.html,
        issue: library.issues.issue_of(id).map(|issue| cards.issue(issue)),
        source_page: page.map(|page| cards.source_page_link(page)),
        source: front
            .source
            .as_ref()
            .map(|source| SourceView { file: source.page.clone(), lines: source.lines.clone() }),
        citation: citation(front),
        newer: neighbours.newer.map(|id| cards.card(id)),
        older: neighbours.older.map(|id| cards.card(id)),
        related: cards.cards(&library.related(id, RELATED)),
        on_page: cards.cards(beside.iter().filter(|&&other| other != id).take(ON_PAGE)),
    };
    (view, html.has_code)
}

/// The view of a plain page, and whether its text holds code.
pub fn plain(cards: Cards<'_>, plain: usize) -> (PlainView, bool) {
    let html = rendered(cards, &cards.site.address(Page::Plain(plain)), &cards.site.plains[plain].body);
    (PlainView { body: html.html }, html.has_code)
}

/// A body as HTML. Links from the site's root (`/about/`) are written from the page, so that they work below any path.
fn rendered(_cards: Cards<'_>, address: &Address, body: &str) -> Html {
    let root = address.root();
    html(body, &|target: &str| {
        let below = target.strip_prefix('/').filter(|below| !below.starts_with('/'))?;
        Some(format!("{root}{below}"))
    })
}
