//! The pages of text: articles and plain pages.

use crate::library::entry::EntryId;
use crate::render::bibtex::bibtex;
use crate::render::cards::Cards;
use crate::render::cite::{Reference, citation};
use crate::render::html::{Html, html};
use crate::render::linked::json_ld;
use crate::render::printed::sources;
use crate::render::ris::ris;
use crate::render::views::{ArticleView, FilingView, PlainView, QuoteView, Subhead, TwinPaths};
use crate::site::page::{Page, Twin};

/// Relatives that an article names.
const RELATED: usize = 4;
/// Articles of its page that an article names.
const ON_PAGE: usize = 8;

/// The view of an article, filed as told, and whether its text holds code.
pub fn article(cards: Cards<'_>, id: EntryId, body: &str, filing: Vec<FilingView>) -> (ArticleView, bool) {
    let library = &cards.site.library;
    let front = &library.entries[id].front;
    let html = rendered(cards, Page::Article(id), &library.entries[id].file, body);
    let page = library.issues.page_of(id);
    let neighbours = library.neighbours(id);
    let beside = page.map(|page| library.issues.pages[page].articles.as_slice()).unwrap_or_default();
    let view = ArticleView {
        article: cards.card(id),
        body: html.html,
        subheads: (html.headings.into_iter().filter(|heading| heading.level == 2))
            .map(|heading| Subhead { id: heading.id, text: heading.text })
            .collect(),
        issue: library.issues.issue_of(id).map(|issue| cards.issue(issue)),
        source_page: page.map(|page| cards.source_page_link(page)),
        sources: sources(cards, id),
        filing,
        citation: citation(front),
        quote: quote(cards, id),
        twins: twins(cards, id),
        json_ld: linked(cards, id),
        newer: neighbours.newer.map(|id| cards.card(id)),
        older: neighbours.older.map(|id| cards.card(id)),
        related: match cards.wants("related") {
            true => cards.cards(&library.related(id, RELATED)),
            false => Vec::new(),
        },
        on_page: match cards.wants("on_page") {
            true => cards.cards(beside.iter().filter(|&&other| other != id).take(ON_PAGE)),
            false => Vec::new(),
        },
    };
    (view, html.has_code)
}

fn quote(cards: Cards<'_>, id: EntryId) -> QuoteView {
    let reference = Reference::of(cards.site, id);
    QuoteView {
        bibtex: bibtex(&reference),
        ris: ris(&reference, cards.site.config.text_lang),
        issue: reference.front.issue,
        key: reference.key,
    }
}

fn linked(cards: Cards<'_>, id: EntryId) -> String {
    let (site, library) = (cards.site, &cards.site.library);
    let themes = library.themes_of(id).into_iter().map(|theme| site.config.themes[theme].name.as_str());
    json_ld(&site.config, &library.entries[id], &Reference::of(site, id), &themes.collect::<Vec<_>>())
}

fn twins(cards: Cards<'_>, id: EntryId) -> Option<TwinPaths> {
    let path = |twin| cards.path(Page::Twin(id, twin));
    cards.site.config.twins.enabled.then(|| TwinPaths {
        markdown: path(Twin::Markdown),
        json: path(Twin::Json),
        bibtex: path(Twin::BibTeX),
        ris: path(Twin::Ris),
    })
}

/// The view of a plain page, and whether its text holds code.
pub fn plain(cards: Cards<'_>, plain: usize) -> (PlainView, bool) {
    let page = &cards.site.plains[plain];
    let html = rendered(cards, Page::Plain(plain), &page.file, &page.body);
    (PlainView { body: html.html }, html.has_code)
}

/// A body as HTML; links to Markdown files, written as seen from `file`, lead to their pages.
fn rendered(cards: Cards<'_>, page: Page, file: &str, body: &str) -> Html {
    let root = cards.site.address(page).root();
    html(body, cards.words(), &|target: &str| {
        let page = cards.site.page_of_file(&from(file, target))?;
        Some(format!("{root}{}", cards.site.address(page)))
    })
}

/// A path as seen from a file, below the site's root: `../about.md` in `content/articles/a.md` is `content/about.md`. One
/// that begins with a slash is seen from the root.
fn from(file: &str, target: &str) -> String {
    let mut parts: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => file.split('/').collect(),
    };
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_seen_from_its_file() {
        let file = "content/articles/2025-02-05/p1-01.md";
        assert_eq!(from(file, "p1-02.md"), "content/articles/2025-02-05/p1-02.md");
        assert_eq!(from(file, "../../about.md"), "content/about.md");
        assert_eq!(from(file, "/content/about.md"), "content/about.md");
        assert_eq!(from(file, "../../../../../x.md"), "x.md");
    }
}
