//! Parts of texts change hands where the page as a whole becomes cheaper.
//!
//! The beam joins each line to what it has read so far. When all is read, parts that were joined wrongly show: an article is
//! left in mid-sentence while its rest stands in another one, two rests stand each in the other's place, or a rest was
//! printed before its head. Here parts are moved and exchanged, the best change first, until none saves enough.

use crate::import::link::chains::Chains;

/// What a change has to save.
const ENOUGH: f64 = 1.5;
/// Changes that are made on a page, at most.
const CHANGES: usize = 8;
/// Text lines of a page from which on it is left as it was read.
const LONG: usize = 240;
/// How much a line's words count, beside junctions.
const WORDS: f64 = 3.0;
/// A change whose junctions cost so much more is not looked at, whatever its words.
const HOPELESS: f64 = 1.0;

/// How little a line begins a text that hardly begins one, from 0 to 1.
const STALE: f64 = 0.3;

/// What a junction costs that may be none.
const COSTLY: f64 = 1.0;

/// A place in a chain: before its line number `at`, or at its end.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cut {
    article: usize,
    at: usize,
}

/// A change of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Change {
    /// the part from a cut up to another place of its chain goes to a cut of another article
    Move { from: Cut, to: usize, into: Cut },
    /// what follows two cuts is exchanged
    Exchange(Cut, Cut),
}

/// Makes the changes that save enough.
pub(crate) fn exchange(chains: &mut Chains<'_>) {
    if chains.texts.iter().map(Vec::len).sum::<usize>() > LONG {
        return;
    }
    if !is_doubtful(chains) {
        return;
    }
    for _ in 0..CHANGES {
        let Some(change) = best(chains) else { return };
        make(chains, change);
    }
}

/// Something speaks for a change: a sentence without its end, a rest without its beginning, a return, a bad seam.
fn is_doubtful(chains: &Chains<'_>) -> bool {
    chains.texts.iter().enumerate().any(|(article, texts)| {
        let (first, last) = (texts.first(), texts.last());
        let orphan = chains.heads[article].is_empty() && first.is_some_and(|&first| chains.stale(first) > STALE);
        let costly = |pair: &[usize]| !chains.is_next(pair[0], pair[1]) || chains.junction(pair[0], pair[1]) > COSTLY;
        orphan || last.is_some_and(|&last| chains.end(last) > 0.0) || texts.windows(2).any(costly)
    })
}

/// The change that saves most.
fn best(chains: &Chains<'_>) -> Option<Change> {
    let cuts = loose(chains);
    let mut best: Option<(f64, Change)> = None;
    let mut weigh = |change: Change, junctions: f64, words: &dyn Fn() -> f64| {
        let so_far = best.map_or(ENOUGH, |(saved, _)| saved);
        if junctions < -HOPELESS {
            return;
        }
        let saved = junctions + WORDS * words();
        if saved > so_far {
            best = Some((saved, change));
        }
    };
    for &from in &cuts {
        for &into in cuts.iter().chain(&ends(chains)).filter(|into| into.article != from.article) {
            for to in from.at + 1..=chains.texts[from.article].len() {
                let part = &chains.texts[from.article][from.at..to];
                let words = || chains.shared(part, into.article, &[]) - chains.shared(part, from.article, &[]);
                weigh(Change::Move { from, to, into }, saved_by_move(chains, from, to, into), &words);
            }
            if from.article < into.article && from.at > 0 && into.at > 0 && into.at < chains.texts[into.article].len() {
                let words = || words_of_exchange(chains, from, into);
                weigh(Change::Exchange(from, into), saved_by_exchange(chains, from, into), &words);
            }
        }
    }
    best.map(|(_, change)| change)
}

