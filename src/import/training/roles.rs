//! Learns the weights of the labelling model: a linear-chain conditional random field, by gradient ascent of the log-likelihood.
//!
//! Learning begins at the weights that were set by hand, and every weight is drawn back to its own: what no page shows stays as a person
//! knows it. Lines whose role the gold does not tell count with each role they may have.
//!
//! Sources: Lafferty, McCallum and Pereira, "Conditional random fields", 2001; Chelba and Acero, "Adaptation of maximum entropy
//! capitalizer", 2006 (the prior at other weights than zero).

use crate::import::label::extraction::extract_features;
use crate::import::label::features::{Feature, Observation};
use crate::import::label::learnt::{TEXT_MODEL, table};
use crate::import::label::model::{LabelModel, ROLES, RoleScores};
use crate::import::label::viterbi::{emission_scores, label_lines};
use crate::import::page::role::Role;
use crate::import::training::gold::GoldPage;
use crate::util::parallel;

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub struct RoleLearning {
    /// steps of gradient ascent
    pub rounds: usize,
    /// how much it costs that a weight leaves the one that it is learnt on top of
    pub regularisation: f64,
    /// changes of weights that are smaller are left out of the table
    pub least: f64,
    /// learn what pages with layout add to the shipped weights of plain text; else what plain text adds to those set by hand
    pub with_layout: bool,
}

/// What was learnt.
#[derive(Debug)]
pub struct LearntRoles {
    model: LabelModel,
    /// `label/learnt.txt`, its head aside
    pub table: String,
}

/// How well roles are recognised: over all lines, and the F1 of each role.
#[derive(Debug, Clone, PartialEq)]
pub struct RoleFigures {
    /// share of lines with their role
    pub right: f64,
    /// by role in its order: its name and F1
    pub by_role: Vec<(&'static str, f64)>,
}

/// The length of a step, and how long past slopes are remembered.
const STEP: f64 = 0.05;
const MEMORY: f64 = 0.9;

/// Features whose weights stay as they were set by hand: the gold of most pages takes a box for a part of its report.
const FIXED: [Feature; 2] = [Feature::BoxLabel, Feature::InnerLabel];

/// By weight, in the order of [`flat`]: whether it stays.
fn fixed() -> Vec<bool> {
    let mut fixed = empty_model();
    let observations = Observation::all().filter(|(_, feature, _)| FIXED.contains(feature));
    observations.for_each(|(observation, _, _)| fixed.emissions[observation.index()] = [1.0; ROLES]);
    flat(&fixed).into_iter().map(|weight| weight > 0.0).collect()
}

/// A page: what is observed of its lines, the roles that they may have (a bit for each), and how often it counts.
struct Example {
    lines: Vec<Vec<Observation>>,
    allowed: Vec<u16>,
    weight: f64,
}

/// Learns from sets of pages, each with the number of times that its pages count.
pub fn learn(sets: &[(Vec<GoldPage>, f64)], learning: RoleLearning) -> LearntRoles {
    let pages: Vec<(&GoldPage, f64)> =
        sets.iter().flat_map(|(pages, weight)| pages.iter().map(|page| (page, *weight))).collect();
    let examples = parallel::map(&pages, |&(page, weight)| Example {
        lines: extract_features(&page.page),
        allowed: allowed(page),
        weight,
    });
    let lines: f64 = examples.iter().map(|example| example.lines.len() as f64 * example.weight).sum();
    let base = if learning.with_layout { TEXT_MODEL.clone() } else { LabelModel::by_hand() };
    let at_first = flat(&base);
    let is_fixed = fixed();
    let (mut weights, mut squares) = (at_first.clone(), vec![0.0; at_first.len()]);
    for round in 0..learning.rounds {
        let model = model_of(&weights);
        let gradients = parallel::map(&examples, |example| gradient(example, &model));
        let mut gradient = vec![0.0; weights.len()];
        gradients.iter().for_each(|one| gradient.iter_mut().zip(flat(one)).for_each(|(sum, part)| *sum += part));
        let step = STEP * (1.0 - round as f64 / learning.rounds as f64);
        for at in 0..weights.len() {
            if is_fixed[at] {
                continue;
            }
            let slope = gradient[at] / lines.max(1.0) - learning.regularisation * (weights[at] - at_first[at]);
            squares[at] = MEMORY * squares[at] + (1.0 - MEMORY) * slope * slope;
            weights[at] += step * slope / (f64::sqrt(squares[at]) + 1e-6);
        }
    }
    let model = model_of(&weights);
    LearntRoles { table: table(&model, &base, learning.least), model }
}

impl LearntRoles {
    /// How well the roles of pages that were not learnt from are recognised.
    pub fn figures(&self, pages: &[GoldPage]) -> RoleFigures {
        role_figures(pages, &self.model)
    }
}

/// How well the weights that were set by hand tell the roles of pages.
pub fn figures_by_hand(pages: &[GoldPage]) -> RoleFigures {
    role_figures(pages, &LabelModel::by_hand())
}

fn role_figures(pages: &[GoldPage], model: &LabelModel) -> RoleFigures {
    let labelled = parallel::map(pages, |page| (page.roles(), label_lines(&extract_features(&page.page), model)));
    let lines = labelled.iter().flat_map(|(roles, labels)| roles.iter().zip(labels));
    let (mut gold, mut found, mut both) = ([0; ROLES], [0; ROLES], [0; ROLES]);
    for (roles, label) in lines.filter(|(roles, _)| !roles.is_empty()) {
        let right = roles.iter().find(|role| **role == label.role);
        gold[right.unwrap_or(&roles[0]).to_owned() as usize] += 1;
        found[label.role as usize] += 1;
        right.into_iter().for_each(|role| both[*role as usize] += 1);
    }
    let share = |part: usize, all: usize| part as f64 / all.max(1) as f64;
    let f1 = |role: Role| share(2 * both[role as usize], gold[role as usize] + found[role as usize]);
    RoleFigures {
        right: share(both.iter().sum(), gold.iter().sum()),
        by_role: Role::ALL.into_iter().map(|role| (role.name(), f1(role))).collect(),
    }
}

fn allowed(page: &GoldPage) -> Vec<u16> {
    let bits = |roles: &[Role]| roles.iter().fold(0, |bits, role| bits | 1 << *role as u16);
    page.roles().iter().map(|roles| if roles.is_empty() { bits(&Role::ALL) } else { bits(roles) }).collect()
}

/// Of the log-likelihood of an example: what is expected where the lines have a role that they may have, less what is expected
/// of any sequence of roles.
fn gradient(example: &Example, model: &LabelModel) -> LabelModel {
    let mut gradient = empty_model();
    if example.lines.is_empty() {
        return gradient;
    }
    let emissions: Vec<RoleScores> = example.lines.iter().map(|line| emission_scores(line, model)).collect();
    let score = |at: usize, role: usize| {
        if example.allowed[at] >> role & 1 == 1 { emissions[at][role] } else { f64::NEG_INFINITY }
    };
    let allowed: Vec<RoleScores> = (0..emissions.len()).map(|at| std::array::from_fn(|role| score(at, role))).collect();
    add_expected(example, model, &allowed, example.weight, &mut gradient);
    add_expected(example, model, &emissions, -example.weight, &mut gradient);
    gradient
}

/// Adds the expected numbers of observations with a role and of neighbouring roles, times a weight: the forward and the backward
/// pass.
fn add_expected(example: &Example, model: &LabelModel, scores: &[RoleScores], weight: f64, sums: &mut LabelModel) {
    let (transitions, last) = (&model.transitions, scores.len() - 1);
    let mut forward = vec![scores[0]];
    for at in 1..=last {
        let before = forward[at - 1];
        let reached = |role: usize| log_sum(|from| before[from] + transitions[from][role]);
        forward.push(std::array::from_fn(|role| scores[at][role] + reached(role)));
    }
    let mut backward = vec![[0.0; ROLES]; scores.len()];
    for at in (0..last).rev() {
        let (behind, next) = (backward[at + 1], scores[at + 1]);
        backward[at] = std::array::from_fn(|role| log_sum(|to| transitions[role][to] + next[to] + behind[to]));
    }
    let all = log_sum(|role| forward[last][role]);
    for at in 0..=last {
        for role in 0..ROLES {
            let expected = weight * (forward[at][role] + backward[at][role] - all).exp();
            example.lines[at].iter().for_each(|line| sums.emissions[line.index()][role] += expected);
            for to in (0..ROLES).filter(|_| at < last) {
                let pair = forward[at][role] + transitions[role][to] + scores[at + 1][to] + backward[at + 1][to];
                sums.transitions[role][to] += weight * (pair - all).exp();
            }
        }
    }
}

/// The logarithm of the sum over the roles.
fn log_sum(of_role: impl Fn(usize) -> f64) -> f64 {
    let values: RoleScores = std::array::from_fn(of_role);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return most;
    }
    most + values.iter().map(|value| (value - most).exp()).sum::<f64>().ln()
}

