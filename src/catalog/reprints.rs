//! Reprints: articles that print one dispatch (通稿) in several papers or on several days, found by the shingles that they share.
//!
//! 1. sort all sampled shingles with their articles: an inverted index
//! 2. count, for each article, the shingles that it shares with each other one; those of more than [`COMMON`] articles say nothing
//! 3. a pair is a reprint where enough of the shorter one is in the longer one, and they are not too different in length
//! 4. what is a reprint of one and the same article is one group
//!
//! The pairs are exactly those that a comparison of all with all would find (a test compares the two); the work is linear in the number
//! of articles and of pairs that share a shingle.

use crate::catalog::entry::{Entry, EntryId};
use crate::extract::shingles::Shingles;
use ahash::{HashMap, HashMapExt};
use jiff::civil::Date;
use rayon::prelude::*;
use std::borrow::Cow;
use std::mem;

/// The number of articles above which a shingle is a form of words, not a trace of a dispatch.
const COMMON: usize = 128;
/// The least number of shared shingles.
const SHARED: usize = 4;
/// The part of the shorter text's shingles that the longer one has, in percent.
const CONTAINED: usize = 70;
/// The least length of the shorter text, in percent of the longer one's.
const LENGTH: usize = 40;

/// The groups of articles that print one dispatch.
#[derive(Debug, Default)]
pub(crate) struct Reprints {
    /// entry → its group, counted from 1; 0 where it has none. Empty where there are no groups.
    group_of: Vec<u32>,
    /// the articles of each group, the one to be shown first: the earliest, then by page
    groups: Vec<Vec<EntryId>>,
}

impl Reprints {
    pub(crate) fn of(entries: &[Entry]) -> Self {
        Self::of_pairs(entries, pairs(entries))
    }

    /// Those among the articles of one year, which `entries` has beside each other.
    pub(crate) fn by_year(entries: &[Entry]) -> Self {
        let year = |entry: &Entry| entry.front.date.map(Date::year);
        let mut first = 0;
        let mut found = Vec::new();
        for of_year in entries.chunk_by(|a, b| year(a) == year(b)) {
            found.extend(pairs(of_year).into_iter().map(|(a, b)| (first + a, first + b)));
            first += of_year.len() as u32;
        }
        Self::of_pairs(entries, found)
    }

    fn of_pairs(entries: &[Entry], pairs: Vec<(u32, u32)>) -> Self {
        let mut parents: Vec<u32> = (0..).take(entries.len()).collect();
        for (a, b) in pairs {
            let (a, b) = (root(&mut parents, a), root(&mut parents, b));
            parents[a.max(b) as usize] = a.min(b);
        }
        let mut members: HashMap<u32, Vec<EntryId>> = HashMap::new();
        for id in 0..parents.len() {
            let root = root(&mut parents, id as u32);
            if root as usize != id {
                members.entry(root).or_insert_with(|| vec![root as usize]).push(id);
            }
        }
        let mut groups: Vec<Vec<EntryId>> = members.into_values().collect();
        groups.sort_unstable();
        let mut group_of = vec![0; if groups.is_empty() { 0 } else { entries.len() }];
        for (group, members) in (1..).zip(&mut groups) {
            members.iter().for_each(|&id| group_of[id] = group);
            members.sort_by_key(|&id| rank(&entries[id], id));
        }
        Self { group_of, groups }
    }

    /// The articles that print the dispatch of one, itself among them, the one to be shown first; none for one without reprints.
    pub(crate) fn group(&self, id: EntryId) -> &[EntryId] {
        let group = self.group_of.get(id).map_or(0, |&group| group as usize);
        group.checked_sub(1).map_or(&[], |at| &self.groups[at])
    }

    /// A list in which each dispatch stands once, by the article of its group that is to be shown first among those of the list.
    pub(crate) fn once<'a>(&self, list: &'a [EntryId]) -> Cow<'a, [EntryId]> {
        let mut first: HashMap<u32, (usize, EntryId)> = HashMap::new();
        let mut repeated = false;
        for &id in list {
            let group = self.group_of.get(id).copied().unwrap_or_default();
            if let Some(members) = (group as usize).checked_sub(1).map(|at| &self.groups[at]) {
                let ranked = (members.iter().position(|&member| member == id).unwrap_or_default(), id);
                let best = first.entry(group).or_insert(ranked);
                repeated |= best.1 != id;
                *best = ranked.min(*best);
            }
        }
        if !repeated {
            return Cow::Borrowed(list);
        }
        let is_first = |id: &EntryId| first.get(&self.group_of[*id]).is_none_or(|&(_, best)| best == *id);
        Cow::Owned(list.iter().copied().filter(is_first).collect())
    }
}

