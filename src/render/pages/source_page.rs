//! The pages of source pages. View: `SourcePageView`; its text, with the articles that the lines belong to, is `SourceText`.
//!
//! 1. Find the file of the page, if its text may be shown.
//! 2. Split its text into lines as import does.
//! 3. Mark the lines of each article that begins or continues on the page.

use crate::catalog::entry::EntryId;
use crate::config::republish::Extent;
use crate::content::article::PageLines;
use crate::diagnostics::source::Source;
use crate::import::input::parse::parse_input;
use crate::import::page::lines::Line;
use crate::import::sidecar::ranges::Ranges;
use crate::render::charts::miniature::Share;
use crate::render::views::cards::{Cards, HUES};
use crate::render::views::pages::SourceLocation;
use crate::render::views::papers::{ArticleOnPage, SourceLine, SourcePageView, SourceText};
use crate::site::body::extent;
use crate::site::page::Page;
use std::ops::RangeInclusive;

/// The view of a source page without its text.
pub(crate) fn source_page(cards: Cards<'_>, at: usize) -> SourcePageView {
    let issues = &cards.site.catalog.issues;
    let issue = issues.pages[at].issue;
    let pages = issue.map(|issue| issues.issues[issue].pages.clone()).unwrap_or_default();
    let beside = |at: Option<usize>| at.filter(|at| pages.contains(at)).map(|at| cards.source_page_link(at));
    SourcePageView {
        text: None,
        facsimile: None,
        block: cards.source_page(at),
        issue: issue.map(|issue| cards.issue(issue)),
        previous: beside(at.checked_sub(1)),
        next: beside(Some(at + 1)),
        pages: pages.map(|page| cards.source_page_link(page)).collect(),
    }
}

/// An article on a page, and its line ranges there.
pub(crate) type LinesOfArticle = (ArticleOnPage, Vec<RangeInclusive<usize>>);

/// The text of a source page with the lines of its `articles`.
pub(crate) fn source_text(file: &str, text: String, articles: Vec<LinesOfArticle>) -> SourceText {
    let class = |number: usize| {
        let on_line = articles.iter().filter(|(_, ranges)| ranges.iter().any(|range| range.contains(&number)));
        let marks = on_line.map(|(article, _)| format!("{} hue-{}", article.mark, article.hue));
        let is_first = articles.iter().any(|(article, _)| article.first == number);
        marks.chain(is_first.then(|| "first".to_owned())).collect::<Vec<_>>().join(" ")
    };
    let lines = parse_input(&Source::new(file, text), None).page.lines.into_iter();
    let line = |Line { number, text, .. }| SourceLine { number, class: class(number), text };
    SourceText {
        lines: lines.map(line).collect(),
        articles: articles.into_iter().map(|(article, _)| article).collect(),
    }
}

/// The file of a page; none if its text is not shown.
pub(crate) fn file<'a>(cards: Cards<'a>, page: usize) -> Option<&'a str> {
    let site = cards.site;
    let indexed = &site.catalog.issues.pages[page];
    let in_full = |id: &EntryId| extent(site, *id) == Extent::Full;
    let may_be_shown = site.config.source.show && on_page(cards, page).iter().all(in_full);
    let name = indexed.file.as_deref().filter(|_| may_be_shown)?;
    indexed.articles.iter().find_map(|&id| site.source_files.file(&site.catalog.entries[id].file, name))
}

/// The articles that begin on a page, then those of its issue that continue on it.
fn on_page(cards: Cards<'_>, page: usize) -> Vec<EntryId> {
    let catalog = &cards.site.catalog;
    let indexed = &catalog.issues.pages[page];
    let name = indexed.file.as_deref().unwrap_or_default();
    let continues = |id: &EntryId| {
        let source = catalog.entries[*id].front.source.as_ref();
        !indexed.articles.contains(id) && source.is_some_and(|source| source.more.iter().any(|more| more.page == name))
    };
    let issue = indexed.issue.into_iter().flat_map(|issue| catalog.issues.articles(issue));
    indexed.articles.iter().copied().chain(issue.filter(continues)).collect()
}

/// The articles of a page with their line ranges, in the order of their texts.
pub(crate) fn articles_with_lines(cards: Cards<'_>, page: usize) -> Vec<LinesOfArticle> {
    let name = cards.site.catalog.issues.pages[page].file.as_deref().unwrap_or_default();
    let mut articles = Vec::new();
    for id in on_page(cards, page) {
        let front = &cards.site.catalog.entries[id].front;
        let written = front.source.as_ref().map(|source| lines_on(source, name)).unwrap_or_default();
        let ranges: Vec<_> =
            written.iter().filter_map(|it| Ranges::parse(it).ok()).flat_map(|ranges| ranges.0).collect();
        let Some(first) = ranges.iter().map(|range| *range.start()).min() else { continue };
        let article = ArticleOnPage {
            mark: format!("a{}", articles.len() + 1),
            hue: articles.len() % HUES + 1,
            title: front.title.clone(),
            path: cards.path(Page::Article(id)),
            first,
            lines: written.join(", "),
        };
        articles.push((article, ranges));
    }
    articles
}