/// Where a chain may be cut: in a sentence, where other text stands between, before what begins nothing or goes on well where
/// another chain stops; and before the whole of an article without a head.
fn loose(chains: &Chains<'_>) -> Vec<Cut> {
    let last = chains.texts.iter().filter_map(|texts| texts.last().copied());
    let open_ends: Vec<usize> = last.filter(|&last| chains.end(last) > 0.0).collect();
    let mut cuts = Vec::new();
    for (article, texts) in chains.texts.iter().enumerate() {
        // what can begin a text, and was found to begin one, does
        let begins_nothing =
            texts.first().is_some_and(|&at| !chains.comes_from_elsewhere(at) && chains.stale(at) > STALE);
        if chains.heads[article].is_empty() && begins_nothing {
            cuts.push(Cut { article, at: 0 });
        }
        for at in 1..texts.len() {
            let (before, after) = (texts[at - 1], texts[at]);
            let loose = chains.is_open(before) || !chains.is_next(before, after) || chains.stale(after) > STALE;
            let loose = loose || open_ends.iter().any(|&end| end != before && chains.fits(end, after));
            if loose && !chains.comes_from_elsewhere(after) {
                cuts.push(Cut { article, at });
            }
        }
    }
    cuts
}

fn ends(chains: &Chains<'_>) -> Vec<Cut> {
    let of = |(article, texts): (usize, &Vec<usize>)| {
        (!texts.is_empty() && !chains.is_picture(article)).then_some(Cut { article, at: texts.len() })
    };
    chains.texts.iter().enumerate().filter_map(of).collect()
}

/// What the junction at a cut costs; at the end of a chain, what its end does.
fn at_cut(chains: &Chains<'_>, before: usize, after: Option<usize>) -> f64 {
    after.map_or_else(|| chains.end(before), |after| chains.junction(before, after))
}

fn saved_by_move(chains: &Chains<'_>, from: Cut, to: usize, into: Cut) -> f64 {
    let (own, other) = (&chains.texts[from.article], &chains.texts[into.article]);
    let (first, last, behind) = (own[from.at], own[to - 1], own.get(to).copied());
    let left = match from.at.checked_sub(1).map(|at| own[at]) {
        // what a subhead leads to stays with it
        Some(before) if chains.is_subhead(before) => return f64::NEG_INFINITY,
        Some(before) => chains.junction(before, first) + at_cut(chains, last, behind) - at_cut(chains, before, behind),
        // all of it goes, or the rest has to begin where nothing begins
        None if behind.is_none() => chains.orphan(from.article) + chains.end(last),
        None => return f64::NEG_INFINITY,
    };
    let Some(before) = into.at.checked_sub(1).map(|at| other[at]) else { return f64::NEG_INFINITY };
    let behind = other.get(into.at).copied();
    let joined = chains.junction(before, first) + at_cut(chains, last, behind);
    left + at_cut(chains, before, behind) - joined
}

fn saved_by_exchange(chains: &Chains<'_>, one: Cut, other: Cut) -> f64 {
    let ends = |cut: Cut| (chains.texts[cut.article][cut.at - 1], chains.texts[cut.article][cut.at]);
    let ((one_before, one_after), (other_before, other_after)) = (ends(one), ends(other));
    chains.junction(one_before, one_after) + chains.junction(other_before, other_after)
        - chains.junction(one_before, other_after)
        - chains.junction(other_before, one_after)
}

fn words_of_exchange(chains: &Chains<'_>, one: Cut, other: Cut) -> f64 {
    let (own, others) = (&chains.texts[one.article][one.at..], &chains.texts[other.article][other.at..]);
    chains.shared(own, other.article, others) + chains.shared(others, one.article, own)
        - chains.shared(own, one.article, &[])
        - chains.shared(others, other.article, &[])
}

fn make(chains: &mut Chains<'_>, change: Change) {
    match change {
        Change::Move { from, to, into } => {
            let part: Vec<usize> = chains.texts[from.article].drain(from.at..to).collect();
            chains.texts[into.article].splice(into.at..into.at, part);
        }
        Change::Exchange(one, other) => {
            let own = chains.texts[one.article].split_off(one.at);
            let others = chains.texts[other.article].split_off(other.at);
            chains.texts[one.article].extend(others);
            chains.texts[other.article].extend(own);
        }
    }
}
