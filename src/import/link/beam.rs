//! The beam: the best readings are carried on line by line, and the best one at the end is told.

use crate::import::label::viterbi::Label;
use crate::import::lexicon::jumps::is_onward;
use crate::import::link::context::Board;
use crate::import::link::hypothesis::{Head, Reading};
use crate::import::link::moves::{Deed, Move, moves};
use crate::import::page::partition::LineAssignment;
use crate::import::page::role::Role;

/// Readings of the page that are carried on at each line.
const BEAM: usize = 24;
/// … on a page of more lines than any newspaper prints.
const NARROW_BEAM: usize = 6;
/// Lines from which on a page is read with the narrow beam.
const LONG_PAGE: usize = 1500;
/// A reading that costs so much more than the best one is given up.
const SPREAD: f64 = 5.5;
/// How little a line begins a text that hardly begins one, from 0 to 1.
const STALE: f64 = 0.3;
const START: u32 = u32::MAX;

/// A line's place in a reading; steps form a tree, from the page's end to its beginning.
#[derive(Debug, Clone, Copy)]
struct Step {
    before: u32,
    line: u32,
    to: To,
    role: Role,
    why: &'static str,
    /// how far the next best move of the same reading fell behind
    margin: f32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum To {
    Nothing,
    Article(u32),
    /// waits with the head that it is part of
    Waiting,
    /// the waiting lines from `first` to `last` belong to an article
    HeadOf {
        article: u32,
        first: u32,
        last: u32,
    },
}

/// A reading to come: which reading makes which move.
struct Candidate {
    from: usize,
    made: Move,
    cost: f64,
    margin: f32,
}

struct Search<'b, 'a> {
    board: &'b mut Board<'a>,
    steps: Vec<Step>,
    /// readings that are carried on at each line
    beam: usize,
}

/// Reads a page: its lines as the best reading places them. `doubles` are passed over.
pub(crate) fn read(board: &mut Board<'_>, doubles: &[Option<usize>]) -> Vec<LineAssignment> {
    let beam = if board.page.lines.len() > LONG_PAGE { NARROW_BEAM } else { BEAM };
    let mut search = Search { board, steps: Vec::new(), beam };
    let best = search.run(doubles);
    search.told(best)
}

impl Search<'_, '_> {
    fn run(&mut self, doubles: &[Option<usize>]) -> u32 {
        let mut beam = vec![Reading::of_nothing(START)];
        for (at, double) in doubles.iter().enumerate() {
            self.board.turn_to(at);
            if double.is_none() {
                beam = self.carried_on(&beam, at);
            }
        }
        let ends = beam.into_iter().flat_map(|reading| self.finished(reading)).collect::<Vec<_>>();
        ends.into_iter().min_by(|a, b| a.cost.total_cmp(&b.cost)).map_or(START, |reading| reading.step)
    }

    /// The best readings up to a line, from those up to the line before.
    fn carried_on(&mut self, beam: &[Reading], at: usize) -> Vec<Reading> {
        let candidates = self.candidates(beam, at);
        let mut kept: Vec<Reading> = Vec::with_capacity(self.beam);
        for candidate in &candidates {
            let after = self.made(&beam[candidate.from], candidate, at);
            // readings that can only go on alike: the cheapest stands for all
            if !kept.iter().any(|other| other.is_like(&after)) {
                kept.push(after);
            }
            if kept.len() == self.beam {
                break;
            }
        }
        kept
    }

    /// The cheapest moves of all readings, the cheapest first.
    fn candidates(&self, beam: &[Reading], at: usize) -> Vec<Candidate> {
        let by_cost = |a: &Candidate, b: &Candidate| a.cost.total_cmp(&b.cost);
        // twice the beam, for readings that are alike are dropped after they are made
        let considered = 2 * self.beam;
        let mut candidates: Vec<Candidate> = Vec::with_capacity(4 * considered);
        let mut limit = f64::INFINITY;
        let mut own = Vec::new();
        for (from, reading) in beam.iter().enumerate() {
            moves(self.board, reading, at, &mut own);
            let (best, second) = two_cheapest(&own);
            let cheap = own.iter().filter(|made| reading.cost + made.cost < limit);
            candidates.extend(cheap.map(|&made| {
                let rival = if made.cost > best { best } else { second };
                Candidate { from, made, cost: reading.cost + made.cost, margin: (rival - made.cost) as f32 }
            }));
            if candidates.len() > 2 * considered {
                candidates.select_nth_unstable_by(considered, by_cost);
                candidates.truncate(considered + 1);
                limit = candidates[considered].cost;
            }
        }
        let best = candidates.iter().map(|candidate| candidate.cost).fold(f64::INFINITY, f64::min);
        candidates.retain(|candidate| candidate.cost < best + SPREAD);
        candidates.sort_by(by_cost);
        candidates.truncate(considered);
        candidates
    }

