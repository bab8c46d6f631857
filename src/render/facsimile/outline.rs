//! The outline of an article: its rectangles, joined where nothing of another article lies between them.
//!
//! 1. each rectangle is widened a little, so that it does not touch its text
//! 2. paragraphs of a column, and columns side by side, are joined over the blank between them
//! 3. the edges of the area that all of them cover become closed paths

use std::collections::BTreeMap;
use std::fmt::Write;

/// A rectangle, `[x0, y0, x1, y1]` in tenths of a point.
pub(super) type Rect = [i32; 4];

/// From text to its outline.
const ROUND: i32 = 25;
/// Blank between paragraphs, and between columns, that is joined over, at most.
const BELOW: i32 = 500;
const BESIDE: i32 = 300;
/// Blanks inside an article that are no more than gaps between its lines, in square tenths of a point.
const HOLE: i64 = 250_000;
/// Rectangles of an article that are joined, at most: an article that is in more pieces keeps them apart.
const MAX_JOINED: usize = 150;
/// Rectangles of an article that are drawn, at most.
const MAX_DRAWN: usize = 400;

/// The area of an article, as the data of a path in SVG; `others` are the rectangles of all other lines of the page.
pub(super) fn outline(own: &[Rect], others: &[Rect]) -> String {
    let rects: Vec<Rect> = own.iter().take(MAX_DRAWN).filter(|[x0, y0, x1, y1]| x0 < x1 && y0 < y1).copied().collect();
    let bridges = if rects.len() > MAX_JOINED { Vec::new() } else { bridges(&rects, others) };
    let widened = |[x0, y0, x1, y1]: Rect| [x0 - ROUND, y0 - ROUND, x1 + ROUND, y1 + ROUND];
    let area: Vec<Rect> = rects.into_iter().map(widened).chain(bridges).collect();
    paths(&area)
}

/// The blanks between rectangles that belong to the article too.
fn bridges(rects: &[Rect], others: &[Rect]) -> Vec<Rect> {
    let mut bridges = Vec::new();
    for (index, a) in rects.iter().enumerate() {
        for b in rects.iter().skip(index + 1) {
            bridges.extend(bridge(a, b).filter(|bridge| !others.iter().any(|other| meet(bridge, other))));
        }
    }
    bridges
}

fn bridge(a: &Rect, b: &Rect) -> Option<Rect> {
    let [x0, x1] = [a[0].max(b[0]), a[2].min(b[2])];
    let [y0, y1] = [a[1].max(b[1]), a[3].min(b[3])];
    let narrower = (a[2] - a[0]).min(b[2] - b[0]);
    if x1 - x0 > narrower / 2 && y0 > y1 && y0 - y1 < BELOW {
        return Some([x0 - ROUND, y1, x1 + ROUND, y0]);
    }
    (y1 > y0 && x0 > x1 && x0 - x1 < BESIDE).then_some([x1, y0 - ROUND, x0, y1 + ROUND])
}

fn meet(a: &Rect, b: &Rect) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

type Point = (i32, i32);

/// The edges of the area that rectangles cover together, as closed paths.
fn paths(area: &[Rect]) -> String {
    let mut edges: BTreeMap<Point, Vec<Point>> = BTreeMap::new();
    for (from, to) in edges_of(area) {
        edges.entry(from).or_default().push(to);
    }
    let mut out = String::new();
    while let Some((&start, _)) = edges.first_key_value() {
        let mut corners = vec![start];
        let mut at = start;
        while let Some(to) = take(&mut edges, at) {
            at = to;
            if at == start {
                break;
            }
            corners.push(at);
        }
        if !is_small_hole(&corners) {
            write_path(&mut out, &corners);
        }
    }
    out
}

fn take(edges: &mut BTreeMap<Point, Vec<Point>>, from: Point) -> Option<Point> {
    let ends = edges.get_mut(&from)?;
    let to = ends.pop();
    if ends.is_empty() {
        edges.remove(&from);
    }
    to
}

