//! Refinement: local search that moves parts of texts between articles while that makes the page cheaper.
//!
//! With the whole page assigned, wrong junctions show: an article stops in mid-sentence while another one holds its rest, two
//! rests have changed places, or a rest is printed above its beginning. Steepest descent over two kinds of moves, as in
//! vehicle routing, where routes are what articles are here:
//!
//! 1. cut points are collected: where a chain may be taken apart
//! 2. every move between two cut points is weighed by the [junctions](crate::import::link::scoring::junction) that it changes and the
//!    words that its parts share: the relocation of a part (Or-opt: Or, 1976), and the exchange of the rests behind two cuts
//!    (2-opt*: Potvin and Rousseau, 1995)
//! 3. the best move is made, and again from 1, until none saves enough

use crate::import::link::chains::Chains;
use crate::import::link::scoring::costs::{
    DOUBTFUL_JUNCTION, FRAGMENT, JUNCTION_LOSS_MOST, REFINED_LINES, REFINEMENTS,
};

/// A point in a chain: before its line number `at`, or at its end.
#[derive(Debug, Clone, Copy, PartialEq)]
struct CutPoint {
    article: usize,
    at: usize,
}

/// A change of the partition.
#[derive(Debug, Clone, Copy, PartialEq)]
enum RefinementMove {
    /// the part from a cut up to line number `to` of its chain moves to a cut of another article
    Relocate { from: CutPoint, to: usize, into: CutPoint },
    /// what follows two cuts is exchanged
    Exchange(CutPoint, CutPoint),
}

/// Makes the moves that save enough.
pub(crate) fn refine(chains: &mut Chains<'_>) {
    if chains.texts.iter().map(Vec::len).sum::<usize>() > REFINED_LINES || !is_doubtful(chains) {
        return;
    }
    for _ in 0..REFINEMENTS {
        let Some(best) = best_move(chains) else { return };
        apply(chains, best);
    }
}

/// Some article may be wrong: it stops in mid-sentence, begins there without a head, was returned to, or has a doubtful
/// junction.
fn is_doubtful(chains: &Chains<'_>) -> bool {
    chains.texts.iter().enumerate().any(|(article, texts)| {
        let (first, last) = (texts.first(), texts.last());
        let is_fragment =
            chains.heads[article].is_empty() && first.is_some_and(|&first| chains.unlikely_opening(first) > FRAGMENT);
        let is_doubtful = |pair: &[usize]| {
            !chains.is_adjacent(pair[0], pair[1]) || chains.cost_of_junction(pair[0], pair[1]) > DOUBTFUL_JUNCTION
        };
        is_fragment || last.is_some_and(|&last| chains.cost_of_end(last) > 0.0) || texts.windows(2).any(is_doubtful)
    })
}

/// The move that saves most, if it saves enough.
fn best_move(chains: &Chains<'_>) -> Option<RefinementMove> {
    let cuts = cut_points(chains);
    let costs = chains.costs();
    let mut best: Option<(f64, RefinementMove)> = None;
    // words are only compared where the junctions do not rule the move out: they cost more time
    let mut weigh = |candidate: RefinementMove, by_junctions: f64, by_words: &dyn Fn() -> f64| {
        if by_junctions < -JUNCTION_LOSS_MOST {
            return;
        }
        let saving = by_junctions + costs.refined_words * by_words();
        if saving > best.map_or(costs.saving_least, |(most, _)| most) {
            best = Some((saving, candidate));
        }
    };
    for &from in &cuts {
        for &into in cuts.iter().chain(&chain_ends(chains)).filter(|into| into.article != from.article) {
            for to in from.at + 1..=chains.texts[from.article].len() {
                let part = &chains.texts[from.article][from.at..to];
                let by_words =
                    || chains.similarity(part, into.article, &[]) - chains.similarity(part, from.article, &[]);
                let by_junctions = saving_by_relocation(chains, from, to, into);
                weigh(RefinementMove::Relocate { from, to, into }, by_junctions, &by_words);
            }
            if from.article < into.article && from.at > 0 && into.at > 0 && into.at < chains.texts[into.article].len() {
                let by_words = || similarity_by_exchange(chains, from, into);
                weigh(RefinementMove::Exchange(from, into), saving_by_exchange(chains, from, into), &by_words);
            }
        }
    }
    best.map(|(_, best)| best)
}

