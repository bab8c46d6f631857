//! Articles as chains of text lines: what the refinement searches over.
//!
//! With the page known as a whole the [junction](crate::import::link::scoring::junction) of any two lines can be weighed, and a text may
//! be read behind one that is printed below it.

use crate::import::lexicon::jumps::is_onward;
use crate::import::lexicon::reason::Reason;
use crate::import::link::scoring::context::Context;
use crate::import::link::scoring::costs::{self, Costs};
use crate::import::link::scoring::junction::{Boundary, Junction, Return};
use crate::import::page::lines::FAR_APART;
use crate::import::page::partition::Partition;
use crate::import::page::role::Role;
use ahash::AHashMap;
use std::cell::RefCell;
use std::collections::HashMap;

/// The articles of a page as chains. Lines are indices into the page's lines.
#[derive(Debug)]
pub(crate) struct Chains<'a> {
    context: &'a Context<'a>,
    /// by article: its text lines, in reading order
    pub(crate) texts: Vec<Vec<usize>>,
    /// by article: the lines of its head
    pub(crate) heads: Vec<Vec<usize>>,
    /// by line
    pub(crate) subheads: Vec<bool>,
    /// by line: its article ends there, as a jump, a credit or a name says
    ends: Vec<bool>,
    /// by line: its text continues from another page
    pub(crate) incoming: Vec<bool>,
    /// by line: the text line before it on the page
    previous_text: Vec<Option<usize>>,
    /// the page's first text line
    first: Option<usize>,
    /// cache: the costs of junctions, by the lines before and after
    junctions: RefCell<AHashMap<(usize, usize), f64>>,
}

impl<'a> Chains<'a> {
    pub(crate) fn of(context: &'a Context<'a>, partition: &Partition) -> Self {
        let (lines, articles) = (partition.lines.len(), partition.article_count);
        let mut chains = Self {
            context,
            texts: vec![Vec::new(); articles],
            heads: vec![Vec::new(); articles],
            subheads: vec![false; lines],
            ends: vec![false; lines],
            incoming: vec![false; lines],
            previous_text: vec![None; lines],
            first: None,
            junctions: RefCell::default(),
        };
        let (mut previous, mut incoming) = (None, false);
        for (at, line) in partition.lines.iter().enumerate() {
            chains.previous_text[at] = previous;
            let text = context.page.lines[at].text.as_str();
            match (line.role, line.article) {
                (Role::Body | Role::Subhead, Some(article)) => {
                    chains.texts[article].push(at);
                    chains.subheads[at] = line.role == Role::Subhead;
                    chains.incoming[at] = incoming || context.cues[at].from_elsewhere;
                    chains.ends[at] = context.cues[at].jumps_onward || context.cues[at].ends_with_name;
                    (previous, incoming) = (Some(at), false);
                }
                (Role::Jump, _) if is_onward(text) => {
                    previous.into_iter().for_each(|at: usize| chains.ends[at] = true);
                }
                (Role::Jump, _) => incoming = true,
                (role, Some(article)) if role.is_head() => chains.heads[article].push(at),
                _ => {}
            }
        }
        chains.first = chains.texts.iter().filter_map(|texts| texts.first().copied()).min();
        chains
    }

