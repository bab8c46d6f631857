//! Why an article is here: the words that filed it under its themes.
//!
//! Import filed the article by its text as it was then; told are the words that stand in it now. Where an editor filed it,
//! that is the reason.

use crate::content::article::FrontMatter;
use crate::render::views::cards::Cards;
use crate::render::views::pages::{EvidenceTerm, ThemeEvidence};
use crate::theme::classify::{ArticleText, ThemeScore};

/// Words told for each theme.
const WORDS: usize = 8;

/// The themes of an article, each with its reason, most fitting first; `plain` is all of its text.
pub(crate) fn theme_evidence(cards: Cards<'_>, id: usize, plain: &str) -> Vec<ThemeEvidence> {
    let catalog = &cards.site.catalog;
    let front = &catalog.entries[id].front;
    let themes = catalog.themes_of(id);
    if themes.is_empty() {
        return Vec::new();
    }
    let filings = if front.themes_override().is_some() { Vec::new() } else { weighed(cards, front, plain) };
    let view = |theme: usize| {
        let of_theme = filings.iter().find(|filing| filing.id == cards.site.config.themes[theme].id);
        let words = of_theme.into_iter().flat_map(|filing| filing.evidence.iter().take(WORDS));
        ThemeEvidence {
            theme: cards.theme(theme),
            by_editor: front.themes_override().is_some(),
            terms: words.map(|word| EvidenceTerm { term: word.term.clone(), count: word.count }).collect(),
        }
    };
    themes.into_iter().map(view).collect()
}

fn weighed(cards: Cards<'_>, front: &FrontMatter, plain: &str) -> Vec<ThemeScore> {
    let part = |text: &'_ Option<String>| text.clone().unwrap_or_default();
    let (kicker, subtitle, column) = (part(&front.kicker), part(&front.subtitle), part(&front.column));
    // as when it was imported: a headline made from the text says nothing beside the text
    let title = if front.title_inferred { "" } else { front.title.as_str() };
    let text = ArticleText { title, kicker: &kicker, subtitle: &subtitle, column: &column, body: plain };
    let verdict = cards.site.classifier.verdict(&text);
    verdict.filed.into_iter().chain(verdict.rejected).collect()
}
