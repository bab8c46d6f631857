//! Files for programs: feeds, sitemap, robots.txt.
//!
//! Feeds follow RFC 4287. The id of an entry is a `urn:uuid` made from the address of the article within the site and from where it
//! was printed, so it does not change if the site moves (section 4.2.6). Times are made from dates, never from a clock: midnight in
//! Beijing. Articles without a date are in no feed, since an entry must have a time.
//!
//! If site.toml has no address of the site, links in a feed are relative, which Atom resolves against the address of the feed. There
//! is no sitemap then, since sitemaps need absolute addresses.

use crate::catalog::entry::EntryId;
use crate::config::republish::Extent;
use crate::render::markdown::events::escaped;
use crate::render::markdown::links::{feed_body, page_body};
use crate::render::views::cards::Cards;
use crate::render::views::feeds::{FeedEntry, FeedView, RobotsView, SitemapUrl, SitemapView};
use crate::render::views::lazy_list::LazyList;
use crate::site::addresses::address::Address;
use crate::site::body::{TextSource, extent};
use crate::site::lists::of_theme;
use crate::site::page::{Feed, FeedFormat, Page};
use crate::site::page_list::SITEMAP;
use jiff::civil::Date;
use std::cmp::Reverse;

/// The view of a feed without the texts of its articles, and these articles in its order; [`add_texts`] completes it.
pub(crate) fn feed(cards: Cards<'_>, feed: Feed, format: FeedFormat) -> (FeedView, Vec<EntryId>) {
    let config = &cards.site.config;
    let own = cards.site.address(Page::Feed(feed, format));
    let (title, subtitle) = title_and_subtitle(cards, feed);
    let (ids, entries): (Vec<EntryId>, Vec<FeedEntry>) =
        newest_articles(cards, feed).into_iter().filter_map(|id| Some((id, feed_entry(cards, &own, id)?))).unzip();
    let view = FeedView {
        // the Atom feed and the JSON Feed are one feed
        id: uuid(&["feed", &config.title, cards.site.address(Page::Feed(feed, FeedFormat::Atom)).as_str()]),
        title,
        subtitle,
        updated: entries.first().map_or_else(|| midnight(Date::constant(1970, 1, 1)), |entry| entry.updated.clone()),
        author: if config.author.is_empty() { config.title.clone() } else { config.author.clone() },
        feed_url: url(cards, &own, &own),
        page_url: url(cards, &own, &cards.site.address(feed.page())),
        entries,
    };
    (view, ids)
}

/// Whether feeds contain the text of an article.
pub(crate) fn contains_text(cards: Cards<'_>, id: EntryId) -> bool {
    cards.site.config.feeds.articles == Extent::Full && extent(cards.site, id) == Extent::Full
}

/// Adds the texts of the articles `ids`, one for each entry, if feeds contain them.
pub(crate) fn add_texts(cards: Cards<'_>, view: &mut FeedView, ids: &[EntryId], texts: &TextSource<'_>) {
    for (entry, &id) in view.entries.iter_mut().zip(ids) {
        entry.content = content(cards, id, texts);
    }
}

/// The title and the subtitle of a feed.
fn title_and_subtitle(cards: Cards<'_>, feed: Feed) -> (String, String) {
    let config = &cards.site.config;
    match feed {
        Feed::Site => (config.title.clone(), config.description.clone()),
        Feed::Theme(theme) => {
            let theme = &config.themes[theme];
            (format!("{} · {}", theme.name, config.title), theme.description.clone())
        }
        Feed::Paper(paper) => {
            let name = cards.paper_name(cards.site.catalog.papers[paper].name.as_deref());
            (format!("{name} · {}", config.title), String::new())
        }
    }
}

