//! Runs of glyphs: those that follow one another on a line, in the order of the file.
//!
//! A glyph continues a run if it begins where the last one ends; within one operator the gap may be wider, since that is how
//! columns of a line are never written. Single glyphs one below the other, three or more, are a vertical run, as headlines are set
//! by programs that know no vertical writing.

use crate::import::input::pdf::interpreter::Glyph;
use crate::import::page::printed_page::{Direction, Rect};

/// A gap within a line, in sizes of type, at most: from one operator to the next, and within one.
pub(crate) const GAP: f32 = 1.0;
const GAP_WITHIN: f32 = 2.5;
/// How far a glyph may begin before the end of the one before it.
pub(crate) const OVERLAP: f32 = 0.5;
/// Difference of baselines of one line, in sizes of type, and of sizes, as a ratio.
pub(crate) const SKEW: f32 = 0.25;
pub(crate) const SIZES: f32 = 1.35;
/// Distance from one glyph to the one below it in vertical text, in sizes of type: names have a free place before them.
const BELOW: (f32, f32) = (0.7, 2.4);
/// Glyphs of a vertical run, at least.
const STACK: usize = 3;

/// Glyphs of a line, by their indexes, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Run {
    pub(crate) glyphs: Vec<usize>,
    pub(crate) direction: Direction,
}

/// The rectangle of a glyph: its square on the paper, 0.88 above the baseline and 0.12 below.
pub(crate) fn rect_of(glyph: &Glyph) -> Rect {
    if glyph.is_vertical {
        let half = glyph.size / 2.0;
        return Rect::between(glyph.x - half, glyph.y, glyph.x + half, glyph.y + glyph.advance);
    }
    Rect::between(glyph.x, glyph.y - 0.88 * glyph.size, glyph.x + glyph.advance, glyph.y + 0.12 * glyph.size)
}

/// The runs of a page.
pub(crate) fn runs_of(glyphs: &[Glyph]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for at in 0..glyphs.len() {
        match runs.last_mut() {
            Some(run) if continues(run, at, glyphs) => run.glyphs.push(at),
            Some(run) if stacks(run, at, glyphs) => {
                run.direction = Direction::Vertical;
                run.glyphs.push(at);
            }
            _ => {
                split_false_stack(&mut runs, at, glyphs);
                let direction = if glyphs[at].is_vertical { Direction::Vertical } else { Direction::Horizontal };
                match runs.last_mut() {
                    Some(run) if continues(run, at, glyphs) => run.glyphs.push(at),
                    _ => runs.push(Run { glyphs: vec![at], direction }),
                }
            }
        }
    }
    split_false_stack(&mut runs, usize::MAX, glyphs);
    runs
}

fn continues(run: &Run, at: usize, glyphs: &[Glyph]) -> bool {
    let (Some(&last), glyph) = (run.glyphs.last(), &glyphs[at]) else { return false };
    let last = &glyphs[last];
    if last.is_vertical != glyph.is_vertical || !last.is_vertical && run.direction == Direction::Vertical {
        return false;
    }
    let size = last.size.min(glyph.size);
    let (gap, skew) = if glyph.is_vertical {
        (glyph.y - (last.y + last.advance_spaced), glyph.x - last.x)
    } else {
        (glyph.x - (last.x + last.advance_spaced), glyph.y - last.y)
    };
    let most = if last.operation == glyph.operation { GAP_WITHIN } else { GAP };
    are_alike(last.size, glyph.size) && skew.abs() <= SKEW * size && (-OVERLAP * size..=most * size).contains(&gap)
}

/// Whether a glyph is right below the only glyph of a run, or the last one of glyphs one below the other.
fn stacks(run: &Run, at: usize, glyphs: &[Glyph]) -> bool {
    let (last, glyph) = (&glyphs[run.glyphs[run.glyphs.len() - 1]], &glyphs[at]);
    let is_stack = run.direction == Direction::Vertical || run.glyphs.len() == 1;
    let is_upright = |glyph: &Glyph| !glyph.is_vertical && !glyph.text.is_ascii() && glyph.text.chars().count() == 1;
    let middle = |glyph: &Glyph| glyph.x + glyph.advance / 2.0;
    is_stack
        && is_upright(last)
        && is_upright(glyph)
        && are_alike(last.size, glyph.size)
        && (middle(glyph) - middle(last)).abs() < 0.3 * glyph.size
        && (BELOW.0 * glyph.size..=BELOW.1 * glyph.size).contains(&(glyph.y - last.y))
}

/// Glyphs one below the other that are too few: the first glyphs of lines, each a run of its own. So is the last glyph of more where
/// the next one, `at`, stands beside it.
fn split_false_stack(runs: &mut Vec<Run>, at: usize, glyphs: &[Glyph]) {
    let Some(run) = runs.last() else { return };
    let is_stack = run.direction == Direction::Vertical && !glyphs[run.glyphs[0]].is_vertical;
    if !is_stack {
        return;
    }
    let single = |glyph: usize| Run { glyphs: vec![glyph], direction: Direction::Horizontal };
    let last = run.glyphs[run.glyphs.len() - 1];
    let is_beside = at < glyphs.len() && continues(&single(last), at, glyphs);
    if run.glyphs.len() < STACK + usize::from(is_beside) {
        let glyphs = std::mem::take(&mut runs.last_mut().expect("there is one").glyphs);
        runs.pop();
        runs.extend(glyphs.into_iter().map(single));
    } else if is_beside {
        runs.last_mut().expect("there is one").glyphs.pop();
        runs.push(single(last));
    }
}

pub(crate) fn are_alike(a: f32, b: f32) -> bool {
    a <= b * SIZES && b <= a * SIZES
}
