//! The files of the search index: how it is cut.
//!
//! The number of files follows from the word counts in the catalog, without reading any text, so every file of the index is
//! planned like a page. They are below `search/`; the articles are in volumes of [`VOLUME`](crate::site::index_set::VOLUME), newest first, so that neither a list nor
//! the memory of a build grows without bound:
//!
//! - `0/`, `1/`, …: posting lists, a set for each volume: which articles contain an n-gram
//! - `places/0/`, …: where in their texts, to count phrases and to order results without reading the texts
//! - `slots/`: one file a volume, by which the number of a place leads to an article
//! - `names/`: people, columns, places, papers and themes of the whole site
//! - `variants.bin`: traditional and variant characters, which a browser loads where it meets one
//! - `pairs/`: which characters stand beside each other in the newest volume
//! - `texts/`: the texts themselves, [`TEXTS`](crate::site::index_set::TEXTS) articles a file, to verify the first results and to quote from
//!
//! In a site of shards each shard has volumes, `pairs/` and `texts/` of its own, below `2024/`, and their numbers begin anew there.
//!
//! (Their format: `search/mod.rs`.)

use crate::catalog::catalog::Catalog;
use crate::site::index_set::{IndexSet, in_folders};
use crate::site::part::SitePart;
use serde::Serialize;
use std::ops::Range;

/// Names whose lines go into one file, about, each about three times.
const NAMES_SHARD: usize = 60;
/// The file of traditional and variant characters.
pub(crate) const VARIANTS: &str = "search/variants.bin";

/// The files of an index, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct IndexFiles {
    /// newest first: a set for each shard of the site that is known here; of a site without shards, one
    pub(crate) sets: Vec<IndexSet>,
    /// files of names; none where they are not made here, as in a shard
    pub(crate) names: Option<usize>,
    /// whether the volumes of the first set are made here
    makes_volumes: bool,
}

/// A part of the index, made from a range of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IndexPart {
    /// the names in all articles
    Names,
    /// the texts of a volume and their posting lists
    Volume(usize),
}

impl IndexFiles {
    /// The files of the index that a part of a site has of these articles.
    pub(crate) fn of(catalog: &Catalog, part: &SitePart) -> Self {
        let names = catalog.people.len() + catalog.columns.len() + 2 * catalog.places.len();
        let names = Some(names.div_ceil(NAMES_SHARD).max(1));
        let own = |folder| vec![IndexSet::of(folder, catalog)];
        match part {
            SitePart::Whole => Self { sets: own(String::new()), names, makes_volumes: true },
            SitePart::Shard(shard) => Self { sets: own(format!("{shard}/")), names: None, makes_volumes: true },
            SitePart::Join(sets) => Self { sets: sets.clone(), names, makes_volumes: false },
        }
    }

    /// Articles in all sets.
    pub(crate) fn articles(&self) -> usize {
        self.sets.iter().map(|set| set.articles).sum()
    }

    /// The volumes that are made here.
    pub(crate) fn own_set(&self) -> Option<&IndexSet> {
        self.sets.first().filter(|_| self.makes_volumes)
    }

    /// The parts that are made here.
    pub(crate) fn parts(&self) -> impl Iterator<Item = IndexPart> {
        let volumes = self.own_set().map_or(0, |set| set.volumes.len());
        self.names.map(|_| IndexPart::Names).into_iter().chain((0..volumes).map(IndexPart::Volume))
    }

    /// The articles that a part is made from.
    pub(crate) fn articles_of(&self, part: IndexPart) -> Range<usize> {
        match part {
            IndexPart::Names => 0..self.articles(),
            IndexPart::Volume(volume) => self.own_set().map_or(0..0, |set| set.articles_of(volume)),
        }
    }

    /// The files of a part.
    pub(crate) fn files_of(&self, part: IndexPart) -> Vec<String> {
        match part {
            IndexPart::Names => {
                (0..self.names.unwrap_or_default()).map(names_file).chain([VARIANTS.to_owned()]).collect()
            }
            IndexPart::Volume(volume) => self.own_set().map_or_else(Vec::new, |set| set.files_of(volume)),
        }
    }

    /// Every file of the index that is made here.
    pub(crate) fn files(&self) -> impl Iterator<Item = String> + '_ {
        self.parts().flat_map(|part| self.files_of(part))
    }

    /// How many they are.
    pub(crate) fn count(&self) -> usize {
        self.names.map_or(0, |names| names + 1) + self.own_set().map_or(0, IndexSet::count)
    }
}

/// A file of names.
pub(crate) fn names_file(shard: usize) -> String {
    in_folders("names", shard)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::entry::{Entry, Summary};
    use crate::config::year_shard::YearShard;
    use crate::content::article::FrontMatter;
    use crate::site::index_set::{VOLUME, VOLUME_SHARD};
    use crate::text::word_count::WordCount;

    fn catalog(articles: usize, han: usize) -> Catalog {
        let entry = |at: usize| Entry {
            file: format!("content/articles/{at:07}.md"),
            front: FrontMatter { title: "产改十年看技能".to_owned(), ..FrontMatter::default() },
            summary: Summary { word_count: WordCount { han, words: 0 }, ..Summary::default() }.into(),
            ..Entry::default()
        };
        Catalog::index((0..articles).map(entry).collect(), &[])
    }

    #[test]
    fn a_small_site_has_one_file_of_each_kind() {
        let shards = IndexFiles::of(&catalog(3, 500), &SitePart::Whole);
        let files: Vec<String> = shards.files().filter(|file| !file.starts_with("search/pairs/")).collect();
        let expected = [
            "search/names/0/0.bin",
            "search/variants.bin",
            "search/0/0/0.bin",
            "search/places/0/0/0.bin",
            "search/slots/0/0.bin",
            "search/texts/0/0.bin",
        ];
        assert_eq!(files, expected);
    }

    #[test]
    fn the_number_of_files_follows_the_word_counts() {
        let shards = IndexFiles::of(&catalog(VOLUME + 10, 1000), &SitePart::Whole);
        let set = shards.own_set().unwrap();
        assert_eq!(set.volumes, [(VOLUME * 1000).div_ceil(VOLUME_SHARD), (10 * 1000_usize).div_ceil(VOLUME_SHARD)]);
        assert_eq!(shards.files().count(), shards.count());
        assert_eq!(shards.files().last(), Some("search/texts/6/6401.bin".to_owned()));
    }

    #[test]
    fn a_site_without_articles_has_an_empty_index() {
        let files: Vec<String> = IndexFiles::of(&catalog(0, 0), &SitePart::Whole).files().collect();
        assert_eq!(files, ["search/names/0/0.bin", "search/variants.bin"]);
    }

    #[test]
    fn a_shard_has_volumes_of_its_own_and_the_join_the_names() {
        let (year, articles) = (YearShard::Year(2024), catalog(3, 500));
        let shard = IndexFiles::of(&articles, &SitePart::Shard(year));
        let is_pair = |file: &String| file.starts_with("search/2024/pairs/");
        let files: Vec<String> = shard.files().filter(|file| !is_pair(file)).collect();
        let own = ["0/0/0.bin", "places/0/0/0.bin", "slots/0/0.bin", "texts/0/0.bin"];
        assert_eq!(files, own.map(|file| format!("search/2024/{file}")));
        let join = IndexFiles::of(&articles, &SitePart::Join(shard.sets));
        assert_eq!(join.files().collect::<Vec<_>>(), ["search/names/0/0.bin", "search/variants.bin"]);
        assert_eq!((join.articles(), join.count()), (3, 2));
    }
}
