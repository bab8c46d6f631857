//! What machines read: Atom feeds, sitemap, robots.
//!
//! Feeds follow RFC 4287. Ids are `urn:uuid`s made from what an article is (where it stands in the digest and where it was
//! printed), so they stay when the site moves (section 4.2.6). Times come from dates, never from a clock: midnight in
//! Beijing. Articles without a date are in no feed, since an entry has to say when it was updated.
//!
//! Where site.toml tells no address of the site, links in a feed are relative, which Atom resolves against the feed's own
//! address; there is no sitemap then, since the protocol asks for absolute addresses.

use crate::library::entry::EntryId;
use crate::library::shelves::Library;
use crate::render::cards::Cards;
use crate::render::feed_views::{FeedEntry, FeedView, RobotsView, SitemapUrl, SitemapView};
use crate::site::address::Address;
use crate::site::page::Page;
use jiff::civil::Date;

/// The site's feed: all articles.
pub fn site_feed(cards: Cards<'_>) -> FeedView {
    let config = &cards.site.config;
    let newest: Vec<EntryId> = (0..cards.site.library.entries.len()).take(config.feed_size).collect();
    feed(cards, Page::Feed, Page::Home, &config.title, &config.description, &newest)
}

/// A theme's feed.
pub fn theme_feed(cards: Cards<'_>, theme: usize) -> FeedView {
    let defined = &cards.site.config.themes[theme];
    let title = format!("{} · {}", defined.name, cards.site.config.title);
    let page = Page::Theme { theme, part: 1 };
    let shelf = &cards.site.library.themes[theme];
    feed(cards, Page::ThemeFeed(theme), page, &title, &defined.description, shelf)
}

fn feed(cards: Cards<'_>, own: Page, page: Page, title: &str, subtitle: &str, shelf: &[EntryId]) -> FeedView {
    let config = &cards.site.config;
    let address = cards.site.address(own);
    let dated = shelf.iter().filter(|&&id| cards.site.library.entries[id].front.date.is_some());
    let entries: Vec<FeedEntry> =
        dated.take(config.feed_size).filter_map(|&id| feed_entry(cards, &address, id)).collect();
    FeedView {
        title: title.to_owned(),
        subtitle: subtitle.to_owned(),
        id: uuid(&["feed", &config.title, address.as_str()]),
        updated: entries.first().map_or_else(|| midnight(Date::constant(1970, 1, 1)), |entry| entry.updated.clone()),
        author: if config.author.is_empty() { config.title.clone() } else { config.author.clone() },
        feed_url: url(cards, &address, &address),
        page_url: url(cards, &address, &cards.site.address(page)),
        entries,
    }
}

fn feed_entry(cards: Cards<'_>, feed: &Address, id: EntryId) -> Option<FeedEntry> {
    let entry = &cards.site.library.entries[id];
    let front = &entry.front;
    let address = cards.site.address(Page::Article(id));
    let printed = front.source.as_ref().map_or("", |source| source.page.as_str());
    Some(FeedEntry {
        title: front.title.clone(),
        id: uuid(&["article", address.as_str(), front.paper.as_deref().unwrap_or_default(), printed]),
        url: url(cards, feed, &address),
        updated: midnight(front.date?),
        authors: front.authors.clone(),
        themes: cards.site.library.themes_of(id).into_iter().map(|theme| cards.theme(theme)).collect(),
        summary: entry.excerpt.clone(),
    })
}

/// Absolute where the site's address is known, else from the feed's folder.
fn url(cards: Cards<'_>, feed: &Address, target: &Address) -> String {
    match cards.site.config.base_url.as_str() {
        "" => format!("{}{target}", feed.root()),
        base_url => target.at(base_url),
    }
}

/// RFC 3339; papers are dated in China.
fn midnight(date: Date) -> String {
    format!("{date}T00:00:00+08:00")
}

/// A name-based UUID, version 8 (RFC 9562, section 5.8), of parts that no one can confuse.
fn uuid(parts: &[&str]) -> String {
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

/// Every page that a reader can come to.
pub fn sitemap(cards: Cards<'_>) -> SitemapView {
    let read = |page: &&Page| cards.site.address(**page).is_page();
    let url = |page: &Page| SitemapUrl {
        url: cards.site.address(*page).at(&cards.site.config.base_url),
        changed: changed(cards, *page).map(|date| date.to_string()),
    };
    SitemapView { urls: cards.site.pages.iter().filter(read).map(url).collect() }
}

/// The day of the newest article that a page shows.
fn changed(cards: Cards<'_>, page: Page) -> Option<Date> {
    let library = &cards.site.library;
    let newest = match page {
        Page::Article(id) => Some(id),
        Page::Home | Page::Themes | Page::Issues | Page::Archive | Page::People | Page::Columns | Page::Places => {
            Some(0)
        }
        Page::Theme { theme, .. } | Page::Figures(theme) => library.themes[theme].first().copied(),
        Page::Issue(issue) => return Some(library.issues.issues[issue].date),
        Page::SourcePage(page) => library.issues.pages[page].articles.first().copied(),
        Page::Paper(paper) => return newest_issue(library, library.papers[paper].issues.first()),
        Page::PaperYear(paper, year) => {
            let mut years = library.papers[paper].years(&library.issues.issues);
            return newest_issue(library, years.find(|(own, _)| *own == year)?.1.first());
        }
        Page::Person { person, .. } => library.people[person].articles.first().copied(),
        Page::Column { column, .. } => library.columns[column].articles.first().copied(),
        Page::Place { region, .. } => library.regions[region].articles.first().copied(),
        Page::Year(year) => library.months.iter().find(|month| month.year == year)?.articles.first().copied(),
        Page::Month(year, month) => {
            let mut months = library.months.iter();
            months.find(|shelf| (shelf.year, shelf.month) == (year, month))?.articles.first().copied()
        }
        Page::Plain(_)
        | Page::Search
        | Page::NotFound
        | Page::Feed
        | Page::ThemeFeed(_)
        | Page::Twin(..)
        | Page::ThemeExport(..)
        | Page::Sitemap
        | Page::Robots => None,
    };
    library.entries.get(newest?)?.front.date
}

fn newest_issue(library: &Library, issue: Option<&usize>) -> Option<Date> {
    issue.map(|&issue| library.issues.issues[issue].date)
}

pub fn robots(cards: Cards<'_>) -> RobotsView {
    let base_url = &cards.site.config.base_url;
    RobotsView { sitemap: (!base_url.is_empty()).then(|| cards.site.address(Page::Sitemap).at(base_url)) }
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
