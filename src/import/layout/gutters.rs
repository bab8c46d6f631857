//! Splits lines that an engine ran together over the gutter between two columns, and joins lines that it cut at a wide space.
//!
//! A wide gap between two words is a gutter where other lines near by begin or end at its edges, also where OCR read the rule in it as a mark.

use crate::import::layout::pieces::Piece;
use crate::import::layout::type_sizes::{TypeSizes, ems, measured_size};
use crate::import::page::printed_page::{PrintedWord, Rect};
use crate::text::han::closes;

/// Lines that have to keep a gutter.
const WITNESSES: usize = 3;
/// Spaces in a line, at most, at which it may be split.
const MOST_PARTS: usize = 8;
/// Type is large that measures so many times body text.
const LARGE: f32 = 1.4;
/// A gap between words of large type, in type sizes: from the first it divides two headlines where a gutter runs below or above it,
/// from the second wherever it is. What is printed as a space leaves one character's place free, and the white beside it.
const HEADLINE_GAPS: (f32, f32) = (1.4, 2.2);
/// Parts of a headline measure the same up to this ratio.
const ONE_HEADLINE: f32 = 1.25;
/// A gap in a line of text that is always a gutter, in type sizes.
const WIDE_GAP: f32 = 5.0;
/// How far a space may stand from where a gutter is reckoned to be and is taken for it, in characters.
const SPACE_NEAR: f32 = 2.5;
/// Edges that are looked at for a gap, at most.
const LOOKS: usize = 400;

/// Splits the pieces at gutters, those of body text and headlines that an engine read as one; all parts keep the line's number.
pub(super) fn split_at_gutters(mut pieces: Vec<Piece>, sizes: &TypeSizes) -> Vec<Piece> {
    let has_places: Vec<bool> = pieces.iter().map(|piece| !piece.words.is_empty()).collect();
    pieces.iter_mut().for_each(|piece| place_words(piece, sizes));
    let edges = Edges::of(&pieces, sizes);
    let mut split = Vec::with_capacity(pieces.len());
    for (mut piece, has_places) in pieces.into_iter().zip(has_places) {
        let crossed = if has_places { None } else { edges.crossed_gutter(&piece, sizes) };
        let cuts: Vec<usize> = if let Some(gutter) = crossed {
            place_halves(&mut piece, gutter);
            vec![1]
        } else if piece.size < LARGE * sizes.body {
            let kept = gaps(&piece, sizes).filter(|&at| is_wide(&piece, at, sizes) || edges.keep(&piece, at, sizes));
            // what stands in a gutter is a rule that was read as a mark
            let mut cuts: Vec<usize> = kept.flat_map(|at| [last_before(&piece, at) + 1, at]).collect();
            cuts.dedup();
            cuts
        } else {
            headline_gaps(&piece, &edges, sizes)
        };
        let from = split.len();
        split_at(piece, &cuts, &mut split);
        if split.len() > from + 1 && !sizes.stated {
            split[from..].iter_mut().for_each(measure_again);
        }
    }
    split
}

/// Measures a part of a line: the whole one was as high as the largest of its parts, or stood askew.
fn measure_again(part: &mut Piece) {
    part.size = part.size.min(measured_size(part));
}

/// Places the parts of a line between its spaces where the format does not: characters are as wide as body text, and what is left is
/// the spaces'.
fn place_words(piece: &mut Piece, sizes: &TypeSizes) {
    let parts: Vec<&str> = piece.text.split_whitespace().collect();
    let applies = piece.words.is_empty() && !piece.vertical && piece.size < LARGE * sizes.body;
    if !applies || !(2..=MOST_PARTS).contains(&parts.len()) {
        return;
    }
    let widths: Vec<f32> = parts.iter().map(|part| ems(part) * sizes.body).collect();
    let blank = (piece.rect.width() - widths.iter().sum::<f32>()) / (parts.len() - 1) as f32;
    let mut x0 = piece.rect.x0;
    let mut words = Vec::with_capacity(parts.len());
    for (part, width) in parts.iter().zip(widths) {
        let rect = Rect { x0, x1: x0 + width, ..piece.rect };
        words.push(PrintedWord { text: (*part).to_owned(), rect, confidence: None });
        x0 += width + blank;
    }
    piece.words = words;
}

