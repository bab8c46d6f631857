//! The expansions of a hypothesis: every way to assign its next line, with its cost.
//!
//! An expansion is only described here; the [beam search](crate::import::link::beam) carries out the cheapest ones.

use crate::import::label::viterbi::Label;
use crate::import::lexicon::reason::Reason;
use crate::import::link::heads::{
    cost_below_head, cost_of_head_line, cost_of_skipping, cost_without_head, owners_of_late_head,
};
use crate::import::link::hypothesis::{Hypothesis, PartialArticle, PendingHead};
use crate::import::link::scoring::context::Context;
use crate::import::link::scoring::costs::{self, Costs};
use crate::import::link::scoring::junction::{Boundary, Junction, Return};
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
    pub(crate) why: Reason,
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
    /// similarity of the line and the article by shared words
    shared: f64,
    cost: f64,
    why: Reason,
}

/// The expansions of one hypothesis at one line, as they are collected.
struct Expansions<'a> {
    context: &'a Context<'a>,
    hypothesis: &'a Hypothesis,
    at: usize,
    /// the line as the continuation of each of the hypothesis' articles
    continuations: &'a [Continuation],
    /// the article above that the pending head is given to
    head_of: Option<u32>,
    /// the pending head, where it is not
    head: Option<PendingHead>,
    found: &'a mut Vec<Expansion>,
}

/// Replaces `found` by the expansions of a hypothesis at the context's current line.
pub(crate) fn expand(context: &Context<'_>, hypothesis: &Hypothesis, at: usize, found: &mut Vec<Expansion>) {
    found.clear();
    let continuations = &continuations(context, hypothesis, at);
    let mut expansions = Expansions { context, hypothesis, at, continuations, head_of: None, head: None, found };
    let mut owners = vec![(None, 0.0)];
    owners.extend(owners_of_late_head(context, hypothesis).into_iter().map(|(id, cost)| (Some(id), cost)));
    let label = &context.labels[at];
    let headlines = [Role::Title, Role::Kicker, Role::Subtitle];
    // headlines of every kind have the same expansions: the likeliest is enough
    let likeliest = headlines.into_iter().min_by(|a, b| label.cost(*a).total_cmp(&label.cost(*b)));
    for role in Role::ALL {
        let cost = label.cost(role) * context.costs.relabel;
        if cost > costs::EXPANSION_MOST || headlines.contains(&role) && likeliest != Some(role) {
            continue;
        }
        for &(head_of, cost_of_head) in &owners {
            expansions.head_of = head_of;
            expansions.head = hypothesis.pending_head.filter(|_| head_of.is_none());
            expansions.add_role(role, cost + cost_of_head);
        }
    }
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
        returning: (!is_current).then(|| return_to(hypothesis, article, context.costs)),
        distance: at.saturating_sub(article.last as usize + 1) as f64,
        places: context.cost_of_places(article.last as usize, at, inside_sentence),
    };
    let why = match (is_current, inside_sentence, article.mid_sentence) {
        (true, true, _) => Reason::GoesOnCut,
        (true, false, _) => Reason::GoesOn,
        (false, _, true) => Reason::TakesUp,
        (false, _, false) => Reason::ComesBack,
    };
    let shared = context.similarity_of_current(article.compared_lines(), article.compared_key(), is_current);
    let mut cost = junction.cost(context.costs) - context.costs.shared_words * shared;
    if !inside_sentence {
        cost +=
            context.costs.topic_change * context.shared_words.topic_change_of_current(shared, article.compared_lines());
    }
    Continuation { shared, cost, why }
}

