//! Which lines are one article: decided for the page as a whole.
//!
//! The lines are read in the extractor's order, and at each one every reading of the page so far is carried on in every way
//! that makes sense: a text line goes on an article that is open, comes back to one that was interrupted, or begins one
//! below the head that waits; a head waits for its text, or turns out to be the headline of a text that came before it. Each
//! step has a cost; the best readings are kept (a beam), and the cheapest one at the page's end is the page.
//!
//! What a step costs comes from the seam (does the text go on where the other stops?), from the words that two lines share
//! and the rest of the page does not, from the distance, and from the roles that [`label`](crate::import::label) gave.

use crate::import::credits::credit;
use crate::import::features::{is_open, without_jump};
use crate::import::label::Label;
use crate::import::names::{byline, dateline, signed_at_end};
use crate::import::page::Page;
use crate::import::weights::Role;
use crate::import::words::{freshness, seam};
use std::collections::HashMap;

/// What the page was found to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Linked {
    /// for each line of the page: its role, and its article
    pub lines: Vec<Placed>,
    /// number of articles; they count in the order in which they begin
    pub articles: usize,
}

/// A line's place in the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    pub role: Role,
    /// from 0; None: belongs to no article
    pub article: Option<usize>,
    pub why: &'static str,
    /// how sure, 0 to 1
    pub certainty: f64,
}

/// Readings of the page that are carried on at each line.
const BEAM: usize = 40;
/// Lines of an article that a new line's words are compared with: the last ones.
const RECENT: usize = 6;
/// Articles that can still be gone on with; older ones are finished.
const OPEN_ARTICLES: usize = 8;

/// What steps cost, in the unit of the label weights.
mod cost {
    /// an article goes on that the line before did not belong to
    pub const COME_BACK: f64 = 3.0;
    /// … to one that stops in mid-sentence
    pub const COME_BACK_TO_OPEN: f64 = 1.4;
    /// … although the one left stops in mid-sentence
    pub const LEAVE_OPEN: f64 = 1.2;
    /// a whole sentence is followed by what begins inside one
    pub const CLOSED_BUT_GOES_ON: f64 = 2.5;
    /// a sentence that was cut is followed by something that does not fit
    pub const BAD_SEAM: f64 = 0.8;
    /// shared words, at their best
    pub const SHARED_WORDS: f64 = 3.0;
    /// a text without any head begins in the middle of the page
    pub const HEADLESS: f64 = 5.0;
    /// … where the line stands apart
    pub const HEADLESS_APART: f64 = 3.2;
    /// … with a dateline, which only begins a text
    pub const HEADLESS_DATELINE: f64 = 1.4;
    /// text below a headline without byline or dateline
    pub const NO_BYLINE: f64 = 0.5;
    /// an article at the page's end that nobody signed: no byline, dateline, credit or name at its end
    pub const UNSIGNED: f64 = 1.5;
    /// a text that follows a waiting head is not the head's
    pub const HEAD_PASSED_OVER: f64 = 1.0;
    /// a headline printed behind its text
    pub const HEAD_BEHIND: f64 = 0.6;
    /// half a headline, elsewhere on the page
    pub const HALF_HEAD: f64 = 3.2;
    /// a byline comes with a head whose text stands before it
    pub const BYLINE_BEHIND: f64 = 2.0;
    /// an article at the page's end without a headline
    pub const NO_TITLE: f64 = 2.0;
    /// an article at the page's end in mid-sentence, and no jump
    pub const LEFT_OPEN: f64 = 2.0;
    /// an article that a jump or a credit has ended goes on
    pub const ENDED: f64 = 3.5;
    /// a head that no text was found for
    pub const NO_TEXT: f64 = 5.0;
    /// one more line joins a head that has its byline already
    pub const HEAD_AFTER_BYLINE: f64 = 3.0;
    /// a line far below the rest of its article, for every ten lines
    pub const DISTANCE: f64 = 0.25;
    /// a subhead where a sentence is still open
    pub const SUBHEAD_IN_SENTENCE: f64 = 4.0;
}

/// An article as far as it has been read.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Thread {
    id: u16,
    titled: bool,
    signed: bool,
    /// stops in mid-sentence
    open: bool,
    /// a jump or a picture's credit says that it is over
    ended: bool,
    texts: u16,
    /// the last line of its text
    last: u16,
    last_is_subhead: bool,
    /// lines whose words speak for it, the newest last
    recent: [u16; RECENT],
    known: u8,
}

