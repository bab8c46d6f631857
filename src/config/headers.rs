//! `[headers]` of site.toml: the `Cache-Control` of published files, and which value applies to a path; the
//! `Content-Security-Policy`.

use crate::config::findings::Findings;
use crate::diagnostics::code::Code;
use crate::message;
use crate::util::media_type::media_type;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toml::Spanned;

/// How long browsers may cache files: values of `Cache-Control` (RFC 9111, section 5.2.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeaderRules {
    /// pages, feeds and other files that change without a new name
    pub(crate) pages: String,
    /// styles, scripts, pictures, the search index
    pub(crate) assets: String,
    /// files whose name holds a hash of their bytes: `style.3f9a1c02.css`
    pub(crate) hashed: String,
    /// pattern and value, for some files; `*` matches any text, `/` included; the longest pattern that matches wins
    pub(crate) cache: Vec<(String, String)>,
    /// the `Content-Security-Policy` in `_headers`; empty: none
    pub(crate) csp: String,
    /// whether to write `_headers` and `_redirects`, which Netlify and Cloudflare Pages read
    pub(crate) files: bool,
}

/// What the pages of a site without templates of its own need: scripts and styles from its own files, and pictures and films also
/// from other sites, to which an editor may link. No other site can show the pages in a frame.
const CSP: &str = "default-src 'self'; img-src 'self' https: data:; media-src 'self' https:; object-src 'none'; \
                   base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

impl Default for HeaderRules {
    fn default() -> Self {
        Self {
            pages: "public, max-age=300".to_owned(),
            assets: "public, max-age=3600".to_owned(),
            hashed: "public, max-age=31536000, immutable".to_owned(),
            cache: Vec::new(),
            csp: CSP.to_owned(),
            files: false,
        }
    }
}

impl HeaderRules {
    /// The value of `Cache-Control` for a path.
    pub(crate) fn cache_control(&self, path: &str) -> &str {
        match self.by_pattern(path) {
            Some(value) => value,
            None if is_hashed(path) => &self.hashed,
            None if changes_under_its_name(path) => &self.pages,
            None => &self.assets,
        }
    }

    /// Whether the file is cached for long because its name holds a hash, and not because of a pattern.
    pub(crate) fn is_cached_by_hash(&self, path: &str) -> bool {
        is_hashed(path) && self.by_pattern(path).is_none()
    }

    fn by_pattern(&self, path: &str) -> Option<&str> {
        let matching = self.cache.iter().filter(|(pattern, _)| matches_pattern(pattern.trim_start_matches('/'), path));
        matching.max_by_key(|(pattern, _)| pattern.len()).map(|(_, value)| value.as_str())
    }
}

/// The section as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawHeaderRules {
    pages: Option<Spanned<String>>,
    assets: Option<Spanned<String>>,
    hashed: Option<Spanned<String>>,
    cache: BTreeMap<String, Spanned<String>>,
    csp: Option<Spanned<String>>,
    files: bool,
}

impl RawHeaderRules {
    /// Adds values that are no valid header.
    pub(crate) fn validate(&self, findings: &mut Findings<'_>) {
        let values = [&self.pages, &self.assets, &self.hashed].into_iter().flatten().chain(self.cache.values());
        for value in values.filter(|value| !is_cache_control(value.get_ref())) {
            let message = message!("{value} is no value of Cache-Control", value = format!("{:?}", value.get_ref()));
            let hint = message!("such as \"public, max-age=300\", in seconds, or \"no-cache\"");
            findings.add(Code::BadHeader, message, value.span(), hint);
        }
        for value in self.csp.iter().filter(|value| value.get_ref().contains(|c: char| !c.is_ascii() || c.is_control()))
        {
            let message = message!("this is no value of Content-Security-Policy");
            let hint = message!("one line of ASCII characters, such as \"default-src 'self'\"; \"\" for none");
            findings.add(Code::BadHeader, message, value.span(), hint);
        }
    }

    /// The rules, with defaults for what is left out. Only for a section that is valid.
    pub(crate) fn resolve(self) -> HeaderRules {
        let defaults = HeaderRules::default();
        let or = |value: Option<Spanned<String>>, default: String| value.map_or(default, Spanned::into_inner);
        HeaderRules {
            pages: or(self.pages, defaults.pages),
            assets: or(self.assets, defaults.assets),
            hashed: or(self.hashed, defaults.hashed),
            cache: self.cache.into_iter().map(|(pattern, value)| (pattern, value.into_inner())).collect(),
            csp: or(self.csp, defaults.csp),
            files: self.files,
        }
    }
}

/// Whether a text is a list of directives, separated by commas, each a word or `word=value`.
fn is_cache_control(text: &str) -> bool {
    let in_word = |c: u8| c.is_ascii_alphanumeric() || b"-_\"".contains(&c);
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(in_word);
    text.split(',').all(|directive| {
        let (name, value) = directive.trim().split_once('=').unwrap_or((directive.trim(), "x"));
        is_word(name) && is_word(value)
    })
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

/// A name such as `style.3f9a1c02.css` or `style-3f9a1c02.css`: the name changes with the content.
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
    use crate::diagnostics::diagnostic::Diagnostic;
    use crate::diagnostics::source::Source;

    fn parse(text: &str) -> Result<HeaderRules, Vec<Diagnostic>> {
        let source = Source::new("site.toml", text);
        let raw: RawHeaderRules = toml::from_str(text).unwrap();
        let mut findings = Findings::new(&source);
        raw.validate(&mut findings);
        let diagnostics = findings.into_diagnostics();
        if diagnostics.is_empty() { Ok(raw.resolve()) } else { Err(diagnostics) }
    }

    #[test]
    fn a_key_that_is_left_out_has_its_default() {
        let rules = parse("pages = 'no-cache'\n[cache]\n'img/*' = 'public, max-age=9'").unwrap();
        assert_eq!((rules.pages.as_str(), rules.hashed), ("no-cache", HeaderRules::default().hashed));
        assert_eq!(rules.cache, [("img/*".to_owned(), "public, max-age=9".to_owned())]);
    }

    #[test]
    fn an_invalid_value_is_reported() {
        for value in ["", "max-age=", "public max-age=3", "public,,x", "a\\r\\nSet-Cookie: b"] {
            assert_eq!(parse(&format!("pages = \"{value}\"")).unwrap_err()[0].code, Code::BadHeader, "{value}");
        }
    }

    #[test]
    fn a_policy_is_one_line_and_may_be_empty() {
        assert!(CSP.starts_with("default-src 'self'; ") && !CSP.contains("unsafe"));
        assert!(include_str!("../../README.md").contains(&format!("Content-Security-Policy \"{CSP}\" always;")));
        assert_eq!(parse("csp = ''").unwrap().csp, "");
        for value in ["a\\nb", "默认"] {
            assert_eq!(parse(&format!("csp = \"{value}\"")).unwrap_err()[0].code, Code::BadHeader, "{value}");
        }
    }

    #[test]
    fn pages_change_and_hashed_files_do_not() {
        let rules = HeaderRules::default();
        let of = |path| rules.cache_control(path);
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
        let of = |path| rules.cache_control(path);
        assert_eq!([of("x.css"), of("img/x.png"), of("img/a/x.svg")], ["a", "b", "c"]);
        assert_eq!([of("themes/t/feed.xml"), of("feed.xml")], ["d", "a"]);
        assert_eq!([of("a1b2c"), of("abc"), of("acb")], ["e", "e", "a"]);
    }
}
