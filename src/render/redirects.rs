//! What stands at an address where a page once stood, and what hosts are told of addresses and headers.
//!
//! A host that reads `_redirects` (Netlify, Cloudflare Pages) sends readers on by itself. For all others a small page stands
//! at the old address, which search engines take for a move as well: it names the new address as the canonical one.

use crate::publish::headers::is_cached_by_hash;
use crate::render::views::cards::Cards;
use crate::site::address::base_path;
use crate::site::site::Site;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The page at an old address.
pub(crate) fn page(cards: Cards<'_>, alias: usize) -> String {
    let site = cards.site;
    let alias = &site.aliases[alias];
    let to = site.address(alias.page);
    let link = escaped(&format!("{}{to}", alias.address.path_to_root()));
    let canonical = match site.config.base_url.as_str() {
        "" => link.clone(),
        base_url => escaped(&to.url(base_url)),
    };
    let (lang, title) = (site.config.lang.tag(), escaped(&alias.title));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <link rel=\"canonical\" href=\"{canonical}\">\n<meta http-equiv=\"refresh\" content=\"0; url={link}\">\n</head>\n\
         <body>\n<p><a href=\"{link}\">{title}</a></p>\n</body>\n</html>\n"
    )
}

/// `_redirects`: a line for each old address.
pub(crate) fn redirects(site: &Site) -> String {
    let root = base_path(&site.config.base_url);
    let line = |from: &str, to: &str| format!("{root}{} {root}{} 301\n", encoded(from), encoded(to));
    site.aliases.iter().map(|alias| line(alias.address.as_str(), site.address(alias.page).as_str())).collect()
}

/// `_headers`: how long files may be kept that are kept for long, or as site.toml says. Pages have no line: both hosts have
/// a page looked at again each time, and add rules that fit one file to each other, so that none may overlap.
pub(crate) fn headers(site: &Site) -> String {
    let rules = &site.config.headers;
    let planned = site.planned();
    let hashed = planned.iter().filter(|path| is_cached_by_hash(rules, path));
    let hashed = hashed.map(|path| (path.to_owned(), rules.hashed.clone()));
    let root = base_path(&site.config.base_url);
    let line = |(pattern, value): (String, String)| {
        format!("{root}{}\n  Cache-Control: {value}\n", encoded(pattern.trim_start_matches('/')))
    };
    rules.cache.iter().cloned().chain(hashed).map(line).collect()
}

/// What stands in a line of these files: no spaces, nothing that is not ASCII.
fn encoded(path: &str) -> String {
    const SPACES: &AsciiSet = &CONTROLS.add(b' ');
    utf8_percent_encode(path, SPACES).to_string()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
