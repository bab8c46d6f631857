//! The search page. View: `SearchView`.

use crate::catalog::entry::Entry;
use crate::config::themes::Theme;
use crate::render::views::cards::Cards;
use crate::render::views::pages::{FacetValue, SearchView, YearFacet};
use crate::site::facets::{papers, years};
use crate::site::index_files::{IndexFiles, PAIRS, TEXTS, VOLUME};
use crate::util::digest::Digest;

/// The view of the search page; that of an empty index if the site has none.
pub(crate) fn search(cards: Cards<'_>) -> SearchView {
    let site = cards.site;
    let index = site.index_files.clone().unwrap_or(IndexFiles { articles: 0, names: 1, volumes: vec![] });
    let theme = |theme: &Theme| FacetValue { value: theme.slug.clone(), name: theme.name.clone() };
    SearchView {
        articles: index.articles,
        volume: VOLUME,
        texts: TEXTS,
        shards: index.volumes.iter().map(usize::to_string).collect::<Vec<_>>().join(" "),
        names: index.names,
        pairs: PAIRS,
        version: version(cards),
        themes: site.config.themes.iter().map(theme).collect(),
        papers: (papers(site).into_iter())
            .map(|paper| FacetValue { name: cards.paper_name(paper.name.as_deref()), value: paper.slug })
            .collect(),
        years: (years(site).into_iter())
            .map(|(year, run)| YearFacet { year, name: cards.messages().year(year), from: run.start, to: run.end })
            .collect(),
    }
}

/// Eight digits of a hash of all that the catalog has of the articles.
fn version(cards: Cards<'_>) -> String {
    let of = |(id, entry): (usize, &Entry)| {
        let front = &entry.front;
        let lines = (&front.title, &front.kicker, &front.subtitle);
        let facets = (front.date, &front.paper, front.filed_under());
        Digest::of(&(&entry.file, front.slug(), lines, facets, cards.summary(id)))
    };
    Digest::of_all(cards.site.catalog.entries.iter().enumerate().map(of)).to_string()[..8].to_owned()
}
