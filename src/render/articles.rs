//! The pages of text: articles and plain pages.

use crate::library::entry::EntryId;
use crate::render::cards::Cards;
use crate::render::cite::citation;
use crate::render::html::{Html, html};
use crate::render::views::{ArticleView, PlainView, SourceView, Subhead};
use crate::site::page::Page;

/// Relatives that an article names.
const RELATED: usize = 4;
/// Articles of its page that an article names.
const ON_PAGE: usize = 8;

/// The view of an article, and whether its text holds code.
pub fn article(cards: Cards<'_>, id: EntryId, body: &str) -> (ArticleView, bool) {
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
