//! The front page: the lead and the stories beside it, the latest issue, each theme, key figures, a trend.

use crate::catalog::entry::EntryId;
use crate::content::article::ArticleKind;
use crate::render::charts::trend::{WIDE, bars};
use crate::render::pages::figures::figures;
use crate::render::pages::themes::blocks;
use crate::render::views::cards::Cards;
use crate::render::views::pages::HomeView;

/// Stories beside the lead on the home page.
const FRONT: usize = 6;
/// Issues named on the home page, the latest aside.
const ISSUES: usize = 8;
/// Key figures on the home page, and how many of the newest articles they are drawn from.
const FIGURES: usize = 4;
const RECENT: usize = 120;
/// 字 from which a story can lead.
const LEADING: usize = 200;

/// The article that leads the home page: of the newest issue, the first story with something to read; where there are no
/// issues, of the newest articles.
pub(crate) fn lead(cards: Cards<'_>) -> Option<EntryId> {
    let newest = newest(cards);
    newest.iter().copied().find(|&id| can_lead(cards, id)).or(newest.first().copied())
}

fn newest(cards: Cards<'_>) -> Vec<EntryId> {
    let catalog = &cards.site.catalog;
    match catalog.issues.issues.is_empty() {
        false => catalog.issues.articles(0).collect(),
        true => (0..catalog.entries.len()).take(FRONT + 1).collect(),
    }
}

/// `opening` is the beginning of the lead's text.
pub(crate) fn home(cards: Cards<'_>, lead: Option<EntryId>, opening: String) -> HomeView {
    let catalog = &cards.site.catalog;
    let front = beside(cards, lead);
    let shown = |id: EntryId| Some(id) == lead || front.contains(&id);
    HomeView {
        date: catalog.entries.first().and_then(|entry| entry.front.date).map(|date| cards.day(date)),
        lead: lead.map(|id| cards.card(id)),
        opening,
        front: cards.cards(&front),
        latest: (!catalog.issues.issues.is_empty()).then(|| cards.issue_block(0)),
        themes: blocks(cards, &shown).into_iter().filter(|block| block.theme.count > 0).collect(),
        figures: figures(cards, &newest_of_all(cards), FIGURES),
        trend: bars(cards, &all(cards), WIDE),
        issues: (1..catalog.issues.issues.len()).take(ISSUES).map(|issue| cards.issue(issue)).collect(),
    }
}

/// The stories beside the lead: those of the newest issue, and where these are few those of the issues before it.
fn beside(cards: Cards<'_>, lead: Option<EntryId>) -> Vec<EntryId> {
    let newest = newest(cards);
    let older = (0..cards.site.catalog.entries.len()).take(RECENT).filter(|id| !newest.contains(id));
    let candidates = newest.iter().copied().chain(older);
    candidates.filter(|&id| Some(id) != lead && can_stand_in_front(cards, id)).take(FRONT).collect()
}

fn all(cards: Cards<'_>) -> Vec<EntryId> {
    (0..cards.site.catalog.entries.len()).collect()
}

/// The articles whose key figures are new enough for the front page.
fn newest_of_all(cards: Cards<'_>) -> Vec<EntryId> {
    (0..cards.site.catalog.entries.len()).take(RECENT).collect()
}

/// A story that is filed under a theme.
fn can_stand_in_front(cards: Cards<'_>, id: EntryId) -> bool {
    let story = !matches!(cards.site.catalog.entries[id].front.kind, ArticleKind::Photo | ArticleKind::Brief);
    story && !cards.site.catalog.themes_of(id).is_empty()
}

fn can_lead(cards: Cards<'_>, id: EntryId) -> bool {
    can_stand_in_front(cards, id) && cards.summary(id).word_count.count() >= LEADING
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::pages::archive::{archive, undated};
    use crate::render::views::sample::{site, title, titles};

    #[test]
    fn the_first_story_of_the_newest_issue_leads() {
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
        let view = home(cards, lead, String::new());
        assert_eq!(view.lead.as_ref().map(title), Some("4"));
        assert_eq!(titles(&view.front), ["2", "5", "0"], "where the newest issue has few, others follow");
        assert_eq!(titles(&view.themes[0].newest), ["1"], "what stands in front is not told again");
        assert_eq!(titles(&view.themes[1].newest), ["5"], "unless there is nothing else");
        assert_eq!((view.latest.unwrap().issue.count, view.issues.len()), (5, 1));
    }

    #[test]
    fn without_dates_the_home_page_shows_what_there_is() {
        let site = site(&[(0, 10, ArticleKind::News, &[]), (0, 900, ArticleKind::News, &["a"])]);
        let cards = Cards::of(&site);
        let view = home(cards, lead(cards), String::new());
        assert_eq!(view.lead.as_ref().map(title), Some("1"));
        assert!(view.latest.is_none() && view.date.is_none());
        assert_eq!(archive(cards).undated.map(|link| link.count), Some(2));
        assert_eq!(titles(&undated(cards, 1).articles), ["0", "1"]);
    }
}
