//! The weights that were learnt from pages with gold, on top of those that were set by hand.
//!
//! `learnt.txt`, and `learnt_with_layout.txt` for pages whose lines have places, have a line for each: `ROLE FEATURE PLACE WEIGHT` for what a feature adds to a role, where the place says whether the
//! line itself has it, the one before or the one behind; and `ROLE > ROLE WEIGHT` for two neighbouring roles. The trainer writes it
//! ([`roles`](crate::import::training::roles)).

use crate::import::label::features::{Observation, Place};
use crate::import::label::model::LabelModel;
use crate::import::page::lines::Page;
use crate::import::page::role::Role;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The weights that plain text is labelled by: those set by hand, and what was learnt on top.
pub(crate) static TEXT_MODEL: LazyLock<LabelModel> = LazyLock::new(|| with_learnt(LabelModel::by_hand(), LEARNT));

/// The weights that pages are labelled by whose lines have places: those of plain text, and what was learnt from such pages on top.
pub(crate) static LAYOUT_MODEL: LazyLock<LabelModel> =
    LazyLock::new(|| with_learnt(TEXT_MODEL.clone(), LEARNT_WITH_LAYOUT));

static LEARNT: &str = include_str!("learnt.txt");
static LEARNT_WITH_LAYOUT: &str = include_str!("learnt_with_layout.txt");

/// The model for a page.
pub(crate) fn model_for(page: &Page) -> &'static LabelModel {
    if page.has_layout() { &LAYOUT_MODEL } else { &TEXT_MODEL }
}

/// A model with what was learnt added to it.
fn with_learnt(mut model: LabelModel, learnt: &str) -> LabelModel {
    let observations: HashMap<(String, &str), Observation> =
        Observation::all().map(|(it, feature, place)| ((format!("{feature:?}"), place.name()), it)).collect();
    for line in learnt.lines().filter(|line| !line.starts_with('#')) {
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

/// The lines of the file for a model that was learnt on top of another, without the weights that are smaller than `least`.
pub(crate) fn table(model: &LabelModel, base: &LabelModel, least: f64) -> String {
    let mut table = String::new();
    let mut add = |name: String, learnt: f64, base: f64| {
        if (learnt - base).abs() >= least {
            table += &format!("{name} {:.2}\n", learnt - base);
        }
    };
    for role in Role::ALL {
        let at = role as usize;
        for (observation, feature, place) in Observation::all() {
            let index = observation.index();
            let name = format!("{} {feature:?} {}", role.name(), place.name());
            add(name, model.emissions[index][at], base.emissions[index][at]);
        }
        for next in Role::ALL {
            let name = format!("{} > {}", role.name(), next.name());
            add(name, model.transitions[at][next as usize], base.transitions[at][next as usize]);
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
        let base = LabelModel::by_hand();
        for (base, learnt) in [(&base, LEARNT), (&*TEXT_MODEL, LEARNT_WITH_LAYOUT)] {
            let model = with_learnt(base.clone(), learnt);
            assert!(model != *base);
            assert_eq!(weights(&table(&model, base, 0.005)), weights(learnt));
        }
    }

    #[test]
    fn a_line_that_names_no_feature_is_none() {
        let observations = HashMap::new();
        for line in ["title Mark9 here 1.0", "headline > title 1.0", "title > byline", "title > byline x"] {
            assert_eq!(add(&mut LabelModel::by_hand(), &observations, line), None, "{line}");
        }
    }
}