fn return_to(hypothesis: &Hypothesis, article: &PartialArticle, costs: &Costs) -> Return {
    let left = hypothesis.current_article();
    let share = if article.mid_sentence {
        share_behind_box(hypothesis, costs)
    } else if hypothesis.half_head_of == Some(article.id) {
        costs.resume_below_half_head
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
fn share_behind_box(hypothesis: &Hypothesis, costs: &Costs) -> f64 {
    if hypothesis.current_article().is_some_and(|left| left.is_box) { costs.resume_behind_box } else { 1.0 }
}

impl Expansions<'_> {
    fn add_role(&mut self, role: Role, cost: f64) {
        match role {
            Role::Furniture | Role::Jump if self.head_of.is_some() => {}
            // a line is left out as a jump by its words alone: however likely its neighbours make it, it is text
            Role::Jump if !self.context.cues[self.at].jump => {}
            Role::Furniture => self.add(Action::LeaveOut, role, cost, Reason::NotPart),
            Role::Jump => self.add(Action::LeaveOut, role, cost, Reason::Jump),
            Role::Caption => self.add_caption(cost),
            Role::Credit => self.add_credit(cost),
            Role::Body => self.add_text(cost),
            Role::Subhead => self.add_subhead(cost),
            Role::Byline => {
                self.add_late_byline(cost);
                self.add_head_line(role, cost);
            }
            Role::Column => {
                self.add_column_inside(cost);
                self.add_head_line(role, cost);
            }
            Role::Subtitle => {
                self.add_explanation(cost);
                self.add_head_line(role, cost);
            }
            Role::Kicker | Role::Title => self.add_head_line(role, cost),
        }
    }

    fn add(&mut self, action: Action, role: Role, cost: f64, why: Reason) {
        self.found.push(Expansion { head_of: self.head_of, action, role, cost, why });
    }

    /// A text continues an article, or is the first below a head, or the first of an article without one.
    fn add_text(&mut self, cost: f64) {
        let cost = cost + costs::when(self.context.cues[self.at].mid_sentence, self.context.costs.cut);
        let skipping = self.head.map_or(0.0, |head| cost_of_skipping(head, self.context.costs));
        for (article, continuation) in self.hypothesis.articles.iter().zip(self.continuations) {
            let sum = cost + skipping + continuation.cost;
            self.add(Action::Append(article.id), Role::Body, sum, continuation.why);
        }
        if let Some(head) = self.head {
            let sum = cost + cost_below_head(self.context, self.hypothesis, head, self.at);
            self.add(Action::BeginBelowHead, Role::Body, sum, Reason::FirstText);
        } else {
            let sum = cost + cost_without_head(self.context, self.hypothesis, self.at);
            self.add(Action::BeginHeadless, Role::Body, sum, Reason::NoHead);
        }
    }

    /// A subhead is inside an article, or is the first line below a head.
    fn add_subhead(&mut self, cost: f64) {
        let (context, hypothesis) = (self.context, self.hypothesis);
        let skipping = self
            .head
            .map_or(0.0, |head| cost_of_skipping(head, self.context.costs) + self.context.costs.skip_head_by_subhead)
            + costs::when(context.cues[self.at].box_label, self.context.costs.skip_box_head);
        for (article, continuation) in hypothesis.articles.iter().zip(self.continuations) {
            let mut sum = cost + skipping
                - self.context.costs.shared_words_of_subhead * self.context.costs.shared_words * continuation.shared;
            sum +=
                costs::when(article.mid_sentence && !article.last_is_subhead, self.context.costs.subhead_mid_sentence);
            sum += costs::when(article.ended, self.context.costs.after_end);
            sum += costs::when(hypothesis.after_incoming_jump, self.context.costs.resume);
            sum += costs::when(article.is_box, self.context.costs.subhead_in_box);
            sum += self.context.cost_of_places(article.last as usize, self.at, false);
            let is_current = hypothesis.current == Some(article.id);
            sum +=
                costs::when(!is_current, self.context.costs.resume * share_behind_box(hypothesis, self.context.costs));
            self.add(Action::Append(article.id), Role::Subhead, sum, Reason::Subhead);
        }
        if let Some(head) = self.head {
            let sum = cost + cost_below_head(context, hypothesis, head, self.at) + self.context.costs.subhead_first;
            self.add(Action::BeginBelowHead, Role::Subhead, sum, Reason::OpeningSubhead);
        }
    }

    /// A caption belongs to the text around it, or between a head and its text.
    fn add_caption(&mut self, cost: f64) {
        let hypothesis = self.hypothesis;
        if self.head.is_some() {
            let sum = cost + self.context.costs.caption_in_head;
            self.add(Action::ExtendHead, Role::Caption, sum, Reason::PictureBetween);
        } else if hypothesis.articles.is_empty() {
            self.add(Action::BeginHeadless, Role::Caption, cost + self.context.costs.headless, Reason::PictureAlone);
        }
        for (article, continuation) in hypothesis.articles.iter().zip(self.continuations) {
            let elsewhere = costs::when(hypothesis.current != Some(article.id), self.context.costs.caption_elsewhere);
            let between = if article.mid_sentence {
                self.context.costs.caption_inside
            } else {
                self.context.costs.caption_between
            };
            let places = self.context.cost_of_places(article.last as usize, self.at, false);
            let sum = cost + places + elsewhere + between - self.context.costs.shared_words * continuation.shared;
            self.add(Action::Append(article.id), Role::Caption, sum, Reason::PictureInText);
        }
    }

    /// A credit follows the text of its picture; a cartoon may have a headline and no text.
    fn add_credit(&mut self, cost: f64) {
        if self.head.is_some_and(|head| head.titled && !head.signed) {
            let sum = cost + self.context.costs.picture_without_text;
            self.add(Action::BeginBelowHead, Role::Credit, sum, Reason::PictureMaker);
        } else if let Some(id) = self.hypothesis.current {
            self.add(Action::Append(id), Role::Credit, cost, Reason::Photographer);
        } else {
            self.add(Action::LeaveOut, Role::Credit, cost + self.context.costs.lone_credit, Reason::CreditAlone);
        }
    }

    /// A byline behind the first paragraph, or behind the last.
    fn add_late_byline(&mut self, cost: f64) {
        let Some(article) = self.hypothesis.current_article() else { return };
        if self.hypothesis.pending_head.is_none() && !article.signed && !article.mid_sentence {
            let sum = cost + self.context.costs.late_byline;
            self.add(Action::Append(article.id), Role::Byline, sum, Reason::BylineApart);
        }
    }

    /// `小标题`, and below it `——说明`: a subhead of two lines.
    fn add_explanation(&mut self, cost: f64) {
        let subhead = self.hypothesis.current_article().filter(|article| article.last_is_subhead);
        if let Some(article) = subhead.filter(|article| article.last as usize + 1 == self.at && self.head.is_none()) {
            let sum = cost + self.context.costs.subhead_explained;
            self.add(Action::Append(article.id), Role::Subhead, sum, Reason::Subhead);
        }
    }

    /// A column label that layout has put into the columns of its article.
    fn add_column_inside(&mut self, cost: f64) {
        let Some(article) = self.hypothesis.current_article() else { return };
        let is_text = |label: &Label| matches!(label.role, Role::Body | Role::Caption);
        // a label above a headline is that article's
        let is_inside = !article.ended && self.context.labels.get(self.at + 1).is_some_and(is_text);
        if is_inside && self.hypothesis.pending_head.is_none() && !self.context.cues[self.at].box_label {
            let costs = self.context.costs;
            let inside = if article.mid_sentence { costs.column_inside_sentence } else { costs.column_inside };
            self.add(Action::Append(article.id), Role::Column, cost + inside, Reason::LabelInText);
        }
    }

    /// A line of a head joins the pending one, or opens one.
    fn add_head_line(&mut self, role: Role, cost: f64) {
        let joining = self.head.map_or(0.0, |head| cost_of_head_line(self.context, head, self.at, role));
        self.add(Action::ExtendHead, role, cost + joining, Reason::Head);
    }
}