/// The colours of a page's articles and how much text of each is on the page, in the order of the page. Of an article that goes on
/// elsewhere, it is the part of its text that its lines on this page are of all its lines.
pub(crate) fn shares(cards: Cards<'_>, page: usize) -> Vec<Share> {
    let catalog = &cards.site.catalog;
    let name = catalog.issues.pages[page].file.as_deref().unwrap_or_default();
    let share = |id: EntryId| {
        let source = catalog.entries[id].front.source.as_ref()?;
        let ranges = |lines: &str| Ranges::parse(lines).map(|ranges| ranges.0).unwrap_or_default();
        let here: Vec<_> = lines_on(source, name).into_iter().flat_map(ranges).collect();
        let first = here.iter().map(|range| *range.start()).min()?;
        let all = [&source.lines].into_iter().chain(source.more.iter().map(|more| &more.lines));
        let count = |range: RangeInclusive<usize>| range.end() - range.start() + 1;
        let of_all: usize = all.flat_map(|lines| ranges(lines)).map(count).sum();
        let on_page: usize = here.into_iter().map(count).sum();
        let text = cards.summary(id).word_count.total().max(1) * on_page / of_all.max(1);
        let hue = catalog.themes_of(id).first().map(|theme| theme % HUES + 1);
        Some((first, (hue, text)))
    };
    let mut shares: Vec<(usize, Share)> = on_page(cards, page).into_iter().filter_map(share).collect();
    shares.sort_by_key(|&(first, _)| first);
    shares.into_iter().map(|(_, share)| share).collect()
}

/// The line ranges of an article on the page with this file name, as its front matter has them.
fn lines_on<'a>(source: &'a PageLines, name: &str) -> Vec<&'a str> {
    let first = (source.page == name).then_some(source.lines.as_str());
    let more = source.more.iter().filter(|more| more.page == name).map(|more| more.lines.as_str());
    first.into_iter().chain(more).filter(|lines| !lines.is_empty()).collect()
}

/// The source pages of an article in the order of its text, with links to its lines if the text of the page is shown.
pub(crate) fn sources(cards: Cards<'_>, id: EntryId) -> Vec<SourceLocation> {
    let catalog = &cards.site.catalog;
    let Some(source) = &catalog.entries[id].front.source else { return Vec::new() };
    let first = std::iter::once((cited_page(cards, id), &source.lines, catalog.issues.page_of(id)));
    let more = source.more.iter().map(|more| {
        let page = page_of_issue(cards, id, &more.page);
        let name = page.map(|page| cards.source_page_link(page).name);
        (name.unwrap_or_else(|| cards.messages().text("another_page").to_owned()), &more.lines, page)
    });
    let view = |(name, lines, page): (String, &String, Option<usize>)| SourceLocation {
        name,
        lines: lines.clone(),
        page: page.map(|page| cards.source_page_link(page)),
        path: page.and_then(|page| path_of_lines(cards, page, 'L', lines)),
        facsimile: page
            .filter(|page| cards.site.facsimiles.contains_key(page))
            .and_then(|page| path_of_lines(cards, page, 'P', lines)),
    };
    first.chain(more).map(view).collect()
}

/// The page that an article begins on, as it is cited: its paper, its day and its name, as far as they are known.
pub(crate) fn cited_page(cards: Cards<'_>, id: EntryId) -> String {
    let front = &cards.site.catalog.entries[id].front;
    let page = cards.site.catalog.issues.page_of(id).map(|page| cards.source_page_link(page).name);
    let parts = [front.paper.clone(), front.date.map(|date| cards.day(date).text), page];
    parts.into_iter().flatten().collect::<Vec<_>>().join(cards.messages().text("citation_gap"))
}

/// The page with this file name in the issue of an article.
fn page_of_issue(cards: Cards<'_>, id: EntryId, name: &str) -> Option<usize> {
    let issues = &cards.site.catalog.issues;
    let mut pages = issues.issues[issues.issue_of(id)?].pages.clone();
    pages.find(|&page| issues.pages[page].file.as_deref() == Some(name))
}

/// The path of what a page shows of lines: their text, `L`, or their area on its picture, `P`.
fn path_of_lines(cards: Cards<'_>, page: usize, kind: char, lines: &str) -> Option<String> {
    file(cards, page)?;
    let first = Ranges::parse(lines).ok()?.0.iter().map(|range| *range.start()).min()?;
    Some(format!("{}#{kind}{first}", cards.path(Page::SourcePage(page))))
}
