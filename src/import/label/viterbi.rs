//! The best sequence of roles for a page as a whole.
//!
//! Each line has a score for every role (the features it has, weighed) and each pair of neighbours one for every pair of
//! roles. The best sequence is found forwards and backwards (Viterbi, max-product), which gives for each line and role
//! the score of the best sequence that has this role here. Kicker, title, subtitle, byline and body support each other so,
//! and a line that is doubtful shows by how little its second role falls behind its first.

use crate::import::label::features::Feature;
use crate::import::label::weights::{EVIDENCE, FOLLOWS};
use crate::import::page::role::Role;
use std::sync::LazyLock;

const ROLES: usize = Role::ALL.len();

/// A line's role, and how far every other role falls behind the best sequence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Label {
    pub(crate) role: Role,
    /// by the order of [`Role::ALL`]: the best sequence's score less the score of the best one with this role here; 0 for
    /// the line's own role
    behind: [f64; ROLES],
}

impl Label {
    /// What it costs to give the line another role: 0 for its own.
    pub(crate) fn cost(&self, role: Role) -> f64 {
        self.behind[role as usize]
    }

    /// How sure the role is, 0 to 1: its share among all roles, as log-odds.
    pub(crate) fn certainty(&self) -> f64 {
        1.0 / self.behind.iter().map(|behind| (-behind).exp()).sum::<f64>()
    }
}

/// The weights, ready to be looked up.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tables {
    /// by role and the role behind it
    pub(crate) follow: [[f64; ROLES]; ROLES],
    /// by feature: what it adds to each role
    pub(crate) evidence: Vec<[f64; ROLES]>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables { follow: [[0.0; ROLES]; ROLES], evidence: vec![[0.0; ROLES]; Feature::Last as usize + 1] };
    for &(from, to, weight, _) in FOLLOWS {
        tables.follow[from as usize][to as usize] = weight;
    }
    for &(role, feature, weight, _) in EVIDENCE {
        tables.evidence[feature as usize][role as usize] += weight;
    }
    tables
});

/// Labels lines by their features.
pub(crate) fn label_lines(features: &[Vec<Feature>]) -> Vec<Label> {
    labels_by(&TABLES, features)
}

/// Labels lines by their features, with weights other than those of [`weights`](crate::import::label::weights).
pub(crate) fn labels_by(tables: &Tables, features: &[Vec<Feature>]) -> Vec<Label> {
    let scores: Vec<[f64; ROLES]> = features.iter().map(|seen| score(tables, seen)).collect();
    let follow = &tables.follow;
    let ahead = sweep(scores.iter(), |from, to| follow[from][to]);
    let mut back = sweep(scores.iter().rev(), |from, to| follow[to][from]);
    back.reverse();
    (0..scores.len())
        .map(|at| {
            let mut through = [0.0; ROLES];
            for role in 0..ROLES {
                // the line's own score is in both sweeps
                through[role] = ahead[at][role] + back[at][role] - scores[at][role];
            }
            label(through)
        })
        .collect()
}

fn score(tables: &Tables, seen: &[Feature]) -> [f64; ROLES] {
    let mut total = [0.0; ROLES];
    for &feature in seen {
        for (sum, weight) in total.iter_mut().zip(tables.evidence[feature as usize]) {
            *sum += weight;
        }
    }
    total
}

/// The best score of a sequence up to each line that ends with each role there.
fn sweep<'a>(
    scores: impl Iterator<Item = &'a [f64; ROLES]>,
    follow: impl Fn(usize, usize) -> f64,
) -> Vec<[f64; ROLES]> {
    let mut swept: Vec<[f64; ROLES]> = Vec::new();
    for own in scores {
        let mut here = *own;
        if let Some(before) = swept.last() {
            for (to, sum) in here.iter_mut().enumerate() {
                let best = (0..ROLES).map(|from| before[from] + follow(from, to)).fold(f64::NEG_INFINITY, f64::max);
                *sum += best;
            }
        }
        swept.push(here);
    }
    swept
}

fn label(through: [f64; ROLES]) -> Label {
    let mut best = 0;
    for role in 1..ROLES {
        if through[role] > through[best] {
            best = role;
        }
    }
    Label { role: Role::ALL[best], behind: through.map(|score| through[best] - score) }
}