/// The earliest is the dispatch's own day; on one day, the page nearest to the front.
fn rank(entry: &Entry, id: EntryId) -> (Date, u32, EntryId) {
    (entry.front.date.unwrap_or(Date::MAX), entry.front.page.unwrap_or(u32::MAX), id)
}

/// All pairs of reprints, in the order of the first article, which is the one of the smaller position.
fn pairs(entries: &[Entry]) -> Vec<(u32, u32)> {
    let postings = postings(entries);
    let counters = || Shared { counts: vec![0; entries.len()], counted: Vec::new() };
    let later = |shared: &mut Shared, id: usize| {
        for &hash in &entries[id].shingles.hashes {
            let from = postings.partition_point(|posting| posting.0 < hash);
            let articles = postings[from..].iter().take_while(|posting| posting.0 == hash).map(|posting| posting.1);
            articles.filter(|&other| other as usize > id).for_each(|other| shared.count(other));
        }
        let of = |id: usize| &entries[id].shingles;
        let mut reprints = Vec::new();
        shared.take(|other, count| {
            if count >= SHARED && are_reprints(of(id), of(other as usize), count) {
                reprints.push((id as u32, other));
            }
        });
        reprints
    };
    (0..entries.len()).into_par_iter().map_init(counters, later).flatten_iter().collect()
}

/// Whether an article, before or after an edit that gave it `other` shingles, is a reprint of the same articles, so that the groups of the
/// site are the same. All other articles have to be as they were.
pub(crate) fn same_pairs(entries: &[Entry], id: EntryId, other: &Shingles) -> bool {
    let (now, before) = (&entries[id].shingles, other);
    let has = |shingles: &Shingles, hash: &u32| shingles.hashes.binary_search(hash).is_ok();
    let changed: Vec<u32> = before.hashes.iter().filter(|hash| !has(now, hash)).copied().collect();
    let changed: Vec<u32> =
        changed.into_iter().chain(now.hashes.iter().filter(|hash| !has(before, hash)).copied()).collect();
    let others =
        || (0..entries.len()).into_par_iter().filter(|&other| other != id).map(|other| &entries[other].shingles);
    let is_pair = |own: &Shingles, other: &Shingles| {
        are_reprints(own, other, own.hashes.iter().filter(|hash| has(other, hash)).count())
    };
    // a shingle that becomes, or no longer is, too common to count changes other pairs
    let frequency = |hash: &u32| others().filter(|other| has(other, hash)).count();
    others().all(|other| is_pair(before, other) == is_pair(now, other))
        && changed.iter().all(|hash| frequency(hash) + 1 < COMMON)
}

/// How many shingles one article shares with each other.
struct Shared {
    /// by article: an array, since nearly all articles that share a shingle share no second one, and a map takes longer
    counts: Vec<u16>,
    /// the articles that were counted
    counted: Vec<u32>,
}

impl Shared {
    fn count(&mut self, article: u32) {
        let count = &mut self.counts[article as usize];
        if *count == 0 {
            self.counted.push(article);
        }
        *count += 1;
    }

    /// Hands over all counts and sets them back.
    fn take(&mut self, mut each: impl FnMut(u32, usize)) {
        for article in self.counted.drain(..) {
            each(article, mem::take(&mut self.counts[article as usize]).into());
        }
    }
}

/// Shingles with the articles that have them, sorted, without those that only one article or very many have.
fn postings(entries: &[Entry]) -> Vec<(u32, u32)> {
    let mut postings: Vec<(u32, u32)> = Vec::with_capacity(entries.iter().map(|it| it.shingles.hashes.len()).sum());
    for (id, entry) in (0..).zip(entries) {
        postings.extend(entry.shingles.hashes.iter().map(|&hash| (hash, id)));
    }
    postings.par_sort_unstable();
    let runs = postings.chunk_by(|a, b| a.0 == b.0);
    runs.filter(|run| (2..=COMMON).contains(&run.len())).flatten().copied().collect()
}