/// Where a chain may be cut: inside a sentence, at a return, before a line that opens no paragraph or that continues well the
/// unfinished sentence of another chain; and before the whole of an article without a head.
fn cut_points(chains: &Chains<'_>) -> Vec<CutPoint> {
    let last = chains.texts.iter().filter_map(|texts| texts.last().copied());
    let unfinished: Vec<usize> = last.filter(|&last| chains.cost_of_end(last) > 0.0).collect();
    let mut cuts = Vec::new();
    for (article, texts) in chains.texts.iter().enumerate() {
        // an article that can begin where it does is left whole
        let is_fragment =
            texts.first().is_some_and(|&at| !chains.incoming[at] && chains.unlikely_opening(at) > FRAGMENT);
        if chains.heads[article].is_empty() && is_fragment {
            cuts.push(CutPoint { article, at: 0 });
        }
        for at in 1..texts.len() {
            let (before, after) = (texts[at - 1], texts[at]);
            let is_loose = chains.is_mid_sentence(before)
                || !chains.is_adjacent(before, after)
                || chains.unlikely_opening(after) > FRAGMENT
                || unfinished.iter().any(|&end| end != before && chains.continues_well(end, after));
            if is_loose && !chains.incoming[after] {
                cuts.push(CutPoint { article, at });
            }
        }
    }
    cuts
}

/// The ends of all chains but those of pictures, whose texts are whole.
fn chain_ends(chains: &Chains<'_>) -> Vec<CutPoint> {
    let end = |(article, texts): (usize, &Vec<usize>)| {
        (!texts.is_empty() && !chains.is_picture(article)).then_some(CutPoint { article, at: texts.len() })
    };
    chains.texts.iter().enumerate().filter_map(end).collect()
}

/// What the junction at a cut costs; at the end of a chain, what the end costs.
fn cost_at_cut(chains: &Chains<'_>, before: usize, after: Option<usize>) -> f64 {
    after.map_or_else(|| chains.cost_of_end(before), |after| chains.cost_of_junction(before, after))
}

fn saving_by_relocation(chains: &Chains<'_>, from: CutPoint, to: usize, into: CutPoint) -> f64 {
    let (own, other) = (&chains.texts[from.article], &chains.texts[into.article]);
    let (first, last, behind) = (own[from.at], own[to - 1], own.get(to).copied());
    let removal = match from.at.checked_sub(1).map(|at| own[at]) {
        // a subhead and the text that it leads to stay together
        Some(before) if chains.subheads[before] => return f64::NEG_INFINITY,
        Some(before) => {
            chains.cost_of_junction(before, first) + cost_at_cut(chains, last, behind)
                - cost_at_cut(chains, before, behind)
        }
        None if behind.is_none() => chains.cost_of_headless(from.article) + chains.cost_of_end(last),
        // the rest would have to begin an article
        None => return f64::NEG_INFINITY,
    };
    let Some(before) = into.at.checked_sub(1).map(|at| other[at]) else { return f64::NEG_INFINITY };
    let behind = other.get(into.at).copied();
    let insertion = chains.cost_of_junction(before, first) + cost_at_cut(chains, last, behind);
    removal + cost_at_cut(chains, before, behind) - insertion
}

fn saving_by_exchange(chains: &Chains<'_>, one: CutPoint, other: CutPoint) -> f64 {
    let lines = |cut: CutPoint| (chains.texts[cut.article][cut.at - 1], chains.texts[cut.article][cut.at]);
    let ((one_before, one_after), (other_before, other_after)) = (lines(one), lines(other));
    chains.cost_of_junction(one_before, one_after) + chains.cost_of_junction(other_before, other_after)
        - chains.cost_of_junction(one_before, other_after)
        - chains.cost_of_junction(other_before, one_after)
}

/// How much more similar the rests behind two cuts are to each other's article than to their own.
fn similarity_by_exchange(chains: &Chains<'_>, one: CutPoint, other: CutPoint) -> f64 {
    let (own, others) = (&chains.texts[one.article][one.at..], &chains.texts[other.article][other.at..]);
    chains.similarity(own, other.article, others) + chains.similarity(others, one.article, own)
        - chains.similarity(own, one.article, &[])
        - chains.similarity(others, other.article, &[])
}

fn apply(chains: &mut Chains<'_>, best: RefinementMove) {
    match best {
        RefinementMove::Relocate { from, to, into } => {
            let part: Vec<usize> = chains.texts[from.article].drain(from.at..to).collect();
            chains.texts[into.article].splice(into.at..into.at, part);
        }
        RefinementMove::Exchange(one, other) => {
            let own = chains.texts[one.article].split_off(one.at);
            let others = chains.texts[other.article].split_off(other.at);
            chains.texts[one.article].extend(others);
            chains.texts[other.article].extend(own);
        }
    }
}
