//! Widths of columns, from the lengths of printed lines, and whether a page is in printed lines at all.

use crate::import::input::printed_text::segments::Segment;

/// Lines of a page, at least, for them to count as printed lines.
const LEAST: usize = 20;
/// Width of a column, at most; lines beyond it are paragraphs, or the captions of wide pictures.
const WIDEST: f32 = 44.0;
/// The part of a page's text that stands in lines no wider than that, at least.
const NARROW_TEXT: f32 = 0.8;
/// The part of its lines that are cut where a column ends, at least.
const CUT: f32 = 0.4;
/// Width of a line that may be one of a column.
const NARROWEST: f32 = 6.0;
/// Lines on each side among which those of the same column are looked for.
const REACH: usize = 9;
/// Two lines of one column differ by less, where no mark at an end is left out.
const SAME: f32 = 0.8;
/// Lines that a column has, at least.
const VOTES: usize = 3;
/// Distance from the column's width at which a line ends short.
pub(super) const SHORT: f32 = 1.6;
/// What an indent takes from the first line of a paragraph.
pub(super) const INDENT: f32 = 2.0;

/// The width of the column of each segment: the one that most lines near it have, among those that are not narrower than the segment.
/// None where no others have its width, or a greater one: a headline, or the masthead.
pub(super) fn column_widths(segments: &[Segment]) -> Vec<Option<f32>> {
    (0..segments.len()).map(|at| column_width(segments, at)).collect()
}

fn column_width(segments: &[Segment], at: usize) -> Option<f32> {
    let own = segments[at].width;
    let near = &segments[at.saturating_sub(REACH)..(at + REACH + 1).min(segments.len())];
    let votes = |width: f32| near.iter().filter(|other| (other.width - width).abs() < SAME).count();
    let candidates = near.iter().map(|other| other.width).filter(|&width| width > own - SAME && width >= NARROWEST);
    let best = candidates.map(|width| (votes(width), width)).max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    best.filter(|&(votes, _)| votes >= VOTES).map(|(_, width)| width)
}

/// Whether a page is in printed lines: most of its text stands in narrow lines, many of which are as wide as their neighbours
/// and stop in mid-sentence.
pub(super) fn is_in_printed_lines(segments: &[Segment], widths: &[Option<f32>]) -> bool {
    if segments.len() < LEAST {
        return false;
    }
    let sum = |most: f32| segments.iter().map(|s| s.width).filter(|&width| width <= most).sum::<f32>();
    let is_cut = |(segment, column): &(&Segment, &Option<f32>)| {
        column.is_some_and(|column| column <= WIDEST && segment.width > column - SHORT) && !segment.ends()
    };
    let cut = segments.iter().zip(widths).filter(is_cut).map(|(segment, _)| segment.width).sum::<f32>();
    let all = sum(f32::INFINITY);
    sum(WIDEST) >= NARROW_TEXT * all && cut >= CUT * all
}