/// Whether two texts that share so many shingles print one dispatch.
fn are_reprints(a: &Shingles, b: &Shingles, shared: usize) -> bool {
    let scale = a.scale.max(b.scale);
    let (a, b) = (a.at_scale(scale), b.at_scale(scale));
    let (shorter, longer) = (a.min(b), a.max(b));
    shared >= SHARED && shared * 100 >= shorter * CONTAINED && shorter * 100 >= longer * LENGTH
}

/// The root of a tree of parents, with the path to it halved.
fn root(parents: &mut [u32], mut id: u32) -> u32 {
    while parents[id as usize] != id {
        parents[id as usize] = parents[parents[id as usize] as usize];
        id = parents[id as usize];
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::FrontMatter;
    use jiff::civil::date;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn entry(at: usize, day: i8, text: &str) -> Entry {
        let front = FrontMatter { date: (day > 0).then(|| date(2025, 3, day)), ..FrontMatter::default() };
        Entry { file: format!("{at:03}.md"), front, shingles: Shingles::of([text]), ..Entry::default() }
    }

    /// A text of `length` characters that repeats nothing, different for each `seed`.
    fn text(seed: usize, length: usize) -> String {
        let mixed = |at: usize| ((seed * 10_000 + at) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        (0..length).map(|at| char::from_u32(0x4E00 + (mixed(at) % 20_000) as u32).unwrap()).collect()
    }

    #[test]
    fn one_dispatch_in_three_papers_is_one_group() {
        let dispatch = text(1, 800);
        let cut: String = dispatch.chars().take(500).collect();
        let entries = [
            entry(0, 9, &(text(2, 40) + &dispatch)),
            entry(1, 9, &text(3, 800)),
            entry(2, 8, &cut),
            entry(3, 7, &(text(4, 700) + &cut[..300])),
            entry(4, 6, &dispatch),
        ];
        let reprints = Reprints::of(&entries);
        assert_eq!(reprints.group(0), [4, 2, 0], "the earliest comes first");
        assert_eq!(reprints.group(1), [0; 0]);
        assert_eq!(reprints.group(3), [0; 0], "a hundred characters in a long article are a quotation");
        assert_eq!(*reprints.once(&[0, 1, 2, 3, 4]), [1, 3, 4]);
        assert_eq!(*reprints.once(&[0, 1, 2]), [1, 2], "the first among those of the list");
        assert!(matches!(reprints.once(&[0, 1]), Cow::Borrowed(_)));
        let edited = text(1, 790) + &text(5, 20);
        assert!(same_pairs(&entries, 4, &Shingles::of([edited.as_str()])), "a few other words");
        assert!(!same_pairs(&entries, 4, &Shingles::of([text(6, 800).as_str()])), "another text");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_groups_are_those_of_a_comparison_of_all_with_all(
            pieces in proptest::collection::vec(proptest::collection::vec((0..6usize, 60..300usize), 1..4), 2..24),
        ) {
            let joined = |pieces: &Vec<(usize, usize)>| pieces.iter().map(|&(seed, length)| text(seed, length)).collect::<String>();
            let entries: Vec<Entry> = pieces.iter().enumerate().map(|(at, pieces)| entry(at, 0, &joined(pieces))).collect();
            let shared = |a: usize, b: usize| {
                let set = |id: usize| entries[id].shingles.hashes.iter().copied().collect::<BTreeSet<u32>>();
                set(a).intersection(&set(b)).count()
            };
            let reprint = |a: usize, b: usize| are_reprints(&entries[a].shingles, &entries[b].shingles, shared(a, b));
            let mut labels: Vec<usize> = (0..entries.len()).collect();
            for a in 0..entries.len() {
                for b in (0..a).filter(|&b| reprint(a, b)) {
                    let (from, to) = (labels[a], labels[b]);
                    labels.iter_mut().filter(|label| **label == from).for_each(|label| *label = to);
                }
            }
            let found = Reprints::of(&entries);
            for a in 0..entries.len() {
                for b in 0..a {
                    prop_assert_eq!(found.group(a).contains(&b), labels[a] == labels[b], "{} and {}", a, b);
                }
            }
        }
    }
}
