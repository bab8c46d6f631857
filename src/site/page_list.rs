//! The list of a site's pages, in the order in which they are rendered.
//!
//! It follows from settings, catalog and plain pages alone, so every output file is known before any page is rendered.

use crate::catalog::catalog::Catalog;
use crate::catalog::figures::top_figures;
use crate::catalog::months::Month;
use crate::config::settings::Config;
use crate::share_card::draw::{DRAWS, can_draw};
use crate::site::lists::{Divisions, Initial, of_theme};
use crate::site::page::{CardSubject, EXPORT_FORMATS, FEED_FORMATS, Feed, ICONS, Page};
use std::ops::RangeInclusive;

/// Key figures that a theme's own page shows; where there are more, they have a page.
pub(crate) const FIGURES: usize = 6;

/// Names on a page: people, columns, source pages.
pub(crate) const NAMES: usize = 600;

/// Pages that one sitemap names: the protocol allows 50,000 and 50 MB, which addresses of a thousand bytes would come to.
pub(crate) const SITEMAP: usize = 40_000;

/// All pages but those of aliases. `plain_pages` is their number.
pub(crate) fn list_pages(config: &Config, catalog: &Catalog, divisions: &Divisions, plain_pages: usize) -> Vec<Page> {
    let mut pages = vec![Page::Home, Page::Themes];
    pages.extend(parts(catalog.issues.undated_pages().len(), NAMES).map(|part| Page::Issues { part }));
    pages.push(Page::Archive);
    pages.push(Page::People);
    if catalog.people.len() > NAMES {
        let of_initial = |&Initial { letter, ref people }: &Initial| {
            parts(people.len(), NAMES).map(move |part| Page::Initial { letter, part })
        };
        pages.extend(divisions.initials.iter().flat_map(of_initial));
    }
    add_articles(&mut pages, config, catalog);
    add_themes(&mut pages, config, catalog, divisions);
    add_papers(&mut pages, catalog);
    add_archive(&mut pages, config, catalog);
    add_names(&mut pages, config, catalog);
    pages.extend((0..plain_pages).map(Page::Plain));
    pages.extend(config.search.enabled.then_some(Page::Search));
    pages.extend(FEED_FORMATS.map(|format| Page::Feed(Feed::Site, format)));
    add_cards(&mut pages, config, catalog);
    pages.extend([Page::NotFound, Page::Robots]);
    pages.extend(config.offline.enabled.then_some(Page::Offline));
    pages.extend(config.headers.files.then_some([Page::Headers, Page::Redirects]).into_iter().flatten());
    // Sitemaps come first: they take longest and need most memory, and at the end of the list they would be all that is left,
    // with most processors idle.
    let sitemaps = sitemaps(config, &pages);
    pages.splice(0..0, sitemaps);
    pages
}

fn add_articles(pages: &mut Vec<Page>, config: &Config, catalog: &Catalog) {
    for id in 0..catalog.entries.len() {
        pages.push(Page::Article(id));
        pages.extend(config.twins.formats.iter().map(|&format| Page::Alternate(id, format)));
    }
}

fn add_themes(pages: &mut Vec<Page>, config: &Config, catalog: &Catalog, divisions: &Divisions) {
    for (theme, articles) in catalog.themes.iter().enumerate() {
        let parts_of = |articles: &[_]| parts(catalog.reprints.once(articles).len(), config.page_size);
        pages.extend(parts_of(articles).map(|part| Page::Theme { theme, part }));
        for &(scope, _) in &divisions.scopes[theme] {
            let articles = of_theme(catalog, theme, scope);
            pages.extend(parts_of(&articles).map(|part| Page::ThemeScope { theme, scope, part }));
        }
        pages.extend(FEED_FORMATS.map(|format| Page::Feed(Feed::Theme(theme), format)));
        if config.twins.themes {
            pages.extend(EXPORT_FORMATS.map(|format| Page::ThemeExport(theme, format)));
        }
        pages.extend(has_figure_page(catalog, theme).then_some(Page::Figures(theme)));
    }
}