    pub(crate) fn costs(&self) -> &'a Costs {
        self.context.costs
    }

    /// The line stops in mid-sentence.
    pub(crate) fn is_mid_sentence(&self, at: usize) -> bool {
        self.context.cues[at].mid_sentence && !self.subheads[at]
    }

    /// How unlikely it is that the line opens a paragraph, 0 to 1.
    pub(crate) fn unlikely_opening(&self, at: usize) -> f64 {
        if self.subheads[at] { 0.0 } else { self.context.cues[at].unlikely_opening }
    }

    /// The second line continues well the sentence that the first one stops in.
    pub(crate) fn continues_well(&self, before: usize, after: usize) -> bool {
        !self.subheads[after] && self.context.continuation(before, after) > costs::GOOD_CONTINUATION
    }

    /// No text lies between the two lines.
    pub(crate) fn is_adjacent(&self, before: usize, after: usize) -> bool {
        self.previous_text[after] == Some(before)
    }

    /// What it costs that one line follows another in an article.
    pub(crate) fn cost_of_junction(&self, before: usize, after: usize) -> f64 {
        let cost = || self.junction(before, after).cost(self.context.costs);
        *self.junctions.borrow_mut().entry((before, after)).or_insert_with(cost)
    }

    /// What it costs that one line follows another in the text, wherever they are printed.
    pub(crate) fn cost_of_succession(&self, before: usize, after: usize) -> f64 {
        self.boundary(before, after).cost(&self.context.cues[after], self.context.costs)
    }

    fn boundary(&self, before: usize, after: usize) -> Boundary {
        let mid_sentence = self.is_mid_sentence(before);
        if self.subheads[after] {
            Boundary::Subhead { mid_sentence }
        } else if mid_sentence {
            Boundary::MidSentence(self.context.continuation(before, after))
        } else {
            Boundary::Paragraph
        }
    }

    fn junction(&self, before: usize, after: usize) -> Junction<'_> {
        let mid_sentence = self.is_mid_sentence(before);
        let boundary = self.boundary(before, after);
        let is_adjacent = self.is_adjacent(before, after);
        let left = self.previous_text[after];
        let returning = Return {
            to_mid_sentence: mid_sentence,
            share: 1.0,
            leaves_mid_sentence: left.is_some_and(|left| self.is_mid_sentence(left) && !self.ends[left]),
            leaves_subhead: false,
            backwards: after < before,
        };
        Junction {
            cues: &self.context.cues[after],
            boundary,
            after_end: self.ends[before],
            // what the beam search has decided about pictures and signatures stays
            adds_picture_text: false,
            signs_again: false,
            after_gap: is_adjacent && self.context.gap(after) >= FAR_APART && !mid_sentence,
            after_incoming_jump: false,
            returning: (!is_adjacent).then_some(returning),
            distance: if is_adjacent { 0.0 } else { before.abs_diff(after).saturating_sub(1) as f64 },
            places: self.context.cost_of_places(before, after, mid_sentence),
        }
    }

    /// What it costs that an article ends with a line.
    pub(crate) fn cost_of_end(&self, last: usize) -> f64 {
        costs::when(self.is_mid_sentence(last) && !self.ends[last], self.context.costs.ends_mid_sentence)
    }

    /// What it costs that a line opens the text of its article.
    pub(crate) fn cost_of_opening(&self, first: usize) -> f64 {
        self.context.cues[first].cost_of_opening(self.context.costs)
    }

    /// What an article without a head costs: what is saved where its text becomes part of another one.
    pub(crate) fn cost_of_headless(&self, article: usize) -> f64 {
        let Some(&first) = self.texts[article].first() else { return 0.0 };
        let share = if self.first == Some(first) { self.context.costs.headless_first } else { 1.0 };
        let is_signed = self.texts[article].iter().any(|&at| {
            let cues = &self.context.cues[at];
            cues.ends_with_name || cues.ends_with_credit || cues.dateline
        });
        share * self.context.costs.headless
            + self.context.costs.no_title
            + self.cost_of_opening(first)
            + costs::when(!is_signed, self.context.costs.unsigned)
    }

    /// The article is the text of a picture.
    pub(crate) fn is_picture(&self, article: usize) -> bool {
        let texts = &self.texts[article];
        texts.len() <= costs::PICTURE_TEXT_LINES && texts.iter().any(|&at| self.context.cues[at].picture_text)
    }

    /// Similarity, by shared words, of the lines of a part and an article's other lines `without` some; a sum over the part.
    pub(crate) fn similarity(&self, part: &[usize], article: usize, without: &[usize]) -> f64 {
        let own = self.heads[article].iter().chain(&self.texts[article]);
        let others = own.filter(|at| !part.contains(at) && !without.contains(at));
        let others: Vec<u32> = others.map(|&at| at as u32).collect();
        part.iter().map(|&at| self.context.shared_words.similarity(at as u32, &others)).sum()
    }

    /// Writes the chains into the partition. Captions and credits move with the text that they stand behind.
    pub(crate) fn apply_to(&self, partition: &mut Partition) {
        let mut moved: HashMap<usize, usize> = HashMap::new();
        for (article, texts) in self.texts.iter().enumerate() {
            let arrived = texts.iter().filter(|&&at| partition.lines[at].article != Some(article));
            moved.extend(arrived.map(|&at| (at, article)));
        }
        if moved.is_empty() && self.texts.iter().all(|texts| texts.is_sorted()) {
            return;
        }
        let mut last_text: HashMap<usize, usize> = HashMap::new();
        for (at, line) in partition.lines.iter_mut().enumerate() {
            let Some(own) = line.article else { continue };
            match line.role {
                Role::Body | Role::Subhead => _ = last_text.insert(own, at),
                Role::Caption | Role::Credit => {
                    let with = last_text.get(&own).and_then(|last| moved.get(last));
                    line.article = Some(with.copied().unwrap_or(own));
                }
                _ => {}
            }
        }
        for (at, article) in moved {
            partition.lines[at].article = Some(article);
            partition.lines[at].why = Reason::GoesOnHere;
        }
        for texts in &self.texts {
            read_in_order(texts, partition);
        }
    }
}

/// Moves each text that is printed above the one it continues behind it in the reading order, with its captions and credits.
fn read_in_order(texts: &[usize], partition: &mut Partition) {
    for pair in texts.windows(2) {
        let (before, after) = (pair[0], pair[1]);
        let rank = |partition: &Partition, line: usize| partition.reading_order.iter().position(|at| *at == line);
        if rank(partition, after) > rank(partition, before) {
            continue;
        }
        let goes_with = |at: &usize| {
            let line = &partition.lines[*at];
            matches!(line.role, Role::Caption | Role::Credit) && line.article == partition.lines[after].article
        };
        let mut part = vec![after];
        part.extend((after + 1..partition.lines.len()).take_while(goes_with));
        partition.reading_order.retain(|at| !part.contains(at));
        let behind = rank(partition, before).map_or(partition.reading_order.len(), |rank| rank + 1);
        partition.reading_order.splice(behind..behind, part);
    }
}
