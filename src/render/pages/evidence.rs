//! The reasons why an article is filed under its themes, a part of its page. View: `ThemeEvidence`.
//!
//! The words listed are those of the present text, which may have changed since import filed the article.

use crate::content::article::FrontMatter;
use crate::render::views::cards::Cards;
use crate::render::views::pages::{EvidenceTerm, ThemeEvidence};
use crate::theme::classify::{ArticleText, ThemeScore};

/// The most words listed for a theme.
const MAX_TERMS: usize = 8;

/// The themes of an article with their evidence, most fitting first; `plain` is its full text without markup.
pub(crate) fn theme_evidence(cards: Cards<'_>, id: usize, plain: &str) -> Vec<ThemeEvidence> {
    let catalog = &cards.site.catalog;
    let front = &catalog.entries[id].front;
    let (themes, by_editor) = (catalog.themes_of(id), front.themes_override().is_some());
    let scores = if themes.is_empty() || by_editor { Vec::new() } else { scores(cards, front, plain) };
    let view = |theme: usize| {
        let score = scores.iter().find(|score| score.id == cards.site.config.themes[theme].id);
        let evidence = score.into_iter().flat_map(|score| score.evidence.iter().take(MAX_TERMS));
        ThemeEvidence {
            theme: cards.theme(theme),
            by_editor,
            terms: evidence.map(|found| EvidenceTerm { term: found.term.clone(), count: found.count }).collect(),
        }
    };
    themes.into_iter().map(view).collect()
}

/// The scores of all themes that the text matches, filed or not.
fn scores(cards: Cards<'_>, front: &FrontMatter, plain: &str) -> Vec<ThemeScore> {
    let part = |text: &'_ Option<String>| text.clone().unwrap_or_default();
    let (kicker, subtitle, column) = (part(&front.kicker), part(&front.subtitle), part(&front.column));
    // as in import: a headline that was made from the text is no further evidence
    let title = if front.title_inferred { "" } else { front.title.as_str() };
    let text = ArticleText { title, kicker: &kicker, subtitle: &subtitle, column: &column, body: plain };
    let classification = cards.site.classifier.classify(&text);
    classification.assigned.into_iter().chain(classification.rejected).collect()
}
