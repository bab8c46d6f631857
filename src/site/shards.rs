//! Shards of the search index: how it is cut into files.
//!
//! The number of files follows from the word counts in the catalog, without reading any text, so every file of the index is
//! planned like a page. Three kinds lie below `search/`:
//!
//! - `heads/`: posting lists of headlines, kickers and subtitles: one set for the whole site, since a match in a headline
//!   comes first however old it is
//! - `0/`, `1/`, …: posting lists of whole texts: a set for each volume of [`VOLUME`] articles, newest first, so that
//!   neither a list nor the memory of a build grows without bound
//! - `texts/`: the texts themselves, [`TEXTS`] articles a file, to verify candidates and to quote from
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
/// Characters whose n-grams go into one file of a volume, about; a file comes to about as many bytes.
const VOLUME_SHARD: usize = 8_000;
/// The same for headings, which a browser requests along with each file of a volume.
const HEADINGS_SHARD: usize = 2_500;
/// Files in one folder.
const FOLDER: usize = 1000;

/// The files of an index, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Shards {
    pub(crate) articles: usize,
    pub(crate) headings: usize,
    /// for each volume
    pub(crate) volumes: Vec<usize>,
}

/// A part of the index, made from a range of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IndexPart {
    /// the headings of all articles
    Headings,
    /// the texts of a volume and their posting lists
    Volume(usize),
}

impl Shards {
    /// The files of the index of these articles; each volume and the headings have at least one.
    pub(crate) fn of(catalog: &Catalog) -> Self {
        let entries = &catalog.entries;
        let word_counts: Vec<WordCount> = catalog.word_counts().collect();
        let volumes = word_counts.chunks(VOLUME).map(|volume| {
            let characters: usize = volume.iter().map(|word_count| word_count.han + 6 * word_count.words).sum();
            characters.div_ceil(VOLUME_SHARD).max(1)
        });
        let characters = |text: &Option<String>| text.as_deref().map_or(0, |text| text.len() / 3);
        let headings: usize = (entries.iter())
            .map(|entry| &entry.front)
            .map(|front| front.title.len() / 3 + characters(&front.kicker) + characters(&front.subtitle))
            .sum();
        Self { articles: entries.len(), headings: headings.div_ceil(HEADINGS_SHARD).max(1), volumes: volumes.collect() }
    }

    /// How many files the index has.
    pub(crate) fn count(&self) -> usize {
        self.headings + self.volumes.iter().sum::<usize>() + self.articles.div_ceil(TEXTS)
    }

    pub(crate) fn parts(&self) -> impl Iterator<Item = IndexPart> {
        std::iter::once(IndexPart::Headings).chain((0..self.volumes.len()).map(IndexPart::Volume))
    }

    /// The articles that a part is made from.
    pub(crate) fn articles_of(&self, part: IndexPart) -> Range<usize> {
        match part {
            IndexPart::Headings => 0..self.articles,
            IndexPart::Volume(volume) => volume * VOLUME..((volume + 1) * VOLUME).min(self.articles),
        }
    }

    /// The files of a part.
    pub(crate) fn files_of(&self, part: IndexPart) -> Vec<String> {
        match part {
            IndexPart::Headings => (0..self.headings).map(headings_file).collect(),
            IndexPart::Volume(volume) => {
                let Range { start, end } = self.articles_of(part);
                let shards = (0..self.volumes[volume]).map(|shard| volume_file(volume, shard));
                shards.chain((start / TEXTS..end.div_ceil(TEXTS)).map(texts_file)).collect()
            }
        }
    }

    /// Every file of the index.
    pub(crate) fn files(&self) -> impl Iterator<Item = String> + '_ {
        self.parts().flat_map(|part| self.files_of(part))
    }
}

/// A file of posting lists of headings.
pub(crate) fn headings_file(shard: usize) -> String {
    in_folders("heads", shard)
}

/// A file of a volume's posting lists.
pub(crate) fn volume_file(volume: usize, shard: usize) -> String {
    in_folders(volume, shard)
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
        let shards = Shards::of(&catalog(3, 500));
        let files: Vec<String> = shards.files().collect();
        assert_eq!(files, ["search/heads/0/0.bin", "search/0/0/0.bin", "search/texts/0/0.bin"]);
    }

    #[test]
    fn the_number_of_files_follows_the_word_counts() {
        let shards = Shards::of(&catalog(VOLUME + 10, 1000));
        assert_eq!(shards.volumes, [VOLUME * 1000 / VOLUME_SHARD, (10 * 1000_usize).div_ceil(VOLUME_SHARD)]);
        assert_eq!(shards.headings, ((VOLUME + 10) * 7).div_ceil(HEADINGS_SHARD));
        assert_eq!(shards.files().count(), shards.count());
        assert_eq!(shards.files().last(), Some("search/texts/6/6401.bin".to_owned()));
    }

    #[test]
    fn a_site_without_articles_has_an_empty_index() {
        let files: Vec<String> = Shards::of(&catalog(0, 0)).files().collect();
        assert_eq!(files, ["search/heads/0/0.bin"]);
    }
}
