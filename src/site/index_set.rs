//! The volumes of the search index that are made together: of a site, or of one of its shards.

use crate::catalog::catalog::Catalog;
use crate::text::word_count::WordCount;
use serde::{Deserialize, Serialize};
use std::fmt::Display;
use std::ops::Range;

/// Articles of a volume: whole files of texts.
pub(crate) const VOLUME: usize = 32_000;
/// Articles of a file of texts.
pub(crate) const TEXTS: usize = 5;
/// Characters whose n-grams go into one file of a volume, about; a file comes to some kilobytes, many where few articles share words.
pub(crate) const VOLUME_SHARD: usize = 3_000;
/// Files of pairs.
pub(crate) const PAIRS: usize = 16;
/// Files in one folder.
const FOLDER: usize = 1000;

/// Volumes that are made together, and the texts in them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexSet {
    /// of its files, below `search/`: `2024/` of a shard, empty where the site has none
    pub(crate) folder: String,
    pub(crate) articles: usize,
    /// for each volume how many files of lists, and again of places
    pub(crate) volumes: Vec<usize>,
}

impl IndexSet {
    /// The volumes of these articles; each has at least one file.
    pub(crate) fn of(folder: String, catalog: &Catalog) -> Self {
        let word_counts: Vec<WordCount> = catalog.word_counts().collect();
        let volumes = word_counts.chunks(VOLUME).map(|volume| {
            let characters: usize = volume.iter().map(|word_count| word_count.han + 6 * word_count.words).sum();
            characters.div_ceil(VOLUME_SHARD).max(1)
        });
        Self { folder, articles: word_counts.len(), volumes: volumes.collect() }
    }

    /// How many files they have.
    pub(crate) fn count(&self) -> usize {
        let pairs = if self.volumes.is_empty() { 0 } else { PAIRS };
        pairs + 2 * self.volumes.iter().sum::<usize>() + self.volumes.len() + self.articles.div_ceil(TEXTS)
    }

    /// The articles of a volume.
    pub(crate) fn articles_of(&self, volume: usize) -> Range<usize> {
        volume * VOLUME..((volume + 1) * VOLUME).min(self.articles)
    }

    /// The files of a volume.
    pub(crate) fn files_of(&self, volume: usize) -> Vec<String> {
        let Range { start, end } = self.articles_of(volume);
        let shards = 0..self.volumes[volume];
        let lists = shards.clone().map(|shard| self.list_file(volume, shard));
        let places = shards.map(|shard| self.places_file(volume, shard));
        let texts = (start / TEXTS..end.div_ceil(TEXTS)).map(|number| self.texts_file(number));
        let pairs = (0..PAIRS).filter(|_| volume == 0).map(|shard| self.pairs_file(shard));
        lists.chain(places).chain([self.slots_file(volume)]).chain(pairs).chain(texts).collect()
    }

    /// A file of a volume's posting lists.
    pub(crate) fn list_file(&self, volume: usize, shard: usize) -> String {
        self.in_folders(volume, shard)
    }

    /// A file of a volume's places.
    pub(crate) fn places_file(&self, volume: usize, shard: usize) -> String {
        self.in_folders(format_args!("places/{volume}"), shard)
    }

    /// The file of a volume's slots.
    pub(crate) fn slots_file(&self, volume: usize) -> String {
        self.in_folders("slots", volume)
    }

    /// A file of pairs.
    pub(crate) fn pairs_file(&self, shard: usize) -> String {
        self.in_folders("pairs", shard)
    }

    /// A file of texts.
    pub(crate) fn texts_file(&self, number: usize) -> String {
        self.in_folders("texts", number)
    }

    fn in_folders(&self, kind: impl Display, number: usize) -> String {
        in_folders(format_args!("{}{kind}", self.folder), number)
    }
}

/// `search/texts/6/6401.bin`: no folder has more than [`FOLDER`] files.
pub(crate) fn in_folders(kind: impl Display, number: usize) -> String {
    format!("search/{kind}/{}/{number}.bin", number / FOLDER)
}