    /// The reading after a move.
    fn made(&mut self, before: &Reading, candidate: &Candidate, at: usize) -> Reading {
        let Move { settles, deed, role, why, .. } = candidate.made;
        let mut after = before.clone();
        after.cost = candidate.cost;
        if let Some(id) = settles {
            self.settle(&mut after, id, at);
        }
        let to = match deed {
            Deed::Nothing => To::Nothing,
            Deed::Wait => To::Waiting,
            Deed::Join(id) => To::Article(id),
            Deed::Below => To::Article(self.begin_below(&mut after, at)),
            Deed::Begin => To::Article(self.begin(&mut after, at)),
        };
        match to {
            To::Nothing => self.pass(&mut after, role, at),
            To::Waiting => {
                let boxed = role == Role::Column && self.board.signs[at].boxed;
                wait(&mut after, role, boxed, at);
            }
            To::Article(id) => self.join(&mut after, id, role, at),
            To::HeadOf { .. } => {}
        }
        self.note(&mut after, Step { before: START, line: at as u32, to, role, why, margin: candidate.margin });
        after
    }

    /// The waiting head is that of an article before it.
    fn settle(&mut self, reading: &mut Reading, id: u32, at: usize) {
        let Some(head) = reading.head.take() else { return };
        let Some(thread) = reading.thread_mut(id) else { return };
        let why = if thread.titled { "half a headline, apart from the other" } else { "a headline behind its text" };
        let called = thread.titled.then_some(id);
        thread.titled = true;
        thread.signed |= head.signed;
        thread.remember(head.first);
        reading.called = called;
        self.head_of(reading, id, head, why, at);
    }

    fn head_of(&mut self, reading: &mut Reading, article: u32, head: Head, why: &'static str, at: usize) {
        let to = To::HeadOf { article, first: head.first, last: head.last };
        self.note(reading, Step { before: START, line: at as u32, to, role: Role::Title, why, margin: 0.0 });
    }

    fn begin_below(&mut self, reading: &mut Reading, at: usize) -> u32 {
        let head = reading.head.take();
        // a box has its name for a headline, and nobody signs it
        let boxed = head.is_some_and(|head| head.boxed && !head.signed);
        let (titled, signed) = head.map_or((false, false), |head| (head.titled, head.signed));
        let id = reading.begin(titled || boxed, signed || boxed, &self.board.costs);
        if let Some(head) = head {
            self.head_of(reading, id, head, "the head above the text", at);
            if let Some(thread) = reading.thread_mut(id) {
                thread.boxed = boxed;
                thread.remember(head.first);
                thread.remember(head.last);
            }
        }
        id
    }

    fn begin(&mut self, reading: &mut Reading, at: usize) -> u32 {
        let signs = &self.board.signs[at];
        let tail = signs.stale > STALE && !reading.from_elsewhere;
        let id = reading.begin(false, signs.dateline, &self.board.costs);
        if let Some(thread) = reading.thread_mut(id).filter(|_| tail) {
            thread.tail = Some(at as u32);
        }
        id
    }

    /// A line that belongs to no article; a jump says something about the texts around it.
    fn pass(&self, reading: &mut Reading, role: Role, at: usize) {
        if role != Role::Jump {
            return;
        }
        if !is_onward(&self.board.page.lines[at].text) {
            reading.from_elsewhere = true;
        } else if let Some(id) = reading.current
            && let Some(thread) = reading.thread_mut(id)
        {
            thread.ended = true;
        }
    }

