//! Beam search: the best hypotheses are carried from line to line, and the cheapest at the page's end is the result.
//!
//! For each line of the page:
//!
//! 1. every hypothesis in the beam is expanded ([`expand`])
//! 2. pruning: only the cheapest expansions stay, and none that costs much more than the best one
//! 3. the expansions that stay are carried out; of hypotheses with the same future only the cheapest stays
//!    (recombination), and the cheapest of the rest are the next beam
//!
//! At the page's end a pending head is settled, unfinished articles cost, and the steps of the cheapest hypothesis are traced
//! back. Source: Lowerre, "The HARPY speech recognition system", 1976.

use crate::import::lexicon::jumps::is_onward;
use crate::import::lexicon::reason::Reason;
use crate::import::link::backtrace::{ROOT, Step, Steps, Target};
use crate::import::link::expansions::{Action, Expansion, expand};
use crate::import::link::heads::owners_of_late_head;
use crate::import::link::hypothesis::{Hypothesis, PartialArticle, PendingHead};
use crate::import::link::scoring::context::Context;
use crate::import::link::scoring::costs;
use crate::import::link::scoring::junction::continuation_cost;
use crate::import::page::partition::LineAssignment;
use crate::import::page::role::Role;
use ahash::AHashSet;

/// A hypothesis to come: an expansion of one in the beam, before pruning.
struct Candidate {
    /// index of the hypothesis in the beam
    parent: usize,
    expansion: Expansion,
    cost: f64,
    margin: f32,
}

struct BeamSearch<'b, 'a> {
    context: &'b mut Context<'a>,
    steps: Steps,
    /// hypotheses that are expanded at each line
    width: usize,
}

/// Assigns every line of the page, except the `duplicates`.
pub(crate) fn search(context: &mut Context<'_>, duplicates: &[Option<usize>]) -> Vec<LineAssignment> {
    let width = beam_width(context.page.lines.len());
    let mut search = BeamSearch { context, steps: Steps::default(), width };
    let best = search.best_hypothesis(duplicates);
    search.steps.backtrace(best.last_step, search.context.labels)
}

/// Hypotheses that are expanded at each line of a page of so many lines.
fn beam_width(lines: usize) -> usize {
    if lines > costs::ENDLESS_PAGE {
        costs::NARROWEST_BEAM_WIDTH
    } else if lines > costs::LONG_PAGE {
        costs::NARROW_BEAM_WIDTH
    } else if lines > costs::MANY_LINES {
        costs::MIDDLE_BEAM_WIDTH
    } else {
        costs::BEAM_WIDTH
    }
}

impl BeamSearch<'_, '_> {
    fn best_hypothesis(&mut self, duplicates: &[Option<usize>]) -> Hypothesis {
        let mut beam = vec![Hypothesis::empty(ROOT)];
        for (at, duplicate) in duplicates.iter().enumerate() {
            self.context.advance_to(at);
            if duplicate.is_none() {
                beam = self.next_beam(&beam, at);
            }
        }
        let ends = beam.into_iter().flat_map(|hypothesis| self.ends_of(hypothesis));
        let best = ends.min_by(|a, b| a.cost.total_cmp(&b.cost));
        best.unwrap_or_else(|| Hypothesis::empty(ROOT))
    }

    /// The best hypotheses up to a line, from those up to the line before.
    fn next_beam(&mut self, beam: &[Hypothesis], at: usize) -> Vec<Hypothesis> {
        let mut next: Vec<Hypothesis> = Vec::with_capacity(self.width);
        let mut futures = AHashSet::with_capacity(self.width);
        for candidate in &self.candidates(beam, at) {
            let successor = self.successor(&beam[candidate.parent], candidate, at);
            // candidates come cheapest first: one with the same future can only cost more
            if futures.insert(successor.future()) {
                next.push(successor);
            }
            if next.len() == self.width {
                break;
            }
        }
        next
    }

    /// The cheapest expansions of all hypotheses, the cheapest first.
    fn candidates(&self, beam: &[Hypothesis], at: usize) -> Vec<Candidate> {
        let by_cost = |a: &Candidate, b: &Candidate| a.cost.total_cmp(&b.cost);
        // twice the beam, as recombination drops some
        let most = 2 * self.width;
        let mut candidates: Vec<Candidate> = Vec::with_capacity(4 * most);
        let mut limit = f64::INFINITY;
        let mut expansions = Vec::new();
        for (parent, hypothesis) in beam.iter().enumerate() {
            expand(self.context, hypothesis, at, &mut expansions);
            let (best, second) = two_cheapest(&expansions);
            let cheap = expansions.iter().filter(|expansion| hypothesis.cost + expansion.cost < limit);
            candidates.extend(cheap.map(|&expansion| {
                let rival = if expansion.cost > best { best } else { second };
                let margin = (rival - expansion.cost) as f32;
                Candidate { parent, expansion, cost: hypothesis.cost + expansion.cost, margin }
            }));
            if candidates.len() > 2 * most {
                candidates.select_nth_unstable_by(most, by_cost);
                candidates.truncate(most + 1);
                limit = candidates[most].cost;
            }
        }
        let best = candidates.iter().map(|candidate| candidate.cost).fold(f64::INFINITY, f64::min);
        candidates.retain(|candidate| candidate.cost < best + costs::BEAM_THRESHOLD);
        candidates.sort_by(by_cost);
        candidates.truncate(most);
        candidates
    }

