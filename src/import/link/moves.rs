//! The ways to go on with a reading at a line, and what each costs.
//!
//! A move is only named and priced here; [`search`](crate::import::link::search) makes the cheapest of all readings' moves.

use crate::import::label::Label;
use crate::import::link::costs::Costs;
use crate::import::link::kinship::Kinship;
use crate::import::link::lines::{Signs, seam_of};
use crate::import::link::reading::{Head, Reading, Thread};
use crate::import::page::Page;
use crate::import::weights::Role;
use std::cell::RefCell;

/// A way to go on with a reading at a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Move {
    /// the head that waits turns out to be that of the article with this id
    pub settles: Option<u32>,
    pub deed: Deed,
    pub role: Role,
    pub cost: f64,
    pub why: &'static str,
}

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// belongs to no article
    Nothing,
    /// belongs to the article with this id
    Join(u32),
    /// is the first text below the head that waits
    Below,
    /// begins an article that has no head so far
    Begin,
    /// is part of the head that waits
    Wait,
}

/// Label costs above this are not looked at.
const RELABEL: f64 = 7.0;

/// A seam from which on a line goes on well.
const GOOD_SEAM: f64 = 0.9;

/// What moves are made from: the page, and what is known of its lines.
#[derive(Debug)]
pub struct Board<'a> {
    pub page: &'a Page,
    pub labels: &'a [Label],
    pub signs: Vec<Signs>,
    pub kinship: Kinship,
    pub costs: Costs,
    /// how well the line turned to goes on where others stop, as far as it was asked
    pub seams: RefCell<Vec<(u32, f64)>>,
}

/// The moves of one reading at one line, as they are found.
struct Moves<'a> {
    board: &'a Board<'a>,
    reading: &'a Reading,
    at: usize,
    /// for each of the reading's articles, what speaks for it
    onward: Vec<Onward>,
    found: &'a mut Vec<Move>,
}

/// How the line fits an article.
struct Onward {
    /// words that they share: 0 none, 1 many
    shared: f64,
    /// what it costs that the text goes on there
    cost: f64,
    why: &'static str,
}

/// All ways to go on with a reading at the line that the board is turned to, in place of what was `found` before.
pub fn moves(board: &Board<'_>, reading: &Reading, at: usize, found: &mut Vec<Move>) {
    found.clear();
    let onward = reading.threads.iter().map(|thread| board.goes_on(reading, thread, at));
    let mut moves = Moves { board, reading, at, onward: onward.collect(), found };
    let mut settled = vec![(None, 0.0)];
    settled.extend(board.settlements(reading, at).into_iter().map(|(id, cost)| (Some(id), cost)));
    let label = &board.labels[at];
    let head = best_head_role(label);
    for role in Role::ALL {
        let cost = label.cost(role) * board.costs.relabel;
        let of_head = matches!(role, Role::Title | Role::Kicker | Role::Subtitle);
        if cost > RELABEL || of_head && role != head {
            continue;
        }
        for &(settles, settling) in &settled {
            moves.of_role(role, settles, cost + settling);
        }
    }
}

/// Title, kicker and subtitle go the same ways: the likeliest stands for all.
fn best_head_role(label: &Label) -> Role {
    let roles = [Role::Title, Role::Kicker, Role::Subtitle];
    let better = |a: &Role, b: &Role| label.cost(*a).total_cmp(&label.cost(*b));
    roles.into_iter().min_by(better).unwrap_or(Role::Title)
}

