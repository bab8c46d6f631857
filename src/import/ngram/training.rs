//! Training: paragraphs → a packed n-gram model.
//!
//! 1. count the n-grams of all paragraphs, and in how many contexts each shorter one stands
//! 2. probabilities by interpolated, modified Kneser-Ney smoothing: three discounts an order, from the counts of counts
//! 3. n-grams that are seen too rarely are left out, and what they had is left to the shorter context
//! 4. logarithms are quantised and packed
//!
//! Deterministic: the same paragraphs, in any order, give the same bytes.
//!
//! Source: Chen and Goodman, "An empirical study of smoothing techniques for language modeling", 1999.

use crate::import::ngram::model::{COARSE_STEPS, LONG_BITS, SHORT_BITS, STEPS, fingerprint};
use crate::import::ngram::packed::{MAGIC, ORDER, VERSION, checksum, slot_size};
use crate::import::ngram::perfect_hash::{bucket, displacements, sizes, slot};
use crate::import::ngram::symbols::{BEGIN, END, hash, symbols};
use std::collections::HashMap;

/// The n-grams that are kept.
#[derive(Debug, Clone, Copy)]
pub struct Pruning {
    /// a pair of symbols is seen at least so often, or begins a kept triple
    pub pairs: u32,
    /// a triple is seen at least so often
    pub triples: u32,
}

/// What a model was made of.
#[derive(Debug, Clone, Copy)]
pub struct TrainingReport {
    /// paragraphs of the text
    pub paragraphs: usize,
    /// symbols of the text, with the ends of paragraphs
    pub symbols: usize,
    /// n-grams that were kept, by order
    pub kept: [usize; ORDER],
}

type Ngram = [char; ORDER];
type Counts = HashMap<Ngram, u32, ahash::RandomState>;

/// The packed model of paragraphs.
pub fn train<'a>(paragraphs: impl Iterator<Item = &'a str>, pruning: Pruning) -> (Vec<u8>, TrainingReport) {
    let mut counts = Counts::default();
    let mut report = TrainingReport { paragraphs: 0, symbols: 0, kept: [0; ORDER] };
    for paragraph in paragraphs {
        report.paragraphs += 1;
        let mut window = [BEGIN; ORDER];
        for symbol in symbols(paragraph).chain([END]) {
            window.rotate_left(1);
            window[ORDER - 1] = symbol;
            *counts.entry(window).or_default() += 1;
            report.symbols += 1;
        }
    }
    let mut triples: Vec<(Ngram, u32)> = counts.into_iter().collect();
    triples.sort_unstable();
    let orders = Orders::of(&triples);
    let kept = orders.kept(pruning);
    report.kept = std::array::from_fn(|order| kept[order].len());
    (pack(&kept), report)
}

/// An n-gram with the natural logarithms of its probability and of its back-off.
#[derive(Debug, Clone, Copy)]
struct Entry {
    hash: u64,
    log: f64,
    back_off: f64,
}

/// Counts by order, each sorted by n-gram: of pairs and single symbols, in how many contexts they stand.
struct Orders {
    triples: Vec<(Ngram, u32)>,
    pairs: Vec<([char; 2], u32)>,
    singles: Vec<(char, u32)>,
}

impl Orders {
    fn of(triples: &[(Ngram, u32)]) -> Self {
        let mut pairs: HashMap<[char; 2], u32, ahash::RandomState> = HashMap::default();
        for &([a, b, c], count) in triples {
            // nothing stands before a beginning, so that what follows it is counted as often as it stands there
            let first_of_paragraph = a == BEGIN && b == BEGIN;
            *pairs.entry([b, c]).or_default() += if first_of_paragraph { count } else { 1 };
        }
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_unstable();
        let mut singles: HashMap<char, u32, ahash::RandomState> = HashMap::default();
        for &([_, c], _) in &pairs {
            *singles.entry(c).or_default() += 1;
        }
        let mut singles: Vec<_> = singles.into_iter().collect();
        singles.sort_unstable();
        Self { triples: triples.to_vec(), pairs, singles }
    }

