//! The weights that were learnt from pages with gold, on top of those that were set by hand.
//!
//! `learnt.txt` has a line for each: `ROLE FEATURE PLACE WEIGHT` for what a feature adds to a role, where the place says whether the
//! line itself has it, the one before or the one behind; and `ROLE > ROLE WEIGHT` for two neighbouring roles. The trainer writes it
//! ([`roles`](crate::import::training::roles)).

use crate::import::label::features::{Observation, Place};
use crate::import::label::model::LabelModel;
use crate::import::page::role::Role;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The weights that pages are labelled by: those set by hand, and what was learnt on top.
pub(crate) static MODEL: LazyLock<LabelModel> = LazyLock::new(|| with_learnt(LabelModel::by_hand()));

static LEARNT: &str = include_str!("learnt.txt");

/// A model with what was learnt added to it.
fn with_learnt(mut model: LabelModel) -> LabelModel {
    let observations: HashMap<(String, &str), Observation> =
        Observation::all().map(|(it, feature, place)| ((format!("{feature:?}"), place.name()), it)).collect();
    for line in LEARNT.lines().filter(|line| !line.starts_with('#')) {
        add(&mut model, &observations, line).unwrap_or_else(|| unreachable!("a test parses learnt.txt: {line}"));
    }
    model
}

/// Adds the weight of a line; none where the line names what there is not.
fn add(model: &mut LabelModel, observations: &HashMap<(String, &str), Observation>, line: &str) -> Option<()> {
    let fields: Vec<&str> = line.split(' ').collect();
    let [role, second, third, weight] = fields[..] else { return None };
    let weight: f64 = weight.parse().ok()?;
    let role = role_of_name(role)?;
    if second == ">" {
        model.transitions[role as usize][role_of_name(third)? as usize] += weight;
    } else {
        let place = Place::ALL.into_iter().find(|place| place.name() == third)?;
        let observation = observations.get(&(second.to_owned(), place.name()))?;
        model.emissions[observation.index()][role as usize] += weight;
    }
    Some(())
}

fn role_of_name(name: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| role.name() == name)
}

/// The lines of the file for a model, without the weights that are smaller than `least`.
pub(crate) fn table(model: &LabelModel, least: f64) -> String {
    let by_hand = LabelModel::by_hand();
    let mut table = String::new();
    let mut add = |name: String, learnt: f64, by_hand: f64| {
        if (learnt - by_hand).abs() >= least {
            table += &format!("{name} {:.2}\n", learnt - by_hand);
        }
    };
    for role in Role::ALL {
        let at = role as usize;
        for (observation, feature, place) in Observation::all() {
            let index = observation.index();
            let name = format!("{} {feature:?} {}", role.name(), place.name());
            add(name, model.emissions[index][at], by_hand.emissions[index][at]);
        }
        for next in Role::ALL {
            let name = format!("{} > {}", role.name(), next.name());
            add(name, model.transitions[at][next as usize], by_hand.transitions[at][next as usize]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_learnt_is_written_as_it_was_read() {
        let weights = |text: &str| -> Vec<String> {
            text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
        };
        let model = with_learnt(LabelModel::by_hand());
        assert!(model != LabelModel::by_hand());
        assert_eq!(weights(&table(&model, 0.005)), weights(LEARNT));
    }

    #[test]
    fn a_line_that_names_no_feature_is_none() {
        let observations = HashMap::new();
        for line in ["title Mark9 here 1.0", "headline > title 1.0", "title > byline", "title > byline x"] {
            assert_eq!(add(&mut LabelModel::by_hand(), &observations, line), None, "{line}");
        }
    }
}
