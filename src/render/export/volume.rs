//! The views of a book and of its articles, which an EPUB and a print have in common.

use crate::catalog::entry::EntryId;
use crate::config::republish::Extent;
use crate::diagnostics::error::Result;
use crate::render::export::sections::sections;
use crate::render::export::selection::{Order, Selection};
use crate::render::export::xhtml::{Place, well_formed};
use crate::render::formats::citation::{Reference, citation};
use crate::render::formats::feeds::uuid;
use crate::render::markdown::links::body_elsewhere;
use crate::render::pages::article::{correction, missing_parts};
use crate::render::pages::source_page::cited_page;
use crate::render::views::books::{BookArticleView, BookEntry, BookPage, BookSection, BookView};
use crate::render::views::cards::Cards;
use crate::site::body::{TextSource, extent};
use crate::site::page::Page;
use std::collections::{BTreeSet, HashMap};

/// Chosen articles as a book: its lists, without the texts.
pub(crate) struct Volume<'a> {
    pub(crate) cards: Cards<'a>,
    pub(crate) view: BookView,
    /// in their order
    articles: Vec<EntryId>,
    /// article → its position in `articles`
    positions: HashMap<EntryId, usize>,
}

/// How the articles of a book stand in its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// each in a file of its own
    Chapters,
    /// all in one file
    OneFile,
}

impl Layout {
    /// The address of an article from another one.
    fn address(self, id: &str) -> String {
        match self {
            Self::Chapters => format!("{id}.xhtml"),
            Self::OneFile => format!("#{id}"),
        }
    }
}

impl<'a> Volume<'a> {
    pub(crate) fn new(cards: Cards<'a>, selection: &Selection) -> Self {
        let sections = sections(cards, &selection.articles(cards, Order::Reading));
        let articles: Vec<EntryId> = sections.iter().flat_map(|(_, ids)| ids).copied().collect();
        let positions = articles.iter().enumerate().map(|(at, &id)| (id, at)).collect();
        let view = book(cards, selection, sections, &articles);
        Self { cards, view, articles, positions }
    }

    /// The number of its articles.
    pub(crate) fn len(&self) -> usize {
        self.articles.len()
    }

    /// The article at a position, with the part of its text that may be shown.
    ///
    /// # Errors
    /// Those of `texts`.
    pub(crate) fn article(&self, at: usize, layout: Layout, texts: &TextSource<'_>) -> Result<BookArticleView> {
        let (cards, id) = (self.cards, self.articles[at]);
        let front = &cards.site.catalog.entries[id].front;
        let entry = entry(cards, at, id);
        let section = self.view.sections.iter().find(|section| section.articles[0].number == entry.number);
        let page = self.view.pages.iter().find(|page| page.article == entry.id).cloned();
        let printed = texts(cards.text_file(id))?.byline;
        Ok(BookArticleView {
            section: section.filter(|_| self.view.sections.len() > 1).map(|section| section.name.clone()),
            page,
            column: front.column.clone(),
            kicker: front.kicker.clone(),
            subtitle: front.subtitle.clone(),
            title_inferred: front.title_inferred,
            byline: printed.unwrap_or_else(|| front.authors.join(cards.messages().text("gap"))),
            body: self.body(id, &entry.id, layout, &cards.body(id, texts)?),
            excerpt_only: extent(cards.site, id) == Extent::Excerpt,
            missing: missing_parts(front),
            correction: correction(cards, front),
            entry,
        })
    }

    fn body(&self, id: EntryId, name: &str, layout: Layout, text: &str) -> String {
        let part = |page: Page| match page {
            Page::Article(id) => self.positions.get(&id).map(|at| layout.address(&article_name(*at))),
            _ => None,
        };
        let html = body_elsewhere(self.cards, Page::Article(id), text, &part).html;
        let is_part = |address: &str| is_article(address, layout, self.articles.len());
        let (prefix, levels) = match layout {
            Layout::Chapters => (String::new(), 0),
            Layout::OneFile => (format!("{name}-"), 1),
        };
        let xml = well_formed(&html, Place { prefix: &prefix, levels, is_part: &is_part });
        match layout {
            Layout::Chapters => xml,
            // HTML ends no tag with a slash; in XML, nothing else holds these two characters
            Layout::OneFile => xml.replace("/>", ">"),
        }
    }
}

