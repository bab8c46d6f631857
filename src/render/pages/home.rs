//! The home page: the lead and the articles beside it, the newest issue, each theme, key figures, a trend. View: `HomeView`.

use crate::catalog::entry::EntryId;
use crate::content::article::ArticleKind;
use crate::render::charts::trend::{WIDE, bars};
use crate::render::pages::figures::figures;
use crate::render::pages::themes::{blocks, newest};
use crate::render::views::cards::Cards;
use crate::render::views::common::{FigureView, IssueBlock};
use crate::render::views::pages::HomeView;

/// Articles beside the lead.
const FRONT: usize = 6;
/// Links to issues before the newest, and to as many in the rail below key figures.
const ISSUES: usize = 8;
const ISSUES_BELOW_FIGURES: usize = 5;
/// Key figures.
const FIGURES: usize = 4;
/// The most headlines of the newest issue, whose own page has all.
const CONTENTS: usize = 12;
/// With so few headlines of the newest issue, key figures or the issues before it stand in the rail too, which is then as long as the stories
/// beside it.
const FIGURES_IN_RAIL: usize = 4;
const ISSUES_IN_RAIL: usize = 9;
/// How many of the newest articles key figures and the articles beside the lead are chosen from.
const RECENT: usize = 120;
/// The least length of the lead (字数).
const MIN_LEAD_LENGTH: usize = 200;

/// The lead: the first article of the newest issue that is long enough, or of the newest articles if there are no issues.
pub(crate) fn lead(cards: Cards<'_>) -> Option<EntryId> {
    let newest = newest_articles(cards);
    let can_lead = |&id: &EntryId| is_story(cards, id) && cards.summary(id).word_count.total() >= MIN_LEAD_LENGTH;
    newest.iter().copied().find(can_lead).or(newest.first().copied())
}

/// The articles of the newest issue, or the newest articles if there are no issues.
fn newest_articles(cards: Cards<'_>) -> Vec<EntryId> {
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
    let of_themes = catalog.themes.iter().filter_map(|ids| newest(&catalog.reprints, ids, &shown).first().copied());
    let with_excerpts: Vec<EntryId> = front.iter().copied().chain(of_themes).collect();
    let latest = (!catalog.issues.issues.is_empty()).then(|| contents(cards.issue_block(0)));
    let contents = latest.as_ref().map_or(usize::MAX, headlines);
    let figures_in_rail = contents <= FIGURES_IN_RAIL;
    let linked_issues = if figures_in_rail { ISSUES_BELOW_FIGURES } else { ISSUES };
    HomeView {
        date: catalog.entries.first().and_then(|entry| entry.front.date).map(|date| cards.day(date)),
        lead: lead.map(|id| cards.card(id)),
        opening: String::new(),
        figures: key_figures(cards, lead, &with_excerpts),
        figures_in_rail,
        issues_in_rail: contents <= ISSUES_IN_RAIL,
        front: cards.cards(&front),
        latest,
        themes: blocks(cards, &shown).into_iter().filter(|block| block.theme.count > 0).collect(),
        trend: bars(cards, &all, WIDE),
        issues: (1..catalog.issues.issues.len()).take(linked_issues).map(|issue| cards.issue(issue)).collect(),
    }
}

/// The key figures of the newest articles that are filed under a theme: none of the lead, and none of a sentence that is in an excerpt on the
/// page.
fn key_figures(cards: Cards<'_>, lead: Option<EntryId>, with_excerpts: &[EntryId]) -> Vec<FigureView> {
    let catalog = &cards.site.catalog;
    let is_filed = |&id: &EntryId| Some(id) != lead && !catalog.themes_of(id).is_empty();
    let filed: Vec<EntryId> = (0..catalog.entries.len()).take(RECENT).filter(is_filed).collect();
    let excerpts: Vec<&str> = with_excerpts.iter().map(|&id| cards.summary(id).excerpt.as_str()).collect();
    figures(cards, &filed, FIGURES, &excerpts)
}

/// An issue with its first headlines.
fn contents(mut block: IssueBlock) -> IssueBlock {
    let mut rest = CONTENTS;
    for articles in block.pages.iter_mut().map(|page| &mut page.articles).chain([&mut block.loose]) {
        articles.truncate(rest);
        rest -= articles.len();
    }
    block.pages.retain(|page| !page.articles.is_empty());
    block
}

/// The number of headlines that an issue shows.
fn headlines(block: &IssueBlock) -> usize {
    block.pages.iter().map(|page| page.articles.len()).sum::<usize>() + block.loose.len()
}

/// The articles beside the lead: of the newest issue, and of the issues before it if these are too few.
fn beside_lead(cards: Cards<'_>, lead: Option<EntryId>) -> Vec<EntryId> {
    let newest = newest_articles(cards);
    let older = (0..cards.site.catalog.entries.len()).take(RECENT).filter(|id| !newest.contains(id));
    let candidates: Vec<EntryId> = newest.iter().copied().chain(older).collect();
    let candidates = cards.site.catalog.reprints.once(&candidates).into_owned().into_iter();
    let of_lead = lead.map(|id| cards.site.catalog.reprints.group(id)).unwrap_or_default();
    let candidates = candidates.filter(|id| !of_lead.contains(id));
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
    use crate::render::views::sample::{Story, site, title, titles};

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
    fn the_rail_is_filled_beside_a_short_issue_and_cut_beside_a_long_one() {
        let rail = |count: usize| {
            let story: Story = (19, 900, ArticleKind::News, &["a"]);
            let site = site(&vec![story; count]);
            let cards = Cards::of(&site);
            let view = home(cards, lead(cards));
            (headlines(view.latest.as_ref().unwrap()), view.figures_in_rail, view.issues_in_rail)
        };
        assert_eq!(rail(3), (3, true, true));
        assert_eq!(rail(8), (8, false, true));
        assert_eq!(rail(30), (12, false, false));
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
