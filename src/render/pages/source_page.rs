//! A source page as it was printed: its lines with their numbers, and which article each belongs to.
//!
//! 1. which file is it, and may its text be shown?
//! 2. read it again, and take its lines as import counts them
//! 3. mark the lines of each article that stands on it, or goes on on it
//!
//! A page has its text only while it is rendered. What is shown of it are the lines that hold something.

use crate::catalog::entry::EntryId;
use crate::config::republish::Extent;
use crate::content::article::PageLines;
use crate::diagnostics::source::Source;
use crate::import::input::parse::parse_input;
use crate::import::sidecar::ranges::Ranges;
use crate::render::views::cards::{Cards, HUES};
use crate::render::views::pages::SourceLocation;
use crate::render::views::papers::{ArticleOnPage, SourceLine, SourceText};
use crate::site::body::TextSource;
use crate::site::page::Page;
use std::ops::RangeInclusive;

/// The text of a source page; nothing where it may not be shown or is not there.
pub(crate) fn source_text(cards: Cards<'_>, page: usize, bodies: &TextSource<'_>) -> Option<SourceText> {
    let file = file(cards, page)?;
    let source = Source::new(file, bodies(file).ok()?);
    let standing = standing(cards, page);
    let class = |number: usize| {
        let holds = |ranges: &[RangeInclusive<usize>]| ranges.iter().any(|range| range.contains(&number));
        let marks = standing.iter().filter(|(_, ranges)| holds(ranges)).map(|(stand, _)| stand);
        marks.map(|stand| format!("{} hue-{}", stand.mark, stand.hue)).collect::<Vec<_>>().join(" ")
    };
    let lines = parse_input(&source).page.lines.into_iter();
    let lines =
        lines.map(|line| SourceLine { number: line.number, class: class(line.number), text: line.text }).collect();
    Some(SourceText { lines, articles: standing.into_iter().map(|(stand, _)| stand).collect() })
}

/// The file of a page whose text is shown.
pub(crate) fn file<'a>(cards: Cards<'a>, page: usize) -> Option<&'a str> {
    let site = cards.site;
    let shelf = &site.catalog.issues.pages[page];
    let in_full = |id: &EntryId| site.extent(*id) == Extent::Full;
    let may_be_shown = site.config.source.show && on_page(cards, page).iter().all(in_full);
    let name = shelf.file.as_deref().filter(|_| may_be_shown)?;
    shelf.articles.iter().find_map(|&id| site.origins.file(&site.catalog.entries[id].file, name))
}

/// The articles of a page, and after them those of its issue that go on on it.
fn on_page(cards: Cards<'_>, page: usize) -> Vec<EntryId> {
    let catalog = &cards.site.catalog;
    let shelf = &catalog.issues.pages[page];
    let name = shelf.file.as_deref().unwrap_or_default();
    let goes_on = |id: &EntryId| {
        let source = catalog.entries[*id].front.source.as_ref();
        !shelf.articles.contains(id) && source.is_some_and(|source| source.more.iter().any(|more| more.page == name))
    };
    let issue = shelf.issue.into_iter().flat_map(|issue| catalog.issues.articles(issue));
    shelf.articles.iter().copied().chain(issue.filter(goes_on)).collect()
}

/// Each article of a page with the lines on which it stands, in the order of its text.
fn standing(cards: Cards<'_>, page: usize) -> Vec<(ArticleOnPage, Vec<RangeInclusive<usize>>)> {
    let name = cards.site.catalog.issues.pages[page].file.as_deref().unwrap_or_default();
    let mut standing = Vec::new();
    for id in on_page(cards, page) {
        let front = &cards.site.catalog.entries[id].front;
        let written = front.source.as_ref().map(|source| lines_on(source, name)).unwrap_or_default();
        let ranges = written.iter().filter_map(|lines| Ranges::parse(lines).ok()).flat_map(|ranges| ranges.0);
        let ranges: Vec<RangeInclusive<usize>> = ranges.collect();
        let Some(first) = ranges.iter().map(|range| *range.start()).min() else { continue };
        let stand = ArticleOnPage {
            mark: format!("a{}", standing.len() + 1),
            hue: standing.len() % HUES + 1,
            title: front.title.clone(),
            path: cards.path(Page::Article(id)),
            first,
            lines: written.join(", "),
        };
        standing.push((stand, ranges));
    }
    standing
}

/// The lines of an article on the page of a name, as they are written.
fn lines_on<'a>(source: &'a PageLines, name: &str) -> Vec<&'a str> {
    let first = (source.page == name).then_some(source.lines.as_str());
    let more = source.more.iter().filter(|more| more.page == name).map(|more| more.lines.as_str());
    first.into_iter().chain(more).filter(|lines| !lines.is_empty()).collect()
}

/// Where an article was read, part by part, each with the way to its lines where the text of their page is shown.
pub(crate) fn sources(cards: Cards<'_>, id: EntryId) -> Vec<SourceLocation> {
    let catalog = &cards.site.catalog;
    let Some(source) = &catalog.entries[id].front.source else { return Vec::new() };
    let first = std::iter::once((&source.page, &source.lines, catalog.issues.page_of(id)));
    let more = source.more.iter().map(|more| (&more.page, &more.lines, page_of_issue(cards, id, &more.page)));
    let view = |(file, lines, page): (&String, &String, Option<usize>)| SourceLocation {
        file: file.clone(),
        lines: lines.clone(),
        page: page.map(|page| cards.source_page_link(page)),
        path: page.and_then(|page| path_of_lines(cards, page, lines)),
    };
    first.chain(more).map(view).collect()
}

/// The page of that file in an article's issue.
fn page_of_issue(cards: Cards<'_>, id: EntryId, name: &str) -> Option<usize> {
    let issues = &cards.site.catalog.issues;
    let mut pages = issues.issues[issues.issue_of(id)?].pages.clone();
    pages.find(|&page| issues.pages[page].file.as_deref() == Some(name))
}

fn path_of_lines(cards: Cards<'_>, page: usize, lines: &str) -> Option<String> {
    file(cards, page)?;
    let first = Ranges::parse(lines).ok()?.0.iter().map(|range| *range.start()).min()?;
    Some(format!("{}#L{first}", cards.path(Page::SourcePage(page))))
}
