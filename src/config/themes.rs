//! `[filing]` and `[[themes]]` of site.toml: the themes with their terms, and when an article is filed under one.

use crate::config::findings::Findings;
use crate::diagnostics::code::Code;
use crate::message;
use crate::text::slug::is_slug;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use toml::Spanned;

/// When an article is filed under a theme. The scores that these numbers limit are computed in `theme/classify.rs`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct FilingRules {
    /// the lowest score that files an article
    pub(crate) threshold: f64,
    /// a further theme needs this share of the best score: 0 to 1
    pub(crate) second: f64,
    /// words that count against every theme, with a positive weight
    pub(crate) against: BTreeMap<String, f64>,
}

impl Default for FilingRules {
    fn default() -> Self {
        Self { threshold: 3.0, second: 0.75, against: BTreeMap::new() }
    }
}

/// A subject that the digest files articles under.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Theme {
    /// the id in `themes = […]` of an article
    pub id: String,
    /// the name for readers
    pub name: String,
    /// the name in URLs
    pub slug: String,
    /// a sentence for readers; empty: none
    pub description: String,
    /// words that count for the theme, with their weight (about 1 to 5)
    pub terms: BTreeMap<String, f64>,
    /// words that count against it, with a positive weight
    pub against: BTreeMap<String, f64>,
}

/// A theme as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawTheme {
    pub(crate) id: String,
    name: Option<String>,
    slug: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    terms: BTreeMap<String, f64>,
    #[serde(default)]
    against: BTreeMap<String, f64>,
}

impl RawTheme {
    /// The theme, with the id as its name where it has none.
    pub(crate) fn resolve(self) -> Theme {
        Theme {
            name: self.name.unwrap_or_else(|| self.id.clone()),
            id: self.id,
            slug: self.slug,
            description: self.description,
            terms: self.terms,
            against: self.against,
        }
    }
}

/// Adds themes that share an id or a slug, and terms without a word or a weight.
pub(crate) fn validate_themes(themes: &[Spanned<RawTheme>], findings: &mut Findings<'_>) {
    let (mut ids, mut slugs) = (HashSet::new(), HashSet::new());
    for theme in themes {
        let (span, theme) = (theme.span(), theme.get_ref());
        if theme.id.trim().is_empty() || !ids.insert(&theme.id) {
            let message = message!("the theme id {id} is defined twice, or is empty", id = format!("{:?}", theme.id));
            findings.add(Code::ThemeId, message, span.clone(), message!("each theme needs an id of its own"));
        }
        if !is_slug(&theme.slug) || !slugs.insert(&theme.slug) {
            let message = message!(
                "the slug {slug} of theme {id} is taken, or cannot be an address",
                slug = format!("{:?}", theme.slug),
                id = theme.id
            );
            findings.add(
                Code::ThemeSlug,
                message,
                span.clone(),
                message!("a slug has ASCII letters, digits, - and _, and is unique"),
            );
        }
        for (term, weight) in theme.terms.iter().chain(&theme.against).filter(is_invalid_term) {
            let message = message!(
                "theme {id}: the term {term} has the weight {weight}",
                id = theme.id,
                term = format!("{term:?}"),
                weight
            );
            findings.add(Code::ThemeTerm, message, span.clone(), message!("a term needs a word and a weight above 0"));
        }
    }
}

/// Adds limits that would file nothing, and terms without a word or a weight.
pub(crate) fn validate_filing(rules: &Spanned<FilingRules>, findings: &mut Findings<'_>) {
    let (span, rules) = (rules.span(), rules.get_ref());
    if !(rules.threshold > 0.0 && rules.threshold.is_finite() && (0.0..=1.0).contains(&rules.second)) {
        let message = message!(
            "filing by threshold {threshold} and second {second} files nothing",
            threshold = rules.threshold,
            second = rules.second
        );
        findings.add(
            Code::Filing,
            message,
            span.clone(),
            message!("the threshold is above 0; second is between 0 and 1"),
        );
    }
    for (term, weight) in rules.against.iter().filter(is_invalid_term) {
        let message = message!("filing: the term {term} has the weight {weight}", term = format!("{term:?}"), weight);
        findings.add(Code::ThemeTerm, message, span.clone(), message!("a term needs a word and a weight above 0"));
    }
}

fn is_invalid_term((term, weight): &(&String, &f64)) -> bool {
    term.trim().is_empty() || !weight.is_finite() || **weight <= 0.0
}