impl Moves<'_> {
    fn of_role(&mut self, role: Role, settles: Option<u32>, cost: f64) {
        match role {
            Role::Furniture if settles.is_none() => {
                self.add(settles, Deed::Nothing, role, cost, "not part of any article");
            }
            Role::Jump if settles.is_none() => {
                self.add(settles, Deed::Nothing, role, cost, "the text goes on, or comes from, another page");
            }
            Role::Furniture | Role::Jump => {}
            Role::Caption => self.caption(settles, cost),
            Role::Credit => self.credit(settles, cost),
            Role::Body => self.text(settles, cost),
            Role::Subhead => self.subhead(settles, cost),
            Role::Byline => {
                self.late_byline(settles, cost);
                self.head(role, settles, cost);
            }
            Role::Column | Role::Kicker | Role::Title | Role::Subtitle => self.head(role, settles, cost),
        }
    }

    fn add(&mut self, settles: Option<u32>, deed: Deed, role: Role, cost: f64, why: &'static str) {
        self.found.push(Move { settles, deed, role, cost, why });
    }

    /// The head that waits, unless it is settled now.
    fn waiting(&self, settles: Option<u32>) -> Option<Head> {
        self.reading.head.filter(|_| settles.is_none())
    }

    /// A line of text: on with an article, or the first below a head, or the first of an article without one.
    fn text(&mut self, settles: Option<u32>, cost: f64) {
        let (board, reading, at) = (self.board, self.reading, self.at);
        let head = self.waiting(settles);
        let passed = if head.is_some() { board.costs.head_passed_over } else { 0.0 };
        for (thread, onward) in reading.threads.iter().zip(&self.onward) {
            let (deed, cost) = (Deed::Join(thread.id), cost + passed + onward.cost);
            self.found.push(Move { settles, deed, role: Role::Body, cost, why: onward.why });
        }
        match head {
            Some(head) => {
                let below = board.below(head, at);
                self.add(settles, Deed::Below, Role::Body, cost + below, "the first text below a head");
            }
            None => {
                let begins = board.begins(reading, at);
                self.add(settles, Deed::Begin, Role::Body, cost + begins, "a text without a head");
            }
        }
    }

    fn subhead(&mut self, settles: Option<u32>, cost: f64) {
        let (board, reading, at) = (self.board, self.reading, self.at);
        let costs = &board.costs;
        let head = self.waiting(settles);
        let passed = if head.is_some() { costs.head_passed_over + 1.0 } else { 0.0 };
        let why = "a heading inside its article";
        for (thread, onward) in reading.threads.iter().zip(&self.onward) {
            let mut sum = cost + passed - 0.5 * costs.shared_words * onward.shared;
            sum += if thread.open && !thread.last_is_subhead { costs.subhead_in_sentence } else { 0.0 };
            sum += if thread.ended { costs.ended } else { 0.0 };
            sum += if reading.current == Some(thread.id) { 0.0 } else { costs.come_back };
            self.found.push(Move { settles, deed: Deed::Join(thread.id), role: Role::Subhead, cost: sum, why });
        }
        if let Some(head) = head {
            let sum = cost + board.below(head, at) + costs.subhead_first;
            self.add(settles, Deed::Below, Role::Subhead, sum, "a heading that the text begins with");
        }
    }

    /// A caption belongs to the text that it stands in, or between a head and its text.
    fn caption(&mut self, settles: Option<u32>, cost: f64) {
        let board = self.board;
        let costs = &board.costs;
        if self.waiting(settles).is_some() {
            self.add(
                settles,
                Deed::Wait,
                Role::Caption,
                cost + costs.caption_in_head,
                "a picture between head and text",
            );
        }
        let first = self.reading.threads.is_empty() && self.waiting(settles).is_none();
        if first {
            self.add(settles, Deed::Begin, Role::Caption, cost + costs.headless, "a picture without a story");
        }
        let why = "a picture in the text that it stands in";
        for (thread, onward) in self.reading.threads.iter().zip(&self.onward) {
            let current = self.reading.current == Some(thread.id);
            let elsewhere = if current { 0.0 } else { costs.caption_elsewhere };
            let between = if thread.open { costs.caption_inside } else { costs.caption_between };
            let sum = cost + elsewhere + between - costs.shared_words * onward.shared;
            self.found.push(Move { settles, deed: Deed::Join(thread.id), role: Role::Caption, cost: sum, why });
        }
    }

    /// A credit ends the picture's text that stands right before it.
    fn credit(&mut self, settles: Option<u32>, cost: f64) {
        match self.reading.current {
            Some(id) => self.add(settles, Deed::Join(id), Role::Credit, cost, "who took the picture"),
            None => self.add(settles, Deed::Nothing, Role::Credit, cost + 2.0, "a credit without a picture's text"),
        }
    }

    /// A byline behind the first paragraph, or behind the last.
    fn late_byline(&mut self, settles: Option<u32>, cost: f64) {
        let Some(thread) = self.reading.current() else { return };
        if self.reading.head.is_none() && !thread.signed && !thread.open {
            let sum = cost + self.board.costs.byline_late;
            self.add(settles, Deed::Join(thread.id), Role::Byline, sum, "a byline apart from its headline");
        }
    }

    /// A line of a head: joins the one that waits, or opens one.
    fn head(&mut self, role: Role, settles: Option<u32>, cost: f64) {
        let joined = self.waiting(settles).map_or(0.0, |head| self.board.joins_head(head, self.at, role));
        self.add(settles, Deed::Wait, role, cost + joined, "part of a head");
    }
}

