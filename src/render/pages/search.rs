//! The search page. View: `SearchView`.

use crate::catalog::entry::Entry;
use crate::config::themes::Theme;
use crate::render::views::cards::Cards;
use crate::render::views::pages::{FacetValue, SearchView, YearFacet};
use crate::site::facets::{papers, years};
use crate::site::index_files::IndexFiles;
use crate::site::index_set::{IndexSet, PAIRS, TEXTS, VOLUME};
use crate::util::digest::Digest;

/// The view of the search page; that of an empty index if the site has none.
pub(crate) fn search(cards: Cards<'_>) -> SearchView {
    let site = cards.site;
    let index = site.index_files.as_ref();
    let sets = index.map_or(&[][..], |index| &index.sets);
    let theme = |theme: &Theme| FacetValue { value: theme.slug.clone(), name: theme.name.clone() };
    SearchView {
        articles: index.map_or(0, IndexFiles::articles),
        volume: VOLUME,
        texts: TEXTS,
        shards: sets.iter().map(shards_of).collect::<Vec<_>>().join(" "),
        names: index.and_then(|index| index.names).unwrap_or(1),
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

/// `2024/:50000:123,71`: the folder of a set, its articles, and the files of lists that each of its volumes has.
fn shards_of(set: &IndexSet) -> String {
    let counts: Vec<String> = set.volumes.iter().map(usize::to_string).collect();
    format!("{}:{}:{}", set.folder, set.articles, counts.join(","))
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
