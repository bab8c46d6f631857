//! Units of coordinates → points.

use crate::import::page::printed_page::Rect;

/// Height of a page in points whose format counts in pixels of an unknown resolution: 540 mm, a broadsheet's.
pub(crate) const UNKNOWN_HEIGHT: f32 = 540.0 / 25.4 * 72.0;

/// A rectangle in points of a rectangle in units of which one is `scale` points.
pub(crate) fn scaled(rect: Rect, scale: f32) -> Rect {
    Rect { x0: rect.x0 * scale, y0: rect.y0 * scale, x1: rect.x1 * scale, y1: rect.y1 * scale }
}