/// The articles with a date that were printed or corrected last, at most as many as site.toml allows in a feed. Those of one day stand
/// in the order of their list.
fn newest_articles(cards: Cards<'_>, feed: Feed) -> Vec<EntryId> {
    let catalog = &cards.site.catalog;
    let all: Box<dyn Iterator<Item = EntryId> + '_> = match feed {
        Feed::Site => Box::new(0..catalog.entries.len()),
        Feed::Theme(theme) => Box::new(catalog.themes[theme].iter().copied()),
        Feed::Paper(paper) => {
            Box::new(catalog.papers[paper].issues.iter().flat_map(|&issue| catalog.issues.articles(issue)))
        }
    };
    let size = cards.site.config.feed_size;
    // the lists are sorted by day of printing, newest first: besides the first of them, corrected ones alone can be among the newest
    let dated = all.filter(|&id| catalog.entries[id].front.date.is_some()).enumerate();
    let may_be_new = dated.filter(|&(at, id)| at < size || catalog.entries[id].front.is_changed());
    let mut newest: Vec<EntryId> = may_be_new.map(|(_, id)| id).collect();
    newest.sort_by_key(|&id| Reverse(catalog.entries[id].front.changed()));
    newest.truncate(size);
    newest
}

fn feed_entry(cards: Cards<'_>, feed: &Address, id: EntryId) -> Option<FeedEntry> {
    let entry = &cards.site.catalog.entries[id];
    let front = &entry.front;
    let address = cards.site.address(Page::Article(id));
    let printed = front.source.as_ref().map_or("", |source| source.page.as_str());
    Some(FeedEntry {
        title: front.title.clone(),
        id: uuid(&["article", address.as_str(), front.paper.as_deref().unwrap_or_default(), printed]),
        url: url(cards, feed, &address),
        published: midnight(front.date?),
        updated: midnight(front.changed()?),
        authors: front.authors.clone(),
        themes: cards.site.catalog.themes_of(id).into_iter().map(|theme| cards.theme(theme)).collect(),
        summary: match front.correction() {
            Some(correction) => {
                format!("{}（{}：{correction}）", cards.summary(id).excerpt, cards.messages().text("correction"))
            }
            None => cards.summary(id).excerpt.clone(),
        },
        content: None,
    })
}

/// An article's text as HTML if feeds contain it. A text that cannot be read is omitted: the article's own page reports it.
fn content(cards: Cards<'_>, id: EntryId, texts: &TextSource<'_>) -> Option<String> {
    let body = contains_text(cards, id).then(|| cards.body(id, texts).ok())??;
    let render = if cards.site.config.base_url.is_empty() { page_body } else { feed_body };
    let entry = &cards.site.catalog.entries[id];
    let html = render(cards, Page::Article(id), &entry.file, &body).html;
    let correction = entry.front.correction().map(|correction| {
        let label = cards.messages().text("correction");
        format!("<p><strong>{label}</strong> {}</p>\n", escaped(correction))
    });
    Some(html + &correction.unwrap_or_default())
}

/// The address of a page: absolute if the address of the site is known, else relative to the feed.
fn url(cards: Cards<'_>, feed: &Address, target: &Address) -> String {
    match cards.site.config.base_url.as_str() {
        "" => format!("{}{target}", feed.path_to_root()),
        base_url => target.url(base_url),
    }
}

/// The beginning of a day in China, where newspapers are dated, as RFC 3339.
fn midnight(date: Date) -> String {
    format!("{date}T00:00:00+08:00")
}

