//! Articles as chains of text lines, and what each junction of two lines costs.
//!
//! The beam reads a page from its top: when it places a line, it does not know what comes below. Here the page is known, so
//! that a junction is weighed with all that its article says, and a text may stand before the sentence that it goes on.

use crate::import::lexicon::jumps::{find_jump, is_onward};
use crate::import::link::context::{Board, GOOD_SEAM};
use crate::import::page::partition::Partition;
use crate::import::page::role::Role;
use std::cell::RefCell;
use std::collections::HashMap;

/// Texts that a picture's article has, at most.
const PICTURE_TEXTS: usize = 4;

/// The articles of a page as chains.
#[derive(Debug)]
pub(crate) struct Chains<'a> {
    board: &'a Board<'a>,
    /// for each article its text lines, in reading order
    pub(crate) texts: Vec<Vec<usize>>,
    /// for each article the lines of its head
    pub(crate) heads: Vec<Vec<usize>>,
    /// for each line of the page: it is a subhead
    subheads: Vec<bool>,
    /// for each line of the page: its article ends there, as a jump, a credit or a name says
    ends: Vec<bool>,
    /// for each line of the page: its text comes from another page
    comes: Vec<bool>,
    /// for each line of the page: the text line before it
    before: Vec<Option<usize>>,
    /// the page's first text line
    first: Option<usize>,
    /// what junctions cost, as far as it was asked: by the lines before and behind
    known: RefCell<HashMap<(usize, usize), f64>>,
}

impl<'a> Chains<'a> {
    pub(crate) fn of(board: &'a Board<'a>, linked: &Partition) -> Self {
        let (count, articles) = (linked.lines.len(), linked.article_count);
        let mut chains = Self {
            board,
            texts: vec![Vec::new(); articles],
            heads: vec![Vec::new(); articles],
            subheads: vec![false; count],
            ends: vec![false; count],
            comes: vec![false; count],
            before: vec![None; count],
            first: None,
            known: RefCell::default(),
        };
        let (mut before, mut comes) = (None, false);
        for (at, placed) in linked.lines.iter().enumerate() {
            chains.before[at] = before;
            let text = board.page.lines[at].text.as_str();
            match (placed.role, placed.article) {
                (Role::Body | Role::Subhead, Some(article)) => {
                    chains.texts[article].push(at);
                    chains.subheads[at] = placed.role == Role::Subhead;
                    chains.comes[at] = comes || find_jump(text).is_some_and(|_| !is_onward(text));
                    chains.ends[at] = board.signs[at].jumps || board.signs[at].signed;
                    (before, comes) = (Some(at), false);
                }
                (Role::Jump, _) if is_onward(text) => before.into_iter().for_each(|at: usize| chains.ends[at] = true),
                (Role::Jump, _) => comes = true,
                (role, Some(article)) if role.is_head() => chains.heads[article].push(at),
                _ => {}
            }
        }
        chains.first = chains.texts.iter().filter_map(|texts| texts.first().copied()).min();
        chains
    }

    pub(crate) fn is_subhead(&self, at: usize) -> bool {
        self.subheads[at]
    }

    /// Stops in mid-sentence.
    pub(crate) fn is_open(&self, at: usize) -> bool {
        self.board.signs[at].open && !self.subheads[at]
    }

    /// Begins with what begins nothing, or comes from another page: 0 to 1.
    pub(crate) fn stale(&self, at: usize) -> f64 {
        if self.subheads[at] { 0.0 } else { self.board.signs[at].stale }
    }

    /// A note says that the text comes from another page.
    pub(crate) fn comes_from_elsewhere(&self, at: usize) -> bool {
        self.comes[at]
    }

    /// One line goes on well where the other stops.
    pub(crate) fn fits(&self, before: usize, after: usize) -> bool {
        !self.subheads[after] && self.board.seam_between(before, after) > GOOD_SEAM
    }

    /// No text stands between the two.
    pub(crate) fn is_next(&self, before: usize, after: usize) -> bool {
        self.before[after] == Some(before)
    }

    /// What it costs that one line follows another in an article.
    pub(crate) fn junction(&self, before: usize, after: usize) -> f64 {
        *self.known.borrow_mut().entry((before, after)).or_insert_with(|| self.priced(before, after))
    }

    fn priced(&self, before: usize, after: usize) -> f64 {
        let (costs, signs) = (&self.board.costs, &self.board.signs[after]);
        let open = self.is_open(before);
        let (mut cost, mut fits) = (0.0, false);
        if self.subheads[after] {
            cost += if open { costs.subhead_in_sentence } else { 0.0 };
        } else if open {
            let fit = self.board.seam_between(before, after) * costs.seam;
            cost += (costs.bad_seam - fit).clamp(-costs.seam_most, costs.seam_most);
            fits = fit > GOOD_SEAM;
        } else {
            cost += signs.stale * costs.stale;
        }
        cost += if signs.dateline { costs.dateline_inside } else { 0.0 };
        cost += match self.ends[before] {
            true if fits => costs.ended_in_sentence,
            true => costs.ended,
            false => 0.0,
        };
        if self.is_next(before, after) {
            return cost + if self.board.page.lines[after].gap >= 3 && !open { costs.gap_inside } else { 0.0 };
        }
        cost + self.return_to(before, after)
    }