/// Whether an address leads to an article of a book of so many, as [`Layout::address`] writes it.
fn is_article(address: &str, layout: Layout, articles: usize) -> bool {
    let name = match layout {
        Layout::Chapters => address.strip_suffix(".xhtml"),
        Layout::OneFile => address.strip_prefix('#'),
    };
    let number = name.and_then(|name| name.strip_prefix('a')).and_then(|number| number.parse::<usize>().ok());
    number
        .is_some_and(|number| (1..=articles).contains(&number) && layout.address(&article_name(number - 1)) == address)
}

/// The name of the article at a position.
fn article_name(at: usize) -> String {
    format!("a{}", at + 1)
}

fn entry(cards: Cards<'_>, at: usize, id: EntryId) -> BookEntry {
    let front = &cards.site.catalog.entries[id].front;
    BookEntry {
        number: at + 1,
        id: article_name(at),
        title: front.title.clone(),
        source: cited_page(cards, id),
        citation: citation(front),
        url: Reference::of(cards.site, id).url,
    }
}

fn book(cards: Cards<'_>, selection: &Selection, sections: Vec<(String, Vec<EntryId>)>, all: &[EntryId]) -> BookView {
    let entries = &cards.site.catalog.entries;
    let dates = || all.iter().filter_map(|&id| entries[id].front.date);
    let changed = all.iter().filter_map(|&id| entries[id].front.changed()).max();
    let papers: BTreeSet<&str> = all.iter().filter_map(|&id| entries[id].front.paper.as_deref()).collect();
    let title = selection.title(cards);
    let lines: Vec<String> = title.into_iter().filter(|line| !line.is_empty()).collect();
    let title = lines.join(cards.messages().text("citation_gap"));
    let mut numbers = 0..;
    let mut numbered =
        |ids: Vec<EntryId>| ids.into_iter().zip(&mut numbers).map(|(id, at)| entry(cards, at, id)).collect();
    BookView {
        identifier: uuid(&["book", &cards.site.config.title, &cards.site.config.base_url, &selection.file_name(cards)]),
        modified: format!("{}T00:00:00Z", changed.map_or_else(|| "1970-01-01".to_owned(), |day| day.to_string())),
        since: dates().min().map(|date| cards.day(date)),
        until: dates().max().map(|date| cards.day(date)),
        papers: papers.into_iter().map(str::to_owned).collect(),
        articles: all.len(),
        pages: if selection.issue.is_some() { pages(cards, all) } else { Vec::new() },
        sections: sections.into_iter().map(|(name, ids)| BookSection { name, articles: numbered(ids) }).collect(),
        title_lines: lines,
        running_head: css_string(&title),
        title,
    }
}

