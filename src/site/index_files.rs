//! IndexFiles of the search index: how it is cut into files.
//!
//! The number of files follows from the word counts in the catalog, without reading any text, so every file of the index is
//! planned like a page. They are below `search/`; the articles are in volumes of [`VOLUME`], newest first, so that neither a list nor
//! the memory of a build grows without bound:
//!
//! - `0/`, `1/`, …: posting lists, a set for each volume: which articles contain an n-gram
//! - `places/0/`, …: where in their texts, to count phrases and to order results without reading the texts
//! - `slots/`: one file a volume, by which the number of a place leads to an article
//! - `names/`: people, columns, places, papers and themes of the whole site
//! - `variants.bin`: traditional and variant characters, which a browser loads where it meets one
//! - `pairs/`: which characters stand beside each other in the newest volume
//! - `texts/`: the texts themselves, [`TEXTS`] articles a file, to verify the first results and to quote from
//!
//! (Their format: `search/mod.rs`.)

use crate::catalog::catalog::Catalog;
use crate::text::word_count::WordCount;
use serde::Serialize;
use std::fmt::Display;
use std::ops::Range;

/// Articles of a volume: whole files of texts.
pub(crate) const VOLUME: usize = 32_000;
/// Articles of a file of texts.
pub(crate) const TEXTS: usize = 5;
/// Characters whose n-grams go into one file of a volume, about; a file comes to some kilobytes, many where few articles share words.
const VOLUME_SHARD: usize = 3_000;
/// Names whose lines go into one file, about, each about three times.
const NAMES_SHARD: usize = 60;
/// Files of pairs.
pub(crate) const PAIRS: usize = 16;
/// The file of traditional and variant characters.
pub(crate) const VARIANTS: &str = "search/variants.bin";
/// Files in one folder.
const FOLDER: usize = 1000;

/// The files of an index, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct IndexFiles {
    pub(crate) articles: usize,
    pub(crate) names: usize,
    /// for each volume, of lists and again of places
    pub(crate) volumes: Vec<usize>,
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
    /// The files of the index of these articles; each volume has at least one.
    pub(crate) fn of(catalog: &Catalog) -> Self {
        let word_counts: Vec<WordCount> = catalog.word_counts().collect();
        let volumes = word_counts.chunks(VOLUME).map(|volume| {
            let characters: usize = volume.iter().map(|word_count| word_count.han + 6 * word_count.words).sum();
            characters.div_ceil(VOLUME_SHARD).max(1)
        });
        let names = catalog.people.len() + catalog.columns.len() + 2 * catalog.places.len();
        Self { articles: word_counts.len(), names: names.div_ceil(NAMES_SHARD).max(1), volumes: volumes.collect() }
    }

    /// How many files the index has.
    pub(crate) fn count(&self) -> usize {
        let pairs = if self.volumes.is_empty() { 0 } else { PAIRS };
        self.names
            + 1
            + pairs
            + 2 * self.volumes.iter().sum::<usize>()
            + self.volumes.len()
            + self.articles.div_ceil(TEXTS)
    }

    pub(crate) fn parts(&self) -> impl Iterator<Item = IndexPart> {
        std::iter::once(IndexPart::Names).chain((0..self.volumes.len()).map(IndexPart::Volume))
    }

    /// The articles that a part is made from.
    pub(crate) fn articles_of(&self, part: IndexPart) -> Range<usize> {
        match part {
            IndexPart::Names => 0..self.articles,
            IndexPart::Volume(volume) => volume * VOLUME..((volume + 1) * VOLUME).min(self.articles),
        }
    }

    /// The files of a part.
    pub(crate) fn files_of(&self, part: IndexPart) -> Vec<String> {
        match part {
            IndexPart::Names => (0..self.names).map(names_file).chain([VARIANTS.to_owned()]).collect(),
            IndexPart::Volume(volume) => {
                let Range { start, end } = self.articles_of(part);
                let shards = 0..self.volumes[volume];
                let lists = shards.clone().map(|shard| volume_file(volume, shard));
                let places = shards.map(|shard| places_file(volume, shard));
                let texts = (start / TEXTS..end.div_ceil(TEXTS)).map(texts_file);
                let pairs = (0..PAIRS).filter(|_| volume == 0).map(pairs_file);
                lists.chain(places).chain([slots_file(volume)]).chain(pairs).chain(texts).collect()
            }
        }
    }

    /// Every file of the index.
    pub(crate) fn files(&self) -> impl Iterator<Item = String> + '_ {
        self.parts().flat_map(|part| self.files_of(part))
    }
}

/// A file of a volume's posting lists.
pub(crate) fn volume_file(volume: usize, shard: usize) -> String {
    in_folders(volume, shard)
}

/// A file of a volume's places.
pub(crate) fn places_file(volume: usize, shard: usize) -> String {
    in_folders(format_args!("places/{volume}"), shard)
}

/// The file of a volume's slots.
pub(crate) fn slots_file(volume: usize) -> String {
    in_folders("slots", volume)
}

/// A file of names.
pub(crate) fn names_file(shard: usize) -> String {
    in_folders("names", shard)
}

/// A file of pairs.
pub(crate) fn pairs_file(shard: usize) -> String {
    in_folders("pairs", shard)
}

/// A file of texts.
pub(crate) fn texts_file(shard: usize) -> String {
    in_folders("texts", shard)
}

/// `search/texts/6/6401.bin`: no folder has more than [`FOLDER`] files.
fn in_folders(kind: impl Display, shard: usize) -> String {
    format!("search/{kind}/{}/{shard}.bin", shard / FOLDER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::entry::{Entry, Summary};
    use crate::content::article::FrontMatter;

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
        let shards = IndexFiles::of(&catalog(3, 500));
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
        let shards = IndexFiles::of(&catalog(VOLUME + 10, 1000));
        assert_eq!(shards.volumes, [(VOLUME * 1000).div_ceil(VOLUME_SHARD), (10 * 1000_usize).div_ceil(VOLUME_SHARD)]);
        assert_eq!(shards.files().count(), shards.count());
        assert_eq!(shards.files().last(), Some("search/texts/6/6401.bin".to_owned()));
    }

    #[test]
    fn a_site_without_articles_has_an_empty_index() {
        let files: Vec<String> = IndexFiles::of(&catalog(0, 0)).files().collect();
        assert_eq!(files, ["search/names/0/0.bin", "search/variants.bin"]);
    }
}
