//! Column strips: printed lines of one size of type, one directly below the other, between the edges of a column.
//!
//! 1. lines are joined that stand next to each other, at the distance of lines, without a rule between
//! 2. once more with each line as wide as its strip: a paragraph's short last line and the indented one below it share no width
//! 3. the edges of each strip: its own lines' where it has enough, otherwise those of a longer strip in the same column

use crate::import::layout::neighbours::Grid;
use crate::import::layout::pieces::{Piece, overlap_x};
use crate::import::layout::type_sizes::TypeSizes;
use crate::import::page::printed_page::Rect;

/// Distance of two lines of a strip, at most, in that of lines of body text.
const NEXT_LINE: f32 = 1.3;
/// … of two lines of a headline, in its type size.
const NEXT_HEADLINE: f32 = 1.75;
/// … of two lines of a subhead, in that of lines of body text.
const NEXT_SUBHEAD: f32 = 1.6;
/// Distance of two lines of a text that is set more widely than others, at most, in that of lines of body text; three lines or more
/// have to stand at it, as a ratio nearly.
const WIDE_LINE: f32 = 1.75;
const REGULAR: f32 = 0.07;
/// How often lines are joined to strips.
const ROUNDS: usize = 3;
/// Lines from which a strip tells its edges.
const TELLING: usize = 4;
/// Rules that are looked at for one line, at most.
const LOOKS: usize = 200;

/// Lines of a column, one below the other.
#[derive(Debug, Clone)]
pub(super) struct Strip {
    /// indexes of pieces, from top to bottom; never empty
    pub(super) pieces: Vec<usize>,
    pub(super) rect: Rect,
    /// the edges of its column
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) size: f32,
}

/// Groups the pieces; vertical lines are strips of their own.
pub(super) fn strips(pieces: &[Piece], rules: &[Rect], sizes: &TypeSizes) -> Vec<Strip> {
    let rules = horizontal_rules(rules);
    let regular = regular_lines(pieces, sizes);
    let page = Lines { pieces, regular: &regular, rules: &rules, sizes };
    let mut strips: Vec<Vec<usize>> = (0..pieces.len()).map(|index| vec![index]).collect();
    for _ in 0..ROUNDS {
        let before = strips.len();
        strips = join_round(&page, strips);
        if strips.len() == before {
            break;
        }
    }
    let mut strips: Vec<Strip> = strips.into_iter().map(|strip| with_edges(pieces, strip)).collect();
    adopt_edges(&mut strips, sizes);
    strips
}

/// Rules from left to right, by height on the page.
fn horizontal_rules(rules: &[Rect]) -> Vec<Rect> {
    let mut rules: Vec<Rect> = rules.iter().filter(|rule| rule.width() > 4.0 * rule.height()).copied().collect();
    rules.sort_by(|a, b| a.y0.total_cmp(&b.y0));
    rules
}

/// The lines of a page, and what divides them.
struct Lines<'a> {
    pieces: &'a [Piece],
    /// of each piece: the one below it is as far as others of its text are from one another
    regular: &'a [bool],
    rules: &'a [Rect],
    sizes: &'a TypeSizes,
}

/// Of each line whether the next one below it is as far as that is from its next, or it from the one above it: text that is set more
/// widely than most.
fn regular_lines(pieces: &[Piece], sizes: &TypeSizes) -> Vec<bool> {
    let grid = Grid::new(pieces.iter().map(|piece| piece.rect).collect());
    let next = |at: usize| {
        let below = grid.below(at, 2.0 * sizes.body)?;
        let (a, b) = (&pieces[at], &pieces[below]);
        let edges = (a.rect.x0 - b.rect.x0).abs().min((a.rect.x1 - b.rect.x1).abs());
        let distance = b.center().1 - a.center().1;
        let alike = sizes.same(a.size, b.size) && edges < 0.5 * sizes.body && !a.vertical && !b.vertical;
        (alike && distance < WIDE_LINE * sizes.pitch).then_some((below, distance))
    };
    let next: Vec<Option<(usize, f32)>> = (0..pieces.len()).map(next).collect();
    let mut regular = vec![false; pieces.len()];
    for at in 0..pieces.len() {
        let Some((below, distance)) = next[at] else { continue };
        if next[below].is_some_and(|next| (next.1 - distance).abs() < REGULAR * distance) {
            (regular[at], regular[below]) = (true, true);
        }
    }
    regular
}

/// Joins strips whose last and first lines stand next to each other.
fn join_round(page: &Lines<'_>, strips: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let Lines { pieces, sizes, .. } = *page;
    let mut widened: Vec<Rect> = pieces.iter().map(|piece| piece.rect).collect();
    let mut strip_of = vec![0; pieces.len()];
    for (index, strip) in strips.iter().enumerate() {
        let (x0, x1) = extent(pieces, strip);
        for &piece in strip {
            (widened[piece].x0, widened[piece].x1) = (x0, x1);
            strip_of[piece] = index;
        }
    }
    let grid = Grid::new(widened.clone());
    let least = 0.4 * sizes.body;
    let mut next: Vec<Option<usize>> = vec![None; strips.len()];
    let mut has_previous = vec![false; strips.len()];
    for (index, strip) in strips.iter().enumerate() {
        let bottom = strip[strip.len() - 1];
        let Some(top) = grid.below(bottom, least) else { continue };
        let other = strip_of[top];
        let mutual = other != index && strips[other][0] == top && grid.above(top, least) == Some(bottom);
        if mutual && follows(page, (bottom, &widened[bottom]), (top, &widened[top])) {
            next[index] = Some(other);
            has_previous[other] = true;
        }
    }
    chains(strips, &next, &has_previous)
}

