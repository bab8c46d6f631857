//! Makes the list of words: counts the words of a dictionary in texts.
//!
//! 1. The words of the dictionary with its own frequencies are the first list.
//! 2. Each text is divided into the words of that list, and these are counted.
//! 3. A word keeps its count and a share of what the dictionary says; a word that is rare in both is left out.

use crate::text::han::is_han;
use crate::text::words::list::{COSTS_PER_NAT, LONGEST, WordList, record_size};
use crate::text::words::segmentation::segment;
use std::collections::{BTreeMap, HashMap};

/// What the dictionary's frequency of a word counts beside that of the texts, where both have the same size.
const SHARE_OF_DICTIONARY: f64 = 0.2;
/// The least frequency of a word of the list.
const LEAST: f64 = 0.6;
/// The frequency of a word that only the further terms have.
const OF_TERM: f64 = 20.0;

/// Makes the packed list. The dictionary has a line for each word: the word, its frequency, its part of speech. The further terms
/// become words of the list too.
pub fn word_list<'t>(dictionary: &str, terms: &[String], texts: impl Iterator<Item = &'t str>) -> Vec<u8> {
    let mut known: HashMap<Vec<char>, f64> = dictionary.lines().filter_map(entry).collect();
    for term in terms.iter().map(|term| term.chars().collect::<Vec<char>>()).filter(|term| is_word(term)) {
        known.entry(term).or_insert(OF_TERM);
    }
    let first: &'static [u8] = Box::leak(packed(&known).into());
    let counts = counts(&WordList::of(first), texts);
    let of_texts: f64 = counts.values().sum();
    let of_dictionary: f64 = known.values().sum();
    let share = SHARE_OF_DICTIONARY * of_texts / of_dictionary;
    let is_term = |word: &Vec<char>| terms.iter().any(|term| term.chars().eq(word.iter().copied()));
    let frequency = |(word, of_dictionary): (Vec<char>, f64)| {
        let frequency = counts.get(&word).copied().unwrap_or_default() + share * of_dictionary;
        let least = if is_term(&word) { OF_TERM } else { 0.0 };
        (word, frequency.max(least))
    };
    packed(&known.into_iter().map(frequency).filter(|&(_, frequency)| frequency >= LEAST).collect())
}

/// A word of the dictionary and its frequency.
fn entry(line: &str) -> Option<(Vec<char>, f64)> {
    let mut fields = line.split(' ');
    let word: Vec<char> = fields.next()?.chars().collect();
    let frequency: f64 = fields.next()?.parse().ok()?;
    is_word(&word).then_some((word, frequency.max(1.0)))
}

/// A word that the list can hold.
fn is_word(word: &[char]) -> bool {
    (1..=LONGEST).contains(&word.len()) && word.iter().all(|&c| is_han(c) && matches!(c, '\u{4E00}'..='\u{9FFF}'))
}

fn counts<'t>(list: &WordList, texts: impl Iterator<Item = &'t str>) -> HashMap<Vec<char>, f64> {
    let mut counts = HashMap::new();
    for text in texts {
        for run in text.split(|c| !is_han(c)).filter(|run| !run.is_empty()) {
            let run: Vec<char> = run.chars().collect();
            let starts = segment(list, &run).starts;
            let ends = starts[1..].iter().copied().chain([run.len()]);
            for (&from, to) in starts.iter().zip(ends) {
                *counts.entry(run[from..to].to_vec()).or_default() += 1.0;
            }
        }
    }
    counts
}

/// The words with a first character, by length: their other characters, and their costs.
type Bucket<'w> = BTreeMap<usize, Vec<(&'w [char], u8)>>;

/// The file of a list: see `list.rs`.
fn packed(words: &HashMap<Vec<char>, f64>) -> Vec<u8> {
    let total: f64 = words.values().sum();
    let cost = |frequency: f64| ((total / frequency).ln() * COSTS_PER_NAT).round().clamp(0.0, 255.0) as u8;
    // by first character, by length
    let mut buckets: BTreeMap<char, Bucket<'_>> = BTreeMap::new();
    for (word, &frequency) in words {
        buckets.entry(word[0]).or_default().entry(word.len()).or_default().push((&word[1..], cost(frequency)));
    }
    let mut file = Vec::new();
    for (first, mut groups) in buckets {
        let single = groups.remove(&1).map_or(cost(0.5), |group| group[0].1);
        let mut bucket = vec![single];
        for (length, mut group) in groups {
            group.sort_unstable();
            bucket.push(u8::try_from(length).expect("a word has at most LONGEST characters"));
            bucket.extend(u16::try_from(group.len()).expect("fewer words than 65,536 begin alike").to_le_bytes());
            bucket.reserve(group.len() * record_size(length));
            for (rest, cost) in group {
                bucket.extend(rest.iter().flat_map(|&c| code(c).to_le_bytes()));
                bucket.push(cost);
            }
        }
        file.extend(code(first).to_le_bytes());
        file.extend(u16::try_from(bucket.len()).expect("a bucket is smaller than 64 KB").to_le_bytes());
        file.extend(bucket);
    }
    file
}

fn code(c: char) -> u16 {
    u16::try_from(u32::from(c)).expect("words of the list are of the basic plane")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_texts_are_kept_and_terms_are_added() {
        let dictionary = "工人 40 n\n工 30 n\n人 30 n\n罕用 1 n\n罕 1 n\n用 90 v\nABC 9 n";
        let terms = ["骑手".to_owned()];
        let list = word_list(dictionary, &terms, std::iter::repeat_n("工人用工，骑手", 9));
        let list = WordList::of(Box::leak(list.into()));
        let lengths = |text: &str| {
            let mut lengths = Vec::new();
            list.words_at(&text.chars().collect::<Vec<char>>(), |length, _| lengths.push(length));
            lengths
        };
        assert_eq!(lengths("工人用"), [1, 2]);
        assert_eq!(lengths("骑手"), [1, 2]);
        assert_eq!(lengths("罕用"), [1], "rare in the dictionary, and in no text");
        assert_eq!(lengths("A"), [1]);
    }
}