/// A name-based UUID, version 8 (RFC 9562, section 5.8), of length-prefixed parts.
pub(crate) fn uuid(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// The sitemap, or the index of its parts.
pub(crate) fn sitemap(cards: Cards<'_>) -> SitemapView<'_> {
    let base_url = &cards.site.config.base_url;
    let parts: Vec<String> = cards.site.sitemap_parts().map(|page| cards.site.address(page).url(base_url)).collect();
    match parts.is_empty() {
        true => sitemap_part(cards, 1),
        false => SitemapView { urls: sitemap_urls(cards, Vec::new()), parts },
    }
}

/// A part of the sitemap, counted from 1.
pub(crate) fn sitemap_part(cards: Cards<'_>, part: usize) -> SitemapView<'_> {
    let listed = cards.site.pages.iter().copied().filter(|page| page.is_for_readers());
    let pages = listed.skip((part - 1) * SITEMAP).take(SITEMAP).collect();
    SitemapView { urls: sitemap_urls(cards, pages), parts: Vec::new() }
}

fn sitemap_urls(cards: Cards<'_>, pages: Vec<Page>) -> LazyList<'_, SitemapUrl> {
    LazyList::new(pages.len(), move |index| SitemapUrl {
        url: cards.site.address(pages[index]).url(&cards.site.config.base_url),
        changed: changed(cards, pages[index]).map(|date| date.to_string()),
    })
}

/// The date of the newest article on a page.
fn changed(cards: Cards<'_>, page: Page) -> Option<Date> {
    let catalog = &cards.site.catalog;
    let date = |issue: &usize| catalog.issues.issues[*issue].date;
    let newest = match page {
        Page::Article(id) => return catalog.entries[id].front.changed(),
        Page::Home
        | Page::Themes
        | Page::Issues { .. }
        | Page::Archive
        | Page::People
        | Page::Initial { .. }
        | Page::Columns { .. }
        | Page::Places => Some(0),
        Page::Theme { theme, .. } | Page::Figures(theme) => catalog.themes[theme].first().copied(),
        Page::ThemeScope { theme, scope, .. } => of_theme(catalog, theme, scope).first().copied(),
        Page::Issue(issue) => return Some(date(&issue)),
        Page::SourcePage(page) => catalog.issues.pages[page].articles.first().copied(),
        Page::Paper(paper) => return catalog.papers[paper].issues.first().map(date),
        Page::PaperYear(paper, year) => {
            let mut years = catalog.papers[paper].years(&catalog.issues.issues);
            return years.find(|(own, _)| *own == year)?.1.first().map(date);
        }
        Page::Person { person, .. } => catalog.people[person].articles.first().copied(),
        Page::Column { column, .. } => catalog.columns[column].articles.first().copied(),
        Page::Place { place, .. } => catalog.places[place].articles.first().copied(),
        Page::Year(year) => catalog.months.iter().find(|month| month.year == year).map(|found| found.articles.start),
        Page::Month { year, month } => catalog.month(year, month).map(|at| catalog.months[at].articles.start),
        Page::Day(date) => return Some(date),
        Page::Undated { .. }
        | Page::Plain(_)
        | Page::Search
        | Page::NotFound
        | Page::Offline
        | Page::ShareCard(_)
        | Page::Icon(_)
        | Page::Manifest
        | Page::Feed(..)
        | Page::Alternate(..)
        | Page::ThemeExport(..)
        | Page::Sitemap
        | Page::SitemapPart(_)
        | Page::Robots
        | Page::Alias(_)
        | Page::Headers
        | Page::Redirects => None,
    };
    catalog.entries.get(newest?)?.front.date
}

/// The view of robots.txt.
pub(crate) fn robots(cards: Cards<'_>) -> RobotsView {
    let base_url = &cards.site.config.base_url;
    RobotsView { sitemap: (!base_url.is_empty()).then(|| cards.site.address(Page::Sitemap).url(base_url)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_depends_on_each_part_and_on_nothing_else() {
        assert_eq!(uuid(&["a", "bc"]), uuid(&["a", "bc"]));
        assert_ne!(uuid(&["a", "bc"]), uuid(&["ab", "c"]));
        let id = uuid(&["x"]);
        assert_eq!((id.len(), &id[9 + 14..9 + 15]), (45, "8"));
    }

    #[test]
    fn a_day_begins_in_beijing() {
        assert_eq!(midnight(Date::constant(2025, 2, 5)), "2025-02-05T00:00:00+08:00");
    }
}
