//! The expansions of a hypothesis: every way to assign its next line, with its cost.
//!
//! An expansion is only described here; the [beam search](crate::import::link::beam) carries out the cheapest ones.

use crate::import::label::viterbi::Label;
use crate::import::link::context::Context;
use crate::import::link::costs::EXPANSION_MOST;
use crate::import::link::heads::{
    cost_below_head, cost_of_head_line, cost_of_skipping, cost_without_head, owners_of_late_head,
};
use crate::import::link::hypothesis::{Hypothesis, PartialArticle, PendingHead};
use crate::import::link::junction::{Boundary, Junction, Return};
use crate::import::page::lines::FAR_APART;
use crate::import::page::role::Role;

/// A way to assign the next line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Expansion {
    /// the pending head belongs to the article above it with this id
    pub(crate) head_of: Option<u32>,
    pub(crate) action: Action,
    pub(crate) role: Role,
    /// what it adds to the hypothesis' cost
    pub(crate) cost: f64,
    pub(crate) why: &'static str,
}

/// What the line is assigned to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// no article
    LeaveOut,
    /// the article with this id
    Append(u32),
    /// a new article, as the first text below the pending head
    BeginBelowHead,
    /// a new article that has no head so far
    BeginHeadless,
    /// the pending head
    ExtendHead,
}

/// A line as the continuation of an article.
#[derive(Debug, Clone, Copy)]
struct Continuation {
    /// similarity of the line and the article by shared words: 0 none, about 1 for lines of one article
    shared: f64,
    cost: f64,
    why: &'static str,
}

/// The expansions of one hypothesis at one line, as they are collected.
struct Expansions<'a> {
    context: &'a Context<'a>,
    hypothesis: &'a Hypothesis,
    at: usize,
    /// the line as the continuation of each of the hypothesis' articles
    continuations: Vec<Continuation>,
    found: &'a mut Vec<Expansion>,
}

/// Replaces `found` by the expansions of a hypothesis at the context's current line.
pub(crate) fn expand(context: &Context<'_>, hypothesis: &Hypothesis, at: usize, found: &mut Vec<Expansion>) {
    found.clear();
    let continuations = continuations(context, hypothesis, at);
    let mut expansions = Expansions { context, hypothesis, at, continuations, found };
    let mut owners = vec![(None, 0.0)];
    owners.extend(owners_of_late_head(context, hypothesis).into_iter().map(|(id, cost)| (Some(id), cost)));
    let label = &context.labels[at];
    let headline = likeliest_headline_role(label);
    for role in Role::ALL {
        let cost = label.cost(role) * context.costs.relabel;
        let is_headline = matches!(role, Role::Title | Role::Kicker | Role::Subtitle);
        if cost > EXPANSION_MOST || is_headline && role != headline {
            continue;
        }
        for &(head_of, cost_of_head) in &owners {
            expansions.add_role(role, head_of, cost + cost_of_head);
        }
    }
}

/// Title, kicker and subtitle have the same expansions: the likeliest of them is enough.
fn likeliest_headline_role(label: &Label) -> Role {
    let roles = [Role::Title, Role::Kicker, Role::Subtitle];
    let by_cost = |a: &Role, b: &Role| label.cost(*a).total_cmp(&label.cost(*b));
    roles.into_iter().min_by(by_cost).unwrap_or(Role::Title)
}

fn continuations(context: &Context<'_>, hypothesis: &Hypothesis, at: usize) -> Vec<Continuation> {
    let of = |article: &PartialArticle| continuation(context, hypothesis, article, at);
    let mut continuations: Vec<Continuation> = hypothesis.articles.iter().map(of).collect();
    // a box is about what its report is about: the words that a line shares with the report count for the box as well
    let in_box = |article: &PartialArticle| article.is_box && hypothesis.current == Some(article.id);
    if let Some(index) = hypothesis.articles.iter().position(in_box) {
        let most = continuations.iter().map(|continuation| continuation.shared).fold(0.0, f64::max);
        let own = &mut continuations[index];
        own.cost -= context.costs.shared_words * (most - own.shared);
        own.shared = most;
    }
    continuations
}

