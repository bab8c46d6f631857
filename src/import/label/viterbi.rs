//! Labelling: the best sequence of roles for the lines of a page, by Viterbi decoding of a linear-chain model.
//!
//! 1. emission scores: for each line and role the sum of the weights of the line's features
//! 2. a forward and a backward pass over the chain, each with the best score of a partial sequence that ends with a role; the
//!    transition weights score each pair of neighbouring roles
//! 3. their sum gives the max-marginal of each line and role: the score of the best sequence that has this role here. The
//!    best role of each line makes the best sequence, and how far another role falls behind is what it costs
//!
//! A doubtful line shows by a small distance between its first role and its second, which linking may choose instead.
//!
//! Sources: Viterbi, "Error bounds for convolutional codes and an asymptotically optimum decoding algorithm", 1967; the model
//! has the form of a linear-chain conditional random field (Lafferty, McCallum and Pereira, 2001).

use crate::import::label::features::Observation;
use crate::import::label::model::{LabelModel, ROLES, RoleScores};
use crate::import::page::role::Role;

/// A line's role in the best sequence, and what every other role costs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Label {
    pub(crate) role: Role,
    /// by role: the score of the best sequence minus the best score with this role on this line; 0 for the line's own role
    costs: RoleScores,
}

impl Label {
    /// What it costs to give the line another role: 0 for its own.
    pub(crate) fn cost(&self, role: Role) -> f64 {
        self.costs[role as usize]
    }

    /// Probability of the line's own role, 0 to 1: the softmax of the max-marginals.
    pub(crate) fn certainty(&self) -> f64 {
        1.0 / self.costs.iter().map(|cost| (-cost).exp()).sum::<f64>()
    }
}

/// Labels the lines of a page. `observations` are those of each line.
pub(crate) fn label_lines(observations: &[Vec<Observation>], model: &LabelModel) -> Vec<Label> {
    let transitions = &model.transitions;
    let emissions: Vec<RoleScores> = observations.iter().map(|line| emission_scores(line, model)).collect();
    let forward = best_partial_scores(emissions.iter(), |from, to| transitions[from][to]);
    let mut backward = best_partial_scores(emissions.iter().rev(), |from, to| transitions[to][from]);
    backward.reverse();
    // the line's own emission score is in both passes
    let max_marginal = |at: usize, role: usize| forward[at][role] + backward[at][role] - emissions[at][role];
    (0..emissions.len()).map(|at| best_label(std::array::from_fn(|role| max_marginal(at, role)))).collect()
}

pub(crate) fn emission_scores(observations: &[Observation], model: &LabelModel) -> RoleScores {
    let mut scores = [0.0; ROLES];
    for &observation in observations {
        for (score, weight) in scores.iter_mut().zip(model.emissions[observation.index()]) {
            *score += weight;
        }
    }
    scores
}

/// One pass over the chain: for each line and role the best score of a sequence up to the line that ends with the role.
fn best_partial_scores<'a>(
    emissions: impl Iterator<Item = &'a RoleScores>,
    transition: impl Fn(usize, usize) -> f64,
) -> Vec<RoleScores> {
    let mut passed: Vec<RoleScores> = Vec::new();
    for emission in emissions {
        let mut scores = *emission;
        if let Some(previous) = passed.last() {
            for (to, score) in scores.iter_mut().enumerate() {
                let reached = (0..ROLES).map(|from| previous[from] + transition(from, to));
                *score += reached.fold(f64::NEG_INFINITY, f64::max);
            }
        }
        passed.push(scores);
    }
    passed
}

/// The label with the highest max-marginal; of equal ones the first.
fn best_label(max_marginals: RoleScores) -> Label {
    let mut best = 0;
    for role in 1..ROLES {
        if max_marginals[role] > max_marginals[best] {
            best = role;
        }
    }
    Label { role: Role::ALL[best], costs: max_marginals.map(|score| max_marginals[best] - score) }
}
