//! Learns the costs of linking from pages with gold, by the figures that count: coordinate descent over the table of costs, where each step
//! splits all pages anew by the beam search itself.
//!
//! Many costs are shares of others or apply in places that exclude each other, so that the figures are no linear function of the
//! table, and its sixty numbers are few enough to try each. A kind of pages counts as much as another, however many pages it has.
//!
//! Source: Och, "Minimum error rate training in statistical machine translation", 2003.

use crate::import::label::extraction::extract_features;
use crate::import::label::learnt::model_for;
use crate::import::label::viterbi::{Label, label_lines};
use crate::import::link::linker::link_lines;
use crate::import::link::scoring::costs::{COSTS, Costs};
use crate::import::link::scoring::layout_costs::{LAYOUT_COSTS, costs_for};
use crate::import::page::lines::Page;
use crate::import::training::gold::GoldPage;
use crate::import::training::objective::{Figures, figures};
use crate::util::parallel;
use std::collections::BTreeMap;

/// Pages with their labels, which costs do not change.
#[derive(Debug)]
pub struct LabelledPages {
    pages: Vec<(GoldPage, Vec<Label>)>,
}

/// The change of a cost that is tried first, as a share of it; of costs below [`SMALL`], as a share of that.
const FIRST_STEP: f64 = 0.3;
const SMALL: f64 = 0.5;
/// What becomes of the step after a change that helped, and after one that did not.
const LONGER: f64 = 1.3;
const SHORTER: f64 = 0.6;
/// What a change has to gain: less is chance.
const GAIN_LEAST: f64 = 0.00015;

impl LabelledPages {
    /// Labels pages as an import does.
    pub fn of(pages: Vec<GoldPage>) -> Self {
        let labels = parallel::map(&pages, |page| label_lines(&extract_features(&page.page), model_for(&page.page)));
        Self { pages: pages.into_iter().zip(labels).collect() }
    }

    /// The figures of each kind of pages by the costs in the program, and the number of its pages.
    pub fn figures(&self) -> BTreeMap<String, (Figures, usize)> {
        self.figures_by(|page| costs_for(page))
    }

    pub(crate) fn figures_by<'c>(
        &self,
        costs: impl Fn(&Page) -> &'c Costs + Sync,
    ) -> BTreeMap<String, (Figures, usize)> {
        let split =
            |(page, labels): &(GoldPage, Vec<Label>)| figures(page, &link_lines(&page.page, labels, costs(&page.page)));
        let mut sums: BTreeMap<String, (Figures, usize)> = BTreeMap::new();
        for ((page, _), figures) in self.pages.iter().zip(parallel::map(&self.pages, split)) {
            let (sum, pages) = sums.entry(page.kind().to_owned()).or_default();
            *sum += figures;
            *pages += 1;
        }
        sums.into_iter().map(|(kind, (sum, pages))| (kind, (sum.over(pages), pages))).collect()
    }

    /// The mean over the kinds of pages.
    fn objective(&self, costs: &Costs) -> f64 {
        let kinds = self.figures_by(|_| costs);
        kinds.values().map(|(figures, _)| figures.mean()).sum::<f64>() / kinds.len().max(1) as f64
    }
}

/// Learns from pages, beginning with the costs in the program. After each change that helps, `report` gets a line about it and the table as it
/// stands in `link/scoring/costs.rs`; learning ends after so many rounds over all costs.
/// `with_layout`: the costs of pages whose lines have places, of which the table has those that differ from the others.
pub fn learn(pages: &LabelledPages, rounds: usize, with_layout: bool, mut report: impl FnMut(&str, &str)) {
    let mut costs = if with_layout { LAYOUT_COSTS.clone() } else { COSTS.clone() };
    let mut best = pages.objective(&costs);
    let mut steps = vec![FIRST_STEP; costs.table().len()];
    for _ in 0..rounds {
        for (at, length) in steps.iter_mut().enumerate() {
            let changes = [*length, -*length].map(|step| changed(&costs, at, step));
            let tried = changes.into_iter().map(|costs| (pages.objective(&costs), costs));
            let found =
                tried.max_by(|one, other| one.0.total_cmp(&other.0)).filter(|(now, _)| *now > best + GAIN_LEAST);
            let Some((now, better)) = found else {
                *length *= SHORTER;
                continue;
            };
            (best, costs) = (now, better);
            *length *= LONGER;
            let (name, value, _) = &costs.table()[at];
            let table = if with_layout { source_of_changes } else { source };
            report(&format!("{best:.5} {name} {value:.2}"), &table(&mut costs.clone()));
        }
    }
}

/// The table with one cost changed by a share of it.
fn changed(costs: &Costs, at: usize, step: f64) -> Costs {
    let mut costs = costs.clone();
    let (_, cost, _) = &mut costs.table()[at];
    **cost += step * cost.abs().max(SMALL);
    costs
}

/// The costs that differ from those of plain text, as source.
fn source_of_changes(costs: &mut Costs) -> String {
    let mut of_text = COSTS.clone();
    let rows = costs.table().into_iter().zip(of_text.table());
    let changed = rows.filter(|((_, cost, _), (_, of_text, _))| cost != of_text);
    changed.map(|((name, cost, _), _)| format!("    {name}: {cost:.2},\n")).collect()
}

/// The rows of the table, as source.
fn source(costs: &mut Costs) -> String {
    costs.table().iter().map(|(name, cost, reason)| format!("    {name} = {cost:.2}, \"{reason}\";\n")).collect()
}
