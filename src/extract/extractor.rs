//! Feature extraction: places, key figures and keywords of an article, as far as the settings enable them.
//!
//! The result depends on the text and these settings alone, so it can be cached from one build to the next.

use crate::config::settings::Config;
use crate::config::themes::Theme;
use crate::content::article::FrontMatter;
use crate::content::plain_text::Paragraph;
use crate::extract::figures::{Figure, FigureExtractor};
use crate::extract::gazetteer::PlaceId;
use crate::extract::keywords::keywords;
use crate::extract::places::PlaceFinder;
use crate::util::digest::Digest;
use std::sync::OnceLock;

/// Extracts the features that the site's settings enable. The automata are built for the first article: a build in which no
/// article has changed does not need them.
#[derive(Debug, Clone, Default)]
pub struct Extractor {
    places: Option<OnceLock<PlaceFinder>>,
    figures: Option<OnceLock<FigureExtractor>>,
    skip_keywords: bool,
    themes: Vec<Theme>,
}

impl Extractor {
    /// The extractor for a site with these settings. The default extracts keywords alone.
    pub fn new(config: &Config) -> Self {
        Self {
            places: config.places.enabled.then(OnceLock::new),
            figures: config.figures.enabled.then(OnceLock::new),
            skip_keywords: false,
            themes: config.themes.clone(),
        }
    }

    /// Enables keywords, which are of use only where the site shows related articles.
    pub(crate) fn with_keywords(self, enabled: bool) -> Self {
        Self { skip_keywords: !enabled, ..self }
    }

    /// A fingerprint of all that the results depend on besides an article's text.
    pub(crate) fn fingerprint(&self) -> Digest {
        let figures = self.figures.is_some();
        let terms: Vec<_> = self.themes.iter().filter(|_| figures).map(|theme| (&theme.id, &theme.terms)).collect();
        Digest::of(&(env!("CARGO_PKG_VERSION"), self.places.is_some(), figures, self.skip_keywords, terms))
    }

    /// The [`keywords`] of an article.
    pub(crate) fn keywords<'t>(&self, front: &FrontMatter, texts: impl IntoIterator<Item = &'t str>) -> Box<[u32]> {
        if self.skip_keywords { Box::default() } else { keywords(&front.title, texts) }
    }

    /// The places that an article is about, the most prominent first.
    pub(crate) fn places<'t>(&self, front: &FrontMatter, texts: impl IntoIterator<Item = &'t str>) -> Box<[PlaceId]> {
        let Some(finder) = &self.places else { return Box::default() };
        finder.get_or_init(PlaceFinder::new).places(front, texts).into()
    }

    /// The key figures of an article that is filed under `themes`, in reading order.
    pub(crate) fn figures(&self, themes: &[String], paragraphs: &[Paragraph]) -> Box<[Figure]> {
        let Some(extractor) = &self.figures else { return Box::default() };
        extractor.get_or_init(|| FigureExtractor::new(&self.themes)).figures(themes, paragraphs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::entry::Entry;
    use crate::config::republish::Switch;
    use crate::content::article::Article;

    #[test]
    fn an_entry_has_the_features_that_the_settings_enable() {
        let body = "新华社南京3月2日电 全国已有80000名骑手入会。\n".to_owned();
        let article = Article { file: "a.md".to_owned(), front: FrontMatter::default(), byline: None, body };
        let extract = |config: &Config| Entry::of(&article, &Extractor::new(config));
        let all = extract(&Config::default());
        assert_eq!((all.places.to_vec(), all.figures.len()), (vec![PlaceId(3201)], 1));
        let off = Switch { enabled: false };
        let none = extract(&Config { places: off, figures: off, ..Config::default() });
        assert_eq!((none.places.len(), none.figures.len(), none.keywords), (0, 0, all.keywords));
    }

    #[test]
    fn the_fingerprint_follows_the_settings_that_extraction_depends_on() {
        let fingerprint = |config: &Config| Extractor::new(config).fingerprint();
        let theme = Theme { id: "产改".into(), terms: [("考卷".to_owned(), 2.0)].into(), ..Theme::default() };
        let plain = Config::default();
        let themed = Config { themes: vec![theme], ..Config::default() };
        let off = Config { figures: Switch { enabled: false }, ..themed.clone() };
        assert!(fingerprint(&plain) != fingerprint(&themed) && fingerprint(&themed) != fingerprint(&off));
        assert_eq!(fingerprint(&plain), fingerprint(&Config { title: "另".into(), ..Config::default() }));
    }
}