/// Places what stands on both sides of a gutter, from its left to its right edge, in a line whose words have no places: characters are
/// as wide as one another, and a space that is near is the gutter.
fn place_halves(piece: &mut Piece, (left, right): (f32, f32)) {
    let width = (piece.rect.width() - (right - left)) / ems(&piece.text).max(1.0);
    let (mut x, mut nearest) = (piece.rect.x0, (f32::INFINITY, 0));
    for (at, character) in piece.text.char_indices() {
        let bonus = if character.is_whitespace() { SPACE_NEAR * width } else { 0.0 };
        let distance = (x - left).abs() - bonus;
        if distance < nearest.0 {
            nearest = (distance, at);
        }
        x += width * ems(character.encode_utf8(&mut [0; 4]));
    }
    let (before, behind) = piece.text.split_at(nearest.1);
    let word = |text: &str, x0: f32, x1: f32| {
        let rect = Rect { x0, x1, ..piece.rect };
        PrintedWord { text: text.trim().to_owned(), rect, confidence: None }
    };
    piece.words = vec![word(before, piece.rect.x0, left), word(behind, right, piece.rect.x1)];
}

/// Indexes of words of body text that stand far from the one before.
fn gaps<'a>(piece: &'a Piece, sizes: &TypeSizes) -> impl Iterator<Item = usize> + 'a {
    let least = 0.7 * sizes.body;
    let applies = !piece.vertical && piece.size < LARGE * sizes.body;
    let is_gap = move |&at: &usize| {
        let begins_text = piece.confidence.is_none() || !is_rule_mark(&piece.words[at].text);
        begins_text && piece.words[at].rect.x0 - end_of_ink_before(piece, at) > least
    };
    (1..piece.words.len()).filter(move |_| applies).filter(is_gap)
}

/// A gap as no line of text has one, whether or not other lines keep it.
fn is_wide(piece: &Piece, at: usize, sizes: &TypeSizes) -> bool {
    piece.confidence.is_some() && piece.words[at].rect.x0 - end_before(piece, at) > WIDE_GAP * sizes.body
}

/// A part of a line that is nothing but a rule or a speck that was read as marks.
pub(super) fn is_misread_mark(piece: &Piece) -> bool {
    piece.confidence.is_some() && piece.is_noise()
}

/// What OCR reads in a rule between two columns.
fn is_rule_mark(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '|' | '｜' | '丨' | '!' | '\'' | '"' | '“' | '”' | '‘' | '’'))
}

/// The word before another one, but for marks that a rule between them may have been read as.
fn last_before(piece: &Piece, at: usize) -> usize {
    let is_text = |&word: &usize| piece.confidence.is_none() || !is_rule_mark(&piece.words[word].text);
    (0..at).rev().find(is_text).unwrap_or(at - 1)
}

/// Indexes of words before which another headline begins. Where most gaps are wide, one headline is spaced out.
fn headline_gaps(piece: &Piece, edges: &Edges, sizes: &TypeSizes) -> Vec<usize> {
    let gap = |at: usize| (piece.words[at].rect.x0 - end_before(piece, at)) / piece.size;
    let wide: Vec<usize> = (1..piece.words.len()).filter(|&at| gap(at) > HEADLINE_GAPS.0).collect();
    if piece.vertical || wide.len() > MOST_PARTS || 3 * wide.len() > piece.words.len() {
        return Vec::new();
    }
    let divides = |&at: &usize| gap(at) > HEADLINE_GAPS.1 || edges.keep(piece, at, sizes);
    wide.into_iter().filter(divides).collect()
}

/// The right edge of what stands before a word.
fn end_before(piece: &Piece, at: usize) -> f32 {
    piece.words[last_before(piece, at)].rect.x1
}

/// The right edge of the ink before a word: a closing mark at the end of a line has half its width free, and may reach into the gutter.
fn end_of_ink_before(piece: &Piece, at: usize) -> f32 {
    let free = if piece.words[last_before(piece, at)].text.ends_with(is_low_mark) { 0.5 * piece.size } else { 0.0 };
    end_before(piece, at) - free
}

fn is_low_mark(mark: char) -> bool {
    closes(mark) || matches!(mark, '，' | '。' | '、' | '；' | '：')
}

/// Joins the parts of a printed line between which no gutter runs.
pub(super) fn join_rows(pieces: Vec<Piece>, sizes: &TypeSizes) -> Vec<Piece> {
    let edges = Edges::of(&pieces, sizes);
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    let row = |at: usize| (pieces[at].center().1 / (0.25 * sizes.body)).round();
    // large type is so high that its lines need no order by height
    let is_small = |at: usize| pieces[at].size < LARGE * sizes.body;
    let place = |at: usize| (is_small(at), if is_small(at) { row(at) } else { 0.0 });
    order.sort_by(|&a, &b| {
        let ((a_small, a_row), (b_small, b_row)) = (place(a), place(b));
        let by_row = a_small.cmp(&b_small).then(a_row.total_cmp(&b_row));
        by_row.then(pieces[a].rect.x0.total_cmp(&pieces[b].rect.x0))
    });
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for at in order {
        let recent = rows.iter_mut().rev().take(LOOKS / 4);
        let ends_before = |row: &&mut Vec<usize>| edges.are_one_line(&pieces[row[row.len() - 1]], &pieces[at], sizes);
        match recent.filter(ends_before).min_by(|a, b| gap(&pieces, a, at).total_cmp(&gap(&pieces, b, at))) {
            Some(row) => row.push(at),
            None => rows.push(vec![at]),
        }
    }
    let mut pieces: Vec<Option<Piece>> = pieces.into_iter().map(Some).collect();
    let mut joined = Vec::with_capacity(rows.len());
    for row in rows {
        let mut parts = row.into_iter().filter_map(|at| pieces[at].take());
        let Some(mut line) = parts.next() else { continue };
        parts.for_each(|part| append(&mut line, part));
        joined.push(line);
    }
    joined
}

