//! Which articles tell of the same thing.
//!
//! 1. take the words that each article comes back to ([`salient`](crate::extract::keywords))
//! 2. keep those that stand in a few entries: what all share says nothing, what one has alone ties it to none
//! 3. for one entry, add up what others share with it: rare words by their rarity, people, themes
//!
//! Every list that is walked has a bound, so the work for all entries grows with their number and not with its square.

use crate::catalog::entry::{Entry, EntryId};
use std::collections::BTreeMap;
use std::ops::Range;

/// A word that more entries share than this is no longer rare.
const COMMON: usize = 32;
/// What a shared person, and a shared theme, count beside the rarity of words (3 to 7 each).
const PERSON: u32 = 8;
const THEME: u32 = 3;
/// Less than this is chance: a shared theme and one or two words.
const ENOUGH: u32 = 15;

/// Where words are parted, by their first character, so that not all of them are gathered at once.
const PARTED: [u32; 5] = [0x5000, 0x6000, 0x7000, 0x8000, 0x9000];

/// The rare words of all entries, and who shares each.
#[derive(Debug, Default)]
pub(crate) struct TermIndex {
    /// sorted
    rare: Vec<u32>,
    /// where the entries of each end in `sharing`
    ends: Vec<usize>,
    /// the entries that share the first word, then those of the second, …
    sharing: Vec<u32>,
}

impl TermIndex {
    pub(crate) fn of(entries: &[Entry]) -> Self {
        let mut term_index = Self::default();
        let mut from = 0;
        for to in PARTED.map(|first| first << 16).into_iter().chain([u32::MAX]) {
            term_index.add(entries, from..to);
            from = to;
        }
        term_index
    }

    /// Adds the rare ones among the words from one to another.
    fn add(&mut self, entries: &[Entry], range: Range<u32>) {
        let own = |entry: &'_ Entry| {
            let place = |word: u32| entry.words.partition_point(|other| *other < word);
            place(range.start)..place(range.end)
        };
        let mut all: Vec<(u32, u32)> = Vec::with_capacity(entries.iter().map(|entry| own(entry).len()).sum());
        for (id, entry) in (0u32..).zip(entries) {
            all.extend(entry.words[own(entry)].iter().map(|&word| (word, id)));
        }
        all.sort_unstable();
        for run in all.chunk_by(|a, b| a.0 == b.0).filter(|run| (2..=COMMON).contains(&run.len())) {
            self.rare.push(run[0].0);
            self.sharing.extend(run.iter().map(|(_, id)| *id));
            self.ends.push(self.sharing.len());
        }
    }

    /// The entries most akin to `id`, at most `limit`. `near` stand near it on the shelf of a theme, `people` on that of a
    /// person: one mention for each theme or person shared.
    pub(crate) fn related(
        &self,
        entries: &[Entry],
        id: EntryId,
        near: impl Iterator<Item = EntryId>,
        people: impl Iterator<Item = EntryId>,
        limit: usize,
    ) -> Vec<EntryId> {
        let mut scores: BTreeMap<EntryId, u32> = BTreeMap::new();
        for &word in &entries[id].words {
            let sharing = self.sharing(word);
            let weight = rarity(entries.len(), sharing.len());
            for &other in sharing {
                *scores.entry(other as EntryId).or_default() += weight;
            }
        }
        near.for_each(|other| *scores.entry(other).or_default() += THEME);
        people.for_each(|other| *scores.entry(other).or_default() += PERSON);
        scores.remove(&id);
        let mut ranked: Vec<(u32, EntryId)> =
            scores.into_iter().filter(|&(_, score)| score >= ENOUGH).map(|(other, score)| (score, other)).collect();
        ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.into_iter().take(limit).map(|(_, other)| other).collect()
    }

    fn sharing(&self, word: u32) -> &[u32] {
        let Ok(at) = self.rare.binary_search(&word) else { return &[] };
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.sharing[from..self.ends[at]]
    }
}

/// How much a word tells that `sharing` of `all` entries share: the information of meeting it, in bits, within bounds that
/// keep a site of ten articles and one of ten thousand alike.
fn rarity(all: usize, sharing: usize) -> u32 {
    ((all / sharing.max(1)).max(1).ilog2() + 1).clamp(3, 7)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::{Article, FrontMatter};
    use crate::extract::extractor::Extractor;

    fn entries(told: &[(&str, &str)]) -> Vec<Entry> {
        let entry = |&(title, body): &(&str, &str)| {
            let front = FrontMatter { title: title.to_owned(), ..FrontMatter::default() };
            Entry::of(&Article { file: title.to_owned(), front, body: body.to_owned() }, &Extractor::default())
        };
        told.iter().map(entry).collect()
    }

    #[test]
    fn rare_words_in_common_make_kin() {
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
    fn every_word_is_shared_by_those_who_hold_it() {
        let entries = entries(&[("一丁七万上", "丁七"), ("丁七上下齐鼓", "厂区厂区龙头"), ("万上齐鼓厂区龙头", "")]);
        let term_index = TermIndex::of(&entries);
        assert!(term_index.rare.is_sorted() && term_index.rare.len() > 3);
        for &word in entries.iter().flat_map(|entry| &entry.words) {
            let holds = |id: &u32| entries[*id as usize].words.contains(&word);
            let holders: Vec<u32> = (0..3).filter(holds).collect();
            assert_eq!(term_index.sharing(word), if holders.len() > 1 { holders.as_slice() } else { &[] });
        }
    }

    #[test]
    fn what_a_text_comes_back_to_makes_kin_whatever_the_headline() {
        let canteen = "骑手食堂今天开张，骑手食堂里有热汤，热汤今天免费。";
        let entries = entries(&[("一碗热汤", canteen), ("午间见闻", canteen), ("老钳工", "看见骑手食堂。")]);
        let related = TermIndex::of(&entries).related(&entries, 0, std::iter::empty(), std::iter::empty(), 4);
        assert_eq!(related, [1], "named once is no subject");
    }

    #[test]
    fn what_all_share_says_nothing() {
        let titles: Vec<String> = (0..COMMON + 1).map(|at| format!("{at}产业工人队伍")).collect();
        let entries = entries(&titles.iter().map(|title| (title.as_str(), "")).collect::<Vec<_>>());
        assert!(TermIndex::of(&entries).rare.is_empty());
    }
}
