//! Aliases: former addresses of pages.
//!
//! - those that the front matter of articles and plain pages lists
//! - those of years and months, which stood below `archive/` before they had the addresses of their articles

use crate::catalog::catalog::Catalog;
use crate::content::plain_page::PlainPage;
use crate::site::addresses::address::Address;
use crate::site::page::Page;

/// A former address of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alias {
    pub(crate) address: Address,
    /// the page that moved
    pub(crate) page: Page,
    pub(crate) title: String,
}

/// All aliases that articles and plain pages list; whether they are free is decided by [`claim`](crate::site::claim).
pub(crate) fn listed_aliases(catalog: &Catalog, plain_pages: &[PlainPage]) -> Vec<Alias> {
    let articles = catalog.entries.iter().enumerate();
    let articles = articles.map(|(id, entry)| (Page::Article(id), &entry.front.title, entry.front.aliases()));
    let plain_pages = plain_pages.iter().enumerate();
    let plain_pages = plain_pages.map(|(at, plain)| (Page::Plain(at), &plain.title, plain.aliases.as_slice()));
    let alias = |(page, title, aliases): (Page, &String, &[String])| -> Vec<Alias> {
        let addresses = aliases.iter().map(|alias| Address::of_alias(alias));
        addresses.map(|address| Alias { address, page, title: title.clone() }).collect()
    };
    articles.chain(plain_pages).flat_map(alias).collect()
}

/// The former addresses of the pages of years and months.
pub(crate) fn former_dates(pages: &[Page]) -> impl Iterator<Item = Alias> + '_ {
    pages.iter().filter_map(|&page| {
        let (path, title) = match page {
            Page::Year(year) => (format!("/archive/{year:04}/"), format!("{year:04}")),
            Page::Month { year, month } => (format!("/archive/{year:04}/{month:02}/"), format!("{year:04}-{month:02}")),
            _ => return None,
        };
        Some(Alias { address: Address::of_alias(&path), page, title })
    })
}