fn gap(pieces: &[Piece], row: &[usize], at: usize) -> f32 {
    pieces[at].rect.x0 - pieces[row[row.len() - 1]].rect.x1
}

fn append(line: &mut Piece, part: Piece) {
    if line.text.ends_with(|c: char| c.is_ascii()) || part.text.starts_with(|c: char| c.is_ascii()) {
        line.text.push(' ');
    }
    line.append(part);
}

/// Where lines begin, and where they end; gaps inside lines count for both.
struct Edges {
    /// x, y and the number of the line; sorted
    begins: Vec<(f32, f32, usize)>,
    ends: Vec<(f32, f32, usize)>,
}

impl Edges {
    fn of(pieces: &[Piece], sizes: &TypeSizes) -> Self {
        let mut edges = Self { begins: Vec::new(), ends: Vec::new() };
        for piece in pieces.iter().filter(|piece| !piece.vertical) {
            let (y, number) = (piece.center().1, piece.number);
            edges.begins.push((piece.rect.x0, y, number));
            edges.ends.push((piece.rect.x1, y, number));
            for at in gaps(piece, sizes) {
                edges.begins.push((piece.words[at].rect.x0, y, number));
                edges.ends.push((end_before(piece, at), y, number));
            }
        }
        for list in [&mut edges.begins, &mut edges.ends] {
            list.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
        }
        edges
    }

    /// Whether other lines keep the gap before a word of a piece.
    fn keep(&self, piece: &Piece, at: usize, sizes: &TypeSizes) -> bool {
        let begins = near(&self.begins, piece, piece.words[at].rect.x0, sizes);
        let ends = near(&self.ends, piece, end_before(piece, at), sizes);
        begins >= WITNESSES && (ends >= WITNESSES || begins >= 2 * WITNESSES)
    }

    /// The edges of a gutter that a line of body text without places of words runs over: the lines right above and right below it end
    /// at its left edge in one column and begin at its right edge in the next one.
    fn crossed_gutter(&self, piece: &Piece, sizes: &TypeSizes) -> Option<(f32, f32)> {
        let body = sizes.body;
        let has_room = piece.rect.width() > 8.0 * body && ems(&piece.text) > 8.0;
        if piece.vertical || piece.size > LARGE * body || !has_room {
            return None;
        }
        let inside = piece.rect.x0 + 3.0 * body..piece.rect.x1 - 3.0 * body;
        let from = self.begins.partition_point(|edge| edge.0 < inside.start);
        let edges = self.begins[from..].iter().take_while(|edge| edge.0 < inside.end).take(5 * LOOKS);
        let mut rights = edges.filter(|edge| is_next(edge.1 - piece.center().1, sizes)).map(|edge| edge.0);
        rights.find_map(|right| {
            let left = right - 3.0 * body..right - 0.4 * body;
            let from = self.ends.partition_point(|edge| edge.0 < left.start);
            let mut lefts = self.ends[from..].iter().take_while(|edge| edge.0 < left.end).take(LOOKS);
            let left = lefts.find(|edge| is_next(edge.1 - piece.center().1, sizes))?.0;
            // one of the two columns may begin or end with this line
            let around = |list, x| lines_around(list, piece, x, sizes);
            let is_kept = around(&self.begins, right) + around(&self.ends, left) >= 3;
            is_kept.then_some((left, right))
        })
    }

    /// Whether two pieces are parts of one headline: side by side, and closer than words are, or no gutter runs between them.
    fn are_one_headline(&self, left: &Piece, right: &Piece, sizes: &TypeSizes) -> bool {
        let size = left.size.min(right.size);
        let alike = left.size.max(right.size) < ONE_HEADLINE * size && left.bold == right.bold;
        let level = (left.center().1 - right.center().1).abs() < 0.3 * size;
        let gap = (right.rect.x0 - left.rect.x1) / size;
        let beside = alike && level && !left.vertical && !right.vertical && gap > -0.3;
        let gutter =
            || near(&self.begins, right, right.rect.x0, sizes).min(near(&self.ends, left, left.rect.x1, sizes));
        beside && (gap < 0.4 || gap < 0.9 && gutter() < 2)
    }