/// A head that waits for its text.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Head {
    first: u16,
    lines: u16,
    titled: bool,
    signed: bool,
}

/// A reading of the page up to some line.
#[derive(Debug, Clone, PartialEq)]
struct Reading {
    cost: f64,
    threads: Vec<Thread>,
    next_id: u16,
    current: Option<u16>,
    head: Option<Head>,
    /// the last step, in the arena of steps
    step: usize,
}

/// A line's place in a reading; steps form a tree, from the page's end to its beginning.
#[derive(Debug, Clone, Copy)]
struct Step {
    before: usize,
    line: u16,
    to: To,
    role: Role,
    why: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum To {
    Nothing,
    Article(u16),
    /// the waiting head, lines `first..` up to here, belongs to an article
    Waiting,
    HeadOf {
        article: u16,
        first: u16,
        lines: u16,
    },
}

struct Linker<'a> {
    page: &'a Page,
    labels: &'a [Label],
    open: Vec<bool>,
    dateline: Vec<bool>,
    words: SharedWords,
    steps: Vec<Step>,
}

/// Finds the articles of a page.
pub fn link(page: &Page, labels: &[Label]) -> Linked {
    let mut linker = Linker {
        page,
        labels,
        open: page.lines.iter().map(|line| is_open(&line.text)).collect(),
        dateline: page.lines.iter().map(|line| dateline(&line.text).is_some()).collect(),
        words: SharedWords::of(page),
        steps: Vec::new(),
    };
    linker.run()
}

const START: usize = usize::MAX;

