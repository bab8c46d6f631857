//! What a search can be narrowed to besides themes: papers and years.
//!
//! Their places in these lists are what the index of the search knows them by.

use crate::catalog::entry::EntryId;
use crate::site::address;
use crate::site::plan::Site;
use std::collections::BTreeSet;
use std::ops::Range;

/// A paper that articles stand in; without a name, those that tell of none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PaperFacet {
    pub(crate) name: Option<String>,
    /// as in the addresses of its issues
    pub(crate) slug: String,
}

/// The papers of all articles: those of site.toml in its order, then the others by name; no name comes last.
pub(crate) fn papers(site: &Site) -> Vec<PaperFacet> {
    let mut found: BTreeSet<Option<&str>> =
        site.catalog.entries.iter().map(|entry| entry.front.paper.as_deref()).collect();
    let unnamed = found.remove(&None);
    let listed = site.config.papers.iter().filter(|paper| found.contains(&Some(paper.name.as_str())));
    let mut papers: Vec<PaperFacet> =
        listed.map(|paper| PaperFacet { name: Some(paper.name.clone()), slug: paper.slug.clone() }).collect();
    let known: BTreeSet<Option<String>> = papers.iter().map(|paper| paper.name.clone()).collect();
    let others = found.into_iter().map(|name| name.map(str::to_owned)).filter(|name| !known.contains(name));
    papers.extend(
        others
            .chain(unnamed.then_some(None))
            .map(|name| PaperFacet { slug: address::paper(name.as_deref(), None), name }),
    );
    papers
}

/// The years that articles stand in, newest first, each with its articles: entries stand newest first, so these are runs.
pub(crate) fn years(site: &Site) -> Vec<(i16, Range<EntryId>)> {
    let mut years: Vec<(i16, Range<EntryId>)> = Vec::new();
    for month in &site.catalog.months {
        let (Some(&first), Some(&last)) = (month.articles.first(), month.articles.last()) else { continue };
        match years.last_mut() {
            Some((year, run)) if *year == month.year => run.end = last + 1,
            _ => years.push((month.year, first..last + 1)),
        }
    }
    years
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::catalog::Catalog;
    use crate::catalog::entry::Entry;
    use crate::config::settings::{Config, Paper};
    use crate::content::article::FrontMatter;
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
        let told = [(None, 2024), (Some("乙报"), 2025), (Some("甲报"), 2025), (Some("丙报"), 0)];
        let entries: Vec<Entry> = told.into_iter().enumerate().map(entry).collect();
        let listed = |name: &str, slug: &str| Paper { name: name.into(), slug: slug.into(), ..Paper::default() };
        let papers = vec![listed("乙报", "yi"), listed("无文章报", "wu"), listed("丙报", "bing")];
        let config = Config { page_size: 2, papers, ..Config::default() };
        Site::plan(config, Catalog::index(entries, &[]), vec![], &[]).0
    }

    #[test]
    fn papers_stand_as_in_the_settings_and_only_where_they_have_articles() {
        let papers = papers(&site());
        let names: Vec<Option<&str>> = papers.iter().map(|paper| paper.name.as_deref()).collect();
        assert_eq!(names, [Some("乙报"), Some("丙报"), Some("甲报"), None]);
        assert_eq!((papers[0].slug.as_str(), papers[3].slug.as_str()), ("yi", "unnamed"));
    }

    #[test]
    fn years_are_runs_of_articles_and_the_undated_stand_in_none() {
        assert_eq!(years(&site()), [(2025, 0..2), (2024, 2..3)]);
    }
}
