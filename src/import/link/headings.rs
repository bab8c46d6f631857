//! What it costs that a head is the head of a text: of the one below it, of one before it, of none.

use crate::import::link::context::{Board, HOPELESS};
use crate::import::link::hypothesis::{Head, Reading, Thread};
use crate::import::page::role::Role;

impl Board<'_> {
    /// What is saved where the rests that were printed before their beginnings are read behind them.
    pub(crate) fn adopted(&self, reading: &Reading) -> f64 {
        let costs = &self.costs;
        let open = reading.threads.iter().filter(|thread| thread.open && !thread.ended);
        let mut open: Vec<&Thread> = open.collect();
        let mut saved = 0.0;
        for (tail, first) in reading.threads.iter().filter_map(|thread| Some((thread, thread.tail?))) {
            let alone = costs.left_open + tail.unfinished(costs);
            let joined = |thread: &Thread| {
                let fit = self.seam_between(thread.last as usize, first as usize) * costs.seam;
                alone
                    - costs.tail_first
                    - (costs.bad_seam - fit).clamp(-costs.seam_most, costs.seam_most)
                    - costs.come_back_to_open
            };
            let worth = open.iter().map(|thread| joined(thread)).enumerate().filter(|(at, _)| open[*at].id != tail.id);
            if let Some((at, worth)) = worth.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, worth)| *worth > 0.0) {
                saved += worth;
                open.swap_remove(at);
            }
        }
        saved
    }

    /// What it costs that a text behind the head that waits is not its text.
    pub(crate) fn passed_over(&self, head: Head) -> f64 {
        match head {
            Head { boxed: true, .. } => self.costs.box_passed_over,
            Head { signed: true, .. } => self.costs.signed_passed_over,
            _ => self.costs.head_passed_over,
        }
    }

    /// What it costs that a text stands below the head that waits.
    pub(crate) fn below(&self, head: Head, at: usize) -> f64 {
        let (costs, signs) = (&self.costs, &self.signs[at]);
        let mut cost = signs.stale * costs.stale + if signs.stub { costs.stub } else { 0.0 };
        cost += match (head.signed, signs.dateline) {
            (true, true) => costs.signed_twice,
            (false, false) if signs.picture => costs.picture_below_head,
            (false, false) if head.boxed => 0.0,
            (false, false) => costs.no_byline,
            _ => 0.0,
        };
        cost - costs.shared_with_head * self.kinship.shared(&[head.first, head.last])
    }

    /// What it costs that a text begins without a head.
    pub(crate) fn begins(&self, reading: &Reading, at: usize) -> f64 {
        let (costs, signs) = (&self.costs, &self.signs[at]);
        if reading.from_elsewhere {
            return costs.headless_jump;
        }
        let first = if reading.threads.is_empty() { 0.5 } else { 1.0 };
        let stale = signs.stale * costs.stale + if signs.stub { costs.stub } else { 0.0 };
        let begins = match (signs.dateline, signs.bullet, self.gap(at) >= 2) {
            (true, _, _) => costs.headless_dateline,
            (_, true, _) => costs.headless_bullet,
            (_, _, true) if signs.picture => costs.headless_picture,
            (_, _, true) => costs.headless_apart,
            _ => costs.headless,
        };
        first * begins + stale
    }

    /// What it costs that a line joins the head that waits.
    pub(crate) fn joins_head(&self, head: Head, at: usize, role: Role) -> f64 {
        let costs = &self.costs;
        let (line, last) = (&self.page.lines[at], &self.page.lines[head.last as usize]);
        let many = f64::from(head.lines.saturating_sub(2)) * costs.crowded_head;
        let apart = if line.gap >= 3 { costs.head_apart } else { 0.0 };
        let signed = if head.signed && role != Role::Byline { costs.head_after_byline } else { 0.0 };
        // `#` title, then `##` kicker or title: the next head begins
        let next_head = if last.mark == 1 && line.mark == 2 { costs.next_head_mark } else { 0.0 };
        let columns = role == Role::Column && self.labels[head.first as usize].role == Role::Column;
        let below = head.column_below && matches!(role, Role::Title | Role::Kicker | Role::Column);
        many + apart
            + signed
            + next_head
            + if columns { costs.head_after_byline } else { 0.0 }
            + if below { costs.head_after_column } else { 0.0 }
    }

    /// The articles before the line whose headline the waiting head may be, with what that costs.
    pub(crate) fn settlements(&self, reading: &Reading) -> Vec<(u32, f64)> {
        let Some(head) = reading.head.filter(|head| head.titled) else { return Vec::new() };
        let all = reading.threads.iter().map(|thread| (thread.id, self.settles(reading, head, thread)));
        all.filter(|(_, cost)| *cost < HOPELESS).collect()
    }

    fn settles(&self, reading: &Reading, head: Head, thread: &Thread) -> f64 {
        let costs = &self.costs;
        let own = [head.first, head.last];
        let likeness = own.map(|line| self.kinship.between(line, thread.recent())).into_iter().fold(0.0, f64::max);
        let mut cost = -costs.shared_with_head_behind * likeness * if thread.titled { 0.4 } else { 1.0 };
        cost += if thread.titled { costs.half_head } else { costs.head_behind };
        cost += if self.gap(head.first as usize) >= 3 && thread.ended { costs.head_apart } else { 0.0 };
        cost += if thread.titled && head.lines > 1 { 1.5 } else { 0.0 };
        cost += match (head.signed, thread.signed) {
            (true, true) => 6.0,
            (true, false) => costs.byline_behind,
            _ => 0.0,
        };
        cost += if reading.current == Some(thread.id) { 0.0 } else { costs.head_behind_elsewhere };
        cost += if !thread.titled && thread.open && !thread.ended { costs.head_behind_open } else { 0.0 };
        cost += if thread.tail.is_some() { costs.head_of_tail } else { 0.0 };
        cost + f64::from(head.lines.saturating_sub(2)) * costs.crowded_head
    }
}
