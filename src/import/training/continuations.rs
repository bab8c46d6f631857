//! Learns what speaks for one line continuing another, from the lines that sentences are cut at.
//!
//! At each cut the right line stands among all other lines of its page: a multinomial logistic regression, by gradient ascent. What the
//! search weighs by other means (shared words, headings, length) takes part, so that the rest does not have to stand for it.

use crate::import::lexicon::sentences::continuation::{EVIDENCE, LineEdges, WEIGHTS, evidence};
use crate::import::link::scoring::shared_words::SharedWords;
use crate::import::ngram::model::Ngrams;
use crate::import::training::gold::GoldPage;
use crate::util::parallel;

/// Evidence, shared words, a heading mark, a short line without an end, a long line.
const OBSERVED: usize = EVIDENCE + 4;
/// Characters of a headline, at most, and of a line of text, at least.
const HEADLINE: usize = 22;
const LONG: usize = 50;

/// A cut: what is observed of each line that may go on there, the right one first.
type Cut = Vec<[f64; OBSERVED]>;
type Weights = [f64; OBSERVED];

/// What was learnt.
#[derive(Debug, Clone, Copy)]
pub struct LearntContinuations {
    /// in the order of `WEIGHTS` of `lexicon/sentences/continuation.rs`
    pub weights: [f64; EVIDENCE],
    weights_of_all: Weights,
}

/// How often the right line is named first.
#[derive(Debug, Clone, Copy)]
pub struct NamedFirst {
    /// cuts of the pages
    pub cuts: usize,
    /// share of cuts, by all that is observed
    pub share: f64,
    /// share of cuts, by the evidence and the weights in the program
    pub share_shipped: f64,
}

/// Rounds of gradient ascent, and its step.
const ROUNDS: usize = 400;
const STEP: f64 = 0.3;
/// How much large weights cost.
const REGULARISATION: f64 = 0.002;

/// Learns from pages, with a packed n-gram model.
pub fn learn(pages: &[GoldPage], model: &[u8]) -> LearntContinuations {
    let cuts = cuts(pages, model);
    let mut weights = [0.0; OBSERVED];
    let mut squares = [1e-8; OBSERVED];
    for _ in 0..ROUNDS {
        let gradients = parallel::map(&cuts, |cut| gradient(cut, &weights));
        for at in 0..OBSERVED {
            let sum: f64 = gradients.iter().map(|gradient| gradient[at]).sum();
            let slope = sum / cuts.len().max(1) as f64 - REGULARISATION * weights[at];
            squares[at] += slope * slope;
            weights[at] += STEP * slope / f64::sqrt(squares[at]);
        }
    }
    LearntContinuations { weights: std::array::from_fn(|at| weights[at]), weights_of_all: weights }
}

impl LearntContinuations {
    /// How often the right line of pages that were not learnt from is named first.
    pub fn named_first(&self, pages: &[GoldPage], model: &[u8]) -> NamedFirst {
        let cuts = cuts(pages, model);
        let mut shipped = [0.0; OBSERVED];
        shipped[..EVIDENCE].copy_from_slice(&WEIGHTS);
        let share = |weights: &Weights| {
            let is_first = |cut: &&Cut| cut[1..].iter().all(|other| score(other, weights) < score(&cut[0], weights));
            cuts.iter().filter(is_first).count() as f64 / cuts.len().max(1) as f64
        };
        NamedFirst { cuts: cuts.len(), share: share(&self.weights_of_all), share_shipped: share(&shipped) }
    }
}

fn cuts(pages: &[GoldPage], model: &[u8]) -> Vec<Cut> {
    let ngrams = Ngrams::parse(model);
    parallel::map(pages, |page| cuts_of(page, ngrams)).concat()
}

fn cuts_of(page: &GoldPage, ngrams: Ngrams<'_>) -> Vec<Cut> {
    let lines = &page.page.lines;
    let mut words = SharedWords::of(&page.page);
    (0..lines.len()).for_each(|at| words.advance_to(at));
    let ends: Vec<LineEdges<'_>> = lines.iter().map(|line| LineEdges::by(ngrams, &line.text)).collect();
    let observed = |before: usize, after: usize| {
        let (line, length) = (&lines[after], lines[after].len());
        let one = |applies: bool| f64::from(u8::from(applies));
        let mut observed = [0.0; OBSERVED];
        observed[..EVIDENCE].copy_from_slice(&evidence(ngrams, &ends[before], &ends[after]));
        observed[EVIDENCE..].copy_from_slice(&[
            words.similarity(after as u32, &[before as u32]),
            one(line.mark > 0),
            one(length <= HEADLINE && !line.text.ends_with(['。', '！', '？', '”'])),
            one(length > LONG),
        ]);
        observed
    };
    let cut = |(before, after): (usize, usize)| {
        let others = (0..lines.len()).filter(|at| *at != before && *at != after);
        std::iter::once(after).chain(others).map(|at| observed(before, at)).collect()
    };
    page.joins().map(cut).collect()
}

fn score(observed: &[f64; OBSERVED], weights: &Weights) -> f64 {
    observed.iter().zip(weights).map(|(observed, weight)| observed * weight).sum()
}

/// Of the log-probability of a cut's right line.
fn gradient(cut: &Cut, weights: &Weights) -> Weights {
    let scores: Vec<f64> = cut.iter().map(|observed| score(observed, weights)).collect();
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let shares: Vec<f64> = scores.iter().map(|score| (score - most).exp()).collect();
    let all: f64 = shares.iter().sum();
    let expected = |at: usize| cut.iter().zip(&shares).map(|(observed, share)| observed[at] * share / all).sum::<f64>();
    std::array::from_fn(|at| cut[0][at] - expected(at))
}
