//! Printed lines of a page: runs that stand on one line are joined, wherever the file has them.
//!
//! Columns have their lines at the same heights, so a line ends where the gap is wider than a character. What is printed twice for
//! weight or shadow counts once.

use crate::import::input::pdf::interpreter::Glyph;
use crate::import::input::pdf::runs::{GAP, OVERLAP, Run, SKEW, are_alike, rect_of, runs_of};
use crate::import::input::printed::text_line::clean;
use crate::import::page::printed_page::{Direction, PrintedLine, PrintedWord, Rect};
use crate::text::han::{is_chinese, is_han_punctuation};
use std::collections::HashMap;

/// Height of the bands in which lines are searched, in points, and how many of them.
const BAND: f32 = 4.0;
const BANDS: i32 = 4;
/// A gap that is printed as a space: beside Chinese, and between others, in sizes of type.
const SPACE_CHINESE: f32 = 0.7;
const SPACE: f32 = 0.2;
/// Glyphs of the same character that are closer, in sizes of type, are one that is printed twice; searched in cells of so many
/// points. (Narrow letters that a word has twice are a quarter of the size apart at least.)
const TWICE: f32 = 0.2;
const CELL: f32 = 8.0;
/// In the text of a line: a character of which nothing says what it is.
const UNKNOWN: &str = "\u{FFFD}";

/// The lines of a page, in the order of the file.
pub(crate) fn printed_lines(glyphs: &[Glyph]) -> Vec<PrintedLine> {
    let glyphs = &without_shadows(glyphs)[..];
    let mut joined = join(runs_of(glyphs), glyphs);
    joined.sort_by_key(|run| run.glyphs.iter().min().copied());
    joined.iter().filter_map(|run| line_of(run, glyphs)).collect()
}

/// The glyphs without those that are printed again almost at the same place.
fn without_shadows(glyphs: &[Glyph]) -> Vec<Glyph> {
    let mut places: HashMap<(&str, i32, i32), (f32, f32)> = HashMap::new();
    let cell = |value: f32| value.div_euclid(CELL) as i32;
    let mut kept = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        let near = (TWICE * glyph.size).min(CELL);
        let is_printed = |x: i32, y: i32| {
            let place = places.get(&(glyph.text.as_str(), x, y));
            place.is_some_and(|place| (place.0 - glyph.x).abs() < near && (place.1 - glyph.y).abs() < near)
        };
        let mut rows = cell(glyph.y - near)..=cell(glyph.y + near);
        let across = cell(glyph.x - near)..=cell(glyph.x + near);
        let is_again = rows.any(|y| across.clone().any(|x| is_printed(x, y)));
        if !is_again || glyph.text.trim().is_empty() {
            places.insert((&glyph.text, cell(glyph.x), cell(glyph.y)), (glyph.x, glyph.y));
            kept.push(glyph.clone());
        }
    }
    kept
}

/// The start of a run along its direction, and its baseline.
fn start(run: &Run, glyphs: &[Glyph]) -> (f32, f32, f32) {
    let first = &glyphs[run.glyphs[0]];
    if run.direction == Direction::Vertical { (first.y, first.x, first.size) } else { (first.x, first.y, first.size) }
}

fn end(run: &Run, glyphs: &[Glyph]) -> f32 {
    let last = &glyphs[run.glyphs[run.glyphs.len() - 1]];
    match run.direction {
        Direction::Vertical if last.is_vertical => last.y + last.advance_spaced,
        Direction::Vertical => last.y + last.size,
        Direction::Horizontal => last.x + last.advance_spaced,
    }
}

/// Joins runs that follow one another on a line.
fn join(runs: Vec<Run>, glyphs: &[Glyph]) -> Vec<Run> {
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_by(|&a, &b| start(&runs[a], glyphs).0.total_cmp(&start(&runs[b], glyphs).0));
    let mut lines: Vec<Run> = Vec::new();
    let mut bands: HashMap<(bool, i32), Vec<usize>> = HashMap::new();
    for at in order {
        let run = &runs[at];
        let (from, baseline, size) = start(run, glyphs);
        let is_vertical = run.direction == Direction::Vertical;
        let band = (baseline / BAND) as i32;
        let near = (band - BANDS..=band + BANDS).filter_map(|band| bands.get(&(is_vertical, band)));
        let fits = |line: &&usize| {
            let (_, other, other_size) = start(&lines[**line], glyphs);
            let gap = from - end(&lines[**line], glyphs);
            let least = size.min(other_size);
            are_alike(size, other_size)
                && (other - baseline).abs() <= SKEW * least
                && (-OVERLAP * least..=GAP * least).contains(&gap)
        };
        // of a band only the latest lines can end here
        let found = near.flat_map(|band| band.iter().rev().take(24)).find(fits).copied();
        match found {
            Some(line) => lines[line].glyphs.extend(&run.glyphs),
            None => {
                bands.entry((is_vertical, band)).or_default().push(lines.len());
                lines.push(run.clone());
            }
        }
    }
    lines
}