    /// What it costs that text stands between the two, or that the second is printed first.
    fn return_to(&self, before: usize, after: usize) -> f64 {
        let costs = &self.board.costs;
        let leaves_open = self.before[after].is_some_and(|left| self.is_open(left) && !self.ends[left]);
        let lines = before.abs_diff(after).saturating_sub(1) as f64;
        let back = if self.is_open(before) { costs.come_back_to_open } else { costs.come_back };
        back + if leaves_open { costs.leave_open } else { 0.0 }
            + if after < before { costs.tail_first } else { 0.0 }
            + costs.distance * (lines / 10.0).min(4.0)
    }

    /// What it costs that an article ends with a line.
    pub(crate) fn end(&self, last: usize) -> f64 {
        let costs = &self.board.costs;
        if self.is_open(last) && !self.ends[last] { costs.left_open } else { 0.0 }
    }

    /// What it costs that an article without a head is one.
    pub(crate) fn orphan(&self, article: usize) -> f64 {
        let costs = &self.board.costs;
        let Some(&first) = self.texts[article].first() else { return 0.0 };
        let begins = if self.first == Some(first) { 0.5 * costs.headless } else { costs.headless };
        let signed = self.texts[article].iter().any(|&at| {
            let signs = &self.board.signs[at];
            signs.signed || signs.credited || signs.dateline
        });
        begins + costs.no_title + self.stale(first) * costs.stale + if signed { 0.0 } else { costs.unsigned }
    }

    /// The text of a picture.
    pub(crate) fn is_picture(&self, article: usize) -> bool {
        let texts = &self.texts[article];
        texts.len() <= PICTURE_TEXTS && texts.iter().any(|&at| self.board.signs[at].picture)
    }

    /// How much the lines of a part share with an article's other lines, as a sum.
    pub(crate) fn shared(&self, part: &[usize], article: usize, without: &[usize]) -> f64 {
        let own = self.heads[article].iter().chain(&self.texts[article]);
        let others: Vec<u32> =
            own.filter(|at| !part.contains(at) && !without.contains(at)).map(|&at| at as u32).collect();
        part.iter().map(|&at| self.board.kinship.between(at as u32, &others)).sum()
    }

    /// Puts the chains in the place of what was found. Pictures and their credits go with the text that they stand behind.
    pub(crate) fn tell(&self, linked: &mut Partition) {
        let mut went: HashMap<usize, usize> = HashMap::new();
        for (article, texts) in self.texts.iter().enumerate() {
            let moved = texts.iter().filter(|&&at| linked.lines[at].article != Some(article));
            went.extend(moved.map(|&at| (at, article)));
        }
        if went.is_empty() {
            return;
        }
        let mut last_of: HashMap<usize, usize> = HashMap::new();
        for at in 0..linked.lines.len() {
            let Some(own) = linked.lines[at].article else { continue };
            match linked.lines[at].role {
                Role::Body | Role::Subhead => _ = last_of.insert(own, at),
                Role::Caption | Role::Credit => {
                    let with = last_of.get(&own).and_then(|last| went.get(last));
                    linked.lines[at].article = Some(with.copied().unwrap_or(own));
                }
                _ => {}
            }
        }
        for (at, article) in went {
            linked.lines[at].article = Some(article);
            linked.lines[at].why = "goes on here, by all that stands on the page";
        }
        for texts in &self.texts {
            put_behind(texts, linked);
        }
    }
}

/// Reads texts that are printed before their beginning behind it, with their pictures.
fn put_behind(texts: &[usize], linked: &mut Partition) {
    for pair in texts.windows(2) {
        let place = |linked: &Partition, line: usize| linked.reading_order.iter().position(|at| *at == line);
        if place(linked, pair[1]) > place(linked, pair[0]) {
            continue;
        }
        let goes_with = |at: &usize| {
            let placed = &linked.lines[*at];
            matches!(placed.role, Role::Caption | Role::Credit) && placed.article == linked.lines[pair[1]].article
        };
        let mut part = vec![pair[1]];
        part.extend((pair[1] + 1..linked.lines.len()).take_while(goes_with));
        linked.reading_order.retain(|at| !part.contains(at));
        let behind = place(linked, pair[0]).map_or(linked.reading_order.len(), |place| place + 1);
        linked.reading_order.splice(behind..behind, part);
    }
}
