//! What is known of a page when its lines are linked, and what it costs that a text goes on.

use crate::import::label::viterbi::Label;
use crate::import::link::costs::Costs;
use crate::import::link::cues::{Signs, seam_of};
use crate::import::link::hypothesis::{Reading, Thread};
use crate::import::link::shared_words::Kinship;
use crate::import::page::lines::Page;
use std::cell::RefCell;

/// What costs more than this is not looked at.
pub(crate) const HOPELESS: f64 = 7.0;

/// A seam from which on a line goes on well.
pub(crate) const GOOD_SEAM: f64 = 0.9;

/// What moves are made from: the page, and what is known of its lines.
#[derive(Debug)]
pub(crate) struct Board<'a> {
    pub(crate) page: &'a Page,
    pub(crate) labels: &'a [Label],
    pub(crate) signs: Vec<Signs>,
    pub(crate) kinship: Kinship,
    pub(crate) costs: Costs,
    /// how well the line turned to goes on where others stop, as far as it was asked
    pub(crate) seams: RefCell<Vec<(u32, f64)>>,
}

/// How the line fits an article.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Onward {
    /// words that they share: 0 none, 1 many
    pub(crate) shared: f64,
    /// what it costs that the text goes on there
    pub(crate) cost: f64,
    pub(crate) why: &'static str,
}

impl Board<'_> {
    pub(crate) fn gap(&self, at: usize) -> usize {
        self.page.lines[at].gap
    }

    /// Turns to a line: the next, as kinship goes.
    pub(crate) fn turn_to(&mut self, at: usize) {
        self.kinship.turn_to(at);
        self.seams.get_mut().clear();
    }

    fn seam(&self, before: u32, at: usize) -> f64 {
        let mut seams = self.seams.borrow_mut();
        if let Some((_, fit)) = seams.iter().find(|(line, _)| *line == before) {
            return *fit;
        }
        let fit = seam_of(self.page, before as usize, at);
        seams.push((before, fit));
        fit
    }

    /// How well one line goes on where another one stops, whichever the board is turned to.
    pub(crate) fn seam_between(&self, before: usize, after: usize) -> f64 {
        seam_of(self.page, before, after)
    }

    /// What it costs that the text goes on with an article, and why it does.
    pub(crate) fn goes_on(&self, reading: &Reading, thread: &Thread, at: usize) -> Onward {
        let (costs, signs) = (&self.costs, &self.signs[at]);
        let (mut cost, mut why, mut fit) = (0.0, "goes on with its article", 0.0);
        if thread.open && !thread.last_is_subhead {
            fit = self.seam(thread.last, at) * costs.seam;
            cost += (costs.bad_seam - fit).clamp(-costs.seam_most, costs.seam_most);
            why = "goes on where the sentence was cut";
        } else {
            cost += signs.stale * costs.stale;
        }
        cost += if signs.dateline { costs.dateline_inside } else { 0.0 };
        cost += if signs.picture && !thread.is_picture_sized() { costs.picture_text_inside } else { 0.0 };
        cost += match thread.ended {
            true if fit > GOOD_SEAM => costs.ended_in_sentence,
            true => costs.ended,
            false => 0.0,
        };
        cost += if signs.signed && thread.signed { costs.signed_again } else { 0.0 };
        if reading.current == Some(thread.id) {
            cost += if self.gap(at) >= 3 && !thread.open { costs.gap_inside } else { 0.0 };
            cost += if reading.from_elsewhere { costs.come_back } else { 0.0 };
        } else {
            let (back, because) = self.comes_back(reading, thread);
            cost += back;
            why = because;
        }
        let distance = at.saturating_sub(thread.last as usize + 1) as f64;
        cost += costs.distance * (distance / 10.0).min(4.0);
        let shared = self.kinship.shared(thread.recent());
        Onward { shared, cost: cost - costs.shared_words * shared, why }
    }

    /// A box speaks of what its report speaks of: the words that a line shares with the report speak for the box as well.
    pub(crate) fn favour_box(&self, reading: &Reading, onward: &mut [Onward]) {
        let Some(place) = reading.threads.iter().position(|thread| thread.boxed && reading.current == Some(thread.id))
        else {
            return;
        };
        let most = onward.iter().map(|onward| onward.shared).fold(0.0, f64::max);
        let own = &mut onward[place];
        own.cost -= self.costs.shared_words * (most - own.shared);
        own.shared = most;
    }

    /// A report goes on behind the box that stands in it: how much of a return's cost is left.
    pub(crate) fn way_back(&self, reading: &Reading) -> f64 {
        if reading.current().is_some_and(|left| left.boxed) { self.costs.behind_box } else { 1.0 }
    }

    fn comes_back(&self, reading: &Reading, thread: &Thread) -> (f64, &'static str) {
        let costs = &self.costs;
        let left = reading.current();
        let leaves_open = left.is_some_and(|left| left.open && !left.ended);
        let leaves_subhead = left.is_some_and(|left| left.last_is_subhead);
        let leaving = if leaves_open { costs.leave_open } else { 0.0 }
            + if leaves_subhead { costs.subhead_in_sentence } else { 0.0 };
        if thread.open {
            (costs.come_back_to_open * self.way_back(reading) + leaving, "takes up a sentence that was cut")
        } else {
            let called = if reading.called == Some(thread.id) { costs.called_back } else { 1.0 };
            (costs.come_back * called + leaving, "comes back to an article that was interrupted")
        }
    }
}
