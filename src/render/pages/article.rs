//! The pages of articles and plain pages. Views: `ArticleView`, `PlainView`.

use crate::catalog::catalog::{Neighbours, Sequence};
use crate::catalog::entry::EntryId;
use crate::config::republish::Extent;
use crate::config::republish::TwinFormat;
use crate::content::article::{FileText, FrontMatter, Gaps};
use crate::content::plain_text;
use crate::render::formats::bibtex::bibtex;
use crate::render::formats::citation::{Reference, citation};
use crate::render::formats::json_ld::json_ld;
use crate::render::formats::ris::ris;
use crate::render::markdown::html::RenderedMarkdown;
use crate::render::markdown::links::{page_body, page_body_and_plain};
use crate::render::pages::byline::byline_parts;
use crate::render::pages::evidence::theme_evidence;
use crate::render::pages::figures::of_article;
use crate::render::pages::places::short_link;
use crate::render::pages::share_cards::share_image;
use crate::render::pages::source_page::{cited_page, sources};
use crate::render::views::cards::Cards;
use crate::render::views::common::{Card, Link, ThemeTag};
use crate::render::views::pages::{
    AlternatePaths, ArticleView, Correction, MissingParts, PlainView, ReferenceView, Subhead, ThemeEvidence, Turn,
};
use crate::site::body::extent;
use crate::site::page::Page;
use crate::site::site::Site;
use crate::util::digest::Digest;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// The most related articles listed.
const MAX_RELATED: usize = 4;
/// The most other articles of the source page listed.
const MAX_ON_PAGE: usize = 8;

/// The view of an article without what is made from its text or from its [`inputs`].
pub(crate) fn article(cards: Cards<'_>, id: EntryId) -> ArticleView {
    let catalog = &cards.site.catalog;
    let page = catalog.issues.page_of(id);
    let places = || catalog.entries[id].places.iter().filter_map(|&place| short_link(cards, place)).collect();
    ArticleView {
        article: cards.card(id),
        excerpt_only: extent(cards.site, id) == Extent::Excerpt,
        issue: if_used(cards, "issue", || catalog.issues.issue_of(id).map(|issue| cards.issue(issue))),
        source_page: if_used(cards, "source_page", || page.map(|page| cards.source_page_link(page))),
        sources: if_used(cards, "sources", || sources(cards, id)),
        missing: missing_parts(&catalog.entries[id].front),
        correction: correction(cards, &catalog.entries[id].front),
        turn: if_used(cards, "turn", || turn(cards, id)),
        places: if_used(cards, "places", places),
        column: if_used(cards, "column", || column_link(cards, catalog.entries[id].front.column.as_deref()?)),
        reprints: if_used(cards, "reprints", || reprints(cards, id)),
        related: if_used(cards, "related", || cards.cards(&catalog.related(id, MAX_RELATED))),
        on_page: if_used(cards, "on_page", || on_page(cards, id)),
        byline: Vec::new(),
        body: String::new(),
        subheads: Vec::new(),
        evidence: Vec::new(),
        citation: String::new(),
        reference: ReferenceView::default(),
        alternates: None,
        json_ld: String::new(),
        figures: Vec::new(),
    }
}

/// The other printings of an article's text.
fn reprints(cards: Cards<'_>, id: EntryId) -> Vec<Link> {
    let group = cards.site.catalog.reprints.group(id).iter().filter(|&&other| other != id);
    group.map(|&other| cards.link(Page::Article(other), cited_page(cards, other), 0)).collect()
}

/// The articles before and after this one; none of one that is alone in its list.
fn turn(cards: Cards<'_>, id: EntryId) -> Option<Turn> {
    let Neighbours { within, previous, next } = cards.site.catalog.neighbours(id)?;
    previous.or(next)?;
    let within = match within {
        Sequence::Theme(theme) => {
            let ThemeTag { name, path, count, .. } = cards.theme(theme);
            Link { name, path, count }
        }
        Sequence::SourcePage(page) => cards.source_page_link(page),
    };
    Some(Turn { within, previous: previous.map(|id| cards.card(id)), next: next.map(|id| cards.card(id)) })
}

/// What is missing of an article.
pub(crate) fn missing_parts(front: &FrontMatter) -> Option<MissingParts> {
    let Gaps { missing_before, missing_after, breaks_off } = front.gaps()?.clone();
    Some(MissingParts { before: missing_before, after: missing_after, breaks_off })
}

/// What was corrected of an article.
pub(crate) fn correction(cards: Cards<'_>, front: &FrontMatter) -> Option<Correction> {
    let text = front.correction().map(str::to_owned);
    let date = front.changed().filter(|&changed| front.date != Some(changed));
    (text.is_some() || date.is_some()).then(|| Correction { text, date: date.map(|date| cards.day(date)) })
}

