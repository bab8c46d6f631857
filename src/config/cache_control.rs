//! The `Cache-Control` header of a file: which rule of `[headers]` applies to its path.

use crate::config::headers::HeaderRules;
use crate::util::media_type::media_type;

/// The value of `Cache-Control` for a path.
pub(crate) fn cache_control<'a>(rules: &'a HeaderRules, path: &str) -> &'a str {
    match by_pattern(rules, path) {
        Some(value) => value,
        None if is_hashed(path) => &rules.hashed,
        None if changes_under_its_name(path) => &rules.pages,
        None => &rules.assets,
    }
}

/// Whether the file is cached for long because its name holds a hash, and not because of a pattern.
pub(crate) fn is_cached_by_hash(rules: &HeaderRules, path: &str) -> bool {
    is_hashed(path) && by_pattern(rules, path).is_none()
}

fn by_pattern<'a>(rules: &'a HeaderRules, path: &str) -> Option<&'a str> {
    let matching = rules.cache.iter().filter(|(pattern, _)| matches_pattern(pattern.trim_start_matches('/'), path));
    matching.max_by_key(|(pattern, _)| pattern.len()).map(|(_, value)| value.as_str())
}

/// Whether a pattern matches a whole path; `*` matches any text.
fn matches_pattern(pattern: &str, path: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == path };
    let Some(mut left) = path.strip_prefix(first) else { return false };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*').filter(|part| !part.is_empty()) {
        match left.split_once(part) {
            Some((_, after)) => left = after,
            None => return false,
        }
    }
    left.ends_with(last)
}

/// A name such as `style.3f9a1c02.css` or `style-3f9a1c02.css`: other bytes would have another name.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut parts = name.rsplit(['.', '-']).skip(1);
    let Some(part) = parts.next() else { return false };
    let is_hash = part.len() >= 8 && part.bytes().all(|c| c.is_ascii_hexdigit() && !c.is_ascii_uppercase());
    // a day is no hash: 20250225
    is_hash && parts.next().is_some() && part.bytes().any(|c| c.is_ascii_alphabetic())
}

fn changes_under_its_name(path: &str) -> bool {
    ["text/html", "application/xml", "application/atom", "text/plain", "application/json", "application/manifest"]
        .iter()
        .any(|kind| media_type(path).starts_with(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_change_and_hashed_files_do_not() {
        let rules = HeaderRules::default();
        let of = |path| cache_control(&rules, path);
        for path in ["index.html", "2025/02/25/p1-03/index.html", "feed.xml", "robots.txt", "sitemap.xml"] {
            assert_eq!(of(path), rules.pages, "{path}");
        }
        for path in ["style.3f9a1c02.css", "img/photo-0a1b2c3d4e5f.webp"] {
            assert_eq!(of(path), rules.hashed, "{path}");
        }
        for path in ["style.css", "search/0/0.bin", "img/photo-20250225.jpg", "deadbeef.css", "a-DEADBEEF.css"] {
            assert_eq!(of(path), rules.assets, "{path}");
        }
    }

    #[test]
    fn the_longest_pattern_that_matches_wins() {
        let cache = [("*", "a"), ("/img/*", "b"), ("img/*.svg", "c"), ("*/feed.xml", "d"), ("a*b*c", "e")];
        let cache = cache.map(|(pattern, value)| (pattern.to_owned(), value.to_owned())).to_vec();
        let rules = HeaderRules { cache, ..HeaderRules::default() };
        let of = |path| cache_control(&rules, path);
        assert_eq!([of("x.css"), of("img/x.png"), of("img/a/x.svg")], ["a", "b", "c"]);
        assert_eq!([of("themes/t/feed.xml"), of("feed.xml")], ["d", "a"]);
        assert_eq!([of("a1b2c"), of("abc"), of("acb")], ["e", "e", "a"]);
    }
}
