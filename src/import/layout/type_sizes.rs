//! Sizes of type: that of body text, the distance of its lines, and the size of each line in comparison.
//!
//! A PDF states sizes; an OCR engine gives rectangles round the ink, whose height varies with the characters. So the size of a line that
//! was read from a picture is what both its height and the distance of its characters allow.

use crate::import::layout::neighbours::Grid;
use crate::import::layout::pieces::Piece;
use crate::text::han::is_han;

/// Ratio to body text from which type is a headline's: as stated, and as measured on a picture.
const HEAD_STATED: f32 = 1.14;
const HEAD_MEASURED: f32 = 1.22;
/// … from which stated type is a subhead's.
const DISPLAY: f32 = 1.05;
/// Sizes this near, as a ratio, are the same.
const SAME_STATED: f32 = 0.035;
const SAME_MEASURED: f32 = 0.16;
/// Ratios to body text that body text itself may measure.
const SMOOTHED: std::ops::Range<f32> = 1.1..1.45;
/// Of a line's height, the part that is the size of its type, where the ink alone was measured.
const INK: f32 = 0.92;

/// The type of a page's text.
#[derive(Debug, Clone, Copy)]
pub(super) struct TypeSizes {
    /// in points; above 0
    pub(super) body: f32,
    /// from one line of body text to the next, in points; above 0
    pub(super) pitch: f32,
    /// sizes are stated and not measured
    pub(super) stated: bool,
}

impl TypeSizes {
    pub(super) fn is_head(&self, size: f32) -> bool {
        size > self.body * if self.stated { HEAD_STATED } else { HEAD_MEASURED }
    }

    /// Larger than body text, be it a subhead's: its lines may stand further apart.
    pub(super) fn is_display(&self, size: f32) -> bool {
        self.stated && size > self.body * DISPLAY || self.is_head(size)
    }

    pub(super) fn same(&self, a: f32, b: f32) -> bool {
        let tolerance = if self.stated { SAME_STATED } else { SAME_MEASURED };
        (a - b).abs() <= tolerance * a.max(b)
    }
}

/// Finds the size of body text: the one that most characters have; where sizes were measured, corrects those of the pieces first.
pub(super) fn type_sizes(pieces: &mut [Piece]) -> TypeSizes {
    let stated = pieces.iter().all(|piece| piece.confidence.is_none());
    if !stated {
        for piece in pieces.iter_mut() {
            piece.size = measured_size(piece);
        }
    }
    let body = body_size(pieces);
    let stated = stated && spread(pieces, body) < SAME_STATED;
    let pitch = pitch(pieces, body);
    if !stated {
        smooth(pieces, body, pitch);
    }
    TypeSizes { body, pitch, stated }
}

/// Gives lines that measure somewhat more than body text its size, where they are in line with a line of body text and as far from it
/// as lines of body text are.
fn smooth(pieces: &mut [Piece], body: f32, pitch: f32) {
    let grid = Grid::new(pieces.iter().map(|piece| piece.rect).collect());
    let ratio = |piece: &Piece| piece.size / body;
    let is_like_body = |own: usize, other: usize| {
        let (a, b) = (&pieces[own], &pieces[other]);
        let distance = (a.center().1 - b.center().1).abs() / pitch;
        let aligned = (a.rect.x0 - b.rect.x0).abs() < 0.8 * body || (a.rect.x1 - b.rect.x1).abs() < 0.8 * body;
        aligned && (0.82..1.2).contains(&distance) && (0.85..SMOOTHED.start).contains(&ratio(b))
    };
    let applies = |&own: &usize| {
        let near = [grid.above(own, body), grid.below(own, body)];
        let piece = &pieces[own];
        !piece.vertical
            && SMOOTHED.contains(&ratio(piece))
            && near.into_iter().flatten().any(|other| is_like_body(own, other))
    };
    let smoothed: Vec<usize> = (0..pieces.len()).filter(applies).collect();
    smoothed.into_iter().for_each(|own| pieces[own].size = body);
}

