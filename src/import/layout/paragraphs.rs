//! Paragraphs of a column strip, by what a reader sees: the indented first line, a last line that ends short, a blank, other type.

use crate::import::layout::pieces::Piece;
use crate::import::layout::strips::Strip;
use crate::import::layout::type_sizes::TypeSizes;
use crate::text::han::{closes, ends_sentence};

/// An indent that begins a paragraph, in type sizes: most often two, less what a quotation mark leaves blank.
const INDENT: std::ops::Range<f32> = 1.2..3.3;
/// Distance from the column's right edge at which a line ends short, in type sizes; closing marks leave half of theirs blank.
const SHORT: f32 = 1.3;
/// … at which it ends a paragraph, whether or not the next one is indented.
const VERY_SHORT: f32 = 3.5;
/// Distance of two lines, in that of lines of body text, above which a paragraph ends.
const BLANK: f32 = 1.28;

/// Lines from which a strip tells the distance of its lines.
const TELLING: usize = 4;

/// Consecutive lines of a strip.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    /// indexes of pieces, from top to bottom; never empty
    pub(super) pieces: Vec<usize>,
    /// its first line is indented
    pub(super) indented: bool,
    /// its last line reaches the right edge
    pub(super) full: bool,
}

/// The paragraphs of a strip, from top to bottom. A headline or a subhead is one.
pub(super) fn paragraphs(pieces: &[Piece], strip: &Strip, sizes: &TypeSizes) -> Vec<Paragraph> {
    let of_line = |index: usize| LineShape::of(&pieces[index], strip);
    let is_head = sizes.is_display(strip.size);
    let pitch = pitch_of(pieces, strip, sizes);
    let mut paragraphs: Vec<Vec<usize>> = Vec::new();
    for &index in &strip.pieces {
        match paragraphs.last_mut() {
            Some(open) if is_head || !begins(pieces, open, index, strip, pitch) => open.push(index),
            _ => paragraphs.push(vec![index]),
        }
    }
    let with_shape = |lines: Vec<usize>| Paragraph {
        indented: !is_head && of_line(lines[0]).indented,
        full: !is_head && !of_line(lines[lines.len() - 1]).short,
        pieces: lines,
    };
    paragraphs.into_iter().map(with_shape).collect()
}

/// The distance of a strip's lines: that of body text, or more where most of them stand further apart.
fn pitch_of(pieces: &[Piece], strip: &Strip, sizes: &TypeSizes) -> f32 {
    let distance = |pair: &[usize]| pieces[pair[1]].center().1 - pieces[pair[0]].center().1;
    let mut distances: Vec<f32> = strip.pieces.windows(2).map(distance).collect();
    if distances.len() + 1 < TELLING {
        return sizes.pitch;
    }
    let middle = distances.len() / 2;
    let (_, median, _) = distances.select_nth_unstable_by(middle, f32::total_cmp);
    median.max(sizes.pitch)
}

/// Where a line stands between the edges of its column.
struct LineShape {
    indented: bool,
    /// begins far from the left edge
    apart: bool,
    short: bool,
    very_short: bool,
}

impl LineShape {
    fn of(piece: &Piece, strip: &Strip) -> Self {
        let left = (piece.rect.x0 - strip.left) / strip.size;
        let right = (strip.right - piece.rect.x1) / strip.size;
        Self {
            indented: INDENT.contains(&left),
            apart: left >= INDENT.end,
            short: right > SHORT,
            very_short: right > VERY_SHORT,
        }
    }
}

/// Whether a line begins another paragraph than the one that is open above it.
fn begins(pieces: &[Piece], open: &[usize], next: usize, strip: &Strip, pitch: f32) -> bool {
    let last = &pieces[open[open.len() - 1]];
    let (above, below) = (LineShape::of(last, strip), LineShape::of(&pieces[next], strip));
    if pieces[next].center().1 - last.center().1 > BLANK * pitch || last.bold != pieces[next].bold {
        return true;
    }
    if below.indented || below.apart {
        // lines of a block that is indented as a whole go on where one is full
        let same_block = (above.indented || above.apart)
            && (pieces[next].rect.x0 - last.rect.x0).abs() < 0.4 * strip.size
            && !above.short
            && !ends_paragraph(&last.text);
        return !same_block;
    }
    above.very_short && !above.apart || above.short && ends_paragraph(&last.text)
}

/// A line that may be the last one of a paragraph by its text.
pub(super) fn ends_paragraph(text: &str) -> bool {
    let text = text.trim();
    // a signature or a jump
    if text.starts_with(['（', '(']) && text.ends_with(['）', ')']) {
        return true;
    }
    let mark = text.trim_end_matches(closes).chars().next_back();
    mark.is_none_or(|mark| ends_sentence(mark) || matches!(mark, '：' | ':' | '；' | ';' | '.'))
}

/// The first and the last line of a strip, where they are in the middle of a paragraph by their places and their text.
pub(super) fn open_ends(pieces: &[Piece], strip: &Strip) -> (Option<usize>, Option<usize>) {
    let (first, last) = (strip.pieces[0], strip.pieces[strip.pieces.len() - 1]);
    let (top, bottom) = (LineShape::of(&pieces[first], strip), LineShape::of(&pieces[last], strip));
    let goes_on = !top.indented && !top.apart && !pieces[first].bold;
    let stops = !bottom.short && !pieces[last].bold && !ends_paragraph(&pieces[last].text);
    (goes_on.then_some(first), stops.then_some(last))
}
