//! Facets that a search can be narrowed to besides themes: papers and years.
//!
//! The search index refers to them by their positions in these lists.

use crate::catalog::entry::EntryId;
use crate::catalog::months::Month;
use crate::site::page_address::paper_slug;
use crate::site::site::Site;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A paper that has articles; without a name, the articles that name no paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PaperFacet {
    pub(crate) name: Option<String>,
    /// as in the addresses of its issues
    pub(crate) slug: String,
}

/// The papers of all articles: those of site.toml in its order, then the others by name; no name comes last. In a site of shards, each of
/// which counts on the same order, they are all of site.toml, and no name stands for the others, if there are any.
pub(crate) fn papers(site: &Site) -> Vec<PaperFacet> {
    let facet = |name: Option<&str>| PaperFacet {
        name: name.map(str::to_owned),
        slug: paper_slug(&site.config, &site.book, name).to_owned(),
    };
    if !site.part.is_whole() {
        let listed: Vec<Option<&str>> = site.config.papers.iter().map(|paper| Some(paper.name.as_str())).collect();
        let has_others = site.catalog.papers.iter().any(|paper| !listed.contains(&paper.name.as_deref()));
        return listed
            .into_iter()
            .chain((has_others || !site.catalog.undated.is_empty()).then_some(None))
            .map(facet)
            .collect();
    }
    let mut found: BTreeSet<Option<&str>> =
        site.catalog.entries.iter().map(|entry| entry.front.paper.as_deref()).collect();
    let unnamed = found.remove(&None);
    let listed: Vec<Option<&str>> = site.config.papers.iter().map(|paper| Some(paper.name.as_str())).collect();
    let others: Vec<Option<&str>> = found.iter().copied().filter(|name| !listed.contains(name)).collect();
    let names = listed.into_iter().filter(|name| found.contains(name)).chain(others).chain(unnamed.then_some(None));
    names.map(facet).collect()
}

/// The articles of each paper that is named, newest first; by name.
pub(crate) fn paper_articles(site: &Site) -> Vec<(String, Vec<EntryId>)> {
    let mut papers: BTreeMap<&str, Vec<EntryId>> = BTreeMap::new();
    for (id, entry) in site.catalog.entries.iter().enumerate() {
        entry.front.paper.iter().for_each(|paper| papers.entry(paper).or_default().push(id));
    }
    papers.into_iter().map(|(paper, articles)| (paper.to_owned(), articles)).collect()
}

/// The years that have articles, newest first, each with its articles: entries are sorted newest first, so these are ranges.
pub(crate) fn years(site: &Site) -> Vec<(i16, Range<EntryId>)> {
    let range = |months: &[Month]| {
        let (first, last) = (months.first()?, months.last()?);
        Some((first.year, first.articles.start..last.articles.end))
    };
    site.catalog.months.chunk_by(|a, b| a.year == b.year).filter_map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::catalog::Catalog;
    use crate::catalog::entry::Entry;
    use crate::config::settings::{Config, Paper};
    use crate::content::address_book::AddressBook;
    use crate::content::article::FrontMatter;
    use crate::site::plan::plan;
    use jiff::civil::date;

    fn site() -> Site {
        let entry = |(at, (paper, year)): (usize, (Option<&str>, i16))| Entry {
            file: format!("content/articles/{at}.md"),
            front: FrontMatter {
                paper: paper.map(str::to_owned),
                date: (year > 0).then(|| date(year, 3, 1 + at as i8)),
                ..FrontMatter::default()
            },
            ..Entry::default()
        };
        let dated = [(None, 2024), (Some("乙报"), 2025), (Some("甲报"), 2025), (Some("丙报"), 0)];
        let entries: Vec<Entry> = dated.into_iter().enumerate().map(entry).collect();
        let listed = |name: &str, slug: &str| Paper { name: name.into(), slug: slug.into(), ..Paper::default() };
        let papers = vec![listed("乙报", "yi"), listed("无文章报", "wu"), listed("丙报", "bing")];
        let config = Config { page_size: 2, papers, ..Config::default() };
        plan(config, Catalog::index(entries, &[]), vec![], &[], AddressBook::default(), false).0
    }

    #[test]
    fn papers_are_in_the_order_of_the_settings_and_only_those_that_have_articles() {
        let papers = papers(&site());
        let names: Vec<Option<&str>> = papers.iter().map(|paper| paper.name.as_deref()).collect();
        assert_eq!(names, [Some("乙报"), Some("丙报"), Some("甲报"), None]);
        assert_eq!((papers[0].slug.as_str(), papers[3].slug.as_str()), ("yi", "unnamed"));
    }

    #[test]
    fn years_are_ranges_of_articles_without_the_undated() {
        assert_eq!(years(&site()), [(2025, 0..2), (2024, 2..3)]);
    }
}
