//! The nearest rectangles above and below one: a grid of vertical stripes, each with its rectangles from top to bottom.

use crate::import::layout::pieces::{center, overlap_x};
use crate::import::page::printed_page::Rect;

/// Stripes of the grid.
const STRIPES: usize = 96;
/// Rectangles that are looked at in a stripe, at most: a page has few that stand at one place.
const LOOKS: usize = 24;

/// Rectangles by place.
pub(super) struct Grid {
    left: f32,
    width: f32,
    /// by stripe: indexes of rectangles, by their middles from top to bottom
    stripes: Vec<Vec<usize>>,
    rects: Vec<Rect>,
}

impl Grid {
    pub(super) fn new(rects: Vec<Rect>) -> Self {
        let left = rects.iter().map(|rect| rect.x0).fold(f32::INFINITY, f32::min).min(1e9);
        let right = rects.iter().map(|rect| rect.x1).fold(left, f32::max);
        let width = ((right - left) / STRIPES as f32).max(0.01);
        let mut grid = Self { left, width, stripes: vec![Vec::new(); STRIPES], rects };
        let mut order: Vec<usize> = (0..grid.rects.len()).collect();
        order.sort_by(|&a, &b| center(&grid.rects[a]).1.total_cmp(&center(&grid.rects[b]).1));
        for index in order {
            let (first, last) = grid.stripes_of(&grid.rects[index]);
            grid.stripes[first..=last].iter_mut().for_each(|stripe| stripe.push(index));
        }
        grid
    }

    fn stripes_of(&self, rect: &Rect) -> (usize, usize) {
        let stripe = |x: f32| (((x - self.left) / self.width).max(0.0) as usize).min(STRIPES - 1);
        (stripe(rect.x0), stripe(rect.x1))
    }

    /// The nearest rectangle of which the middle lies below that of `index`, and which shares more than `least` points of its width.
    pub(super) fn below(&self, index: usize, least: f32) -> Option<usize> {
        self.nearest(index, least, true)
    }

    /// … above.
    pub(super) fn above(&self, index: usize, least: f32) -> Option<usize> {
        self.nearest(index, least, false)
    }

    fn nearest(&self, index: usize, least: f32, downwards: bool) -> Option<usize> {
        let rect = &self.rects[index];
        let (first, last) = self.stripes_of(rect);
        let mut best: Option<(f32, usize)> = None;
        for stripe in &self.stripes[first..=last] {
            if let Some(found) = self.nearest_in(stripe, index, least, downwards)
                && best.is_none_or(|best| found.0 < best.0 || found.0 == best.0 && found.1 < best.1)
            {
                best = Some(found);
            }
        }
        best.map(|(_, other)| other)
    }

    fn nearest_in(&self, stripe: &[usize], index: usize, least: f32, downwards: bool) -> Option<(f32, usize)> {
        let (rect, middle) = (&self.rects[index], center(&self.rects[index]).1);
        let y = |other: usize| center(&self.rects[other]).1;
        let fits = |&other: &usize| {
            let distance = (y(other) - middle).abs();
            let differs = distance > 0.25 * rect.height().min(self.rects[other].height()).max(0.1);
            other != index && differs && overlap_x(rect, &self.rects[other]) > least
        };
        let from = stripe.partition_point(|&other| if downwards { y(other) <= middle } else { y(other) < middle });
        let found = if downwards {
            stripe[from..].iter().take(LOOKS).copied().find(fits)
        } else {
            stripe[..from].iter().rev().take(LOOKS).copied().find(fits)
        };
        found.map(|other| ((y(other) - middle).abs(), other))
    }
}
