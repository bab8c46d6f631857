//! Affine transformations, as PDF writes them: six numbers, of which the last two move.

use crate::import::page::printed_page::Rect;

/// `[a, b, c, d, e, f]`: x' = a x + c y + e, y' = b x + d y + f.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Matrix(pub(crate) [f64; 6]);

impl Matrix {
    pub(crate) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This transformation, and then the other.
    pub(crate) fn then(&self, other: &Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, other.0);
        Self([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l])
    }

    pub(crate) fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// Moved by a distance in its own coordinates.
    pub(crate) fn moved(&self, x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y]).then(self)
    }

    /// The length of a vector of the y axis.
    pub(crate) fn scale_y(&self) -> f64 {
        self.0[2].hypot(self.0[3])
    }

    /// The rectangle around a transformed rectangle.
    pub(crate) fn bounds(&self, x0: f64, y0: f64, x1: f64, y1: f64) -> Rect {
        let point = |(x, y): (f64, f64)| {
            let (x, y) = self.apply(x, y);
            Rect::between(x as f32, y as f32, x as f32, y as f32)
        };
        point((x0, y0)).union(&point((x1, y0))).union(&point((x0, y1))).union(&point((x1, y1)))
    }
}