/// The digest of what is known of an article itself, except its text and the settings.
pub(crate) fn inputs(cards: Cards<'_>, id: EntryId) -> Digest {
    let entry = &cards.site.catalog.entries[id];
    // the entry holds the summary of the text, so this has to count as reading the article
    Digest::of(&(cards.summary(id), entry, cards.path(Page::Article(id))))
}

/// The complete view of an article, of whose full `text` it shows what may be shown, and whether that contains highlighted code.
pub(crate) fn with_text(cards: Cards<'_>, id: EntryId, view: ArticleView, text: FileText) -> (ArticleView, bool) {
    let front = &cards.site.catalog.entries[id].front;
    let parts = || text.byline.as_deref().map(|byline| byline_parts(byline, &cards.authors(id)));
    let byline = if_used(cards, "byline", parts).unwrap_or_default();
    let (html, evidence) = body_and_evidence(cards, id, text.body);
    let subheads = html.headings.into_iter().filter(|heading| heading.level == 2);
    let view = ArticleView {
        byline,
        body: html.html,
        subheads: subheads.map(|heading| Subhead { id: heading.id, text: heading.text }).collect(),
        evidence,
        citation: if_used(cards, "citation", || citation(front)),
        reference: if_used(cards, "quote", || reference_view(cards, id)),
        alternates: if_used(cards, "twins", || alternate_paths(cards, id)),
        json_ld: if_used(cards, "json_ld", || article_json_ld(cards, id)),
        figures: if_used(cards, "figures", || of_article(cards, id)),
        ..view
    };
    (view, html.has_code)
}

/// The rendered text and the evidence of the article's themes, read in one pass if the full text is shown.
fn body_and_evidence(cards: Cards<'_>, id: EntryId, text: String) -> (RenderedMarkdown, Vec<ThemeEvidence>) {
    let (page, file) = (Page::Article(id), &cards.site.catalog.entries[id].file);
    match (cards.uses_field("filing"), extent(cards.site, id)) {
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

/// A field of the view if the template uses it, else its default.
fn if_used<T: Default>(cards: Cards<'_>, field: &str, make: impl FnOnce() -> T) -> T {
    if cards.uses_field(field) { make() } else { T::default() }
}

/// The other articles of its source page.
fn on_page(cards: Cards<'_>, id: EntryId) -> Vec<Card> {
    let issues = &cards.site.catalog.issues;
    let beside = issues.page_of(id).map(|page| issues.pages[page].articles.as_slice()).unwrap_or_default();
    cards.cards(beside.iter().filter(|&&other| other != id).take(MAX_ON_PAGE))
}

fn column_link(cards: Cards<'_>, name: &str) -> Option<Link> {
    let column = cards.site.catalog.column(name)?;
    let count = cards.site.catalog.columns[column].articles.len();
    Some(cards.link(Page::Column { column, part: 1 }, name.trim(), count))
}

fn reference_view(cards: Cards<'_>, id: EntryId) -> ReferenceView {
    let reference = Reference::of(cards.site, id);
    let (bibtex, ris) = (bibtex(&reference), ris(&reference, cards.site.config.text_lang));
    ReferenceView {
        bibtex_link: data_link("application/x-bibtex", &bibtex),
        ris_link: data_link("application/x-research-info-systems", &ris),
        bibtex,
        ris,
        issue: reference.front.issue,
        key: reference.key,
    }
}

/// An address that holds a file itself, so that it can be saved without one on the site.
fn data_link(media_type: &str, text: &str) -> String {
    format!("data:{media_type};charset=utf-8,{}", utf8_percent_encode(text, NON_ALPHANUMERIC))
}

fn article_json_ld(cards: Cards<'_>, id: EntryId) -> String {
    let Site { config, catalog, .. } = cards.site;
    let themes: Vec<&str> = (catalog.themes_of(id).iter()).map(|&theme| config.themes[theme].name.as_str()).collect();
    let image = share_image(cards, Page::Article(id)).map(|image| image.url);
    let reference = Reference::of(cards.site, id);
    json_ld(config, &catalog.entries[id], cards.summary(id), &reference, &themes, image.as_deref())
}

fn alternate_paths(cards: Cards<'_>, id: EntryId) -> Option<AlternatePaths> {
    let formats = &cards.site.config.twins.formats;
    let path = |format| formats.contains(&format).then(|| cards.path(Page::Alternate(id, format)));
    (!formats.is_empty()).then(|| AlternatePaths {
        markdown: path(TwinFormat::Markdown),
        json: path(TwinFormat::Json),
        bibtex: path(TwinFormat::BibTeX),
        ris: path(TwinFormat::Ris),
    })
}

/// The view of a plain page, and whether it contains highlighted code.
pub(crate) fn plain(cards: Cards<'_>, plain: usize) -> (PlainView, bool) {
    let page = &cards.site.plain_pages[plain];
    let html = page_body(cards, Page::Plain(plain), &page.file, &page.body);
    (PlainView { body: html.html }, html.has_code)
}
