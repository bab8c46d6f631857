//! The cost of a head: of belonging to the text below it, to an article above it, or to none.
//!
//! A head is the lines above an article's text: column label, kicker, title, subtitle, byline. While lines are assigned it
//! is pending until its text is found; some heads are printed below their text, and some in two halves.

use crate::import::link::context::Context;
use crate::import::link::costs;
use crate::import::link::hypothesis::{Hypothesis, PartialArticle, PendingHead};
use crate::import::page::lines::{APART, FAR_APART};
use crate::import::page::role::Role;

/// What it costs that a text behind the pending head is not its text.
pub(crate) fn cost_of_skipping(head: PendingHead) -> f64 {
    match head {
        PendingHead { of_box: true, .. } => costs::SKIP_BOX_HEAD,
        PendingHead { signed: true, .. } => costs::SKIP_SIGNED_HEAD,
        _ => costs::SKIP_HEAD,
    }
}

/// What it costs that a line is the first text of the pending head.
pub(crate) fn cost_below_head(context: &Context<'_>, head: PendingHead, at: usize) -> f64 {
    let cues = &context.cues[at];
    let mut cost = cost_of_opening(context, at);
    cost += match (head.signed, cues.dateline) {
        (true, true) => costs::SIGNED_TWICE,
        (false, false) if cues.picture_text => costs::PICTURE_BELOW_HEAD,
        (false, false) if head.of_box => 0.0,
        (false, false) => costs::NO_BYLINE,
        _ => 0.0,
    };
    cost - costs::SHARED_WITH_HEAD * context.shared_words.similarity_of_current(&[head.first, head.last])
}

/// What it costs that a line begins an article without a head.
pub(crate) fn cost_without_head(context: &Context<'_>, hypothesis: &Hypothesis, at: usize) -> f64 {
    let cues = &context.cues[at];
    if hypothesis.after_incoming_jump {
        return costs::HEADLESS_JUMP;
    }
    let share = if hypothesis.articles.is_empty() { costs::HEADLESS_FIRST } else { 1.0 };
    let headless = match (cues.dateline, cues.bullet, context.gap(at) >= APART) {
        (true, _, _) => costs::HEADLESS_DATELINE,
        (_, true, _) => costs::HEADLESS_BULLET,
        (_, _, true) if cues.picture_text => costs::HEADLESS_PICTURE,
        (_, _, true) => costs::HEADLESS_APART,
        _ => costs::HEADLESS,
    };
    share * headless + cost_of_opening(context, at)
}

/// What it costs that a line opens a text.
fn cost_of_opening(context: &Context<'_>, at: usize) -> f64 {
    let cues = &context.cues[at];
    cues.unlikely_opening * costs::UNLIKELY_OPENING + costs::when(cues.stub, costs::STUB_OPENING)
}

/// What it costs that a line joins the pending head.
pub(crate) fn cost_of_head_line(context: &Context<'_>, head: PendingHead, at: usize, role: Role) -> f64 {
    let (line, last) = (&context.page.lines[at], &context.page.lines[head.last as usize]);
    let is_column = |role: Role| role == Role::Column;
    let opens_head = matches!(role, Role::Title | Role::Kicker | Role::Column);
    crowding(head)
        + costs::when(line.gap >= FAR_APART, costs::HEAD_APART)
        + costs::when(head.signed && role != Role::Byline, costs::HEAD_AFTER_BYLINE)
        // `#` title, then `##` kicker or title: the next head begins
        + costs::when(last.mark == 1 && line.mark == 2, costs::NEXT_HEAD_MARK)
        // a second column label is the next head's, as a line behind the byline is
        + costs::when(is_column(role) && is_column(context.labels[head.first as usize].role), costs::HEAD_AFTER_BYLINE)
        + costs::when(head.column_below && opens_head, costs::HEAD_AFTER_COLUMN)
}

fn crowding(head: PendingHead) -> f64 {
    f64::from(head.lines.saturating_sub(costs::HEAD_LINES)) * costs::CROWDED_HEAD
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
    let share = if article.titled { costs::SHARED_WITH_HALF_HEAD } else { 1.0 };
    let mut cost = -costs::SHARED_WITH_LATE_HEAD * similarity * share;
    cost += if article.titled { costs::HALF_HEAD } else { costs::LATE_HEAD };
    cost += costs::when(context.gap(head.first as usize) >= FAR_APART && article.ended, costs::HEAD_APART);
    cost += costs::when(article.titled && head.lines > 1, costs::LONG_HALF_HEAD);
    cost += match (head.signed, article.signed) {
        (true, true) => costs::LATE_HEAD_WITH_SECOND_BYLINE,
        (true, false) => costs::LATE_HEAD_WITH_BYLINE,
        _ => 0.0,
    };
    cost += costs::when(current != Some(article.id), costs::LATE_HEAD_ELSEWHERE);
    cost += costs::when(!article.titled && article.mid_sentence && !article.ended, costs::LATE_HEAD_MID_SENTENCE);
    cost += costs::when(article.fragment_start.is_some(), costs::LATE_HEAD_OF_FRAGMENT);
    cost + crowding(head)
}
