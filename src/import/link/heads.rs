//! The cost of a head: of belonging to the text below it, to an article above it, or to none.
//!
//! A head is the lines above an article's text: column label, kicker, title, subtitle, byline. While lines are assigned it
//! is pending until its text is found; some heads are printed below their text, and some in two halves.

use crate::import::link::context::Context;
use crate::import::link::costs::{Costs, EXPANSION_MOST, HEAD_LINES};
use crate::import::link::hypothesis::{Hypothesis, PartialArticle, PendingHead};
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
pub(crate) fn cost_below_head(context: &Context<'_>, head: PendingHead, at: usize) -> f64 {
    let (costs, cues) = (&context.costs, &context.cues[at]);
    let mut cost = cost_of_opening(context, at);
    cost += match (head.signed, cues.dateline) {
        (true, true) => costs.signed_twice,
        (false, false) if cues.picture_text => costs.picture_below_head,
        (false, false) if head.of_box => 0.0,
        (false, false) => costs.no_byline,
        _ => 0.0,
    };
    cost - costs.shared_with_head * context.shared_words.similarity_of_current(&[head.first, head.last])
}

/// What it costs that a line begins an article without a head.
pub(crate) fn cost_without_head(context: &Context<'_>, hypothesis: &Hypothesis, at: usize) -> f64 {
    let (costs, cues) = (&context.costs, &context.cues[at]);
    if hypothesis.after_incoming_jump {
        return costs.headless_jump;
    }
    let share = if hypothesis.articles.is_empty() { costs.headless_first } else { 1.0 };
    let headless = match (cues.dateline, cues.bullet, context.gap(at) >= APART) {
        (true, _, _) => costs.headless_dateline,
        (_, true, _) => costs.headless_bullet,
        (_, _, true) if cues.picture_text => costs.headless_picture,
        (_, _, true) => costs.headless_apart,
        _ => costs.headless,
    };
    share * headless + cost_of_opening(context, at)
}

/// What it costs that a line opens a text.
fn cost_of_opening(context: &Context<'_>, at: usize) -> f64 {
    let (costs, cues) = (&context.costs, &context.cues[at]);
    cues.unlikely_opening * costs.unlikely_opening + if cues.stub { costs.stub_opening } else { 0.0 }
}

/// What it costs that a line joins the pending head.
pub(crate) fn cost_of_head_line(context: &Context<'_>, head: PendingHead, at: usize, role: Role) -> f64 {
    let costs = &context.costs;
    let when = |applies: bool, cost: f64| if applies { cost } else { 0.0 };
    let (line, last) = (&context.page.lines[at], &context.page.lines[head.last as usize]);
    let is_column = |role: Role| role == Role::Column;
    crowding(head, costs)
        + when(line.gap >= FAR_APART, costs.head_apart)
        + when(head.signed && role != Role::Byline, costs.head_after_byline)
        // `#` title, then `##` kicker or title: the next head begins
        + when(last.mark == 1 && line.mark == 2, costs.next_head_mark)
        // a second column label is the next head's, as a line behind the byline is
        + when(is_column(role) && is_column(context.labels[head.first as usize].role), costs.head_after_byline)
        + when(
            head.column_below && matches!(role, Role::Title | Role::Kicker | Role::Column),
            costs.head_after_column,
        )
}

fn crowding(head: PendingHead, costs: &Costs) -> f64 {
    f64::from(head.lines.saturating_sub(HEAD_LINES)) * costs.crowded_head
}

/// The articles above the line that the pending head may belong to: their ids, with the cost.
pub(crate) fn owners_of_late_head(context: &Context<'_>, hypothesis: &Hypothesis) -> Vec<(u32, f64)> {
    let Some(head) = hypothesis.pending_head.filter(|head| head.titled) else { return Vec::new() };
    let cost = |article: &PartialArticle| cost_of_late_head(context, hypothesis, head, article);
    let owners = hypothesis.articles.iter().map(|article| (article.id, cost(article)));
    owners.filter(|(_, cost)| *cost < EXPANSION_MOST).collect()
}

/// What it costs that the pending head belongs to an article above it.
fn cost_of_late_head(
    context: &Context<'_>,
    hypothesis: &Hypothesis,
    head: PendingHead,
    article: &PartialArticle,
) -> f64 {
    let costs = &context.costs;
    let when = |applies: bool, cost: f64| if applies { cost } else { 0.0 };
    let similarity = |line: u32| context.shared_words.similarity(line, article.compared_lines());
    let similarity = [head.first, head.last].map(similarity).into_iter().fold(0.0, f64::max);
    let share = if article.titled { costs.shared_with_half_head } else { 1.0 };
    let mut cost = -costs.shared_with_late_head * similarity * share;
    cost += if article.titled { costs.half_head } else { costs.late_head };
    cost += when(context.gap(head.first as usize) >= FAR_APART && article.ended, costs.head_apart);
    cost += when(article.titled && head.lines > 1, costs.long_half_head);
    cost += match (head.signed, article.signed) {
        (true, true) => costs.late_head_with_second_byline,
        (true, false) => costs.late_head_with_byline,
        _ => 0.0,
    };
    cost += when(hypothesis.current != Some(article.id), costs.late_head_elsewhere);
    cost += when(!article.titled && article.mid_sentence && !article.ended, costs.late_head_mid_sentence);
    cost += when(article.fragment_start.is_some(), costs.late_head_of_fragment);
    cost + crowding(head, costs)
}
