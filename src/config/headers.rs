//! `[headers]` of site.toml: the `Cache-Control` of published files.

use crate::config::findings::Findings;
use crate::diagnostics::code::Code;
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
    /// whether to write `_headers` and `_redirects`, which Netlify and Cloudflare Pages read
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

/// The section as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawHeaderRules {
    pages: Option<Spanned<String>>,
    assets: Option<Spanned<String>>,
    hashed: Option<Spanned<String>>,
    cache: BTreeMap<String, Spanned<String>>,
    files: bool,
}

impl RawHeaderRules {
    /// Adds values that are no valid header.
    pub(crate) fn validate(&self, findings: &mut Findings<'_>) {
        let values = [&self.pages, &self.assets, &self.hashed].into_iter().flatten().chain(self.cache.values());
        for value in values.filter(|value| !is_cache_control(value.get_ref())) {
            let message = format!("{:?} is no value of Cache-Control", value.get_ref());
            let hint = "such as \"public, max-age=300\", in seconds, or \"no-cache\"";
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
            files: self.files,
        }
    }
}

/// Whether a text is a list of directives, separated by commas, each a word or `word=value`.
fn is_cache_control(text: &str) -> bool {
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
}
