//! What files an article: the rules of filing, and the themes with their terms.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::Source;
use crate::text::slug::is_slug;
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};
use toml::Spanned;

/// When an article is filed under a theme. (What the numbers are measured against: `theme/classify.rs`.)
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FilingRules {
    /// what a theme's terms have to come to
    pub(crate) threshold: f64,
    /// a second theme is filed where it comes to this part of the best one: 0 to 1
    pub(crate) second: f64,
    /// words that speak against every theme, with a positive weight
    pub(crate) against: BTreeMap<String, f64>,
}

impl Default for FilingRules {
    fn default() -> Self {
        Self { threshold: 3.0, second: 0.75, against: BTreeMap::new() }
    }
}

/// A subject that the digest files articles under.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Theme {
    /// what stands in `themes = […]`
    pub id: String,
    /// as a heading
    pub name: String,
    /// in addresses
    pub slug: String,
    pub description: String,
    /// words that speak for the theme, with their weight (about 1 to 5)
    pub terms: BTreeMap<String, f64>,
    /// words that speak against it, with a weight as positive as those above
    pub against: BTreeMap<String, f64>,
}

/// A theme as it stands in site.toml.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ThemeKeys {
    id: String,
    name: Option<String>,
    slug: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    terms: BTreeMap<String, f64>,
    #[serde(default)]
    against: BTreeMap<String, f64>,
}

impl ThemeKeys {
    pub(crate) fn settled(self) -> Theme {
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

/// What is wrong with them.
///
/// Findings: numbers that file nothing, terms without a word or weight, themes that share an id or an address.
pub(crate) fn findings(
    source: &Source,
    rules: &Spanned<FilingRules>,
    themes: &[Spanned<ThemeKeys>],
) -> Vec<Diagnostic> {
    let mut diagnostics = findings_of_rules(source, rules);
    let mut say = |code, message: String, span, hint: &str| {
        diagnostics.push(Diagnostic::new(code, message).at(source, span).hint(hint));
    };
    let (mut ids, mut slugs) = (HashSet::new(), HashSet::new());
    for theme in themes {
        let (span, theme) = (theme.span(), theme.get_ref());
        if theme.id.trim().is_empty() || !ids.insert(&theme.id) {
            let message = format!("a theme with the id {:?} stands here a second time, or has no id", theme.id);
            say(Code::ThemeId, message, span.clone(), "each theme needs an id of its own");
        }
        if !is_slug(&theme.slug) || !slugs.insert(&theme.slug) {
            let message = format!("the slug {:?} of theme {} is taken, or cannot be an address", theme.slug, theme.id);
            say(Code::ThemeSlug, message, span.clone(), "use ASCII letters, digits, - and _, once each");
        }
        for (term, weight) in theme.terms.iter().chain(&theme.against) {
            if !is_term(term, *weight) {
                let message = format!("theme {}: the term {term:?} has the weight {weight}", theme.id);
                say(Code::ThemeTerm, message, span.clone(), "a term needs a word and a weight above 0");
            }
        }
    }
    diagnostics
}

fn findings_of_rules(source: &Source, rules: &Spanned<FilingRules>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut say = |code, message: String, span, hint: &str| {
        diagnostics.push(Diagnostic::new(code, message).at(source, span).hint(hint));
    };
    let (span, rules) = (rules.span(), rules.get_ref());
    if !(rules.threshold > 0.0 && rules.threshold.is_finite() && (0.0..=1.0).contains(&rules.second)) {
        let message = format!("filing by threshold {} and second {} files nothing", rules.threshold, rules.second);
        say(Code::Filing, message, span.clone(), "the threshold is above 0; second is between 0 and 1");
    }
    for (term, weight) in rules.against.iter().filter(|(term, weight)| !is_term(term, **weight)) {
        let message = format!("filing: the term {term:?} has the weight {weight}");
        say(Code::ThemeTerm, message, span.clone(), "a term needs a word and a weight above 0");
    }
    diagnostics
}

fn is_term(term: &str, weight: f64) -> bool {
    !term.trim().is_empty() && weight.is_finite() && weight > 0.0
}