    /// Whether two pieces are parts of one line of body text: side by side, not far apart, and no other line begins or ends there.
    fn are_one_line(&self, left: &Piece, right: &Piece, sizes: &TypeSizes) -> bool {
        if left.size.min(right.size) >= LARGE * sizes.body {
            // engines that find words one by one break headlines; others find lines as a whole
            let has_words = |piece: &Piece| piece.confidence.is_some() && !piece.words.is_empty();
            return has_words(left) && has_words(right) && self.are_one_headline(left, right, sizes);
        }
        let gap = right.rect.x0 - left.rect.x1;
        let small = left.size < LARGE * sizes.body && sizes.same(left.size, right.size) && left.bold == right.bold;
        let level = (left.center().1 - right.center().1).abs() < 0.35 * sizes.body;
        let beside =
            small && level && !left.vertical && !right.vertical && gap > -0.3 * sizes.body && gap < 1.8 * sizes.body;
        let others = |list, x, piece| near(list, piece, x, sizes);
        beside && others(&self.begins, right.rect.x0, right) < 2 && others(&self.ends, left.rect.x1, left) < 2
    }
}

/// A distance from one line to the next one, down or up.
fn is_next(distance: f32, sizes: &TypeSizes) -> bool {
    (0.6 * sizes.pitch..1.5 * sizes.pitch).contains(&distance.abs())
}

/// How many of the lines next above and next below a piece have an edge at `x`.
fn lines_around(edges: &[(f32, f32, usize)], piece: &Piece, x: f32, sizes: &TypeSizes) -> usize {
    let tolerance = 0.6 * sizes.body;
    let from = edges.partition_point(|edge| edge.0 < x - tolerance);
    let here = edges[from..].iter().take_while(|edge| edge.0 <= x + tolerance).take(LOOKS);
    let (mut above, mut below) = (false, false);
    for distance in here.map(|edge| edge.1 - piece.center().1).filter(|distance| is_next(*distance, sizes)) {
        if distance > 0.0 { below = true } else { above = true }
    }
    usize::from(above) + usize::from(below)
}

/// Edges of other lines at `x`, not far above or below a piece.
fn near(edges: &[(f32, f32, usize)], piece: &Piece, x: f32, sizes: &TypeSizes) -> usize {
    let tolerance = 0.6 * sizes.body;
    let from = edges.partition_point(|edge| edge.0 < x - tolerance);
    let here = edges[from..].iter().take_while(|edge| edge.0 <= x + tolerance).take(LOOKS);
    let y = piece.center().1;
    here.filter(|edge| (edge.1 - y).abs() < 9.0 * sizes.pitch && edge.2 != piece.number).count()
}

/// Cuts a piece before some of its words; where its text does not hold the words one after the other, it stays whole.
pub(super) fn split_at(piece: Piece, cuts: &[usize], split: &mut Vec<Piece>) {
    let offsets = if cuts.is_empty() { None } else { word_offsets(&piece) };
    let Some(offsets) = offsets else {
        split.push(piece);
        return;
    };
    let bounds: Vec<usize> = [0].into_iter().chain(cuts.iter().copied()).chain([piece.words.len()]).collect();
    for part in bounds.windows(2) {
        let words = &piece.words[part[0]..part[1]];
        let from = if part[0] == 0 { 0 } else { offsets[part[0]] };
        let to = offsets.get(part[1]).copied().unwrap_or(piece.text.len());
        let rects = words.iter().map(|word| word.rect);
        let rect = rects.reduce(|a, b| a.union(&b)).unwrap_or(piece.rect);
        let text = piece.text[from..to].trim().to_owned();
        if !text.is_empty() {
            let printed = moved_as(&rect, &piece);
            split.push(Piece { text, rect, printed, words: words.to_vec(), ..piece.clone() });
        }
    }
}

/// A part of a piece where the page shows it: as far from the whole line as on the upright page.
fn moved_as(part: &Rect, piece: &Piece) -> Rect {
    let (dx, dy) = (piece.printed.x0 - piece.rect.x0, piece.printed.y0 - piece.rect.y0);
    Rect { x0: part.x0 + dx, y0: part.y0 + dy, x1: part.x1 + dx, y1: part.y1 + dy }
}

/// The byte at which each word begins in a piece's text.
fn word_offsets(piece: &Piece) -> Option<Vec<usize>> {
    let mut at = 0;
    let mut offsets = Vec::with_capacity(piece.words.len());
    for word in &piece.words {
        let text = word.text.trim();
        let found = at + piece.text[at..].find(text)?;
        offsets.push(found);
        at = found + text.len();
    }
    Some(offsets)
}
