//! `[headers]` of site.toml: how long a reader's browser may keep what it has fetched.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::Source;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// How long files may be kept, each a value of `Cache-Control` (RFC 9111, section 5.2.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderRules {
    /// pages, feeds, and what else changes under its name
    pub(crate) pages: String,
    /// styles, scripts, pictures, the search index
    pub(crate) assets: String,
    /// files whose name holds a hash of what is in them: `style.3f9a1c02.css`
    pub(crate) hashed: String,
    /// pattern, value: for some files another one. `*` stands for any text, `/` included; the longest pattern that fits wins
    pub(crate) cache: Vec<(String, String)>,
    /// Write `_headers` and `_redirects`, which Netlify and Cloudflare Pages read.
    pub(crate) files: bool,
}

impl Default for HeaderRules {
    fn default() -> Self {
        Self {
            pages: "public, max-age=300".to_owned(),
            assets: "public, max-age=3600".to_owned(),
            hashed: "public, max-age=31536000, immutable".to_owned(),
            cache: Vec::new(),
            files: false,
        }
    }
}

/// The keys, as they stand in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Keys {
    pages: Option<Spanned<String>>,
    assets: Option<Spanned<String>>,
    hashed: Option<Spanned<String>>,
    cache: BTreeMap<String, Spanned<String>>,
    files: bool,
}

/// Values that cannot be sent.
pub(crate) fn findings(source: &Source, keys: &Keys) -> Vec<Diagnostic> {
    let values = [&keys.pages, &keys.assets, &keys.hashed].into_iter().flatten().chain(keys.cache.values());
    let wrong = values.filter(|value| !is_value(value.get_ref()));
    wrong
        .map(|value| {
            Diagnostic::new(Code::BadHeader, format!("{:?} is no value of Cache-Control", value.get_ref()))
                .at(source, value.span())
                .hint("such as \"public, max-age=300\", in seconds, or \"no-cache\"")
        })
        .collect()
}

/// The rules. Only for keys without [`findings`].
pub(crate) fn settled(keys: Keys) -> HeaderRules {
    let usual = HeaderRules::default();
    let or = |key: Option<Spanned<String>>, usual: String| key.map_or(usual, Spanned::into_inner);
    HeaderRules {
        pages: or(keys.pages, usual.pages),
        assets: or(keys.assets, usual.assets),
        hashed: or(keys.hashed, usual.hashed),
        cache: keys.cache.into_iter().map(|(pattern, value)| (pattern, value.into_inner())).collect(),
        files: keys.files,
    }
}

/// Directives with commas between them, each a word or `word=value`.
fn is_value(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|c| c.is_ascii_alphanumeric() || b"-_\"".contains(&c));
    text.split(',').all(|directive| {
        let (name, value) = directive.trim().split_once('=').unwrap_or((directive.trim(), "x"));
        is_word(name) && is_word(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<HeaderRules, Vec<Diagnostic>> {
        let source = Source::new("site.toml", text);
        let keys: Keys = toml::from_str(text).unwrap();
        let diagnostics = findings(&source, &keys);
        if diagnostics.is_empty() { Ok(settled(keys)) } else { Err(diagnostics) }
    }

    #[test]
    fn what_is_left_out_keeps_its_usual_value() {
        let rules = read("pages = 'no-cache'\n[cache]\n'img/*' = 'public, max-age=9'").unwrap();
        assert_eq!((rules.pages.as_str(), rules.hashed), ("no-cache", HeaderRules::default().hashed));
        assert_eq!(rules.cache, [("img/*".to_owned(), "public, max-age=9".to_owned())]);
    }

    #[test]
    fn what_is_no_value_is_named() {
        for value in ["", "max-age=", "public max-age=3", "public,,x", "a\\r\\nSet-Cookie: b"] {
            assert_eq!(read(&format!("pages = \"{value}\"")).unwrap_err()[0].code, Code::BadHeader, "{value}");
        }
    }
}
