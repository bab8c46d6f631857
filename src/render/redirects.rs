//! Pages at addresses where other pages once were, and the files that report addresses and headers to hosts.
//!
//! A host that reads `_redirects` (Netlify, Cloudflare Pages) redirects readers by itself. For all other hosts there is a small
//! page at the old address, which names the new one as canonical: search engines take that for a redirect as well.

use crate::render::views::cards::Cards;
use crate::render::views::pages::AliasView;
use crate::site::address::base_path;
use crate::site::site::Site;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The view of the page at an old address.
pub(crate) fn alias(cards: Cards<'_>, alias: usize) -> AliasView {
    let site = cards.site;
    let alias = &site.aliases[alias];
    let to = site.address(alias.page);
    let base_url = &site.config.base_url;
    AliasView {
        title: alias.title.clone(),
        path: to.to_string(),
        canonical: (!base_url.is_empty()).then(|| to.url(base_url)),
    }
}

/// `_redirects`: a line for each old address.
pub(crate) fn redirects(site: &Site) -> String {
    let root = base_path(&site.config.base_url);
    let line = |from: &str, to: &str| format!("{root}{} {root}{} 301\n", encoded(from), encoded(to));
    site.aliases.iter().map(|alias| line(alias.address.as_str(), site.address(alias.page).as_str())).collect()
}

/// `_headers`: how long files with a hash in their names, and those of site.toml's rules, may be cached. Pages have no line:
/// both hosts revalidate a page each time, and combine all rules that match a file, so rules must not overlap.
pub(crate) fn headers(site: &Site) -> String {
    let rules = &site.config.headers;
    let planned = site.planned();
    let hashed = (planned.iter().filter(|path| rules.is_cached_by_hash(path)))
        .map(|path| (path.to_owned(), rules.hashed.clone()));
    let root = base_path(&site.config.base_url);
    let line = |(pattern, value): (String, String)| {
        format!("{root}{}\n  Cache-Control: {value}\n", encoded(pattern.trim_start_matches('/')))
    };
    rules.cache.iter().cloned().chain(hashed).map(line).collect()
}

/// A path without spaces and characters that are not ASCII.
fn encoded(path: &str) -> String {
    const SPACES: &AsciiSet = &CONTROLS.add(b' ');
    utf8_percent_encode(path, SPACES).to_string()
}