    /// The n-grams that are kept, by order.
    fn kept(&self, pruning: Pruning) -> [Vec<Entry>; ORDER] {
        let singles = self.single_probabilities();
        let pairs = self.pair_probabilities(&singles);
        let triples = self.triple_probabilities(&pairs);
        let is_kept = |count: u32, least: u32| count >= least;
        let kept_triples: Vec<(Ngram, f64)> = self
            .triples
            .iter()
            .zip(&triples)
            .filter(|((_, count), _)| is_kept(*count, pruning.triples))
            .map(|((ngram, _), p)| (*ngram, *p))
            .collect();
        let mut contexts: HashMap<[char; 2], (f64, f64), ahash::RandomState> = HashMap::default();
        for ([a, b, c], p) in &kept_triples {
            let sums = contexts.entry([*a, *b]).or_default();
            sums.0 += p;
            sums.1 += pairs[&[*b, *c]];
        }
        let mut kept_pairs: Vec<([char; 2], f64)> = Vec::new();
        for (pair, count) in &self.pairs {
            if is_kept(*count, pruning.pairs) || contexts.contains_key(pair) {
                kept_pairs.push((*pair, pairs[pair]));
            }
        }
        let mut heads: HashMap<char, (f64, f64), ahash::RandomState> = HashMap::default();
        for ([b, c], p) in &kept_pairs {
            let sums = heads.entry(*b).or_default();
            sums.0 += p;
            sums.1 += singles[c];
        }
        let left = |sums: Option<&(f64, f64)>| {
            sums.map_or(0.0, |(own, shorter)| ((1.0 - own).max(1e-6) / (1.0 - shorter).max(1e-6)).ln())
        };
        let mut first: Vec<Entry> = Vec::new();
        for (c, _) in &self.singles {
            first.push(Entry { hash: hash(&[*c]), log: singles[c].ln(), back_off: left(heads.get(c)) });
        }
        // the beginning of a paragraph is a context and follows nothing
        first.push(Entry { hash: hash(&[BEGIN]), log: -15.0, back_off: left(heads.get(&BEGIN)) });
        let mut second: Vec<Entry> = kept_pairs
            .iter()
            .map(|(pair, p)| Entry { hash: hash(pair), log: p.ln(), back_off: left(contexts.get(pair)) })
            .collect();
        let begin = [BEGIN, BEGIN];
        second.push(Entry { hash: hash(&begin), log: -15.0, back_off: left(contexts.get(&begin)) });
        let third = kept_triples.iter().map(|(ngram, p)| Entry { hash: hash(ngram), log: p.ln(), back_off: 0.0 });
        [first, second, third.collect()]
    }

    fn single_probabilities(&self) -> HashMap<char, f64, ahash::RandomState> {
        let all: f64 = self.singles.iter().map(|(_, count)| f64::from(*count)).sum();
        self.singles.iter().map(|(c, count)| (*c, f64::from(*count) / all)).collect()
    }

    fn pair_probabilities(
        &self,
        singles: &HashMap<char, f64, ahash::RandomState>,
    ) -> HashMap<[char; 2], f64, ahash::RandomState> {
        let discounts = Discounts::of(self.pairs.iter().map(|(_, count)| *count));
        let mut probabilities = HashMap::default();
        for of_context in self.pairs.chunk_by(|(one, _), (other, _)| one[0] == other[0]) {
            let (all, left) = discounts.mass(of_context.iter().map(|(_, count)| *count));
            for (pair, count) in of_context {
                let own = (f64::from(*count) - discounts.of_count(*count)) / all;
                probabilities.insert(*pair, own + left * singles[&pair[1]]);
            }
        }
        probabilities
    }

    fn triple_probabilities(&self, pairs: &HashMap<[char; 2], f64, ahash::RandomState>) -> Vec<f64> {
        let discounts = Discounts::of(self.triples.iter().map(|(_, count)| *count));
        let mut probabilities = Vec::with_capacity(self.triples.len());
        for of_context in self.triples.chunk_by(|(one, _), (other, _)| one[..2] == other[..2]) {
            let (all, left) = discounts.mass(of_context.iter().map(|(_, count)| *count));
            for ([_, b, c], count) in of_context {
                let own = (f64::from(*count) - discounts.of_count(*count)) / all;
                probabilities.push(own + left * pairs[&[*b, *c]]);
            }
        }
        probabilities
    }
}

