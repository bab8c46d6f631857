//! A hypothesis of the beam search: a partial partition of the page, with its articles and the head that waits for its text.

use crate::import::link::scoring::costs::{self, Costs};
use crate::import::link::scoring::cues::Cues;
use crate::import::page::role::Role;
use std::hash::Hash;

/// An article as far as its lines are assigned.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct PartialArticle {
    pub(crate) id: u32,
    pub(crate) titled: bool,
    /// has a byline, a dateline, a credit or a name in brackets
    pub(crate) signed: bool,
    /// a box inside a report
    pub(crate) is_box: bool,
    /// its first line, where that begins in mid-sentence: it may continue an article further down
    pub(crate) fragment_start: Option<u32>,
    pub(crate) mid_sentence: bool,
    /// a jump, a credit or a name says that it is over
    pub(crate) ended: bool,
    /// its rest, and perhaps its further subheads, is on another page
    jumps_onward: bool,
    text_lines: u32,
    subheads: u32,
    /// the last line of its text
    pub(crate) last: u32,
    pub(crate) last_is_subhead: bool,
    compared: [u32; costs::COMPARED_LINES],
    compared_count: u8,
    /// a hash of all lines compared so far
    compared_key: u64,
}

impl PartialArticle {
    /// The lines that a new line's words are compared with.
    pub(crate) fn compared_lines(&self) -> &[u32] {
        &self.compared[..self.compared_count as usize]
    }

    /// Equal where the lines compared are.
    pub(crate) fn compared_key(&self) -> u64 {
        self.compared_key
    }

    fn compare_with(&mut self, line: u32) {
        // Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4)
        self.compared_key =
            (self.compared_key.rotate_left(5) ^ u64::from(line + 1)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        if (self.compared_count as usize) < costs::COMPARED_LINES {
            self.compared[self.compared_count as usize] = line;
            self.compared_count += 1;
        } else {
            // the first two are the head, which speaks for the whole article
            self.compared.copy_within(3.., 2);
            self.compared[costs::COMPARED_LINES - 1] = line;
        }
    }

    /// Few lines of text, and unsigned: may be the text of a picture.
    pub(crate) fn is_picture_sized(&self) -> bool {
        self.text_lines as usize <= costs::PICTURE_TEXT_LINES && self.subheads == 0 && !self.signed
    }

    fn append_text(&mut self, at: usize, cues: &Cues) {
        (self.mid_sentence, self.last, self.last_is_subhead) = (cues.mid_sentence, at as u32, false);
        self.text_lines += 1;
        self.jumps_onward = cues.jumps_onward;
        self.ended = cues.jumps_onward
            || (cues.ends_with_credit && self.is_picture_sized())
            || cues.ends_with_name
            || cues.ends_with_source;
        self.signed |=
            cues.table_row || cues.ends_with_name || cues.ends_with_source || cues.ends_with_credit || cues.dateline;
        self.compare_with(at as u32);
    }

    fn append_subhead(&mut self, at: usize) {
        self.subheads += u32::from(!self.last_is_subhead);
        self.last_is_subhead = true;
        self.last = at as u32;
        self.compare_with(at as u32);
    }

    /// What decides about what may follow, and its cost; the lines compared make too little difference.
    fn future(&self) -> impl Hash + Eq + use<> {
        let Self { titled, signed, mid_sentence, ended, jumps_onward, last, last_is_subhead, .. } = *self;
        let subheads = self.subheads.min(costs::SUBHEADS_COUNTED);
        (titled, signed, mid_sentence, ended, jumps_onward, last, last_is_subhead, subheads)
    }

    /// What it costs that the article ends as it is.
    pub(crate) fn cost_of_end(&self, costs: &Costs) -> f64 {
        costs::when(!self.titled, costs.no_title)
            + costs::when(self.mid_sentence && !self.ended, costs.ends_mid_sentence)
            + costs::when(!self.signed, costs.unsigned)
            + costs::when(self.subheads == 1 && !self.jumps_onward, costs.lone_subhead)
    }
}

/// A head that waits for its text: the lines from `first` to `last` whose roles are a head's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PendingHead {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) lines: u32,
    /// has a kicker or a title
    pub(crate) titled: bool,
    pub(crate) signed: bool,
    pub(crate) of_box: bool,
    /// its last line is a column label below a headline
    pub(crate) column_below: bool,
}

/// A partial partition of the page, up to some line.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Hypothesis {
    pub(crate) cost: f64,
    /// the articles that can be continued, in the order in which they began
    pub(crate) articles: Vec<PartialArticle>,
    next_id: u32,
    /// id of the article that the last line of text belongs to
    pub(crate) current: Option<u32>,
    pub(crate) pending_head: Option<PendingHead>,
    /// id of the article of whose headline the second half is right above
    pub(crate) half_head_of: Option<u32>,
    /// a note right above says that the text continues from another page
    pub(crate) after_incoming_jump: bool,
    /// its last [step](crate::import::link::backtrace::Step)
    pub(crate) last_step: u32,
}

impl Hypothesis {
    /// The hypothesis before the first line.
    pub(crate) fn empty(last_step: u32) -> Self {
        Self { last_step, ..Self::default() }
    }

