//! The packed n-gram model, and how it is asked.
//!
//! A model in back-off form: it holds log-probabilities of n-grams that were seen, and for each context how much of its
//! probability is left for the others, which take it by the shorter context. Each order is a table with a
//! [perfect hash](crate::import::ngram::perfect_hash). A slot has a fingerprint of its n-gram and quantised logarithms; 0 is an empty
//! slot. Of the triples that the model does not have, one in a thousand has another's fingerprint: a false answer.
//!
//! The slots of orders 1 and 2 are u32 (fingerprint 16 bits, probability 8, back-off 8), those of order 3 u16 (fingerprint 10,
//! probability 6), all little-endian.
//!
//! Sources: Katz, "Estimation of probabilities from sparse data", 1987, for the back-off; Talbot and Osborne, "Randomised language
//! modelling for statistical machine translation", 2007, for the packing.

use crate::import::ngram::packed::{HEADER, ORDER, table_sizes};
use crate::import::ngram::perfect_hash::{bucket, slot};
use crate::import::ngram::symbols::{BEGIN, hash, symbol, symbols};
use std::sync::LazyLock;

/// Steps of the logarithm in the tables of 8 bits and of 6 bits.
pub(crate) const STEPS: f64 = 16.0;
pub(crate) const COARSE_STEPS: f64 = 4.0;
/// The log-probability of a symbol that the training text does not have.
const UNSEEN: f64 = -14.0;

/// The model in the binary, checked by `build.rs`. `cargo run --release --example train` writes the file.
static SHIPPED: &[u8] = include_bytes!("model.bin");

/// A packed model.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ngrams<'a> {
    short: [Table<'a>; ORDER - 1],
    long: Table<'a>,
}

/// The displacements and the slots of one order.
#[derive(Debug, Clone, Copy)]
struct Table<'a> {
    displacements: &'a [u8],
    slots: &'a [u8],
}

/// The model in the binary.
pub(crate) static NGRAMS: LazyLock<Ngrams<'static>> = LazyLock::new(|| Ngrams::parse(SHIPPED));

impl<'a> Ngrams<'a> {
    /// The model in a file of the layout above.
    pub(crate) fn parse(file: &'a [u8]) -> Self {
        let (header, mut rest) = file.split_at(HEADER);
        let mut table = |order: usize| {
            let (buckets, slots) = table_sizes(header, order);
            let (displacements, behind) = rest.split_at(buckets);
            let (slots, behind) = behind.split_at(slots);
            rest = behind;
            Table { displacements, slots }
        };
        Self { short: [table(0), table(1)], long: table(2) }
    }

    /// The natural logarithm of the probability of a symbol behind a context of at most two, the last one last.
    pub(crate) fn log_probability(&self, context: &[char], symbol: char) -> f64 {
        let mut ngram = [BEGIN; ORDER];
        let length = context.len().min(ORDER - 1);
        ngram[..length].copy_from_slice(&context[context.len() - length..]);
        ngram[length] = symbol;
        let mut left = 0.0;
        for first in 0..=length {
            let ngram = &ngram[first..=length];
            if let Some(log) = self.log_of(ngram) {
                return left + log;
            }
            left += self.back_off(&ngram[..ngram.len() - 1]);
        }
        left + UNSEEN
    }

    fn log_of(&self, ngram: &[char]) -> Option<f64> {
        let hash = hash(ngram);
        match ngram.len() {
            ORDER => self.long.find_long(hash).map(|log| -f64::from(log) / COARSE_STEPS),
            length => self.short[length - 1].find_short(hash).map(|[log, _]| -f64::from(log) / STEPS),
        }
    }

    fn back_off(&self, context: &[char]) -> f64 {
        let Some(table) = context.len().checked_sub(1) else { return 0.0 };
        self.short[table].find_short(hash(context)).map_or(0.0, |[_, log]| -f64::from(log) / STEPS)
    }
}

/// The fingerprint of a hash, in so many bits, never 0.
pub(crate) fn fingerprint(hash: u64, bits: u32) -> u32 {
    (hash as u32 & ((1 << bits) - 1)).max(1)
}

pub(crate) const SHORT_BITS: u32 = 16;
pub(crate) const LONG_BITS: u32 = 10;

impl Table<'_> {
    /// Quantised probability and back-off.
    fn find_short(&self, hash: u64) -> Option<[u8; 2]> {
        let slot = self.slot::<4>(hash)?;
        (u32::from(u16::from_le_bytes([slot[0], slot[1]])) == fingerprint(hash, SHORT_BITS))
            .then_some([slot[2], slot[3]])
    }

    /// The quantised probability.
    fn find_long(&self, hash: u64) -> Option<u8> {
        let slot = u16::from_le_bytes(self.slot::<2>(hash)?);
        (u32::from(slot & ((1 << LONG_BITS) - 1)) == fingerprint(hash, LONG_BITS)).then_some((slot >> LONG_BITS) as u8)
    }

    /// The slot of a hash, in so many bytes; none in an empty table.
    fn slot<const SIZE: usize>(&self, hash: u64) -> Option<[u8; SIZE]> {
        let bucket = bucket(hash, self.displacements.len() / 2);
        let displacement = self.displacements.get(2 * bucket..2 * bucket + 2)?;
        let at = SIZE * slot(hash, u16::from_le_bytes([displacement[0], displacement[1]]), self.slots.len() / SIZE);
        self.slots.get(at..at + SIZE)?.try_into().ok()
    }
}