/// The line as the next text of an article.
fn continuation(context: &Context<'_>, hypothesis: &Hypothesis, article: &PartialArticle, at: usize) -> Continuation {
    let cues = &context.cues[at];
    let inside_sentence = article.mid_sentence && !article.last_is_subhead;
    let boundary = if inside_sentence {
        Boundary::MidSentence(context.continuation_by_current(article.last, at))
    } else {
        Boundary::Paragraph
    };
    let is_current = hypothesis.current == Some(article.id);
    let junction = Junction {
        cues,
        boundary,
        after_end: article.ended,
        adds_picture_text: cues.picture_text && !article.is_picture_sized(),
        signs_again: cues.ends_with_name && article.signed,
        after_gap: is_current && context.gap(at) >= FAR_APART && !article.mid_sentence,
        after_incoming_jump: is_current && hypothesis.after_incoming_jump,
        returning: (!is_current).then(|| return_to(context, hypothesis, article)),
        distance: at.saturating_sub(article.last as usize + 1) as f64,
    };
    let why = match (is_current, inside_sentence, article.mid_sentence) {
        (true, true, _) => "goes on where the sentence was cut",
        (true, false, _) => "goes on with its article",
        (false, _, true) => "takes up a sentence that was cut",
        (false, _, false) => "comes back to an article that was interrupted",
    };
    let shared = context.shared_words.similarity_of_current(article.compared_lines());
    Continuation { shared, cost: junction.cost(&context.costs) - context.costs.shared_words * shared, why }
}

fn return_to(context: &Context<'_>, hypothesis: &Hypothesis, article: &PartialArticle) -> Return {
    let left = hypothesis.current_article();
    let share = if article.mid_sentence {
        share_behind_box(context, hypothesis)
    } else if hypothesis.half_head_of == Some(article.id) {
        context.costs.resume_below_half_head
    } else {
        1.0
    };
    Return {
        to_mid_sentence: article.mid_sentence,
        share,
        leaves_mid_sentence: left.is_some_and(|left| left.mid_sentence && !left.ended),
        leaves_subhead: left.is_some_and(|left| left.last_is_subhead),
        backwards: false,
    }
}

/// The share of a return's cost: a report is continued behind the box that is printed inside it.
fn share_behind_box(context: &Context<'_>, hypothesis: &Hypothesis) -> f64 {
    let leaves_box = hypothesis.current_article().is_some_and(|left| left.is_box);
    if leaves_box { context.costs.resume_behind_box } else { 1.0 }
}

