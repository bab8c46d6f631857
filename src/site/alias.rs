//! Aliases: former addresses of pages, from the front matter of articles and plain pages.

use crate::catalog::catalog::Catalog;
use crate::content::plain_page::PlainPage;
use crate::site::address::Address;
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
