//! Related articles: similarity by shared keywords, weighted by inverse document frequency.
//!
//! 1. take the [`keywords`](crate::extract::keywords) of each article
//! 2. build an inverted index of those that occur in a few entries: a term of most entries has no weight, a term of one
//!    entry relates it to none
//! 3. the score of another entry is the sum of the weights of all shared terms, and of shared people and themes
//!
//! Every list that is walked is bounded, so the work for all entries is linear in their number.

use crate::catalog::entry::{Entry, EntryId};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

/// The document frequency above which a term is ignored.
const COMMON: usize = 32;
/// The weights of a shared person and of a shared theme, beside 3 to 7 for a term.
const PERSON: u32 = 8;
const THEME: u32 = 3;
/// The least score of a related article: a shared theme and one or two terms are chance.
const THRESHOLD: u32 = 15;

/// Where the terms are split, by their first character, so that the postings of only one range are in memory unpacked.
const SPLITS: [u32; 5] = [0x5000, 0x6000, 0x7000, 0x8000, 0x9000];

/// An inverted index of the rare terms of all entries.
#[derive(Debug, Default)]
pub(crate) struct TermIndex {
    /// sorted
    terms: Vec<u32>,
    /// where the posting list of each term ends in `postings`
    ends: Vec<usize>,
    /// the entries that have the first term, then those of the second, …
    postings: Vec<u32>,
}

impl TermIndex {
    pub(crate) fn of(entries: &[Entry]) -> Self {
        let mut index = Self::default();
        let mut from = 0;
        for to in SPLITS.map(|first| first << 16).into_iter().chain([u32::MAX]) {
            index.add(entries, from..to);
            from = to;
        }
        index
    }

    /// Adds the rare terms of a range.
    fn add(&mut self, entries: &[Entry], range: Range<u32>) {
        let within = |entry: &Entry| {
            let position = |term: u32| entry.keywords.partition_point(|other| *other < term);
            position(range.start)..position(range.end)
        };
        let mut all: Vec<(u32, u32)> = Vec::with_capacity(entries.iter().map(|entry| within(entry).len()).sum());
        for (id, entry) in (0u32..).zip(entries) {
            all.extend(entry.keywords[within(entry)].iter().map(|&term| (term, id)));
        }
        all.sort_unstable();
        for run in all.chunk_by(|a, b| a.0 == b.0).filter(|run| (2..=COMMON).contains(&run.len())) {
            self.terms.push(run[0].0);
            self.postings.extend(run.iter().map(|(_, id)| *id));
            self.ends.push(self.postings.len());
        }
    }

    /// The entries most similar to `id`. `same_theme` and `same_person` name one for each theme or person that it shares.
    pub(crate) fn related(
        &self,
        entries: &[Entry],
        id: EntryId,
        same_theme: impl Iterator<Item = EntryId>,
        same_person: impl Iterator<Item = EntryId>,
        limit: usize,
    ) -> Vec<EntryId> {
        let mut scores: BTreeMap<EntryId, u32> = BTreeMap::new();
        for &term in &entries[id].keywords {
            let postings = self.postings(term);
            let weight = inverse_document_frequency(entries.len(), postings.len());
            postings.iter().for_each(|&other| *scores.entry(other as EntryId).or_default() += weight);
        }
        same_theme.for_each(|other| *scores.entry(other).or_default() += THEME);
        same_person.for_each(|other| *scores.entry(other).or_default() += PERSON);
        scores.remove(&id);
        let mut ranked: Vec<(EntryId, u32)> = scores.into_iter().filter(|&(_, score)| score >= THRESHOLD).collect();
        ranked.sort_by_key(|&(_, score)| Reverse(score));
        ranked.into_iter().take(limit).map(|(other, _)| other).collect()
    }

    /// The posting list of a term; empty where it is not rare, or unknown.
    fn postings(&self, term: u32) -> &[u32] {
        let Ok(at) = self.terms.binary_search(&term) else { return &[] };
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.postings[from..self.ends[at]]
    }
}

/// The weight of a term that `frequency` of `all` entries have, in bits, clamped so that a site of ten articles and one of
/// ten thousand are treated alike.
fn inverse_document_frequency(all: usize, frequency: usize) -> u32 {
    ((all / frequency.max(1)).max(1).ilog2() + 1).clamp(3, 7)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::{Article, FrontMatter};
    use crate::extract::extractor::Extractor;

    fn entries(texts: &[(&str, &str)]) -> Vec<Entry> {
        let entry = |&(title, body): &(&str, &str)| {
            let front = FrontMatter { title: title.to_owned(), ..FrontMatter::default() };
            Entry::of(
                &Article { file: title.to_owned(), front, byline: None, body: body.to_owned() },
                &Extractor::default(),
            )
        };
        texts.iter().map(entry).collect()
    }

    #[test]
    fn articles_that_share_rare_terms_are_related() {
        let entries = entries(&[("骑手食堂开进写字楼", ""), ("写字楼里的骑手食堂", ""), ("老钳工收徒弟", "")]);
        let term_index = TermIndex::of(&entries);
        let none = std::iter::empty;
        assert_eq!(term_index.related(&entries, 0, none(), none(), 4), [1]);
        assert_eq!(term_index.related(&entries, 2, none(), none(), 4), Vec::<usize>::new());
        assert_eq!(
            term_index.related(&entries, 2, [0].into_iter(), [0].into_iter().chain([1]), 4),
            Vec::<usize>::new()
        );
        assert_eq!(term_index.related(&entries, 2, [0, 0, 0].into_iter(), [0].into_iter(), 4), [0]);
    }

    #[test]
    fn the_posting_list_of_a_term_names_the_entries_that_have_it() {
        let entries = entries(&[("一丁七万上", "丁七"), ("丁七上下齐鼓", "厂区厂区龙头"), ("万上齐鼓厂区龙头", "")]);
        let term_index = TermIndex::of(&entries);
        assert!(term_index.terms.is_sorted() && term_index.terms.len() > 3);
        for &term in entries.iter().flat_map(|entry| &entry.keywords) {
            let has = |id: &u32| entries[*id as usize].keywords.contains(&term);
            let expected: Vec<u32> = (0..3).filter(has).collect();
            assert_eq!(term_index.postings(term), if expected.len() > 1 { expected.as_slice() } else { &[] });
        }
    }

    #[test]
    fn articles_whose_texts_repeat_the_same_terms_are_related() {
        let canteen = "骑手食堂今天开张，骑手食堂里有热汤，热汤今天免费。";
        let entries = entries(&[("一碗热汤", canteen), ("午间见闻", canteen), ("老钳工", "看见骑手食堂。")]);
        let related = TermIndex::of(&entries).related(&entries, 0, std::iter::empty(), std::iter::empty(), 4);
        assert_eq!(related, [1], "a term that occurs once is no keyword");
    }

    #[test]
    fn terms_of_most_entries_are_ignored() {
        let titles: Vec<String> = (0..COMMON + 1).map(|at| format!("{at}产业工人队伍")).collect();
        let entries = entries(&titles.iter().map(|title| (title.as_str(), "")).collect::<Vec<_>>());
        assert!(TermIndex::of(&entries).terms.is_empty());
    }
}