    fn join(&self, reading: &mut Reading, id: u32, role: Role, at: usize) {
        reading.from_elsewhere = false;
        if role == Role::Body {
            reading.called = None;
        }
        if role != Role::Caption {
            reading.current = Some(id);
        }
        let signs = &self.board.signs[at];
        let Some(thread) = reading.thread_mut(id) else { return };
        match role {
            Role::Body => thread.read(at, signs),
            Role::Subhead => {
                thread.subheads += u32::from(!thread.last_is_subhead);
                thread.last_is_subhead = true;
                thread.last = at as u32;
                thread.remember(at as u32);
            }
            Role::Byline => thread.signed = true,
            Role::Credit if thread.is_picture_sized() => {
                thread.ended = true;
                thread.open = false;
                thread.signed = true;
            }
            _ => {}
        }
    }

    /// The page is over: what still waits is settled, what is left undone costs.
    fn finished(&mut self, reading: Reading) -> Vec<Reading> {
        let end = self.board.page.lines.len();
        let mut all = Vec::new();
        for (id, cost) in self.board.settlements(&reading) {
            let mut after = reading.clone();
            after.cost += cost;
            self.settle(&mut after, id, end);
            all.push(after);
        }
        let mut left = reading;
        if left.head.is_some() {
            left.cost += self.board.costs.no_text;
            self.begin_below(&mut left, end);
        }
        all.push(left);
        for reading in &mut all {
            reading.cost += reading.threads.iter().map(|thread| thread.unfinished(&self.board.costs)).sum::<f64>();
            reading.cost -= self.board.adopted(reading);
        }
        all
    }

    fn note(&mut self, reading: &mut Reading, step: Step) {
        self.steps.push(Step { before: reading.step, ..step });
        reading.step = (self.steps.len() - 1) as u32;
    }

    /// Reads the steps of a reading back into places.
    fn told(&self, last: u32) -> Vec<LineAssignment> {
        let labels = self.board.labels;
        let nothing = |label: &Label| LineAssignment {
            role: label.role,
            article: None,
            why: "belongs to no article",
            certainty: label.certainty(),
            duplicate_of: None,
        };
        let mut lines: Vec<LineAssignment> = labels.iter().map(nothing).collect();
        let mut waits: Vec<(u32, u32, u32, &'static str)> = Vec::new();
        let mut at = last;
        while at != START {
            let step = self.steps[at as usize];
            at = step.before;
            if let To::HeadOf { article, first, last } = step.to {
                waits.push((article, first, last, step.why));
                continue;
            }
            let placed = &mut lines[step.line as usize];
            placed.role = step.role;
            placed.why = step.why;
            placed.certainty = certainty(&labels[step.line as usize], step.role, step.margin);
            match step.to {
                To::Article(id) => placed.article = Some(id as usize),
                To::Waiting => {
                    let own = waits.iter().rev().find(|(_, first, last, _)| (*first..=*last).contains(&step.line));
                    if let Some((article, _, _, why)) = own {
                        placed.article = Some(*article as usize);
                        placed.why = why;
                    }
                }
                To::Nothing | To::HeadOf { .. } => {}
            }
        }
        lines
    }
}

fn wait(reading: &mut Reading, role: Role, boxed: bool, at: usize) {
    let titled = matches!(role, Role::Title | Role::Kicker);
    let signed = role == Role::Byline;
    let at = at as u32;
    reading.head = Some(match reading.head {
        None => Head { first: at, last: at, lines: 1, titled, signed, boxed, column_below: false },
        Some(head) => Head {
            last: at,
            lines: head.lines + 1,
            titled: head.titled || titled,
            signed: head.signed || signed,
            boxed: head.boxed || boxed,
            column_below: role == Role::Column && head.titled,
            ..head
        },
    });
}

/// The cheapest two of a reading's moves.
fn two_cheapest(moves: &[Move]) -> (f64, f64) {
    moves.iter().fold((f64::INFINITY, f64::INFINITY), |(best, second), made| {
        if made.cost < best { (made.cost, best) } else { (best, second.min(made.cost)) }
    })
}

/// How sure a line's role and place are together.
fn certainty(label: &Label, role: Role, margin: f32) -> f64 {
    let placed = 1.0 / (1.0 + (-f64::from(margin)).exp());
    label.certainty() * (-label.cost(role)).exp() * placed.max(0.05)
}