    /// The hypothesis that an expansion leads to.
    fn successor(&mut self, parent: &Hypothesis, candidate: &Candidate, at: usize) -> Hypothesis {
        let Expansion { head_of, action, role, why, .. } = candidate.expansion;
        let mut next = parent.clone();
        next.cost = candidate.cost;
        if let Some(id) = head_of {
            self.attach_head(&mut next, id, at);
        }
        let cues = self.context.cues[at];
        let target = match action {
            Action::LeaveOut => {
                if role == Role::Jump {
                    next.pass_jump(is_onward(&self.context.page.lines[at].text));
                }
                Target::NoArticle
            }
            Action::ExtendHead => {
                next.extend_head(at, role, &cues);
                Target::PendingHead
            }
            Action::Append(id) => Target::Article(id),
            Action::BeginBelowHead => Target::Article(self.begin_below_head(&mut next, at)),
            Action::BeginHeadless => Target::Article(next.begin_headless(at, &cues, self.context.costs)),
        };
        if let Target::Article(id) = target {
            next.append(id, at, role, &cues);
        }
        let margin = candidate.margin;
        self.record(&mut next, Step { previous: ROOT, line: at as u32, target, role, why, margin });
        next
    }

    fn attach_head(&mut self, hypothesis: &mut Hypothesis, id: u32, at: usize) {
        if let Some((head, is_half)) = hypothesis.attach_head(id) {
            let why = if is_half { Reason::HalfHeadline } else { Reason::HeadlineBehind };
            self.record_head(hypothesis, at, id, head, why);
        }
    }

    fn begin_below_head(&mut self, hypothesis: &mut Hypothesis, at: usize) -> u32 {
        let (id, head) = hypothesis.begin_below_head(self.context.costs);
        if let Some(head) = head {
            self.record_head(hypothesis, at, id, head, Reason::HeadAbove);
        }
        id
    }

    fn record_head(&mut self, next: &mut Hypothesis, at: usize, article: u32, head: PendingHead, why: Reason) {
        let target = Target::HeadOf { article, first: head.first, last: head.last };
        self.record(next, Step { previous: ROOT, line: at as u32, target, role: Role::Title, why, margin: 0.0 });
    }

    fn record(&mut self, hypothesis: &mut Hypothesis, step: Step) {
        hypothesis.last_step = self.steps.push(Step { previous: hypothesis.last_step, ..step });
    }

    /// The ways to end a hypothesis: with the pending head for each article that may own it, or as an article of its own.
    fn ends_of(&mut self, hypothesis: Hypothesis) -> Vec<Hypothesis> {
        let end = self.context.page.lines.len();
        let mut ends = Vec::new();
        for (id, cost) in owners_of_late_head(self.context, &hypothesis) {
            let mut end_of = hypothesis.clone();
            end_of.cost += cost;
            self.attach_head(&mut end_of, id, end);
            ends.push(end_of);
        }
        let mut alone = hypothesis;
        if alone.pending_head.is_some() {
            alone.cost += self.context.costs.head_without_text;
            self.begin_below_head(&mut alone, end);
        }
        ends.push(alone);
        for end in &mut ends {
            end.cost += end.articles.iter().map(|article| article.cost_of_end(self.context.costs)).sum::<f64>();
            end.cost -= saving_by_fragments(self.context, &end.articles);
        }
        ends
    }
}

/// What is saved where articles that begin in mid-sentence are read as the continuation of articles that stop in
/// mid-sentence: each of those is continued once, by the fragment that fits.
fn saving_by_fragments(context: &Context<'_>, articles: &[PartialArticle]) -> f64 {
    let mut cut: Vec<&PartialArticle> =
        articles.iter().filter(|article| article.mid_sentence && !article.ended).collect();
    let costs = context.costs;
    let mut saved = 0.0;
    // one with a headline is an article of its own
    let fragments = articles.iter().filter(|article| !article.titled);
    for (fragment, first) in fragments.filter_map(|article| Some((article, article.fragment_start?))) {
        let apart = costs.ends_mid_sentence + fragment.cost_of_end(costs);
        let saving = |article: &PartialArticle| {
            let score = context.continuation(article.last as usize, first as usize);
            apart - costs.continued_above - continuation_cost(score, costs) - costs.resume_mid_sentence
        };
        let savings = cut.iter().map(|article| saving(article)).enumerate();
        let savings = savings.filter(|(index, saving)| cut[*index].id != fragment.id && *saving > 0.0);
        if let Some((index, saving)) = savings.max_by(|a, b| a.1.total_cmp(&b.1)) {
            saved += saving;
            cut.swap_remove(index);
        }
    }
    saved
}

/// The cheapest two of a hypothesis' expansions.
fn two_cheapest(expansions: &[Expansion]) -> (f64, f64) {
    expansions.iter().fold((f64::INFINITY, f64::INFINITY), |(best, second), expansion| {
        if expansion.cost < best { (expansion.cost, best) } else { (best, second.min(expansion.cost)) }
    })
}