/// Papers, issues and source pages.
fn add_papers(pages: &mut Vec<Page>, catalog: &Catalog) {
    for (paper, listed) in catalog.papers.iter().enumerate() {
        pages.push(Page::Paper(paper));
        pages.extend(FEED_FORMATS.map(|format| Page::Feed(Feed::Paper(paper), format)));
        pages.extend(listed.years(&catalog.issues.issues).map(|(year, _)| Page::PaperYear(paper, year)));
    }
    pages.extend((0..catalog.issues.issues.len()).map(Page::Issue));
    pages.extend((0..catalog.issues.pages.len()).map(Page::SourcePage));
}

/// Years, months, days and articles without a date.
fn add_archive(pages: &mut Vec<Page>, config: &Config, catalog: &Catalog) {
    pages.extend(catalog.years().into_iter().map(Page::Year));
    for &Month { year, month, ref articles } in &catalog.months {
        pages.push(Page::Month { year, month });
        pages.extend(catalog.days(articles.clone()).map(|day| Page::Day(day.date)));
    }
    if !catalog.undated.is_empty() {
        let undated = catalog.reprints.once(&catalog.undated).len();
        pages.extend(parts(undated, config.page_size).map(|part| Page::Undated { part }));
    }
}

/// People, columns and places.
fn add_names(pages: &mut Vec<Page>, config: &Config, catalog: &Catalog) {
    let parts_of = |articles: &[_]| parts(catalog.reprints.once(articles).len(), config.page_size);
    for (person, listed) in catalog.people.iter().enumerate() {
        pages.extend(parts_of(&listed.articles).map(|part| Page::Person { person, part }));
    }
    if has_page_of(config, &catalog.columns) {
        pages.extend(parts(catalog.columns.len(), NAMES).map(|part| Page::Columns { part }));
    }
    for (column, listed) in catalog.columns.iter().enumerate() {
        pages.extend(parts_of(&listed.articles).map(|part| Page::Column { column, part }));
    }
    pages.extend(has_page_of(config, &catalog.places).then_some(Page::Places));
    for (place, listed) in catalog.places.iter().enumerate() {
        pages.extend(parts_of(&listed.articles).map(|part| Page::Place { place, part }));
    }
}

/// Whether the site has the page that lists these, which the menu leads to: always in a site of shards, since none knows what the others list.
pub(crate) fn has_page_of<T>(config: &Config, listed: &[T]) -> bool {
    config.content.shards.is_some() || !listed.is_empty()
}

/// Icons, the manifest and share cards. A card is shown by its full address alone, so that a site whose address is not known has none;
/// and what is named by a character that the built-in typeface lacks has none either.
fn add_cards(pages: &mut Vec<Page>, config: &Config, catalog: &Catalog) {
    if !DRAWS {
        return;
    }
    pages.extend(ICONS.map(Page::Icon));
    pages.push(Page::Manifest);
    if config.base_url.is_empty() || !config.cards.enabled {
        return;
    }
    pages.extend(can_draw(&config.title).then_some(Page::ShareCard(CardSubject::Site)));
    let themes = config.themes.iter().enumerate().filter(|(_, theme)| can_draw(&theme.name));
    pages.extend(themes.map(|(theme, _)| Page::ShareCard(CardSubject::Theme(theme))));
    if config.cards.articles {
        let articles = catalog.entries.iter().enumerate().filter(|(_, entry)| can_draw(&entry.front.title));
        pages.extend(articles.map(|(id, _)| Page::ShareCard(CardSubject::Article(id))));
    }
}

/// The sitemap, or an index of sitemaps and its parts; none where the site's URL is not known.
fn sitemaps(config: &Config, pages: &[Page]) -> Vec<Page> {
    if config.base_url.is_empty() {
        return Vec::new();
    }
    let named = pages.iter().filter(|page| page.is_for_readers()).count();
    let parts = (1..=named.div_ceil(SITEMAP)).filter(|_| named > SITEMAP).map(Page::SitemapPart);
    [Page::Sitemap].into_iter().chain(parts).collect()
}

/// Whether a theme has more key figures than its own page shows.
pub(crate) fn has_figure_page(catalog: &Catalog, theme: usize) -> bool {
    top_figures(&catalog.entries, &catalog.themes[theme], FIGURES + 1, &[]).len() > FIGURES
}

/// The parts of a list of `entries`, `size` in each, counted from 1: at least one.
pub(crate) fn parts(entries: usize, size: usize) -> RangeInclusive<usize> {
    1..=entries.div_ceil(size.max(1)).max(1)
}
