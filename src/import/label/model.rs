//! The parameters of the labelling model: by observation and role, and by role and next role.

use crate::import::label::features::{Observation, Place};
use crate::import::label::weights::{EMISSIONS, TRANSITIONS};
use crate::import::page::role::Role;

pub(crate) const ROLES: usize = Role::ALL.len();

/// Scores by role, in the order of [`Role::ALL`].
pub(crate) type RoleScores = [f64; ROLES];

/// The weights as arrays.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LabelModel {
    /// by observation, as a number: what it adds to each role
    pub(crate) emissions: Vec<RoleScores>,
    /// by role and next role
    pub(crate) transitions: [RoleScores; ROLES],
}

impl LabelModel {
    /// The weights that were set by hand.
    pub(crate) fn by_hand() -> Self {
        let mut model = Self { emissions: vec![[0.0; ROLES]; Observation::COUNT], transitions: [[0.0; ROLES]; ROLES] };
        for &(role, feature, weight, _) in EMISSIONS {
            model.emissions[Observation::of(feature, Place::Here).index()][role as usize] += weight;
        }
        for &(from, to, weight, _) in TRANSITIONS {
            model.transitions[from as usize][to as usize] = weight;
        }
        model
    }
}
