//! The pages of themes: `ThemesView` (all themes), `ThemeView` (a part of a theme's articles), `FiguresView` (its key figures).

use crate::catalog::entry::EntryId;
use crate::catalog::reprints::Reprints;
use crate::render::charts::pairs::{pairs, shared_themes};
use crate::render::charts::trend::{NARROW, bars, rows};
use crate::render::pages::figures::figures;
use crate::render::pages::lists::part_of;
use crate::render::views::cards::Cards;
use crate::render::views::common::{Link, ThemeBlock};
use crate::render::views::lists::{ExportPaths, FiguresView, ThemeCount, ThemeView, ThemesView};
use crate::site::lists::of_theme;
use crate::site::page::{ExportFormat, Page, Scope};
use crate::site::page_list::{FIGURES, has_figure_page};

/// Articles shown under each theme on a page of themes.
const NEWEST: usize = 5;
/// Key figures on their own page.
const ALL_FIGURES: usize = 60;

pub(crate) fn themes(cards: Cards<'_>) -> ThemesView {
    ThemesView { themes: blocks(cards, &|_| false), trends: rows(cards), pairs: pairs(cards) }
}

/// Each theme with its newest articles, without those that the page has `shown` elsewhere, unless these are all.
pub(crate) fn blocks(cards: Cards<'_>, shown: &dyn Fn(EntryId) -> bool) -> Vec<ThemeBlock> {
    let themes = cards.site.catalog.themes.iter().enumerate();
    themes
        .map(|(theme, ids)| ThemeBlock {
            theme: cards.theme(theme),
            newest: cards.cards(&newest(&cards.site.catalog.reprints, ids, shown)),
        })
        .collect()
}

/// The newest articles of a theme, without those that the page has `shown` elsewhere, unless these are all.
pub(crate) fn newest(reprints: &Reprints, ids: &[EntryId], shown: &dyn Fn(EntryId) -> bool) -> Vec<EntryId> {
    let ids = reprints.once(ids);
    let not_shown: Vec<EntryId> = ids.iter().copied().filter(|&id| !shown(id)).take(NEWEST).collect();
    if not_shown.is_empty() { ids.iter().copied().take(NEWEST).collect() } else { not_shown }
}

/// A part of the articles of a theme; the first one with key figures and charts.
pub(crate) fn theme(cards: Cards<'_>, theme: usize, part: usize) -> ThemeView {
    let ids = &cards.site.catalog.themes[theme];
    let mut view = article_list(cards, theme, ids, part, &|part| Page::Theme { theme, part });
    // its years have pages of their own
    view.pager.years.clear();
    if part > 1 {
        return view;
    }
    let once = cards.site.catalog.reprints.once(ids);
    let listed = once.iter().take(cards.site.config.page_size);
    let excerpts: Vec<&str> = listed.map(|&id| cards.summary(id).excerpt.as_str()).collect();
    ThemeView {
        figures: figures(cards, ids, FIGURES, &excerpts),
        more_figures: has_figure_page(&cards.site.catalog, theme).then(|| cards.path(Page::Figures(theme))),
        trend: bars(cards, ids, NARROW),
        together: together(cards, theme),
        ..view
    }
}

/// A part of the articles of a theme in a year or a paper.
pub(crate) fn theme_scope(cards: Cards<'_>, theme: usize, scope: Scope, part: usize) -> ThemeView {
    let ids = of_theme(&cards.site.catalog, theme, scope);
    let view = article_list(cards, theme, &ids, part, &|part| Page::ThemeScope { theme, scope, part });
    ThemeView { scope: Some(scope_link(cards, theme, scope, ids.len())), ..view }
}

/// The view of a part of a theme's articles, without key figures and charts.
fn article_list(
    cards: Cards<'_>,
    theme: usize,
    ids: &[EntryId],
    part: usize,
    page: &dyn Fn(usize) -> Page,
) -> ThemeView {
    let (articles, pager) = part_of(cards, ids, part, page);
    let is_year = |scope: &Scope| matches!(scope, Scope::Year(_));
    let links = |years: bool| {
        let scopes = cards.site.divisions.scopes[theme].iter().filter(|(scope, _)| is_year(scope) == years);
        scopes.map(|&(scope, count)| scope_link(cards, theme, scope, count)).collect()
    };
    ThemeView {
        theme: cards.theme(theme),
        articles,
        exports: cards.site.config.twins.themes.then(|| ExportPaths {
            csv: cards.path(Page::ThemeExport(theme, ExportFormat::Csv)),
            bibtex: cards.path(Page::ThemeExport(theme, ExportFormat::BibTeX)),
        }),
        pager,
        scope: None,
        years: links(true),
        papers: links(false),
        figures: Vec::new(),
        more_figures: None,
        trend: None,
        together: Vec::new(),
    }
}

fn scope_link(cards: Cards<'_>, theme: usize, scope: Scope, count: usize) -> Link {
    let name = match scope {
        Scope::Year(year) => cards.messages().year(year),
        Scope::Paper(paper) => cards.paper_name(cards.site.catalog.papers[paper].name.as_deref()),
    };
    cards.link(Page::ThemeScope { theme, scope, part: 1 }, name, count)
}

fn together(cards: Cards<'_>, theme: usize) -> Vec<ThemeCount> {
    let shared = if cards.site.config.charts.enabled { shared_themes(cards, theme) } else { Vec::new() };
    shared.into_iter().map(|(theme, count)| ThemeCount { theme: cards.theme(theme), count }).collect()
}

pub(crate) fn theme_figures(cards: Cards<'_>, theme: usize) -> FiguresView {
    let ids = &cards.site.catalog.themes[theme];
    FiguresView { theme: cards.theme(theme), figures: figures(cards, ids, ALL_FIGURES, &[]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::ArticleKind;
    use crate::render::views::sample::{Story, site};

    #[test]
    fn the_articles_of_a_theme_are_divided_into_parts() {
        let story: Story = (1, 9, ArticleKind::News, &["a"]);
        let site = site(&[story; 5]);
        let cards = Cards::of(&site);
        let parts: Vec<usize> = (1..=3).map(|part| theme(cards, 0, part).articles.len()).collect();
        assert_eq!(parts, [2, 2, 1]);
        let last = theme(cards, 0, 3).pager;
        assert_eq!((last.newer.as_deref(), last.older), (Some("themes/a/page/2/"), None));
        assert_eq!(theme(cards, 0, 2).pager.newer.as_deref(), Some("themes/a/"));
    }
}
