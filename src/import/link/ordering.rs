//! Ordering: the lines of each article's text in the order in which they are read.
//!
//! A column that is set above its beginning, a box or a caption between two halves of a sentence: in the page's order the text of one
//! article stops, and goes on lines away. Steepest descent over relocations within the chain (Or-opt: Or, 1976):
//!
//! 1. a chain is taken apart before the lines that do not follow the one before them well
//! 2. the part between a cut and any line behind it moves to where the [junctions](crate::import::link::scoring::junction) save most
//! 3. and again from 1, until none saves enough

use crate::import::link::chains::Chains;
use crate::import::link::scoring::costs::{FRAGMENT, ORDERED_LINES, ORDERINGS, when};
use std::collections::HashMap;

/// A part of a chain, and the number of the line before which it is to stand.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Relocation {
    from: usize,
    to: usize,
    into: usize,
}

/// Puts the chain of every article in order.
pub(crate) fn order(chains: &mut Chains<'_>) {
    for article in 0..chains.texts.len() {
        let mut ordering = Ordering::of(chains, chains.texts[article].clone());
        if ordering.texts.len() <= ORDERED_LINES && ordering.improve() {
            chains.texts[article] = ordering.texts;
        }
    }
}

/// The text of one article while it is put in order.
struct Ordering<'a> {
    chains: &'a Chains<'a>,
    /// its lines
    texts: Vec<usize>,
    /// each with the one that is printed above it
    printed: HashMap<usize, usize>,
}

impl<'a> Ordering<'a> {
    fn of(chains: &'a Chains<'a>, texts: Vec<usize>) -> Self {
        let mut printed = texts.clone();
        printed.sort_unstable();
        let printed = printed.windows(2).map(|pair| (pair[1], pair[0])).collect();
        Self { chains, texts, printed }
    }

    /// Makes the relocations that save enough; returns whether there was one.
    fn improve(&mut self) -> bool {
        let moved = (0..ORDERINGS).take_while(|_| {
            let best = self.best_relocation();
            best.into_iter().for_each(|best| self.relocate(best));
            best.is_some()
        });
        moved.count() > 0
    }

    fn best_relocation(&self) -> Option<Relocation> {
        let texts = &self.texts;
        let cuts: Vec<usize> = (0..texts.len()).filter(|&at| self.is_cut(at)).collect();
        let mut best = (self.chains.costs().ordering_least, None);
        for &from in &cuts {
            for to in from + 1..=texts.len() {
                let targets = cuts.iter().copied().chain([texts.len()]);
                for into in targets.filter(|into| *into > 0 && !(from..=to).contains(into)) {
                    let relocation = Relocation { from, to, into };
                    let saved = self.saving(relocation);
                    if saved > best.0 {
                        best = (saved, Some(relocation));
                    }
                }
            }
        }
        best.1
    }

    /// Whether the line at a place may be parted from the one before it: not from the subhead that leads to it.
    fn is_cut(&self, at: usize) -> bool {
        let (chains, line) = (self.chains, self.texts[at]);
        let Some(before) = at.checked_sub(1).map(|at| self.texts[at]) else {
            return chains.unlikely_opening(line) > FRAGMENT;
        };
        let continues = |end: usize| end != before && chains.is_mid_sentence(end) && chains.continues_well(end, line);
        let is_loose = chains.is_mid_sentence(before)
            || !chains.is_adjacent(before, line)
            || chains.unlikely_opening(line) > FRAGMENT
            || self.texts.iter().any(|&end| continues(end));
        is_loose && !chains.subheads[before]
    }

    fn saving(&self, Relocation { from, to, into }: Relocation) -> f64 {
        let line = |at: usize| self.texts.get(at).copied();
        let above = |at: usize| at.checked_sub(1).and_then(line);
        let (before, first, last, behind) = (above(from), line(from), above(to), line(to));
        let (target_before, target_behind) = (above(into), line(into));
        self.cost(before, first) + self.cost(last, behind) + self.cost(target_before, target_behind)
            - self.cost(before, behind)
            - self.cost(target_before, first)
            - self.cost(last, target_behind)
    }

    /// What it costs that a line follows another, is the first of the text, or the last.
    fn cost(&self, before: Option<usize>, after: Option<usize>) -> f64 {
        match (before, after) {
            (Some(before), Some(after)) => {
                let is_printed_so = self.printed.get(&after) == Some(&before);
                let costs = self.chains.costs();
                self.chains.cost_of_succession(before, after) + when(!is_printed_so, costs.ordering_break)
            }
            (Some(last), None) => self.chains.cost_of_end(last),
            (None, Some(first)) => self.chains.cost_of_opening(first),
            (None, None) => 0.0,
        }
    }

    fn relocate(&mut self, Relocation { from, to, into }: Relocation) {
        let part: Vec<usize> = self.texts.drain(from..to).collect();
        let into = if into > from { into - part.len() } else { into };
        self.texts.splice(into..into, part);
    }
}
