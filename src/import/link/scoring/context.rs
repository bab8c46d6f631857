//! The context of linking: the page, its labels, and what is computed from them once for all hypotheses.

use crate::import::label::viterbi::Label;
use crate::import::lexicon::jumps::without_jump;
use crate::import::lexicon::sentences::continuation::{LineEdges, score};
use crate::import::link::scoring::costs::Costs;
use crate::import::link::scoring::cues::{Cues, extract_cues};
use crate::import::link::scoring::placement::{cost_of_place_of_head, cost_of_places};
use crate::import::link::scoring::shared_words::SharedWords;
use crate::import::page::lines::Page;
use crate::util::parallel::map_indexes;
use ahash::AHashMap;
use std::cell::RefCell;

/// Everything that decisions are made from, beside the hypothesis itself; labels and cues are by line.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) page: &'a Page,
    pub(crate) labels: &'a [Label],
    pub(crate) costs: &'a Costs,
    pub(crate) cues: Vec<Cues>,
    /// by line, its edges without a jump at the end
    edges: Vec<LineEdges<'a>>,
    pub(crate) shared_words: SharedWords,
    /// cache: the continuation scores of the current line, by the line before
    continuations: RefCell<Vec<(u32, f64)>>,
    /// cache: the similarity of the current line to articles, by the lines compared and whether it goes on with them
    similarities: RefCell<AHashMap<(u64, bool), f64>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(page: &'a Page, labels: &'a [Label], costs: &'a Costs) -> Self {
        Self {
            page,
            labels,
            costs,
            cues: map_indexes(page.lines.len(), |at| extract_cues(page, at)),
            edges: map_indexes(page.lines.len(), |at| edges(&page.lines[at].text)),
            shared_words: SharedWords::of(page),
            continuations: RefCell::default(),
            similarities: RefCell::default(),
        }
    }

    /// Empty lines before a line.
    pub(crate) fn gap(&self, at: usize) -> usize {
        self.page.lines[at].gap
    }

    /// Makes a line the current one. Lines are visited in their order, each once.
    pub(crate) fn advance_to(&mut self, at: usize) {
        self.shared_words.advance_to(at);
        self.continuations.get_mut().clear();
        self.similarities.get_mut().clear();
    }

    /// How well the current line continues the sentence that another stops in.
    pub(crate) fn continuation_by_current(&self, before: u32, current: usize) -> f64 {
        let mut cache = self.continuations.borrow_mut();
        if let Some((_, score)) = cache.iter().find(|(line, _)| *line == before) {
            return *score;
        }
        let score = self.continuation(before as usize, current);
        cache.push((before, score));
        score
    }

    /// How similar the current line is to the lines of an article, by the words that they share. `key` is equal where the lines are; `goes_on`: the line
    /// right above is the article's.
    pub(crate) fn similarity_of_current(&self, lines: &[u32], key: u64, goes_on: bool) -> f64 {
        let similarity = || match goes_on {
            true => self.shared_words.similarity_going_on(lines),
            false => self.shared_words.similarity_of_current(lines),
        };
        *self.similarities.borrow_mut().entry((key, goes_on)).or_insert_with(similarity)
    }

    /// What the places of two lines of text on the page cost, where one follows the other in an article.
    pub(crate) fn cost_of_places(&self, before: usize, after: usize, mid_sentence: bool) -> f64 {
        cost_of_places(self.page, before, after, mid_sentence, self.costs)
    }

    /// … and those of a head and a line of text.
    pub(crate) fn cost_of_place_of_head(&self, head: (u32, u32), text: usize) -> f64 {
        cost_of_place_of_head(self.page, head, text, self.costs)
    }

    /// How well one line continues the sentence that another stops in.
    pub(crate) fn continuation(&self, before: usize, after: usize) -> f64 {
        score(&self.edges[before], &self.edges[after])
    }
}

/// The edges of a line; where a jump stands at its end, that of the text before it.
fn edges(text: &str) -> LineEdges<'_> {
    let whole = LineEdges::of(text);
    let without = without_jump(text);
    if without.len() == text.len() { whole } else { LineEdges::of(without).with_beginning_of(whole) }
}