impl Linker<'_> {
    fn run(&mut self) -> Linked {
        let mut beam =
            vec![Reading { cost: 0.0, threads: Vec::new(), next_id: 0, current: None, head: None, step: START }];
        for at in 0..self.page.lines.len() {
            self.words.turn_to(at);
            let mut next = Vec::with_capacity(beam.len() * 4);
            for reading in &beam {
                self.carry_on(reading, at, &mut next);
            }
            prune(&mut next);
            beam = next;
        }
        let best = beam.into_iter().flat_map(|reading| self.finished(reading)).min_by(|a, b| a.cost.total_cmp(&b.cost));
        self.told(best.map_or(START, |reading| reading.step))
    }

    /// All ways to go on with a reading at a line.
    fn carry_on(&mut self, reading: &Reading, at: usize, next: &mut Vec<Reading>) {
        let label = &self.labels[at];
        let role = label.role;
        match role {
            Role::Furniture => next.push(self.step(reading, at, To::Nothing, role, "not part of any article", 0.0)),
            Role::Jump => self.jump(reading, at, next),
            Role::Caption => self.caption(reading, at, next),
            Role::Credit => self.credit(reading, at, next),
            Role::Body => {
                self.text(reading, at, next);
                self.misread_head(reading, at, next);
            }
            Role::Subhead => {
                self.subhead(reading, at, 0.0, next);
                let cost = label.cost(Role::Title).min(label.cost(Role::Kicker));
                if cost < 6.0 {
                    self.head_line(reading, at, Role::Title, cost, next);
                }
                self.misread_text(reading, at, next);
            }
            Role::Byline => {
                self.byline(reading, at, next);
                self.misread_text(reading, at, next);
            }
            Role::Column | Role::Kicker | Role::Title | Role::Subtitle => {
                self.head_line(reading, at, role, 0.0, next);
                if label.cost(Role::Subhead) < 6.0 {
                    self.subhead(reading, at, label.cost(Role::Subhead), next);
                }
                self.misread_text(reading, at, next);
            }
        }
    }

    /// A short line that was taken for a head may be text after all.
    fn misread_text(&mut self, reading: &Reading, at: usize, next: &mut Vec<Reading>) {
        let cost = self.labels[at].cost(Role::Body);
        if cost < 4.0 {
            let from = next.len();
            self.text(reading, at, next);
            next[from..].iter_mut().for_each(|reading| reading.cost += cost);
        }
    }

    /// A line that was taken for text may be a headline.
    fn misread_head(&mut self, reading: &Reading, at: usize, next: &mut Vec<Reading>) {
        let cost = self.labels[at].cost(Role::Title);
        if cost < 3.0 {
            self.head_line(reading, at, Role::Title, cost, next);
        }
    }

    fn jump(&mut self, reading: &Reading, at: usize, next: &mut Vec<Reading>) {
        let onward = self.page.lines[at].text.contains('转') || self.page.lines[at].text.contains("未完");
        let mut after =
            self.step(reading, at, To::Nothing, Role::Jump, "the text goes on, or comes from, another page", 0.0);
        if onward && let Some(thread) = current(&mut after) {
            thread.ended = true;
        }
        next.push(after);
    }

    /// A caption inside an article belongs to the text around it.
    fn caption(&mut self, reading: &Reading, at: usize, next: &mut Vec<Reading>) {
        let to = match (reading.current, reading.threads.last()) {
            (Some(id), _) => To::Article(id),
            (None, Some(thread)) => To::Article(thread.id),
            (None, None) => To::Nothing,
        };
        if to == To::Nothing {
            return self.headless(reading, at, Role::Caption, next);
        }
        next.push(self.step(reading, at, to, Role::Caption, "a picture in the text that it stands in", 0.0));
    }

    /// A credit ends the picture's text that stands right before it.
    fn credit(&mut self, reading: &Reading, at: usize, next: &mut Vec<Reading>) {
        let Some(id) = reading.current else {
            let mut alone = self.step(reading, at, To::Nothing, Role::Credit, "a credit without a picture's text", 2.0);
            alone.head = reading.head;
            return next.push(alone);
        };
        let mut after = self.step(reading, at, To::Article(id), Role::Credit, "who took the picture", 0.0);
        if let Some(thread) = current(&mut after)
            && is_photo_sized(thread)
        {
            thread.ended = true;
            thread.open = false;
            thread.signed = true;
        }
        next.push(after);
    }

    /// A line of text: on with an article, or the first below a head, or the first of an article without one.
    fn text(&mut self, reading: &Reading, at: usize, next: &mut Vec<Reading>) {
        for base in self.head_settled(reading, at) {
            for index in 0..base.threads.len() {
                let (cost, why) = self.goes_on(&base, &base.threads[index], at);
                let passed = if base.head.is_some() { cost::HEAD_PASSED_OVER } else { 0.0 };
                let id = base.threads[index].id;
                let mut after = self.step(&base, at, To::Article(id), Role::Body, why, cost + passed);
                self.read_text(&mut after, id, at);
                next.push(after);
            }
            match base.head {
                Some(head) => next.push(self.below_head(&base, head, at)),
                None => self.headless(&base, at, Role::Body, next),
            }
        }
    }

    fn below_head(&mut self, reading: &Reading, head: Head, at: usize) -> Reading {
        let dateline = self.dateline[at];
        let mut cost = if head.signed || dateline { 0.0 } else { cost::NO_BYLINE };
        if head.signed && dateline {
            cost += 0.5;
        }
        cost += self.stale(at);
        cost -= 0.4 * self.words.shared(at, &[head.first, head.first + head.lines - 1]).min(1.0) * cost::SHARED_WORDS;
        let mut after = self.begun(reading, head.titled, head.signed || dateline);
        let id = after.next_id - 1;
        let to = To::HeadOf { article: id, first: head.first, lines: head.lines };
        after.step = self.note(after.step, at, to, Role::Title, "the head above the text");
        let mut after = self.step(&after, at, To::Article(id), Role::Body, "the first text below a head", cost);
        after.head = None;
        if let Some(thread) = after.threads.iter_mut().find(|thread| thread.id == id) {
            remember(thread, head.first);
            remember(thread, head.first + head.lines - 1);
        }
        self.read_text(&mut after, id, at);
        after
    }

    fn headless(&mut self, reading: &Reading, at: usize, role: Role, next: &mut Vec<Reading>) {
        let mut cost = match (self.dateline[at], self.page.lines[at].gap >= 2) {
            (true, _) => cost::HEADLESS_DATELINE,
            (false, true) => cost::HEADLESS_APART,
            (false, false) => cost::HEADLESS,
        };
        if reading.threads.is_empty() {
            cost *= 0.5;
        }
        cost += self.stale(at);
        let after = self.begun(reading, false, self.dateline[at]);
        let id = after.next_id - 1;
        let mut after = self.step(&after, at, To::Article(id), role, "a text without a head", cost);
        self.read_text(&mut after, id, at);
        next.push(after);
    }

    /// What it costs that the text goes on a thread, and why it does.
    fn goes_on(&self, reading: &Reading, thread: &Thread, at: usize) -> (f64, &'static str) {
        let (before, here) = (&self.page.lines[thread.last as usize].text, &self.page.lines[at].text);
        let is_current = reading.current == Some(thread.id);
        let mut cost = 0.0;
        let mut why = "goes on with its article";
        if thread.open && !thread.last_is_subhead {
            let fit = seam(without_jump(before), here);
            cost += (cost::BAD_SEAM - fit).clamp(-2.5, 2.5);
            why = "goes on where the sentence was cut";
        } else {
            cost += self.stale(at);
        }
        if self.dateline[at] {
            cost += 6.0;
        }
        if !is_current {
            cost += if thread.open { cost::COME_BACK_TO_OPEN } else { cost::COME_BACK };
            why = if thread.open {
                "takes up a sentence that was cut"
            } else {
                "comes back to an article that was interrupted"
            };
            let leaves_open = current_of(reading).is_some_and(|left| left.open && !left.ended);
            cost += if leaves_open { cost::LEAVE_OPEN } else { 0.0 };
            let was_subhead = current_of(reading).is_some_and(|left| left.last_is_subhead);
            cost += if was_subhead { 4.0 } else { 0.0 };
        }
        if thread.ended {
            cost += cost::ENDED;
        }
        let distance = at.saturating_sub(thread.last as usize + 1) as f64;
        cost += cost::DISTANCE * (distance / 10.0).min(4.0);
        cost -= cost::SHARED_WORDS * self.words.shared(at, &thread.recent[..thread.known as usize]).min(1.0);
        (cost, why)
    }

    /// What it costs that a paragraph begins with this line.
    fn stale(&self, at: usize) -> f64 {
        (-freshness(&self.page.lines[at].text)).max(0.0).min(1.6) / 1.6 * cost::CLOSED_BUT_GOES_ON
    }

    fn subhead(&mut self, reading: &Reading, at: usize, extra: f64, next: &mut Vec<Reading>) {
        for base in self.head_settled(reading, at) {
            for index in 0..base.threads.len() {
                let thread = base.threads[index];
                let mut cost = extra
                    - 0.5
                        * cost::SHARED_WORDS
                        * self.words.shared(at, &thread.recent[..thread.known as usize]).min(1.0);
                cost += if thread.open && !thread.last_is_subhead { cost::SUBHEAD_IN_SENTENCE } else { 0.0 };
                cost += if thread.ended { cost::ENDED } else { 0.0 };
                cost += if base.current == Some(thread.id) { 0.0 } else { cost::COME_BACK };
                cost += if base.head.is_some() { cost::HEAD_PASSED_OVER + 1.0 } else { 0.0 };
                let mut after =
                    self.step(&base, at, To::Article(thread.id), Role::Subhead, "a heading inside its article", cost);
                if let Some(thread) = after.threads.iter_mut().find(|found| found.id == thread.id) {
                    thread.last_is_subhead = true;
                    remember(thread, at as u16);
                }
                after.current = Some(thread.id);
                next.push(after);
            }
            // text may begin with a subhead
            if let Some(head) = base.head {
                let mut after = self.below_head(&base, head, at);
                after.cost += extra + 0.8;
                self.steps[after.step].role = Role::Subhead;
                if let Some(thread) = current(&mut after) {
                    thread.last_is_subhead = true;
                    thread.open = false;
                }
                next.push(after);
            }
        }
    }

    fn byline(&mut self, reading: &Reading, at: usize, next: &mut Vec<Reading>) {
        // behind the first paragraphs of an article that has none
        if reading.head.is_none()
            && let Some(thread) = current_of(reading)
            && !thread.signed
            && thread.texts <= 2
            && !thread.open
        {
            let id = thread.id;
            let mut after = self.step(reading, at, To::Article(id), Role::Byline, "a byline below the first text", 1.2);
            if let Some(thread) = current(&mut after) {
                thread.signed = true;
            }
            next.push(after);
        }
        self.head_line(reading, at, Role::Byline, 0.0, next);
    }

    /// A line of a head: joins the one that waits, or opens one; the one that waited may be the headline of earlier text.
    fn head_line(&mut self, reading: &Reading, at: usize, role: Role, extra: f64, next: &mut Vec<Reading>) {
        let byline = role == Role::Byline;
        let titled = matches!(role, Role::Title | Role::Kicker);
        for base in self.head_settled(reading, at) {
            let (head, cost) = match base.head {
                None => (Head { first: at as u16, lines: 1, titled, signed: byline }, extra),
                Some(head) => {
                    let mut joined = head;
                    joined.lines += 1;
                    joined.titled |= titled;
                    joined.signed |= byline;
                    let mut cost = extra;
                    if head.signed && !byline {
                        cost += cost::HEAD_AFTER_BYLINE;
                    }
                    (joined, cost + self.crowded(head, at, role))
                }
            };
            let mut after = self.step(&base, at, To::Waiting, role, "part of a head", cost);
            after.head = Some(head);
            next.push(after);
        }
    }

    /// A head of many lines, or of lines that stand far apart, is probably two.
    fn crowded(&self, head: Head, at: usize, role: Role) -> f64 {
        let many = f64::from(head.lines.saturating_sub(3)) * 1.2;
        let apart = if self.page.lines[at].gap >= 3 { 1.5 } else { 0.0 };
        let line = &self.page.lines[at];
        let last = &self.page.lines[at - 1];
        // `#` title, then `##` kicker or title: the next head begins
        let next_head = if last.mark == 1 && line.mark == 2 { 2.5 } else { 0.0 };
        let columns =
            if role == Role::Column && self.labels[head.first as usize].role == Role::Column { 2.0 } else { 0.0 };
        many + apart + next_head + columns
    }

    /// The reading as it is, and, where a head waits, every way in which it was the head of text before it.
    fn head_settled(&mut self, reading: &Reading, at: usize) -> Vec<Reading> {
        let mut all = vec![reading.clone()];
        let Some(head) = reading.head.filter(|head| head.titled) else { return all };
        for index in 0..reading.threads.len() {
            let thread = reading.threads[index];
            let own: Vec<u16> = (head.first..head.first + head.lines).collect();
            let likeness = own
                .iter()
                .map(|&line| self.words.between(line, &thread.recent[..thread.known as usize]))
                .fold(0.0, f64::max);
            let mut cost = if thread.titled { cost::HALF_HEAD } else { cost::HEAD_BEHIND };
            let weight = if thread.titled { 0.4 } else { 1.0 };
            cost -= weight * cost::SHARED_WORDS * likeness.min(1.0);
            cost += match (head.signed, thread.signed) {
                (true, true) => 6.0,
                (true, false) => cost::BYLINE_BEHIND,
                _ => 0.0,
            };
            cost += if reading.current == Some(thread.id) { 0.0 } else { 0.8 };
            cost += f64::from(head.lines.saturating_sub(2)) * 0.8;
            if thread.titled && head.lines > 1 {
                cost += 1.5;
            }
            let to = To::HeadOf { article: thread.id, first: head.first, lines: head.lines };
            let why =
                if thread.titled { "half a headline, apart from the other" } else { "a headline behind its text" };
            let mut after = reading.clone();
            after.cost += cost;
            after.head = None;
            after.step = self.note(after.step, at, to, Role::Title, why);
            if let Some(thread) = after.threads.iter_mut().find(|found| found.id == thread.id) {
                thread.titled = true;
                thread.signed |= head.signed;
                remember(thread, head.first);
            }
            all.push(after);
        }
        all
    }

    /// The page is over: what still waits is settled, what is left undone costs.
    fn finished(&mut self, reading: Reading) -> Vec<Reading> {
        let end = self.page.lines.len();
        let mut all = self.head_settled(&reading, end);
        // a head without any text stays an article of its own
        if let Some(head) = reading.head {
            let mut alone = self.begun(&reading, head.titled, head.signed);
            let id = alone.next_id - 1;
            alone.step = self.note(
                alone.step,
                end,
                To::HeadOf { article: id, first: head.first, lines: head.lines },
                Role::Title,
                "a head without text",
            );
            alone.head = None;
            alone.cost += cost::NO_TEXT;
            all.push(alone);
        }
        all.retain(|reading| reading.head.is_none());
        for reading in &mut all {
            for thread in &reading.threads {
                reading.cost += if thread.titled { 0.0 } else { cost::NO_TITLE };
                reading.cost += if thread.open && !thread.ended { cost::LEFT_OPEN } else { 0.0 };
                reading.cost += if thread.signed { 0.0 } else { cost::UNSIGNED };
            }
        }
        all
    }

    fn step(&mut self, reading: &Reading, at: usize, to: To, role: Role, why: &'static str, cost: f64) -> Reading {
        let mut after = reading.clone();
        after.cost += cost;
        after.step = self.note(reading.step, at, to, role, why);
        if let To::Article(id) = to {
            after.current = Some(id);
        }
        after
    }

    fn note(&mut self, before: usize, line: usize, to: To, role: Role, why: &'static str) -> usize {
        self.steps.push(Step { before, line: line as u16, to, role, why });
        self.steps.len() - 1
    }

    fn begun(&self, reading: &Reading, titled: bool, signed: bool) -> Reading {
        let mut after = reading.clone();
        let id = after.next_id;
        after.next_id += 1;
        after.current = Some(id);
        after.threads.push(Thread {
            id,
            titled,
            signed,
            open: false,
            ended: false,
            texts: 0,
            last: 0,
            last_is_subhead: false,
            recent: [0; RECENT],
            known: 0,
        });
        if after.threads.len() > OPEN_ARTICLES {
            let gone = after.threads.remove(0);
            after.cost += if gone.titled { 0.0 } else { cost::NO_TITLE };
            after.cost += if gone.open && !gone.ended { cost::LEFT_OPEN } else { 0.0 };
            after.cost += if gone.signed { 0.0 } else { cost::UNSIGNED };
        }
        after
    }

    fn read_text(&self, reading: &mut Reading, id: u16, at: usize) {
        let text = &self.page.lines[at].text;
        let Some(thread) = reading.threads.iter_mut().find(|thread| thread.id == id) else { return };
        let jumped = without_jump(text).len() < text.len() && text.contains('转');
        let credited = credit(text).is_some_and(|credit| credit.start > 0);
        let signed = signed_at_end(without_jump(text)).is_some();
        thread.open = self.open[at];
        thread.last = at as u16;
        thread.last_is_subhead = false;
        thread.texts += 1;
        thread.ended = jumped || (credited && is_photo_sized(thread)) || signed;
        thread.signed |= signed || credited || self.dateline[at];
        remember(thread, at as u16);
    }

    /// Reads the steps of a reading back into places.
    fn told(&self, last: usize) -> Linked {
        let nothing = |label: &Label| Placed {
            role: label.role,
            article: None,
            why: "belongs to no article",
            certainty: label.certainty(),
        };
        let mut lines: Vec<Placed> = self.labels.iter().map(nothing).collect();
        let mut at = last;
        while at != START {
            let step = self.steps[at];
            match step.to {
                To::Article(id) => self.place(&mut lines, step.line, step.role, Some(id), step.why),
                To::Nothing => self.place(&mut lines, step.line, step.role, None, step.why),
                To::Waiting => {
                    let placed = &mut lines[step.line as usize];
                    placed.role = step.role;
                    placed.certainty = self.certainty(step.line, step.role);
                }
                To::HeadOf { article, first, lines: count } => {
                    for line in first..first + count {
                        lines[line as usize].article = Some(article as usize);
                        lines[line as usize].why = step.why;
                    }
                }
            }
            at = step.before;
        }
        in_order(lines)
    }

    fn place(&self, lines: &mut [Placed], line: u16, role: Role, article: Option<u16>, why: &'static str) {
        lines[line as usize] =
            Placed { role, article: article.map(usize::from), why, certainty: self.certainty(line, role) };
    }

    fn certainty(&self, line: u16, role: Role) -> f64 {
        let label = &self.labels[line as usize];
        label.certainty() * (-label.cost(role)).exp()
    }
}