fn line_of(run: &Run, glyphs: &[Glyph]) -> Option<PrintedLine> {
    let mut words: Vec<PrintedWord> = Vec::new();
    let (mut text, mut before): (String, Option<&Glyph>) = (String::new(), None);
    let (mut rect, mut bold): (Option<Rect>, usize) = (None, 0);
    for glyph in run.glyphs.iter().map(|at| &glyphs[*at]) {
        if before.is_some_and(|before| is_space_between(before, glyph, run.direction)) {
            text.push(' ');
        }
        let own = if glyph.text.is_empty() { UNKNOWN } else { &glyph.text };
        text.push_str(own);
        before = Some(glyph);
        if !own.trim().is_empty() {
            let place = rect_of(glyph);
            rect = Some(rect.map_or(place, |rect| rect.union(&place)));
            bold += usize::from(glyph.is_bold);
            words.push(PrintedWord { text: own.to_owned(), rect: place, confidence: None });
        }
    }
    let text = clean(&text);
    let mut sizes: Vec<f32> = run.glyphs.iter().map(|at| glyphs[*at].size).collect();
    sizes.sort_by(f32::total_cmp);
    (!text.is_empty()).then(|| PrintedLine {
        text,
        rect: rect.unwrap_or_default(),
        size: sizes[sizes.len() / 2],
        bold: bold * 2 > words.len(),
        direction: run.direction,
        confidence: None,
        words,
    })
}

fn is_space_between(before: &Glyph, glyph: &Glyph, direction: Direction) -> bool {
    let (Some(end), Some(start)) = (before.text.chars().next_back(), glyph.text.chars().next()) else { return false };
    if end.is_whitespace() || start.is_whitespace() || is_han_punctuation(end) || is_han_punctuation(start) {
        return false;
    }
    let gap = match direction {
        Direction::Horizontal => glyph.x - (before.x + before.advance_spaced),
        Direction::Vertical if glyph.is_vertical => glyph.y - (before.y + before.advance_spaced),
        Direction::Vertical => glyph.y - (before.y + before.size),
    };
    let least = if is_chinese(end) || is_chinese(start) { SPACE_CHINESE } else { SPACE };
    gap > least * glyph.size
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::input::pdf::turn::Turn;

    /// Glyphs of 10 points from (x, y), to the right.
    fn across(text: &str, x: f32, y: f32, operation: u32) -> Vec<Glyph> {
        let glyph = |(at, c): (usize, char)| glyph(c, x + 10.0 * at as f32, y, operation);
        text.chars().enumerate().map(glyph).collect()
    }

    fn glyph(c: char, x: f32, y: f32, operation: u32) -> Glyph {
        let text = c.to_string();
        Glyph {
            text,
            x,
            y,
            advance: 10.0,
            advance_spaced: 10.0,
            size: 10.0,
            is_vertical: false,
            turn: Turn::None,
            is_bold: false,
            is_invisible: false,
            operation,
        }
    }

    fn texts(glyphs: &[Glyph]) -> Vec<String> {
        printed_lines(glyphs).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn columns_are_parted_and_runs_of_a_line_joined() {
        let glyphs = [
            across("工厂里", 130.0, 50.0, 1),
            across("家门口", 0.0, 50.0, 2),
            across("的微", 30.0, 50.5, 3),
            across("记者", 0.0, 80.0, 4),
            across("白露", 28.0, 80.0, 5),
        ]
        .concat();
        assert_eq!(texts(&glyphs), ["工厂里", "家门口的微", "记者 白露"]);
    }

    #[test]
    fn glyphs_one_below_the_other_are_a_vertical_line() {
        let mut glyphs: Vec<Glyph> =
            "微工厂".chars().enumerate().map(|(at, c)| glyph(c, 0.0, 20.0 + 12.0 * at as f32, at as u32)).collect();
        glyphs.extend(across("正文", 40.0, 20.0, 9));
        let lines = printed_lines(&glyphs);
        assert_eq!((lines[0].text.as_str(), lines[0].direction), ("微工厂", Direction::Vertical));
        assert_eq!(lines[1].text, "正文");
        // the first characters of lines are none
        let glyphs = [glyph('一', 0.0, 20.0, 1), glyph('二', 0.0, 32.0, 2)].to_vec();
        assert_eq!(texts(&[glyphs, across("三四", 0.0, 44.0, 3)].concat()), ["一", "二", "三四"]);
    }

    #[test]
    fn a_shadow_counts_once() {
        let glyphs = [glyph('灯', 0.0, 20.0, 1), glyph('灯', 0.5, 20.2, 2), glyph('火', 10.0, 20.0, 3)];
        assert_eq!(texts(&glyphs), ["灯火"]);
    }
}