    pub(crate) fn current_article(&self) -> Option<&PartialArticle> {
        let id = self.current?;
        self.articles.iter().find(|article| article.id == id)
    }

    fn article_mut(&mut self, id: u32) -> Option<&mut PartialArticle> {
        self.articles.iter_mut().find(|article| article.id == id)
    }

    /// Begins an article, which becomes the current one; the oldest is closed where there are too many.
    fn begin(&mut self, article: PartialArticle, costs: &Costs) -> u32 {
        let id = self.next_id;
        self.next_id += 1;
        self.current = Some(id);
        self.articles.push(PartialArticle { id, ..article });
        if self.articles.len() > costs::OPEN_ARTICLES {
            self.cost += self.articles.remove(0).cost_of_end(costs);
        }
        id
    }

    /// Begins an article without a head.
    pub(crate) fn begin_headless(&mut self, at: usize, cues: &Cues, costs: &Costs) -> u32 {
        let is_rest = self.after_incoming_jump || cues.from_elsewhere;
        let is_fragment = cues.unlikely_opening > costs::FRAGMENT && !is_rest;
        let fragment_start = is_fragment.then_some(at as u32);
        // what continues from another page has its headline and its byline there
        let signed = is_rest || cues.dateline;
        self.begin(PartialArticle { titled: is_rest, signed, fragment_start, ..PartialArticle::default() }, costs)
    }

    /// Begins an article below the pending head. Returns its id and the head.
    pub(crate) fn begin_below_head(&mut self, costs: &Costs) -> (u32, Option<PendingHead>) {
        let head = self.pending_head.take();
        let is_rest = self.after_incoming_jump;
        // a box has its label for a headline, and is often unsigned
        let is_box = head.is_some_and(|head| head.of_box && !head.signed);
        let mut article =
            PartialArticle { is_box, titled: is_box, signed: is_box || is_rest, ..PartialArticle::default() };
        if let Some(head) = head {
            article.titled |= head.titled;
            article.signed |= head.signed;
            article.compare_with(head.first);
            article.compare_with(head.last);
        }
        (self.begin(article, costs), head)
    }

    /// Adds a line to the pending head, or opens one.
    pub(crate) fn extend_head(&mut self, at: usize, role: Role, cues: &Cues) {
        let (at, titled, signed) = (at as u32, matches!(role, Role::Title | Role::Kicker), role == Role::Byline);
        let of_box = role == Role::Column && cues.box_label;
        self.pending_head = Some(match self.pending_head {
            None => PendingHead { first: at, last: at, lines: 1, titled, signed, of_box, column_below: false },
            Some(head) => PendingHead {
                last: at,
                lines: head.lines + 1,
                titled: head.titled || titled,
                signed: head.signed || signed,
                of_box: head.of_box || of_box,
                column_below: role == Role::Column && head.titled,
                ..head
            },
        });
    }

    /// Gives the pending head to an article above it. Returns the head, and whether it is the other half of a headline.
    pub(crate) fn attach_head(&mut self, id: u32) -> Option<(PendingHead, bool)> {
        let head = self.pending_head.take()?;
        let article = self.article_mut(id)?;
        let is_half = article.titled;
        article.titled = true;
        article.signed |= head.signed;
        article.compare_with(head.first);
        self.half_head_of = is_half.then_some(id);
        Some((head, is_half))
    }

    /// Assigns a line to an article.
    pub(crate) fn append(&mut self, id: u32, at: usize, role: Role, cues: &Cues) {
        self.after_incoming_jump = false;
        if role == Role::Body {
            self.half_head_of = None;
        }
        if role != Role::Caption {
            self.current = Some(id);
        }
        let Some(article) = self.article_mut(id) else { return };
        match role {
            Role::Body => article.append_text(at, cues),
            Role::Subhead => article.append_subhead(at),
            Role::Byline => article.signed = true,
            // a credit ends the article of a picture; in any other article it is that of a picture inside
            Role::Credit if article.is_picture_sized() => {
                (article.ended, article.mid_sentence, article.signed) = (true, false, true);
            }
            _ => {}
        }
    }

    /// Passes over a jump: an onward one ends the article above it, an incoming one is remembered for the text below.
    pub(crate) fn pass_jump(&mut self, is_onward: bool) {
        if !is_onward {
            self.after_incoming_jump = true;
        } else if let Some(article) = self.current.and_then(|id| self.article_mut(id)) {
            (article.ended, article.jumps_onward) = (true, true);
        }
    }

    /// What decides about what may follow, and its cost: where it equals that of another hypothesis, the cheaper of the two is as good as both.
    pub(crate) fn future(&self) -> impl Hash + Eq + use<> {
        // ids count the articles so far, of which those that are closed make no difference
        let place = |id: Option<u32>| id.map(|id| self.articles.iter().position(|article| article.id == id));
        let articles = self.articles.iter().map(PartialArticle::future).collect::<Vec<_>>();
        (articles, self.pending_head, self.after_incoming_jump, place(self.current), place(self.half_head_of))
    }
}