/// Articles count in the order of their first lines.
fn in_order(mut lines: Vec<Placed>) -> Linked {
    let mut order: HashMap<usize, usize> = HashMap::new();
    for placed in &mut lines {
        if let Some(id) = placed.article {
            let next = order.len();
            placed.article = Some(*order.entry(id).or_insert(next));
        }
    }
    Linked { lines, articles: order.len() }
}

fn prune(beam: &mut Vec<Reading>) {
    beam.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    // readings that can only go on alike: the cheapest stands for all
    let mut kept: Vec<Reading> = Vec::with_capacity(BEAM);
    for reading in beam.drain(..) {
        let alike = |other: &Reading| {
            other.current == reading.current && other.head == reading.head && other.threads == reading.threads
        };
        if !kept.iter().any(alike) {
            kept.push(reading);
        }
        if kept.len() == BEAM {
            break;
        }
    }
    *beam = kept;
}

fn current(reading: &mut Reading) -> Option<&mut Thread> {
    let id = reading.current?;
    reading.threads.iter_mut().find(|thread| thread.id == id)
}

fn current_of(reading: &Reading) -> Option<&Thread> {
    let id = reading.current?;
    reading.threads.iter().find(|thread| thread.id == id)
}

/// A picture's text has few paragraphs; a credit behind a long article is that of a picture in it.
fn is_photo_sized(thread: &Thread) -> bool {
    thread.texts <= 4 && !thread.signed
}

