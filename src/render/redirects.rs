//! Pages at addresses where other pages once were, and the files that report addresses and headers to hosts.
//!
//! A host that reads `_redirects` (Netlify, Cloudflare Pages) redirects readers by itself. For all other hosts there is a small
//! page at the old address, which names the new one as canonical: search engines take that for a redirect as well.

use crate::render::views::cards::Cards;
use crate::render::views::pages::AliasView;
use crate::site::addresses::address::base_path;
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

/// `_headers`: the policy for all files; how long files with a hash in their names, and those of site.toml's rules, may be cached.
/// Pages have no line of their own: both hosts revalidate a page each time, and combine all rules that match a file, so that no
/// two rules for one header may match it.
pub(crate) fn headers(site: &Site) -> String {
    let rules = &site.config.headers;
    let planned = site.planned();
    let hashed = (planned.iter().filter(|path| rules.is_cached_by_hash(path)))
        .map(|path| (path.to_owned(), rules.hashed.clone()));
    let all_files = "*".to_owned();
    let policy = (!rules.csp.is_empty()).then(|| (all_files, format!("Content-Security-Policy: {}", rules.csp)));
    let cached =
        rules.cache.iter().cloned().chain(hashed).map(|(pattern, value)| (pattern, format!("Cache-Control: {value}")));
    let mut blocks: Vec<(String, Vec<String>)> = Vec::new();
    for (pattern, line) in policy.into_iter().chain(cached) {
        let pattern = pattern.trim_start_matches('/').to_owned();
        match blocks.iter_mut().find(|(other, _)| *other == pattern) {
            Some((_, lines)) => lines.push(line),
            None => blocks.push((pattern, vec![line])),
        }
    }
    let root = base_path(&site.config.base_url);
    let block = |(pattern, lines): (String, Vec<String>)| {
        format!("{root}{}\n{}", encoded(&pattern), lines.iter().map(|line| format!("  {line}\n")).collect::<String>())
    };
    blocks.into_iter().map(block).collect()
}

/// A path without spaces and characters that are not ASCII.
fn encoded(path: &str) -> String {
    const SPACES: &AsciiSet = &CONTROLS.add(b' ');
    utf8_percent_encode(path, SPACES).to_string()
}