impl Expansions<'_> {
    fn add_role(&mut self, role: Role, head_of: Option<u32>, cost: f64) {
        match role {
            Role::Furniture if head_of.is_none() => {
                self.add(head_of, Action::LeaveOut, role, cost, "not part of any article");
            }
            Role::Jump if head_of.is_none() => {
                self.add(head_of, Action::LeaveOut, role, cost, "the text goes on, or comes from, another page");
            }
            Role::Furniture | Role::Jump => {}
            Role::Caption => self.add_caption(head_of, cost),
            Role::Credit => self.add_credit(head_of, cost),
            Role::Body => self.add_text(head_of, cost),
            Role::Subhead => self.add_subhead(head_of, cost),
            Role::Byline => {
                self.add_late_byline(head_of, cost);
                self.add_head_line(role, head_of, cost);
            }
            Role::Column | Role::Kicker | Role::Title | Role::Subtitle => self.add_head_line(role, head_of, cost),
        }
    }

    fn add(&mut self, head_of: Option<u32>, action: Action, role: Role, cost: f64, why: &'static str) {
        self.found.push(Expansion { head_of, action, role, cost, why });
    }

    /// The pending head, unless this expansion gives it to an article above.
    fn pending_head(&self, head_of: Option<u32>) -> Option<PendingHead> {
        self.hypothesis.pending_head.filter(|_| head_of.is_none())
    }

    /// A text continues an article, or is the first below a head, or the first of an article without one.
    fn add_text(&mut self, head_of: Option<u32>, cost: f64) {
        let (context, hypothesis, at) = (self.context, self.hypothesis, self.at);
        let head = self.pending_head(head_of);
        let skipping = head.map_or(0.0, |head| cost_of_skipping(head, &context.costs));
        for (article, continuation) in hypothesis.articles.iter().zip(&self.continuations) {
            let (action, cost) = (Action::Append(article.id), cost + skipping + continuation.cost);
            self.found.push(Expansion { head_of, action, role: Role::Body, cost, why: continuation.why });
        }
        match head {
            Some(head) => {
                let sum = cost + cost_below_head(context, head, at);
                self.add(head_of, Action::BeginBelowHead, Role::Body, sum, "the first text below a head");
            }
            None => {
                let sum = cost + cost_without_head(context, hypothesis, at);
                self.add(head_of, Action::BeginHeadless, Role::Body, sum, "a text without a head");
            }
        }
    }

    /// A subhead is inside an article, or is the first line below a head.
    fn add_subhead(&mut self, head_of: Option<u32>, cost: f64) {
        let (context, hypothesis, at) = (self.context, self.hypothesis, self.at);
        let costs = &context.costs;
        let when = |applies: bool, cost: f64| if applies { cost } else { 0.0 };
        let head = self.pending_head(head_of);
        let skipping = head.map_or(0.0, |head| cost_of_skipping(head, costs) + costs.skip_head_by_subhead)
            + when(context.cues[at].box_label, costs.skip_box_head);
        let why = "a heading inside its article";
        for (article, continuation) in hypothesis.articles.iter().zip(&self.continuations) {
            let mut sum = cost + skipping - costs.shared_words_of_subhead * costs.shared_words * continuation.shared;
            sum += when(article.mid_sentence && !article.last_is_subhead, costs.subhead_mid_sentence);
            sum += when(article.ended, costs.after_end);
            sum += when(hypothesis.after_incoming_jump, costs.resume);
            sum += when(article.is_box, costs.subhead_in_box);
            let is_current = hypothesis.current == Some(article.id);
            sum += when(!is_current, costs.resume * share_behind_box(context, hypothesis));
            let action = Action::Append(article.id);
            self.found.push(Expansion { head_of, action, role: Role::Subhead, cost: sum, why });
        }
        if let Some(head) = head {
            let sum = cost + cost_below_head(context, head, at) + costs.subhead_first;
            self.add(head_of, Action::BeginBelowHead, Role::Subhead, sum, "a heading that the text begins with");
        }
    }

    /// A caption belongs to the text around it, or between a head and its text.
    fn add_caption(&mut self, head_of: Option<u32>, cost: f64) {
        let costs = &self.context.costs;
        let head = self.pending_head(head_of);
        if head.is_some() {
            let sum = cost + costs.caption_in_head;
            self.add(head_of, Action::ExtendHead, Role::Caption, sum, "a picture between head and text");
        } else if self.hypothesis.articles.is_empty() {
            let sum = cost + costs.headless;
            self.add(head_of, Action::BeginHeadless, Role::Caption, sum, "a picture without a story");
        }
        let why = "a picture in the text that it stands in";
        for (article, continuation) in self.hypothesis.articles.iter().zip(&self.continuations) {
            let is_current = self.hypothesis.current == Some(article.id);
            let elsewhere = if is_current { 0.0 } else { costs.caption_elsewhere };
            let between = if article.mid_sentence { costs.caption_inside } else { costs.caption_between };
            let sum = cost + elsewhere + between - costs.shared_words * continuation.shared;
            let action = Action::Append(article.id);
            self.found.push(Expansion { head_of, action, role: Role::Caption, cost: sum, why });
        }
    }

    /// A credit follows the text of its picture; a cartoon may have a headline and no text.
    fn add_credit(&mut self, head_of: Option<u32>, cost: f64) {
        let costs = &self.context.costs;
        if self.pending_head(head_of).is_some_and(|head| head.titled && !head.signed) {
            let sum = cost + costs.picture_without_text;
            self.add(head_of, Action::BeginBelowHead, Role::Credit, sum, "who made the picture below a headline");
            return;
        }
        match self.hypothesis.current {
            Some(id) => self.add(head_of, Action::Append(id), Role::Credit, cost, "who took the picture"),
            None => {
                let sum = cost + costs.lone_credit;
                self.add(head_of, Action::LeaveOut, Role::Credit, sum, "a credit without a picture's text");
            }
        }
    }

    /// A byline behind the first paragraph, or behind the last.
    fn add_late_byline(&mut self, head_of: Option<u32>, cost: f64) {
        let Some(article) = self.hypothesis.current_article() else { return };
        if self.hypothesis.pending_head.is_none() && !article.signed && !article.mid_sentence {
            let sum = cost + self.context.costs.late_byline;
            self.add(head_of, Action::Append(article.id), Role::Byline, sum, "a byline apart from its headline");
        }
    }

    /// A line of a head joins the pending one, or opens one.
    fn add_head_line(&mut self, role: Role, head_of: Option<u32>, cost: f64) {
        let head = self.pending_head(head_of);
        let joining = head.map_or(0.0, |head| cost_of_head_line(self.context, head, self.at, role));
        self.add(head_of, Action::ExtendHead, role, cost + joining, "part of a head");
    }
}