fn remember(thread: &mut Thread, line: u16) {
    if (thread.known as usize) < RECENT {
        thread.recent[thread.known as usize] = line;
        thread.known += 1;
    } else {
        // the first two are the head, which speaks for the whole article
        thread.recent.copy_within(3.., 2);
        thread.recent[RECENT - 1] = line;
    }
}

/// Which lines share words that the rest of the page does not have: pairs of neighbouring 汉字, the rare ones counting more.
struct SharedWords {
    /// for each line, its pairs with their weights
    pairs: Vec<Vec<(u64, f64)>>,
    /// for the line turned to: likeness with every line before it
    likeness: Vec<f64>,
}

/// Characters of a line that are compared: its beginning.
const COMPARED: usize = 300;
/// How much of a pair's rarity (the logarithm of lines by lines that have it) counts as common.
const COMMON: f64 = 1.0;
/// Lines of one article have a cosine of about a tenth: this makes it about 1.
const CLOSE: f64 = 7.0;

impl SharedWords {
    fn of(page: &Page) -> Self {
        let mut seen: HashMap<u64, f64> = HashMap::new();
        let mut pairs: Vec<Vec<(u64, f64)>> = Vec::with_capacity(page.lines.len());
        for line in &page.lines {
            let text = match byline(&line.text) {
                Some(_) => "",
                None => line.text.as_str(),
            };
            let mut own: Vec<u64> = neighbours(text).collect();
            own.sort_unstable();
            own.dedup();
            for pair in &own {
                *seen.entry(*pair).or_default() += 1.0;
            }
            pairs.push(own.into_iter().map(|pair| (pair, 0.0)).collect());
        }
        let lines = pairs.len() as f64;
        for (pair, weight) in pairs.iter_mut().flatten() {
            *weight = ((lines / seen[pair]).ln() - COMMON).max(0.0);
        }
        for own in &mut pairs {
            let length = own.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt().max(1.0);
            own.retain(|(pair, weight)| *weight > 0.0 && seen[pair] > 1.0);
            own.iter_mut().for_each(|(_, weight)| *weight /= length);
        }
        let likeness = vec![0.0; pairs.len()];
        Self { pairs, likeness }
    }

