//! Drawn lines of a page: thin filled shapes, stroked lines, and the borders of boxes.

use crate::import::input::pdf::matrix::Matrix;
use crate::import::page::printed_page::Rect;

/// Drawn lines of a page, at most; a chart has thousands.
const MAX_RULES: usize = 5_000;
/// The thickest line, and the shortest, in points.
const THICK: f32 = 4.0;
const SHORT: f32 = 12.0;
/// Points of a path that are looked at.
const MAX_POINTS: usize = 200;

/// A path under construction, in points of the page.
#[derive(Debug, Default)]
pub(crate) struct Path {
    /// the corners of each part
    parts: Vec<Vec<(f32, f32)>>,
}

impl Path {
    pub(crate) fn clear(&mut self) {
        self.parts.clear();
    }

    pub(crate) fn move_to(&mut self, matrix: &Matrix, x: f64, y: f64) {
        if self.parts.len() < MAX_RULES {
            let (x, y) = matrix.apply(x, y);
            self.parts.push(vec![(x as f32, y as f32)]);
        }
    }

    pub(crate) fn line_to(&mut self, matrix: &Matrix, x: f64, y: f64) {
        let (x, y) = matrix.apply(x, y);
        if let Some(part) = self.parts.last_mut().filter(|part| part.len() < MAX_POINTS) {
            part.push((x as f32, y as f32));
        }
    }

    pub(crate) fn close(&mut self) {
        if let Some(part) = self.parts.last_mut() {
            part.extend(part.first().copied());
        }
    }

    pub(crate) fn rectangle(&mut self, matrix: &Matrix, x: f64, y: f64, width: f64, height: f64) {
        self.move_to(matrix, x, y);
        self.line_to(matrix, x + width, y);
        self.line_to(matrix, x + width, y + height);
        self.line_to(matrix, x, y + height);
        self.close();
    }

    /// Adds what filling the path draws: thin shapes, and the borders of boxes.
    pub(crate) fn fill(&self, rules: &mut Vec<Rect>) {
        for part in &self.parts {
            let Some(bounds) = bounds(part) else { continue };
            if is_line(&bounds) {
                add(bounds, rules);
            } else if is_box(part) {
                borders(&bounds).into_iter().for_each(|border| add(border, rules));
            }
        }
    }

    /// Adds what stroking the path draws: its straight lines along the page's edges. `width` is in points.
    pub(crate) fn stroke(&self, width: f32, rules: &mut Vec<Rect>) {
        let half = (width / 2.0).clamp(0.1, THICK / 2.0);
        for pair in self.parts.iter().flat_map(|part| part.windows(2)) {
            let line = Rect::between(pair[0].0, pair[0].1, pair[1].0, pair[1].1);
            if line.width().min(line.height()) < 1.0 {
                add(Rect { x0: line.x0 - half, y0: line.y0 - half, x1: line.x1 + half, y1: line.y1 + half }, rules);
            }
        }
    }
}

fn add(rule: Rect, rules: &mut Vec<Rect>) {
    let is_finite = [rule.x0, rule.y0, rule.x1, rule.y1].iter().all(|value| value.is_finite());
    if is_line(&rule) && is_finite && rules.len() < MAX_RULES {
        rules.push(rule);
    }
}

fn is_line(bounds: &Rect) -> bool {
    bounds.width().min(bounds.height()) <= THICK && bounds.width().max(bounds.height()) >= SHORT
}

fn bounds(points: &[(f32, f32)]) -> Option<Rect> {
    points.iter().map(|&(x, y)| Rect::between(x, y, x, y)).reduce(|all, point| all.union(&point))
}

/// Four corners, and maybe the first again, with sides along the page's edges.
fn is_box(points: &[(f32, f32)]) -> bool {
    let is_along = |pair: &[(f32, f32)]| (pair[0].0 - pair[1].0).abs() < 0.5 || (pair[0].1 - pair[1].1).abs() < 0.5;
    (4..=6).contains(&points.len()) && points.windows(2).all(is_along)
}

fn borders(rect: &Rect) -> [Rect; 4] {
    let (x, y) = (0.25, 0.25);
    [
        Rect { y1: rect.y0 + y, ..*rect },
        Rect { y0: rect.y1 - y, ..*rect },
        Rect { x1: rect.x0 + x, ..*rect },
        Rect { x0: rect.x1 - x, ..*rect },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_have_four_borders_and_thin_shapes_are_lines() {
        let (mut path, mut rules) = (Path::default(), Vec::new());
        path.rectangle(&Matrix::IDENTITY, 10.0, 10.0, 100.0, 50.0);
        path.rectangle(&Matrix::IDENTITY, 10.0, 100.0, 100.0, 0.5);
        path.fill(&mut rules);
        assert_eq!(rules.len(), 5);
        rules.clear();
        path.clear();
        path.move_to(&Matrix::IDENTITY, 0.0, 0.0);
        path.line_to(&Matrix::IDENTITY, 0.0, 80.0);
        path.line_to(&Matrix::IDENTITY, 70.0, 0.0);
        path.stroke(1.0, &mut rules);
        assert_eq!(rules, [Rect::between(-0.5, -0.5, 0.5, 80.5)]);
    }
}
