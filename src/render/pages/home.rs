//! The home page: the lead and the articles beside it, the newest issue, each theme, key figures, a trend. View: `HomeView`.

use crate::catalog::entry::EntryId;
use crate::content::article::ArticleKind;
use crate::render::charts::trend::{WIDE, bars};
use crate::render::pages::figures::figures;
use crate::render::pages::themes::blocks;
use crate::render::views::cards::Cards;
use crate::render::views::pages::HomeView;

/// Articles beside the lead.
const FRONT: usize = 6;
/// Links to issues before the newest.
const ISSUES: usize = 8;
/// Key figures.
const FIGURES: usize = 4;
/// How many of the newest articles key figures and the articles beside the lead are chosen from.
const RECENT: usize = 120;
/// The least length of the lead (字数).
const MIN_LEAD_LENGTH: usize = 200;

/// The lead: the first article of the newest issue that is long enough, or of the newest articles if there are no issues.
pub(crate) fn lead(cards: Cards<'_>) -> Option<EntryId> {
    let newest = newest(cards);
    let can_lead = |&id: &EntryId| is_story(cards, id) && cards.summary(id).word_count.total() >= MIN_LEAD_LENGTH;
    newest.iter().copied().find(can_lead).or(newest.first().copied())
}

/// The articles of the newest issue, or the newest articles if there are no issues.
fn newest(cards: Cards<'_>) -> Vec<EntryId> {
    let catalog = &cards.site.catalog;
    match catalog.issues.issues.is_empty() {
        false => catalog.issues.articles(0).collect(),
        true => (0..catalog.entries.len()).take(FRONT + 1).collect(),
    }
}

/// The view of the home page without the opening of the lead.
pub(crate) fn home(cards: Cards<'_>, lead: Option<EntryId>) -> HomeView {
    let catalog = &cards.site.catalog;
    let all: Vec<EntryId> = (0..catalog.entries.len()).collect();
    let front = beside_lead(cards, lead);
    let shown = |id: EntryId| Some(id) == lead || front.contains(&id);
    HomeView {
        date: catalog.entries.first().and_then(|entry| entry.front.date).map(|date| cards.day(date)),
        lead: lead.map(|id| cards.card(id)),
        opening: String::new(),
        front: cards.cards(&front),
        latest: (!catalog.issues.issues.is_empty()).then(|| cards.issue_block(0)),
        themes: blocks(cards, &shown).into_iter().filter(|block| block.theme.count > 0).collect(),
        figures: figures(cards, &all[..all.len().min(RECENT)], FIGURES),
        trend: bars(cards, &all, WIDE),
        issues: (1..catalog.issues.issues.len()).take(ISSUES).map(|issue| cards.issue(issue)).collect(),
    }
}

/// The articles beside the lead: of the newest issue, and of the issues before it if these are too few.
fn beside_lead(cards: Cards<'_>, lead: Option<EntryId>) -> Vec<EntryId> {
    let newest = newest(cards);
    let older = (0..cards.site.catalog.entries.len()).take(RECENT).filter(|id| !newest.contains(id));
    let candidates = newest.iter().copied().chain(older);
    candidates.filter(|&id| Some(id) != lead && is_story(cards, id)).take(FRONT).collect()
}

/// Whether an article is filed under a theme and is neither a photo nor a brief.
fn is_story(cards: Cards<'_>, id: EntryId) -> bool {
    let has_text = !matches!(cards.site.catalog.entries[id].front.kind, ArticleKind::Photo | ArticleKind::Brief);
    has_text && !cards.site.catalog.themes_of(id).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::pages::archive::{archive, undated};
    use crate::render::views::sample::{site, title, titles};

    #[test]
    fn the_first_long_article_of_the_newest_issue_is_the_lead() {
        let site = site(&[
            (18, 900, ArticleKind::News, &["a"]),
            (19, 900, ArticleKind::Photo, &["a"]),
            (19, 50, ArticleKind::News, &["a"]),
            (19, 900, ArticleKind::News, &[]),
            (19, 900, ArticleKind::News, &["a"]),
            (19, 900, ArticleKind::Theory, &["b"]),
        ]);
        let cards = Cards::of(&site);
        let lead = lead(cards);
        let view = home(cards, lead);
        assert_eq!(view.lead.as_ref().map(title), Some("4".to_owned()));
        assert_eq!(titles(&view.front), ["2", "5", "0"], "the newest issue has too few");
        assert_eq!(titles(&view.themes[0].newest), ["1"], "articles beside the lead are not repeated");
        assert_eq!(titles(&view.themes[1].newest), ["5"], "unless there are no others");
        assert_eq!((view.latest.unwrap().issue.count, view.issues.len()), (5, 1));
    }

    #[test]
    fn without_dates_the_home_page_shows_what_there_is() {
        let site = site(&[(0, 10, ArticleKind::News, &[]), (0, 900, ArticleKind::News, &["a"])]);
        let cards = Cards::of(&site);
        let view = home(cards, lead(cards));
        assert_eq!(view.lead.as_ref().map(title), Some("1".to_owned()));
        assert!(view.latest.is_none() && view.date.is_none());
        assert_eq!(archive(cards).undated.map(|link| link.count), Some(2));
        assert_eq!(titles(&undated(cards, 1).articles), ["0", "1"]);
    }
}