    fn turn_to(&mut self, at: usize) {
        for before in at.saturating_sub(150)..at {
            self.likeness[before] = self.pair_likeness(before, at);
        }
    }

    fn pair_likeness(&self, a: usize, b: usize) -> f64 {
        let (left, right) = (&self.pairs[a], &self.pairs[b]);
        let (mut i, mut j, mut sum) = (0, 0, 0.0);
        while let (Some((x, weight)), Some((y, other))) = (left.get(i), right.get(j)) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    sum += weight * other;
                    i += 1;
                    j += 1;
                }
            }
        }
        sum * CLOSE
    }

    /// How much the line turned to shares with these lines before it: 0 nothing, 1 much.
    fn shared(&self, at: usize, lines: &[u16]) -> f64 {
        lines
            .iter()
            .filter(|&&line| (line as usize) < at)
            .map(|&line| self.likeness[line as usize])
            .fold(0.0, |a, b| a + b * 0.7)
    }

    /// How much a line before the one turned to shares with others.
    fn between(&self, line: u16, lines: &[u16]) -> f64 {
        lines.iter().map(|&other| self.pair_likeness(line as usize, other as usize)).sum::<f64>() * 0.7
    }
}

fn neighbours(text: &str) -> impl Iterator<Item = u64> + '_ {
    let pairs = text.chars().zip(text.chars().skip(1)).take(COMPARED);
    let is_letter = |c: char| c.is_alphanumeric();
    pairs
        .filter(move |&(a, b)| is_letter(a) && is_letter(b) && !(a.is_ascii_digit() || b.is_ascii_digit()))
        .map(|(a, b)| (u64::from(u32::from(a)) << 32) | u64::from(u32::from(b)))
}
