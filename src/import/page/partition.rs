//! The result of splitting a page: for each line its role, its article and the reason, and the order in which lines are read.

use crate::import::lexicon::reason::Reason;
use crate::import::page::role::Role;
use std::collections::HashMap;

/// A page split into articles: every line of the page is assigned to one article, or to none.
#[derive(Debug, Clone, PartialEq)]
pub struct Partition {
    /// one for each line of the page, in the page's order
    pub lines: Vec<LineAssignment>,
    /// number of articles; they are numbered in the order of their first lines
    pub article_count: usize,
    /// indices of the lines in reading order: the page's own, but for text that is printed before its beginning
    pub(crate) reading_order: Vec<usize>,
}

/// The role and the article of one line.
#[derive(Debug, Clone, PartialEq)]
pub struct LineAssignment {
    /// what the line is
    pub role: Role,
    /// index of its article, from 0; None: belongs to no article
    pub article: Option<usize>,
    /// the reason, for the ledger
    pub why: Reason,
    /// probability that role and article are right, 0 to 1
    pub certainty: f64,
    /// index of the line that this one duplicates; the article's text has only that one
    pub duplicate_of: Option<usize>,
}

impl LineAssignment {
    /// Whether markup or a person says what the line is.
    pub(crate) fn is_stated(&self) -> bool {
        [Reason::Corrected, Reason::FromMarkup].contains(&self.why)
    }
}

impl Partition {
    /// Lines that are read in the page's order; any numbers that tell their articles apart will do, and are replaced.
    pub fn from_lines(lines: Vec<LineAssignment>) -> Self {
        let reading_order = (0..lines.len()).collect();
        Self { lines, article_count: 0, reading_order }.renumbered()
    }

    /// Numbers the articles from 0 in the order of their first lines.
    pub(crate) fn renumbered(mut self) -> Self {
        let mut numbers: HashMap<usize, usize> = HashMap::new();
        for article in self.lines.iter_mut().filter_map(|line| line.article.as_mut()) {
            let next = numbers.len();
            *article = *numbers.entry(*article).or_insert(next);
        }
        self.article_count = numbers.len();
        self
    }
}
