//! Key figures, a part of many pages and the content of a theme's page of figures. View: `FigureView`.

use crate::catalog::entry::EntryId;
use crate::catalog::figures::top_figures;
use crate::config::republish::Extent;
use crate::render::markdown::html::paragraph_id;
use crate::render::views::cards::Cards;
use crate::render::views::common::FigureView;
use crate::site::body::extent;
use crate::site::page::Page;

/// The key figures of articles, highest-ranked first, at most `limit`, without sentences of the texts that the page shows.
pub(crate) fn figures(cards: Cards<'_>, ids: &[EntryId], limit: usize, shown: &[&str]) -> Vec<FigureView> {
    let top = top_figures(&cards.site.catalog.entries, ids, limit, shown);
    top.into_iter().map(|(id, at)| figure(cards, id, at)).collect()
}

/// The key figures of an article, in reading order.
pub(crate) fn of_article(cards: Cards<'_>, id: EntryId) -> Vec<FigureView> {
    (0..cards.site.catalog.entries[id].figures.len()).map(|at| figure(cards, id, at)).collect()
}

fn figure(cards: Cards<'_>, id: EntryId, at: usize) -> FigureView {
    let entry = &cards.site.catalog.entries[id];
    let figure = &entry.figures[at];
    let (before, number, after) = figure.parts();
    let is_shown = extent(cards.site, id) == Extent::Full;
    let paragraph = is_shown.then(|| paragraph_id(usize::from(figure.paragraph)));
    let address = cards.path(Page::Article(id));
    FigureView {
        before: before.to_owned(),
        number: number.to_owned(),
        after: after.to_owned(),
        path: paragraph.as_ref().map_or_else(|| address.clone(), |paragraph| format!("{address}#{paragraph}")),
        paragraph,
        title: entry.front.title.clone(),
        date: entry.front.date.map(|date| cards.day(date)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::catalog::Catalog;
    use crate::catalog::entry::Entry;
    use crate::config::settings::Config;
    use crate::content::address_book::AddressBook;
    use crate::content::article::{Article, FrontMatter};
    use crate::extract::extractor::Extractor;
    use crate::site::plan::plan;
    use crate::site::site::Site;

    fn site(articles: Extent) -> Site {
        let config = Config { articles, page_size: 9, ..Config::default() };
        let body = "开头。\n\n全国已有80000名骑手入会。\n".to_owned();
        let article =
            Article { file: "content/articles/a.md".into(), front: FrontMatter::default(), byline: None, body };
        let catalog = Catalog::index(vec![Entry::of(&article, &Extractor::new(&config))], &[]);
        plan(config, catalog, vec![], &[], AddressBook::default(), false).0
    }

    #[test]
    fn a_figure_links_to_its_paragraph_or_to_the_article_if_the_text_is_not_shown() {
        let linked = |articles| {
            let site = site(articles);
            let figure = figures(Cards::of(&site), &[0], 1, &[]).remove(0);
            (figure.number, figure.path, figure.paragraph)
        };
        let number = || "80000名".to_owned();
        assert_eq!(linked(Extent::Full), (number(), "undated/17/a/#p2".to_owned(), Some("p2".to_owned())));
        assert_eq!(linked(Extent::Excerpt), (number(), "undated/17/a/".to_owned(), None));
    }
}
