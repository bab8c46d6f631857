//! Pieces: printed lines with the number that they have in the page's text, in rectangles that can be computed with.
//!
//! A piece is a printed line, a part of one that was split at a gutter, or several of one character each that make a vertical line.

use crate::import::lexicon::furniture::is_note_beside_text;
use crate::import::page::printed_page::{
    BlockLabel, Direction, PrintedBlock, PrintedLine, PrintedPage, PrintedWord, Rect,
};

/// Places beyond this, in points, are a mistake of the file: a page is no larger than 70 metres.
const FARTHEST: f32 = 200_000.0;

/// A line of the page to work with.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// that of its first printed line in the file: parts of one line have the same
    pub(super) number: usize,
    pub(super) text: String,
    /// as on the page
    pub(super) printed: Rect,
    /// on the page turned upright
    pub(super) rect: Rect,
    /// of its type, in points; above 0
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) vertical: bool,
    pub(super) confidence: Option<f32>,
    pub(super) words: Vec<PrintedWord>,
    pub(super) label: Option<BlockLabel>,
    pub(super) article: Option<usize>,
    /// a note beside a QR code, or the imprint: it stands in columns between lines of text, and is none of them
    pub(super) is_note: bool,
}

impl Piece {
    /// Adds a piece that goes on where this one ends.
    pub(super) fn append(&mut self, part: Self) {
        self.text.push_str(&part.text);
        self.rect = self.rect.union(&part.rect);
        self.printed = self.printed.union(&part.printed);
        self.words.extend(part.words);
    }

    pub(super) fn center(&self) -> (f32, f32) {
        center(&self.rect)
    }

    /// An engine takes it for a headline.
    pub(super) fn is_titled(&self) -> bool {
        self.label == Some(BlockLabel::Title)
    }

    /// Shows nothing that can be read: specks and shades that OCR takes for letters.
    pub(super) fn is_noise(&self) -> bool {
        let readable = self.text.chars().filter(|c| c.is_alphanumeric()).count();
        let unsure = self.confidence.is_some_and(|confidence| confidence < 0.35);
        readable == 0 || unsure && readable < 3
    }
}

/// The middle of a rectangle.
pub(super) fn center(rect: &Rect) -> (f32, f32) {
    (f32::midpoint(rect.x0, rect.x1), f32::midpoint(rect.y0, rect.y1))
}

/// Length that two rectangles have in common from left to right; negative: the distance between them.
pub(super) fn overlap_x(a: &Rect, b: &Rect) -> f32 {
    a.x1.min(b.x1) - a.x0.max(b.x0)
}

/// … from top to bottom.
pub(super) fn overlap_y(a: &Rect, b: &Rect) -> f32 {
    a.y1.min(b.y1) - a.y0.max(b.y0)
}

/// Whether the middle of a rectangle lies inside another.
pub(super) fn is_inside(inner: &Rect, outer: &Rect) -> bool {
    let (x, y) = center(inner);
    (outer.x0..=outer.x1).contains(&x) && (outer.y0..=outer.y1).contains(&y)
}

/// Whether a rectangle stands over a part of another's width that counts.
pub(super) fn shares_width(a: &Rect, b: &Rect, share: f32) -> bool {
    overlap_x(a, b) > share * a.width().min(b.width())
}

/// A rectangle with corners that are numbers, in order and not too far away.
pub(super) fn sane(rect: &Rect) -> Rect {
    let number = |n: f32| if n.is_finite() { n.clamp(-FARTHEST, FARTHEST) } else { 0.0 };
    Rect::between(number(rect.x0), number(rect.y0), number(rect.x1), number(rect.y1))
}

/// The printed lines of a page, in the file's order.
pub(super) fn pieces_of(printed: &PrintedPage) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut number = 0;
    for block in &printed.blocks {
        for line in &block.lines {
            if !line.text.trim().is_empty() {
                pieces.push(piece(block, line, number));
            }
            number += 1;
        }
    }
    pieces
}

/// A word's rectangle as far as its line reaches: engines give some words the height of the line below it too.
fn on_line(word: Rect, line: &Rect) -> Rect {
    let (y0, y1) = (word.y0.max(line.y0), word.y1.min(line.y1));
    if y0 < y1 { Rect { y0, y1, ..word } } else { word }
}

fn piece(block: &PrintedBlock, line: &PrintedLine, number: usize) -> Piece {
    let rect = sane(&line.rect);
    // what was read from a picture
    let is_measured = line.confidence.is_some();
    let word_rect = |word: &PrintedWord| {
        let own = sane(&word.rect);
        if is_measured { on_line(own, &rect) } else { own }
    };
    let vertical = line.direction == Direction::Vertical;
    let extent = if vertical { rect.width() } else { rect.height() };
    let size = if line.size.is_finite() && line.size > 0.0 { line.size } else { extent };
    Piece {
        number,
        text: line.text.trim().to_owned(),
        printed: rect,
        rect,
        size: size.clamp(0.5, FARTHEST),
        bold: line.bold,
        vertical,
        confidence: line.confidence.filter(|confidence| confidence.is_finite()),
        words: line.words.iter().map(|word| PrintedWord { rect: word_rect(word), ..word.clone() }).collect(),
        label: block.label,
        article: block.article,
        is_note: is_note_beside_text(line.text.trim()),
    }
}