/// The last symbols of a text: the context of what follows it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tail([char; ORDER - 1]);

/// The first symbols of a text, as many as depend on what stands before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Beginning([Option<char>; ORDER - 1]);

impl Beginning {
    pub(crate) fn of(text: &str) -> Self {
        let mut first = symbols(text);
        Self(std::array::from_fn(|_| first.next()))
    }
}

impl Tail {
    /// The context of a paragraph's beginning.
    pub(crate) const NONE: Self = Self([BEGIN; ORDER - 1]);

    pub(crate) fn of(text: &str) -> Self {
        let mut tail = [BEGIN; ORDER - 1];
        let last = text.chars().rev().filter_map(symbol);
        for (place, symbol) in tail.iter_mut().rev().zip(last) {
            *place = symbol;
        }
        Self(tail)
    }
}

impl Ngrams<'_> {
    /// The log-probability of two characters next to each other.
    pub(crate) fn log_of_pair(&self, pair: [char; 2]) -> f64 {
        let [first, second] = pair.map(|c| symbol(c).unwrap_or(c));
        self.log_probability(&[], first) + self.log_probability(&[first], second)
    }

    /// The log-odds that a text begins a paragraph, against its standing anywhere.
    pub(crate) fn opening(&self, text: &str) -> f64 {
        let mut symbols = symbols(text).take(ORDER - 1);
        let Some(first) = symbols.next() else { return 0.0 };
        let anywhere = self.log_probability(&[], first)
            + symbols.next().map_or(0.0, |second| self.log_probability(&[first], second));
        self.log_of_first(Tail::NONE, Beginning::of(text)) - anywhere
    }

    /// The log-probability of a text's beginning behind the end of another.
    pub(crate) fn log_of_first(&self, before: Tail, text: Beginning) -> f64 {
        let mut context = before.0;
        let mut log = 0.0;
        for symbol in text.0.into_iter().flatten() {
            log += self.log_probability(&context, symbol);
            context.rotate_left(1);
            context[ORDER - 2] = symbol;
        }
        log
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::ngram::packed::is_model;
    use crate::import::ngram::symbols::END;
    use crate::import::ngram::training::{Pruning, train};

    const PARAGRAPHS: [&str; 4] = [
        "老匠人把竹篾劈开，在炭火上慢慢烤弯。",
        "老匠人说，竹篾要选三年的毛竹。",
        "江心的桥墩立在沙洲上，潜水员下水三百多次。",
        "近日，潜水员上岸签字。",
    ];

    fn model() -> Vec<u8> {
        train(PARAGRAPHS.into_iter(), Pruning { pairs: 1, triples: 1 }).0
    }

    #[test]
    fn a_text_goes_on_as_the_training_text_does() {
        let model = model();
        let ngrams = Ngrams::parse(&model);
        let odds = |before: &str, after: &str| {
            let after = Beginning::of(after);
            ngrams.log_of_first(Tail::of(before), after) - ngrams.log_of_first(Tail::NONE, after)
        };
        assert!(odds("他把竹", "篾要选") > 1.0, "{}", odds("他把竹", "篾要选"));
        assert!(odds("他把竹", "近日，") < -1.0, "{}", odds("他把竹", "近日，"));
        assert!(ngrams.opening("近日，") > ngrams.opening("篾劈开"));
    }

    #[test]
    fn the_probabilities_behind_a_context_add_up_to_about_one() {
        let model = model();
        let ngrams = Ngrams::parse(&model);
        let mut all: Vec<char> = PARAGRAPHS.iter().flat_map(|text| symbols(text)).chain([END]).collect();
        all.sort_unstable();
        all.dedup();
        for context in [&['竹', '篾'][..], &['炭'], &[], &[BEGIN, BEGIN]] {
            let sum: f64 = all.iter().map(|&symbol| ngrams.log_probability(context, symbol).exp()).sum();
            assert!((0.8..1.2).contains(&sum), "{context:?}: {sum}");
        }
    }

    #[test]
    fn a_damaged_model_and_one_of_another_version_are_no_models() {
        let model = model();
        assert!(is_model(&model));
        let changed = |at: usize| {
            let mut model = model.clone();
            model[at] ^= 1;
            model
        };
        assert!(!is_model(&changed(0)), "other magic");
        assert!(!is_model(&changed(8)), "other version");
        assert!(!is_model(&changed(12)), "other number of slots");
        assert!(!is_model(&changed(model.len() - 1)), "a damaged slot");
        assert!(!is_model(&model[..model.len() - 1]) && !is_model(&[]), "cut off");
    }

    #[test]
    fn a_text_without_symbols_has_no_odds() {
        assert_eq!(NGRAMS.log_of_first(Tail::of(""), Beginning::of(" ")).abs(), 0.0);
        assert_eq!(NGRAMS.opening("\u{3000}").abs(), 0.0);
    }
}