/// A text as a string of CSS: what is no letter or digit is written as its number, so that nothing ends the string or its style.
fn css_string(text: &str) -> String {
    let escaped = |c: char| if c.is_alphanumeric() { c.to_string() } else { format!("\\{:x} ", u32::from(c)) };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

/// The numbered pages of an issue, each with its first article.
fn pages(cards: Cards<'_>, all: &[EntryId]) -> Vec<BookPage> {
    let issues = &cards.site.catalog.issues;
    let mut pages: Vec<BookPage> = Vec::new();
    for (at, &id) in all.iter().enumerate() {
        let Some(page) = issues.page_of(id) else { continue };
        let Some(number) = issues.pages[page].number else { continue };
        if pages.iter().all(|known| known.number != number) {
            pages.push(BookPage { name: cards.source_page_link(page).name, number, article: article_name(at) });
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::catalog::Catalog;
    use crate::catalog::entry::Entry;
    use crate::config::settings::Config;
    use crate::config::themes::Theme;
    use crate::content::address_book::AddressBook;
    use crate::content::article::FrontMatter;
    use crate::render::export::selection::Period;
    use crate::site::plan::plan;
    use crate::site::site::Site;
    use jiff::ToSpan;
    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    /// Days after the first of January, or none; paper; page; whether it is filed under the theme.
    type Story = (Option<i64>, Option<u8>, Option<u32>, bool);

    fn day(days: i64) -> Date {
        date(2025, 1, 1) + days.days()
    }

    fn site(stories: &[Story]) -> Site {
        let theme = Theme { id: "t".into(), name: "t".into(), slug: "t".into(), ..Theme::default() };
        let config = Config { page_size: 9, themes: vec![theme], ..Config::default() };
        let entry = |(at, &(days, paper, page, filed)): (usize, &Story)| Entry {
            file: format!("content/articles/{at:02}.md"),
            front: FrontMatter {
                title: at.to_string(),
                date: days.map(day),
                paper: paper.map(|paper| format!("报{paper}")),
                page,
                themes: if filed { vec!["t".to_owned()] } else { Vec::new() },
                ..FrontMatter::default()
            },
            ..Entry::default()
        };
        let catalog = Catalog::index(stories.iter().enumerate().map(entry).collect(), &config.themes);
        plan(config, catalog, vec![], &[], AddressBook::default(), false).0
    }

    proptest! {
        #[test]
        fn every_chosen_article_is_in_the_book_once_and_days_follow_each_other(
            stories in proptest::collection::vec((proptest::option::of(0..90i64), proptest::option::of(0..3u8), proptest::option::of(1..4u32), any::<bool>()), 1..40),
            theme in any::<bool>(), from in 0..60i64, length in 0..60i64, any_time in any::<bool>(),
        ) {
            let site = site(&stories);
            let cards = Cards::of(&site);
            let period = if any_time { Period::Any } else { Period::Days(Some(day(from)), Some(day(from + length))) };
            let selection = Selection { theme: theme.then_some(0), period, ..Selection::default() };
            let volume = Volume::new(cards, &selection);
            let listed: Vec<&BookEntry> = volume.view.sections.iter().flat_map(|section| &section.articles).collect();
            let is_chosen = |(days, _, _, filed): &Story| {
                (!theme || *filed) && (any_time || days.is_some_and(|days| (from..=from + length).contains(&days)))
            };
            let mut expected: Vec<String> =
                stories.iter().enumerate().filter(|(_, story)| is_chosen(story)).map(|(at, _)| at.to_string()).collect();
            let mut titles: Vec<String> = listed.iter().map(|entry| entry.title.clone()).collect();
            let dates: Vec<Option<i64>> = titles.iter().map(|title| stories[title.parse::<usize>().unwrap()].0).collect();
            prop_assert!(dates.is_sorted_by_key(|days| (days.is_none(), *days)), "{:?}", dates);
            expected.sort_unstable();
            titles.sort_unstable();
            prop_assert_eq!(titles, expected);
            let is_numbered = listed.iter().zip(1..).all(|(entry, number)| entry.number == number && entry.id == format!("a{number}"));
            prop_assert!(is_numbered);
            let names: BTreeSet<&str> = volume.view.sections.iter().map(|section| section.name.as_str()).collect();
            prop_assert_eq!(names.len(), volume.view.sections.len(), "a section stands together");
        }
    }

    #[test]
    fn a_title_stays_inside_its_string_of_css() {
        assert_eq!(css_string("文摘2"), "\"文摘2\"");
        assert_eq!(css_string("</style>\"\\"), "\"\\3c \\2f style\\3e \\22 \\5c \"");
    }

    #[test]
    fn only_the_name_of_an_article_leads_into_the_book() {
        let leads = |address| is_article(address, Layout::Chapters, 2);
        assert!(leads("a1.xhtml") && leads("a2.xhtml"));
        assert!(!leads("a3.xhtml") && !leads("a0.xhtml") && !leads("a01.xhtml") && !leads("#a1") && !leads("b1.xhtml"));
    }
}
