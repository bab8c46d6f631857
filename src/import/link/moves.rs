//! The ways to go on with a reading at a line, and what each costs.
//!
//! A move is only named and priced here; [`search`](crate::import::link::beam) makes the cheapest of all readings' moves.

use crate::import::label::viterbi::Label;
use crate::import::link::context::{Board, HOPELESS, Onward};
use crate::import::link::hypothesis::{Head, Reading};
use crate::import::page::role::Role;

/// A way to go on with a reading at a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Move {
    /// the head that waits turns out to be that of the article with this id
    pub(crate) settles: Option<u32>,
    pub(crate) deed: Deed,
    pub(crate) role: Role,
    pub(crate) cost: f64,
    pub(crate) why: &'static str,
}

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
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

/// The moves of one reading at one line, as they are found.
struct Moves<'a> {
    board: &'a Board<'a>,
    reading: &'a Reading,
    at: usize,
    /// for each of the reading's articles, what speaks for it
    onward: Vec<Onward>,
    found: &'a mut Vec<Move>,
}

/// All ways to go on with a reading at the line that the board is turned to, in place of what was `found` before.
pub(crate) fn moves(board: &Board<'_>, reading: &Reading, at: usize, found: &mut Vec<Move>) {
    found.clear();
    let onward = reading.threads.iter().map(|thread| board.goes_on(reading, thread, at));
    let mut onward: Vec<Onward> = onward.collect();
    board.favour_box(reading, &mut onward);
    let mut moves = Moves { board, reading, at, onward, found };
    let mut settled = vec![(None, 0.0)];
    settled.extend(board.settlements(reading).into_iter().map(|(id, cost)| (Some(id), cost)));
    let label = &board.labels[at];
    let head = best_head_role(label);
    for role in Role::ALL {
        let cost = label.cost(role) * board.costs.relabel;
        let of_head = matches!(role, Role::Title | Role::Kicker | Role::Subtitle);
        if cost > HOPELESS || of_head && role != head {
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
        let passed = head.map_or(0.0, |head| board.passed_over(head));
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
        let passed = head.map_or(0.0, |head| board.passed_over(head) + 1.0)
            + if board.signs[at].boxed { costs.box_passed_over } else { 0.0 };
        let why = "a heading inside its article";
        for (thread, onward) in reading.threads.iter().zip(&self.onward) {
            let mut sum = cost + passed - 0.5 * costs.shared_words * onward.shared;
            sum += if thread.open && !thread.last_is_subhead { costs.subhead_in_sentence } else { 0.0 };
            sum += if thread.ended { costs.ended } else { 0.0 };
            sum += if reading.from_elsewhere { costs.come_back } else { 0.0 };
            sum += if thread.boxed { costs.subhead_in_box } else { 0.0 };
            sum += if reading.current == Some(thread.id) { 0.0 } else { costs.come_back * board.way_back(reading) };
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

    /// A credit ends the picture's text that stands right before it; a cartoon may have none but its headline.
    fn credit(&mut self, settles: Option<u32>, cost: f64) {
        if self.waiting(settles).is_some_and(|head| head.titled && !head.signed) {
            let sum = cost + self.board.costs.picture_untold;
            self.add(settles, Deed::Below, Role::Credit, sum, "who made the picture below a headline");
            return;
        }
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
