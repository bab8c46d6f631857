//! The steps of the beam search, and the backtrace of the best hypothesis into a partition.
//!
//! Hypotheses share their beginnings: each step points to the one before it, as the back pointers of Viterbi decoding do, so
//! that steps form a tree with the page's first line at its root, and a hypothesis is one number.

use crate::import::label::viterbi::Label;
use crate::import::lexicon::reason::Reason;
use crate::import::link::scoring::costs::CERTAINTY_LEAST;
use crate::import::page::partition::LineAssignment;
use crate::import::page::role::Role;

/// The step before the first.
pub(crate) const ROOT: u32 = u32::MAX;

/// The assignment of one line, or of a pending head.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) previous: u32,
    pub(crate) line: u32,
    pub(crate) target: Target,
    pub(crate) role: Role,
    pub(crate) why: Reason,
    /// by how much the next best expansion of the same hypothesis cost more
    pub(crate) margin: f32,
}

/// What a step assigns its line to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Target {
    NoArticle,
    Article(u32),
    /// the pending head, whose article a later step names
    PendingHead,
    /// the lines of the pending head, from `first` to `last`, belong to an article
    HeadOf {
        article: u32,
        first: u32,
        last: u32,
    },
}

/// The steps of all hypotheses.
#[derive(Debug, Default)]
pub(crate) struct Steps(Vec<Step>);

impl Steps {
    /// Records a step. Returns its number.
    pub(crate) fn push(&mut self, step: Step) -> u32 {
        self.0.push(step);
        (self.0.len() - 1) as u32
    }

    /// Follows the steps back from the last one of a hypothesis. Returns an assignment for each line of the page.
    pub(crate) fn backtrace(&self, last: u32, labels: &[Label]) -> Vec<LineAssignment> {
        let why = Reason::NoArticle;
        let outside = |label: &Label| {
            let (role, certainty) = (label.role, label.certainty());
            LineAssignment { role, article: None, why, certainty, duplicate_of: None }
        };
        let mut lines: Vec<LineAssignment> = labels.iter().map(outside).collect();
        let mut heads: Vec<(u32, u32, u32, Reason)> = Vec::new();
        let mut next = last;
        while next != ROOT {
            let step = self.0[next as usize];
            next = step.previous;
            if let Target::HeadOf { article, first, last } = step.target {
                heads.push((article, first, last, step.why));
                continue;
            }
            let line = &mut lines[step.line as usize];
            line.role = step.role;
            line.why = step.why;
            line.certainty = certainty(&labels[step.line as usize], step.role, step.margin);
            match step.target {
                Target::Article(id) => line.article = Some(id as usize),
                Target::PendingHead => {
                    let own = heads.iter().rev().find(|(_, first, last, _)| (*first..=*last).contains(&step.line));
                    if let Some((article, _, _, why)) = own {
                        line.article = Some(*article as usize);
                        line.why = *why;
                    }
                }
                Target::NoArticle | Target::HeadOf { .. } => {}
            }
        }
        lines
    }
}

/// Slope and offset that turn the log-odds of a product of probabilities into those that hold. Learnt
/// ([`certainty`](crate::import::training::certainty)) on pages that nothing else was learnt from.
pub(crate) const CALIBRATION: [f64; 2] = [0.47, 1.2];

/// The probability that a line's role and article are both right.
fn certainty(label: &Label, role: Role, margin: f32) -> f64 {
    let assigned = 1.0 / (1.0 + (-f64::from(margin)).exp());
    let both = label.certainty() * (-label.cost(role)).exp() * assigned.max(CERTAINTY_LEAST);
    let [slope, offset] = CALIBRATION;
    let odds = both / (1.0 - both).max(f64::EPSILON);
    1.0 / (1.0 + (-offset).exp() * odds.powf(-slope))
}