impl Board<'_> {
    fn gap(&self, at: usize) -> usize {
        self.page.lines[at].gap
    }

    /// Turns to a line: the next, as kinship goes.
    pub fn turn_to(&mut self, at: usize) {
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

    /// What it costs that the text goes on with an article, and why it does.
    fn goes_on(&self, reading: &Reading, thread: &Thread, at: usize) -> Onward {
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

    fn comes_back(&self, reading: &Reading, thread: &Thread) -> (f64, &'static str) {
        let costs = &self.costs;
        let left = reading.current();
        let leaves_open = left.is_some_and(|left| left.open && !left.ended);
        let leaves_subhead = left.is_some_and(|left| left.last_is_subhead);
        let leaving = if leaves_open { costs.leave_open } else { 0.0 }
            + if leaves_subhead { costs.subhead_in_sentence } else { 0.0 };
        if thread.open {
            (costs.come_back_to_open + leaving, "takes up a sentence that was cut")
        } else {
            (costs.come_back + leaving, "comes back to an article that was interrupted")
        }
    }

    /// What it costs that a text stands below the head that waits.
    fn below(&self, head: Head, at: usize) -> f64 {
        let (costs, signs) = (&self.costs, &self.signs[at]);
        let mut cost = signs.stale * costs.stale + if signs.stub { costs.stub } else { 0.0 };
        cost += match (head.signed, signs.dateline) {
            (true, true) => costs.signed_twice,
            (false, false) if signs.picture => costs.picture_below_head,
            (false, false) => costs.no_byline,
            _ => 0.0,
        };
        cost - costs.shared_with_head * self.kinship.shared(&[head.first, head.last])
    }

    /// What it costs that a text begins without a head.
    fn begins(&self, reading: &Reading, at: usize) -> f64 {
        let (costs, signs) = (&self.costs, &self.signs[at]);
        if reading.from_elsewhere {
            return costs.headless_jump;
        }
        let first = if reading.threads.is_empty() { 0.5 } else { 1.0 };
        let stale = signs.stale * costs.stale + if signs.stub { costs.stub } else { 0.0 };
        let begins = match (signs.dateline, signs.bullet, self.gap(at) >= 2) {
            (true, _, _) => costs.headless_dateline,
            (_, true, _) => costs.headless_bullet,
            (_, _, true) if signs.picture => costs.headless_picture,
            (_, _, true) => costs.headless_apart,
            _ => costs.headless,
        };
        first * begins + stale
    }

    /// What it costs that a line joins the head that waits.
    fn joins_head(&self, head: Head, at: usize, role: Role) -> f64 {
        let costs = &self.costs;
        let (line, last) = (&self.page.lines[at], &self.page.lines[head.last as usize]);
        let many = f64::from(head.lines.saturating_sub(2)) * costs.crowded_head;
        let apart = if line.gap >= 3 { costs.head_apart } else { 0.0 };
        let signed = if head.signed && role != Role::Byline { costs.head_after_byline } else { 0.0 };
        // `#` title, then `##` kicker or title: the next head begins
        let next_head = if last.mark == 1 && line.mark == 2 { costs.next_head_mark } else { 0.0 };
        let columns = role == Role::Column && self.labels[head.first as usize].role == Role::Column;
        let below = head.column_below && matches!(role, Role::Title | Role::Kicker | Role::Column);
        many + apart
            + signed
            + next_head
            + if columns { costs.head_after_byline } else { 0.0 }
            + if below { costs.head_after_column } else { 0.0 }
    }

    /// The articles before the line whose headline the waiting head may be, with what that costs.
    pub fn settlements(&self, reading: &Reading, _at: usize) -> Vec<(u32, f64)> {
        let Some(head) = reading.head.filter(|head| head.titled) else { return Vec::new() };
        let all = reading.threads.iter().map(|thread| (thread.id, self.settles(reading, head, thread)));
        all.filter(|(_, cost)| *cost < RELABEL).collect()
    }

    fn settles(&self, reading: &Reading, head: Head, thread: &Thread) -> f64 {
        let costs = &self.costs;
        let own = [head.first, head.last];
        let likeness = own.map(|line| self.kinship.between(line, thread.recent())).into_iter().fold(0.0, f64::max);
        let mut cost = -costs.shared_with_head_behind * likeness * if thread.titled { 0.4 } else { 1.0 };
        cost += if thread.titled { costs.half_head } else { costs.head_behind };
        cost += if thread.titled && head.lines > 1 { 1.5 } else { 0.0 };
        cost += match (head.signed, thread.signed) {
            (true, true) => 6.0,
            (true, false) => costs.byline_behind,
            _ => 0.0,
        };
        cost += if reading.current == Some(thread.id) { 0.0 } else { costs.head_behind_elsewhere };
        cost += if !thread.titled && thread.open && !thread.ended { costs.head_behind_open } else { 0.0 };
        cost + f64::from(head.lines.saturating_sub(2)) * costs.crowded_head
    }
}
