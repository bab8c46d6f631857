//! Skew: the angle at which a page lies on the scanner, by the slope of its lines; the page is turned upright.
//!
//! A degree shifts the foot of a broadsheet's column by its own type size and more, so that no gutter is free from top to bottom.

use crate::import::layout::pieces::{Piece, center};
use crate::import::page::printed_page::Rect;

/// Slopes, as rise by run, below which turning changes nothing, and above which they are no scan's.
const LEAST: f32 = 0.0008;
const MOST: f32 = 0.09;
/// Lines that say something of the slope: with words this far apart, in points.
const RUN: f32 = 60.0;
/// Lines without which a slope is a guess.
const LINES: usize = 12;

/// The slope of the page's lines, downwards to the right; 0 where they do not tell it.
pub(super) fn slope(pieces: &[Piece]) -> f32 {
    let mut slopes: Vec<f32> = pieces.iter().filter(|piece| !piece.vertical).filter_map(slope_of_line).collect();
    if slopes.len() < LINES {
        return 0.0;
    }
    let middle = slopes.len() / 2;
    let slope = *slopes.select_nth_unstable_by(middle, f32::total_cmp).1;
    if (LEAST..MOST).contains(&slope.abs()) { slope } else { 0.0 }
}

/// By the middles of the words of a line's first and last third, since a single word's height varies with its characters.
fn slope_of_line(piece: &Piece) -> Option<f32> {
    let third = piece.words.len() / 3;
    if third == 0 {
        return None;
    }
    let mean = |words: &[_]| words.iter().map(center_of_word).fold((0.0, 0.0), |(x, y), (a, b)| (x + a, y + b));
    let (left, right) = (mean(&piece.words[..third]), mean(&piece.words[piece.words.len() - third..]));
    let count = third as f32;
    let (run, rise) = ((right.0 - left.0) / count, (right.1 - left.1) / count);
    (run >= RUN).then(|| rise / run)
}

fn center_of_word(word: &crate::import::page::printed_page::PrintedWord) -> (f32, f32) {
    center(&word.rect)
}

/// Turns the pieces, their words and other rectangles by a slope about the page's corner. Rectangles keep their size; that of a line with
/// words is what its words fill.
pub(super) fn turn_upright(pieces: &mut [Piece], others: &mut [Rect], slope: f32) {
    if slope == 0.0 {
        return;
    }
    for piece in pieces {
        for word in &mut piece.words {
            word.rect = turned(&word.rect, slope);
        }
        let words = piece.words.iter().map(|word| word.rect).reduce(|a, b| a.union(&b));
        piece.rect = words.unwrap_or_else(|| turned(&piece.rect, slope));
    }
    for rect in others {
        *rect = turned(rect, slope);
    }
}

/// A rectangle moved with its middle; angles are so small that the sine is the slope. A long rule is made thin again.
fn turned(rect: &Rect, slope: f32) -> Rect {
    let (x, y) = center(rect);
    let (dx, dy) = (y * slope, -x * slope);
    let (mut width, mut height) = (rect.width(), rect.height());
    if width > 10.0 * height {
        height = (height - width * slope.abs()).max(0.5);
    } else if height > 10.0 * width {
        width = (width - height * slope.abs()).max(0.5);
    }
    Rect { x0: x + dx - width / 2.0, y0: y + dy - height / 2.0, x1: x + dx + width / 2.0, y1: y + dy + height / 2.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::layout::pieces::pieces_of;
    use crate::import::page::printed_page::{PrintedBlock, PrintedLine, PrintedPage, PrintedWord};

    #[test]
    fn a_skewed_page_is_turned_upright() {
        let word = |at: usize, row: usize| {
            let (x, y) = (50.0 + at as f32 * 10.0, 100.0 + row as f32 * 15.0);
            let y = y + x * 0.01;
            PrintedWord {
                text: "字".into(), rect: Rect { x0: x, y0: y, x1: x + 10.0, y1: y + 10.0 }, confidence: None
            }
        };
        let line = |row| {
            let words: Vec<_> = (0..20).map(|at| word(at, row)).collect();
            let rect = words.iter().map(|word| word.rect).reduce(|a, b| a.union(&b)).unwrap();
            PrintedLine { text: "字".repeat(20), rect, size: 10.0, words, ..PrintedLine::default() }
        };
        let block = PrintedBlock { lines: (0..20).map(line).collect(), ..PrintedBlock::default() };
        let mut pieces = pieces_of(&PrintedPage { blocks: vec![block], ..PrintedPage::default() });
        let slope = slope(&pieces);
        assert!((slope - 0.01).abs() < 0.0005, "{slope}");
        turn_upright(&mut pieces, &mut [], slope);
        assert!(pieces.iter().all(|piece| (piece.rect.height() - 10.0).abs() < 0.5), "{:?}", pieces[0].rect);
    }
}
