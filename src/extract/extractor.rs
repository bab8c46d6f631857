//! What is read out of an article's text when it is shelved, as the settings want it.
//!
//! All of it follows from the text and from these settings alone, so that it can be kept from one build to the next.

use crate::config::settings::Config;
use crate::config::themes::Theme;
use crate::content::article::FrontMatter;
use crate::content::plain_text::Paragraph;
use crate::extract::figures::{Drawer, Figure};
use crate::extract::gazetteer::PlaceId;
use crate::extract::keywords::salient;
use crate::extract::places::Finder;
use std::sync::OnceLock;

/// Reads places and key figures, those that the site wants. What it takes to find them is made for the first article: where
/// none has changed, nobody waits for it.
#[derive(Debug, Clone, Default)]
pub struct Extractor {
    places: Option<OnceLock<Finder>>,
    figures: Option<OnceLock<Drawer>>,
    no_words: bool,
    themes: Vec<Theme>,
    salt: String,
}

impl Extractor {
    pub fn new(config: &Config) -> Self {
        Self {
            places: config.places.enabled.then(OnceLock::new),
            figures: config.figures.enabled.then(OnceLock::new),
            no_words: false,
            themes: config.themes.clone(),
            salt: salt(config),
        }
    }

    /// Whether anybody asks which articles are akin.
    pub(crate) fn with_words(self, wanted: bool) -> Self {
        Self { no_words: !wanted, salt: format!("{} {wanted}", self.salt), ..self }
    }

    /// The words that an article comes back to.
    pub(crate) fn words<'t>(&self, front: &FrontMatter, texts: impl IntoIterator<Item = &'t str>) -> Box<[u32]> {
        if self.no_words { Box::default() } else { salient(&front.title, texts) }
    }

    /// What a result depends on besides the article's text: whoever keeps results keeps this with them.
    pub(crate) fn salt(&self) -> &str {
        &self.salt
    }

    pub(crate) fn places<'t>(&self, front: &FrontMatter, texts: impl IntoIterator<Item = &'t str>) -> Box<[PlaceId]> {
        let finder = self.places.as_ref().map(|finder| finder.get_or_init(Finder::new));
        finder.map(|finder| finder.places(front, texts).into()).unwrap_or_default()
    }

    pub(crate) fn figures(&self, themes: &[String], paragraphs: &[Paragraph]) -> Box<[Figure]> {
        let drawer = self.figures.as_ref().map(|drawer| drawer.get_or_init(|| Drawer::new(&self.themes)));
        drawer.map(|drawer| drawer.figures(themes, paragraphs)).unwrap_or_default()
    }
}

fn salt(config: &Config) -> String {
    let Config { places, figures, themes, .. } = config;
    let terms: Vec<_> = themes.iter().filter(|_| figures.enabled).map(|theme| (&theme.id, &theme.terms)).collect();
    format!("{} {} {} {terms:?}", env!("CARGO_PKG_VERSION"), places.enabled, figures.enabled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::entry::Entry;
    use crate::config::republish::Switch;
    use crate::content::article::Article;

    #[test]
    fn an_entry_holds_what_the_settings_want() {
        let body = "新华社南京3月2日电 全国已有80000名骑手入会。\n".to_owned();
        let article = Article { file: "a.md".to_owned(), front: FrontMatter::default(), body };
        let read = |config: &Config| Entry::of(&article, &Extractor::new(config));
        let all = read(&Config::default());
        assert_eq!((all.places.to_vec(), all.figures.len()), (vec![PlaceId(3201)], 1));
        let off = Switch { enabled: false };
        let none = read(&Config { places: off, figures: off, ..Config::default() });
        assert_eq!((none.places.len(), none.figures.len(), none.words), (0, 0, all.words));
    }

    #[test]
    fn what_is_kept_is_read_anew_when_the_settings_change() {
        let salt = |config: &Config| Extractor::new(config).salt().to_owned();
        let theme = Theme { id: "产改".into(), terms: [("考卷".to_owned(), 2.0)].into(), ..Theme::default() };
        let plain = Config::default();
        let themed = Config { themes: vec![theme], ..Config::default() };
        let off = Config { figures: Switch { enabled: false }, ..themed.clone() };
        assert!(salt(&plain) != salt(&themed) && salt(&themed) != salt(&off));
        assert_eq!(salt(&plain), salt(&Config { title: "另".into(), ..Config::default() }));
    }
}