/// Strips that follow one another, as one. A strip is next to one other at most, and always below it, so that there is no circle.
fn chains(mut strips: Vec<Vec<usize>>, next: &[Option<usize>], has_previous: &[bool]) -> Vec<Vec<usize>> {
    let mut joined = Vec::new();
    for first in (0..strips.len()).filter(|&index| !has_previous[index]) {
        let mut chain = std::mem::take(&mut strips[first]);
        let mut at = first;
        while let Some(following) = next[at] {
            chain.append(&mut strips[following]);
            at = following;
        }
        joined.push(chain);
    }
    // what a circle would hold
    joined.extend(strips.into_iter().filter(|strip| !strip.is_empty()));
    joined
}

fn extent(pieces: &[Piece], strip: &[usize]) -> (f32, f32) {
    let left = strip.iter().map(|&piece| pieces[piece].rect.x0).fold(f32::INFINITY, f32::min);
    let right = strip.iter().map(|&piece| pieces[piece].rect.x1).fold(f32::NEG_INFINITY, f32::max);
    (left, right)
}

/// Whether a line is the next one of the strip that another ends; each with the rectangle that is as wide as its strip.
fn follows(page: &Lines<'_>, (above, above_rect): (usize, &Rect), (below, below_rect): (usize, &Rect)) -> bool {
    let Lines { pieces, sizes, .. } = *page;
    let (a, b) = (&pieces[above], &pieces[below]);
    if a.vertical
        || b.vertical
        || a.is_titled() != b.is_titled()
        || a.is_note != b.is_note
        || !sizes.same(a.size, b.size)
    {
        return false;
    }
    let distance = b.center().1 - a.center().1;
    let is_head = sizes.is_head(a.size) && sizes.is_head(b.size);
    let farthest = if is_head {
        NEXT_HEADLINE * a.size.max(b.size)
    } else if sizes.is_display(a.size) {
        NEXT_SUBHEAD * sizes.pitch
    } else if page.regular[above] {
        WIDE_LINE * sizes.pitch
    } else {
        NEXT_LINE * sizes.pitch
    };
    let tolerance = 0.9 * sizes.body;
    let within = |inner: &Rect, outer: &Rect| inner.x0 > outer.x0 - tolerance && inner.x1 < outer.x1 + tolerance;
    let aligned = is_head || within(above_rect, below_rect) || within(below_rect, above_rect);
    distance < farthest && aligned && !rule_between(a, b, page.rules)
}

/// A rule between two lines, at least half as long as the shorter one.
fn rule_between(above: &Piece, below: &Piece, rules: &[Rect]) -> bool {
    let from = rules.partition_point(|rule| rule.y0 < above.center().1);
    let shorter = above.rect.width().min(below.rect.width());
    let between = rules[from..].iter().take_while(|rule| rule.y0 < below.center().1).take(LOOKS);
    let mut covering =
        between.filter(|rule| overlap_x(rule, &above.rect).min(overlap_x(rule, &below.rect)) > 0.5 * shorter);
    covering.next().is_some()
}

fn with_edges(pieces: &[Piece], strip: Vec<usize>) -> Strip {
    let rects = strip.iter().map(|&piece| pieces[piece].rect);
    let rect = rects.reduce(|a, b| a.union(&b)).unwrap_or_default();
    let quantile = |mut edges: Vec<f32>, share: f32| {
        edges.sort_by(f32::total_cmp);
        edges[((edges.len() - 1) as f32 * share).round() as usize]
    };
    let (mut left, mut right) = (rect.x0, rect.x1);
    if strip.len() > TELLING {
        left = quantile(strip.iter().map(|&piece| pieces[piece].rect.x0).collect(), 0.15);
        right = quantile(strip.iter().map(|&piece| pieces[piece].rect.x1).collect(), 0.8);
    }
    let size = quantile(strip.iter().map(|&piece| pieces[piece].size).collect(), 0.5);
    Strip { pieces: strip, rect, left, right, size }
}

/// Gives short strips the edges of the nearest longer one of their column.
fn adopt_edges(strips: &mut [Strip], sizes: &TypeSizes) {
    let mut telling: Vec<(f32, f32, Rect)> = strips
        .iter()
        .filter(|strip| strip.pieces.len() >= TELLING)
        .map(|strip| (strip.left, strip.right, strip.rect))
        .collect();
    telling.sort_by(|a, b| a.0.total_cmp(&b.0));
    let tolerance = 0.8 * sizes.body;
    for strip in strips.iter_mut().filter(|strip| strip.pieces.len() < TELLING) {
        let to = telling.partition_point(|column| column.0 <= strip.rect.x0 + tolerance);
        let holds = |column: &&(f32, f32, Rect)| {
            let touches = strip.rect.x0 - column.0 < 2.8 * sizes.body || column.1 - strip.rect.x1 < 2.8 * sizes.body;
            strip.rect.x1 < column.1 + tolerance && touches
        };
        let distance = |column: &(f32, f32, Rect)| (column.2.y0 - strip.rect.y1).max(strip.rect.y0 - column.2.y1);
        let columns = telling[to.saturating_sub(LOOKS)..to].iter().filter(holds);
        if let Some(column) = columns.min_by(|a, b| distance(a).total_cmp(&distance(b))) {
            (strip.left, strip.right) = (column.0, column.1);
        }
    }
}
