//! The cost of a head: of belonging to the text below it, to an article above it, or to none.
//!
//! A head is the lines above an article's text: column label, kicker, title, subtitle, byline. While lines are assigned it
//! is pending until its text is found; some heads are printed below their text, and some in two halves.

use crate::import::link::hypothesis::{Hypothesis, PartialArticle, PendingHead};
use crate::import::link::scoring::context::Context;
use crate::import::link::scoring::costs::{self, Costs};
use crate::import::page::lines::{APART, FAR_APART};
use crate::import::page::role::Role;

/// What it costs that a text behind the pending head is not its text.
pub(crate) fn cost_of_skipping(head: PendingHead, costs: &Costs) -> f64 {
    match head {
        PendingHead { of_box: true, .. } => costs.skip_box_head,
        PendingHead { signed: true, .. } => costs.skip_signed_head,
        _ => costs.skip_head,
    }
}

/// What it costs that a line is the first text of the pending head.
pub(crate) fn cost_below_head(context: &Context<'_>, hypothesis: &Hypothesis, head: PendingHead, at: usize) -> f64 {
    let cues = &context.cues[at];
    // what continues from another page has its byline there
    let is_rest = hypothesis.after_incoming_jump || cues.from_elsewhere;
    let mut cost = cost_of_opening(context, at);
    cost += match (head.signed, cues.dateline) {
        (true, true) => context.costs.signed_twice,
        (false, false) if cues.picture_text => context.costs.picture_below_head,
        (false, false) if head.of_box || cues.table_row || is_rest => 0.0,
        (false, false) => context.costs.no_byline,
        _ => 0.0,
    };
    cost += costs::when(!head.titled && !head.signed && !head.of_box, context.costs.untitled_head);
    cost += context.cost_of_place_of_head((head.first, head.last), at);
    cost - context.costs.shared_with_head * context.shared_words.similarity_of_current(&[head.first, head.last])
}

/// What it costs that a line begins an article without a head.
pub(crate) fn cost_without_head(context: &Context<'_>, hypothesis: &Hypothesis, at: usize) -> f64 {
    let cues = &context.cues[at];
    if hypothesis.after_incoming_jump || cues.from_elsewhere {
        return context.costs.headless_jump;
    }
    let share = if hypothesis.articles.is_empty() { context.costs.headless_first } else { 1.0 };
    let headless = match (cues.dateline, cues.bullet, context.gap(at) >= APART) {
        (true, _, _) => context.costs.headless_dateline,
        (_, true, _) => context.costs.headless_bullet,
        (_, _, true) if cues.picture_text => context.costs.headless_picture,
        (_, _, true) => context.costs.headless_apart,
        _ if cues.picture_text => context.costs.headless_picture_close,
        _ => context.costs.headless,
    };
    share * headless + cost_of_opening(context, at)
}

/// What it costs that a line opens a text.
fn cost_of_opening(context: &Context<'_>, at: usize) -> f64 {
    let cues = &context.cues[at];
    cues.cost_of_opening(context.costs) + costs::when(cues.stub, context.costs.stub_opening)
}

/// What it costs that a line joins the pending head.
pub(crate) fn cost_of_head_line(context: &Context<'_>, head: PendingHead, at: usize, role: Role) -> f64 {
    let (line, last) = (&context.page.lines[at], &context.page.lines[head.last as usize]);
    let is_column = |role: Role| role == Role::Column;
    let opens_head = matches!(role, Role::Title | Role::Kicker | Role::Column);
    crowding(head, context.costs)
        + costs::when(line.gap >= FAR_APART, context.costs.head_apart)
        + costs::when(head.signed && role != Role::Byline, context.costs.head_after_byline)
        // `#` title, then `##` kicker or title: the next head begins
        + costs::when(last.mark == 1 && line.mark == 2, context.costs.next_head_mark)
        // a second column label is the next head's, as a line behind the byline is
        + costs::when(is_column(role) && is_column(context.labels[head.first as usize].role), context.costs.head_after_byline)
        + costs::when(head.column_below && opens_head, context.costs.head_after_column)
}

fn crowding(head: PendingHead, costs: &Costs) -> f64 {
    f64::from(head.lines.saturating_sub(costs::HEAD_LINES)) * costs.crowded_head
}

/// The articles above the line that the pending head may belong to: their ids, with the cost.
pub(crate) fn owners_of_late_head(context: &Context<'_>, hypothesis: &Hypothesis) -> Vec<(u32, f64)> {
    let Some(head) = hypothesis.pending_head.filter(|head| head.titled) else { return Vec::new() };
    let current = hypothesis.current;
    let owners = hypothesis.articles.iter();
    let owners = owners.map(|article| (article.id, cost_of_late_head(context, head, article, current)));
    owners.filter(|(_, cost)| *cost < costs::EXPANSION_MOST).collect()
}

/// What it costs that the pending head belongs to an article above it.
fn cost_of_late_head(context: &Context<'_>, head: PendingHead, article: &PartialArticle, current: Option<u32>) -> f64 {
    let similarity = |line: u32| context.shared_words.similarity(line, article.compared_lines());
    let similarity = [head.first, head.last].map(similarity).into_iter().fold(0.0, f64::max);
    let share = if article.titled { context.costs.shared_with_half_head } else { 1.0 };
    let mut cost = -context.costs.shared_with_late_head * similarity * share;
    cost += if article.titled { context.costs.half_head } else { context.costs.late_head };
    cost += costs::when(context.gap(head.first as usize) >= FAR_APART && article.ended, context.costs.head_apart);
    cost += costs::when(article.ended, context.costs.late_head_after_end);
    cost += costs::when(article.titled && head.lines > 1, context.costs.long_half_head);
    cost += match (head.signed, article.signed) {
        (true, true) => context.costs.late_head_with_second_byline,
        (true, false) => context.costs.late_head_with_byline,
        _ => 0.0,
    };
    cost += costs::when(current != Some(article.id), context.costs.late_head_elsewhere);
    cost +=
        costs::when(!article.titled && article.mid_sentence && !article.ended, context.costs.late_head_mid_sentence);
    cost += costs::when(article.fragment_start.is_some(), context.costs.late_head_of_fragment);
    cost += context.cost_of_place_of_head((head.first, head.last), article.last as usize);
    cost + crowding(head, context.costs)
}