fn empty_model() -> LabelModel {
    LabelModel { emissions: vec![[0.0; ROLES]; Observation::COUNT], transitions: [[0.0; ROLES]; ROLES] }
}

/// All weights of a model, in a fixed order.
fn flat(model: &LabelModel) -> Vec<f64> {
    model.emissions.iter().chain(&model.transitions).flatten().copied().collect()
}

/// The model of weights in that order.
fn model_of(weights: &[f64]) -> LabelModel {
    let mut model = empty_model();
    let places = model.emissions.iter_mut().chain(&mut model.transitions).flatten();
    places.zip(weights).for_each(|(place, weight)| *place = *weight);
    model
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page on which the headlines are longer than the text.
    fn pages() -> Vec<GoldPage> {
        let text = "沙燕的骨架在炭火上慢慢烤弯竹篾要选三年的毛竹才行\n短文\n江心的桥墩立在沙洲上潜水员下水三百多次才上岸\n短文\n";
        let gold = r#"{"articles": [{"title": ["沙燕的骨架在炭火上慢慢烤弯竹篾要选三年的毛竹才行"], "heads": [1], "body": [2]},
            {"title": ["江心的桥墩立在沙洲上潜水员下水三百多次才上岸"], "heads": [3], "body": [4]}]}"#;
        vec![GoldPage::parse("test-1.txt", text, gold).unwrap()]
    }

    #[test]
    fn what_pages_show_is_learnt() {
        let before = figures_by_hand(&pages());
        let learning = RoleLearning { rounds: 200, regularisation: 0.0005, least: 0.1, with_layout: false };
        let learnt = learn(&[(pages(), 1.0)], learning);
        assert!(before.right < 1.0);
        assert!((learnt.figures(&pages()).right - 1.0).abs() < 1e-9, "{:?}", learnt.figures(&pages()));
        assert!(learnt.table.lines().all(|line| line.split(' ').count() == 4), "{}", learnt.table);
    }

    #[test]
    fn without_pages_the_weights_stay_as_they_were_set() {
        let learning = RoleLearning { rounds: 3, regularisation: 0.0005, least: 0.01, with_layout: false };
        assert_eq!(learn(&[], learning).table, "");
    }
}