/// What is taken from n-grams that are seen once, twice, and three times or more, for those that are not seen.
struct Discounts([f64; 3]);

impl Discounts {
    fn of(counts: impl Iterator<Item = u32>) -> Self {
        let mut seen = [0.0f64; 5];
        for count in counts.filter(|count| (1..=4).contains(count)) {
            seen[count as usize] += 1.0;
        }
        let y = seen[1] / (seen[1] + 2.0 * seen[2]).max(1.0);
        let discount = |times: usize| {
            let discount = times as f64 - (times + 1) as f64 * y * seen[times + 1] / seen[times].max(1.0);
            discount.clamp(0.1, times as f64 - 0.05)
        };
        Self([discount(1), discount(2), discount(3)])
    }

    fn of_count(&self, count: u32) -> f64 {
        self.0[count.min(3) as usize - 1]
    }

    /// Of the counts behind one context: their sum, and the share that is left.
    fn mass(&self, counts: impl Iterator<Item = u32>) -> (f64, f64) {
        let (mut all, mut left) = (0.0, 0.0);
        for count in counts {
            all += f64::from(count);
            left += self.of_count(count);
        }
        (all, left / all)
    }
}

fn pack(orders: &[Vec<Entry>; ORDER]) -> Vec<u8> {
    let mut tables = Vec::new();
    let mut file = Vec::from(MAGIC);
    file.extend(VERSION.to_le_bytes());
    for (order, entries) in orders.iter().enumerate() {
        let (buckets, slots) = sizes(entries.len());
        [buckets, slots].iter().for_each(|count| file.extend((*count as u32).to_le_bytes()));
        tables.extend(pack_order(order, entries));
    }
    file.extend(checksum(&tables).to_le_bytes());
    file.extend(tables);
    file
}

/// Displacements and slots of an order.
fn pack_order(order: usize, entries: &[Entry]) -> Vec<u8> {
    let (buckets, slots) = sizes(entries.len());
    let hashes: Vec<u64> = entries.iter().map(|entry| entry.hash).collect();
    let displacements =
        displacements(&hashes).unwrap_or_else(|| unreachable!("no two n-grams of a text have one hash"));
    let mut packed: Vec<u8> = displacements.iter().flat_map(|displacement| displacement.to_le_bytes()).collect();
    let (size, start) = (slot_size(order), packed.len());
    packed.resize(start + slots * size, 0);
    let quantised = |log: f64, steps: f64, most: f64| (-log * steps).round().clamp(0.0, most) as u32;
    for entry in entries {
        let bits = if size == 4 {
            fingerprint(entry.hash, SHORT_BITS)
                | quantised(entry.log, STEPS, 255.0) << 16
                | quantised(entry.back_off, STEPS, 255.0) << 24
        } else {
            fingerprint(entry.hash, LONG_BITS) | quantised(entry.log, COARSE_STEPS, 63.0) << LONG_BITS
        };
        let at = start + size * slot(entry.hash, displacements[bucket(entry.hash, buckets)], slots);
        packed[at..at + size].copy_from_slice(&bits.to_le_bytes()[..size]);
    }
    packed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_paragraphs_in_any_order_give_the_same_bytes() {
        let paragraphs = ["风筝上了天才不偏头。", "江面上的监理船，记下了编号。", "风筝、毛竹和炭火。"];
        let pruning = Pruning { pairs: 1, triples: 2 };
        let (model, report) = train(paragraphs.into_iter(), pruning);
        assert_eq!(train(paragraphs.into_iter().rev(), pruning).0, model);
        assert_eq!(report.paragraphs, 3);
        assert!(report.kept[2] < report.kept[1], "{:?}", report.kept);
    }

    #[test]
    fn no_text_gives_a_model_as_well() {
        assert!(!train(std::iter::empty(), Pruning { pairs: 1, triples: 1 }).0.is_empty());
    }
}
