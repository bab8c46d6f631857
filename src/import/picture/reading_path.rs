//! The order in which an article's lines are read, as a thin line with arrows: down each rectangle, and on to the next.

use crate::import::picture::svg::Rect;
use std::fmt::Write;

/// From the edge of a rectangle to the path.
const INSET: i32 = 12;

/// The path over the rectangles of an article's lines, in reading order; an arrow where it comes to the next one.
pub(super) fn reading_path(places: &[(Rect, bool)]) -> String {
    let mut out = String::new();
    for (index, &(rect, vertical)) in places.iter().enumerate() {
        let [x0, y0, x1, y1] = rect;
        let [from, to] = ends(rect, vertical);
        let _ = write!(out, "<path d=\"M{} {}L{} {}\"/>", from[0], from[1], to[0], to[1]);
        if let Some(&(next, vertical)) = places.get(index + 1) {
            let [on, _] = ends(next, vertical);
            let is_far = on[1] < y0 || on[0] < x0 - 4 * INSET || on[0] > x1 || on[1] > y1 + (y1 - y0).max(400);
            let kind = if is_far { " class=\"far\"" } else { "" };
            let _ =
                write!(out, "<path{kind} d=\"M{} {}L{} {}\" marker-end=\"url(#arrow)\"/>", to[0], to[1], on[0], on[1]);
        }
    }
    out
}

/// Where reading begins and ends: at the left edge, or at the top edge of text that is read downwards.
fn ends([x0, y0, x1, y1]: Rect, vertical: bool) -> [[i32; 2]; 2] {
    let inset = INSET.min((y1 - y0) / 3).max(0);
    if vertical {
        [[x1 - INSET, y0 - INSET], [x0 + INSET, y0 - INSET]]
    } else {
        [[x0 - INSET, y0 + inset], [x0 - INSET, y1 - inset]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_runs_down_each_place_and_on_to_the_next() {
        let path = reading_path(&[([20, 0, 100, 60], false), ([120, 0, 200, 60], false)]);
        let expected = "<path d=\"M8 12L8 48\"/><path class=\"far\" d=\"M8 48L108 12\" marker-end=\"url(#arrow)\"/>\
                        <path d=\"M108 12L108 48\"/>";
        assert_eq!(path, expected);
    }
}