/// The type size that the height of a piece's characters and their distance allow.
pub(super) fn measured_size(piece: &Piece) -> f32 {
    let (length, across) = if piece.vertical {
        (piece.rect.height(), piece.rect.width())
    } else {
        (piece.rect.width(), piece.rect.height())
    };
    // engines give words of a line the height of the line below it too
    let across = height_of_words(piece).map_or(across, |height| height.min(across));
    // engines write spaces between words that are printed without
    let ems = piece.text.split_whitespace().map(ems).sum::<f32>();
    let advance = length / ems.max(1.0);
    // engines that find words measure them; others give a line's rectangle somewhat narrower than its characters
    let stretch = if piece.words.is_empty() { 1.12 } else { 1.0 };
    // few characters: a bracket or a space decides on their distance
    let by_advance = if ems >= 4.0 { advance * stretch } else { f32::INFINITY };
    (across / INK).min(by_advance).max(0.5)
}

/// The height that most 汉字 of a piece have at least, where it is known word by word: 一 and punctuation are low.
fn height_of_words(piece: &Piece) -> Option<f32> {
    let is_tall = |text: &str| text.chars().any(|c| is_han(c) && !"一二三工口日曰四".contains(c));
    let extent =
        |rect: &crate::import::page::printed_page::Rect| if piece.vertical { rect.width() } else { rect.height() };
    let mut heights: Vec<f32> =
        piece.words.iter().filter(|word| is_tall(&word.text)).map(|word| extent(&word.rect)).collect();
    if heights.len() < 2 {
        return None;
    }
    let at = heights.len() / 2;
    Some(*heights.select_nth_unstable_by(at, f32::total_cmp).1)
}

/// Width of a text in units of its type size: Chinese characters are as wide as high, others half as wide.
pub(super) fn ems(text: &str) -> f32 {
    text.chars().map(|c| if c.is_ascii() { 0.55 } else { 1.0 }).sum()
}

/// The middle of the densest range of sizes by characters.
fn body_size(pieces: &[Piece]) -> f32 {
    let mut sizes: Vec<(f32, f32)> = pieces.iter().map(|piece| (piece.size, ems(&piece.text))).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut start, mut sum, mut best) = (0, 0.0, (0.0, 10.0));
    for end in 0..sizes.len() {
        sum += sizes[end].1;
        while sizes[end].0 > sizes[start].0 * 1.06 {
            sum -= sizes[start].1;
            start += 1;
        }
        if sum > best.0 {
            best = (sum, weighted_middle(&sizes[start..=end], sum));
        }
    }
    best.1.max(0.5)
}

fn weighted_middle(sizes: &[(f32, f32)], sum: f32) -> f32 {
    let mut before = 0.0;
    for (size, weight) in sizes {
        before += weight;
        if before * 2.0 >= sum {
            return *size;
        }
    }
    sizes.last().map_or(10.0, |last| last.0)
}

/// How far the sizes about that of body text lie apart, as a ratio: 0 where a file states them.
fn spread(pieces: &[Piece], body: f32) -> f32 {
    let near = pieces.iter().filter(|piece| (piece.size / body - 1.0).abs() < 0.2);
    let mut sizes: Vec<f32> = near.map(|piece| piece.size).collect();
    if sizes.is_empty() {
        return 0.0;
    }
    sizes.sort_by(f32::total_cmp);
    let quantile = |share: f32| sizes[((sizes.len() - 1) as f32 * share) as usize];
    (quantile(0.8) - quantile(0.4)) / body
}

/// The most frequent distance from a line of body text to the next one below that begins where it does.
fn pitch(pieces: &[Piece], body: f32) -> f32 {
    let is_body = |piece: &&Piece| !piece.vertical && (piece.size / body - 1.0).abs() < 0.15;
    let mut places: Vec<(i32, f32)> =
        pieces.iter().filter(is_body).map(|piece| ((piece.rect.x1 / body) as i32, piece.center().1)).collect();
    places.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let distances = places.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| pair[1].1 - pair[0].1);
    let mut distances: Vec<f32> = distances.filter(|&d| d > 0.9 * body && d < 2.6 * body).collect();
    if distances.is_empty() {
        return 1.5 * body;
    }
    let at = distances.len() / 2;
    *distances.select_nth_unstable_by(at, f32::total_cmp).1
}