/// The edges between covered and other cells of the grid that all sides of the rectangles make, clockwise round the area.
fn edges_of(area: &[Rect]) -> Vec<(Point, Point)> {
    let sides = |from: usize| {
        let mut sides: Vec<i32> = area.iter().flat_map(|rect| [rect[from], rect[from + 2]]).collect();
        sides.sort_unstable();
        sides.dedup();
        sides
    };
    let (xs, ys) = (sides(0), sides(1));
    let (columns, rows) = (xs.len().saturating_sub(1), ys.len().saturating_sub(1));
    let mut covered = vec![false; columns * rows];
    for [x0, y0, x1, y1] in area {
        let place = |sides: &[i32], side: &i32| sides.partition_point(|other| other < side);
        for row in place(&ys, y0)..place(&ys, y1) {
            covered[row * columns + place(&xs, x0)..row * columns + place(&xs, x1)].fill(true);
        }
    }
    let is_covered = |column: Option<usize>, row: Option<usize>| {
        column.zip(row).is_some_and(|(column, row)| column < columns && row < rows && covered[row * columns + column])
    };
    let mut edges = Vec::new();
    for row in 0..rows {
        for column in (0..columns).filter(|&column| covered[row * columns + column]) {
            let (left, top, right, bottom) = (xs[column], ys[row], xs[column + 1], ys[row + 1]);
            let sides = [
                (is_covered(Some(column), row.checked_sub(1)), (left, top), (right, top)),
                (is_covered(Some(column + 1), Some(row)), (right, top), (right, bottom)),
                (is_covered(Some(column), Some(row + 1)), (right, bottom), (left, bottom)),
                (is_covered(column.checked_sub(1), Some(row)), (left, bottom), (left, top)),
            ];
            edges.extend(sides.into_iter().filter(|(inside, ..)| !inside).map(|(_, from, to)| (from, to)));
        }
    }
    edges
}

/// Whether a path runs round a blank inside the area, as between the ends of two paragraphs: edges run the other way round it.
fn is_small_hole(corners: &[Point]) -> bool {
    let cross = |at: usize| {
        let (a, b) = (corners[at], corners[(at + 1) % corners.len()]);
        i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1)
    };
    let doubled: i64 = (0..corners.len()).map(cross).sum();
    doubled < 0 && doubled > -2 * HOLE
}

/// A closed path over corners; those on a straight line are left out.
fn write_path(out: &mut String, corners: &[Point]) {
    let is_turn = |&at: &usize| {
        let (before, here) = (corners[(at + corners.len() - 1) % corners.len()], corners[at]);
        let after = corners[(at + 1) % corners.len()];
        !(before.0 == here.0 && here.0 == after.0 || before.1 == here.1 && here.1 == after.1)
    };
    for (index, at) in (0..corners.len()).filter(is_turn).enumerate() {
        let (x, y) = corners[at];
        let _ = write!(out, "{}{x} {y}", if index == 0 { 'M' } else { 'L' });
    }
    out.push('Z');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paragraphs_and_columns_become_one_area() {
        let own = [[100, 100, 500, 200], [100, 230, 500, 400], [550, 100, 900, 300]];
        let path = outline(&own, &[]);
        assert_eq!(path.matches('Z').count(), 1, "{path}");
        assert_eq!(path, "M75 75L925 75L925 325L525 325L525 425L75 425Z");
    }

    #[test]
    fn what_stands_between_keeps_the_parts_of_an_article_apart() {
        let own = [[100, 100, 500, 200], [100, 500, 500, 700]];
        assert_eq!(outline(&own, &[]).matches('Z').count(), 1);
        assert_eq!(outline(&own, &[[100, 250, 500, 450]]).matches('Z').count(), 2);
        assert_eq!(outline(&[], &[]), "");
    }

    proptest! {
        #[test]
        fn every_path_is_closed_and_turns_at_each_corner(
            rects in prop::collection::vec([0i32..90, 0i32..90, 0i32..90, 0i32..90], 0..12),
        ) {
            let rects: Vec<Rect> = rects.into_iter().map(|rect| rect.map(|edge| edge * 10)).collect();
            let path = outline(&rects, &[]);
            for path in path.split_terminator('Z') {
                let corners: Vec<Vec<i32>> =
                    path[1..].split('L').map(|at| at.split(' ').map(|edge| edge.parse().unwrap()).collect()).collect();
                prop_assert!(corners.len() >= 4 && corners.len().is_multiple_of(2), "{}", path);
                for (at, corner) in corners.iter().enumerate() {
                    let next = &corners[(at + 1) % corners.len()];
                    prop_assert!((corner[0] == next[0]) != (corner[1] == next[1]), "{}", path);
                }
            }
        }
    }
}
