//! Paragraphs out of printed lines.
//!
//! Each segment goes on with one of the paragraphs that are open above it, or begins another: text that a line continues well,
//! a line above that fills its column, and nearness speak for going on; a short last line, an indent and a blank line against it. Where
//! lines of several columns alternate, several paragraphs are open.

use crate::import::input::printed_text::segments::Segment;
use crate::import::input::printed_text::widths::{INDENT, SHORT};
use crate::import::lexicon::sentences::continuation::{LineEdges, score};
use crate::import::page::lines::Line;

/// Paragraphs that may be open at once: the columns of a page.
const OPEN: usize = 8;
/// Lines of the file, at most, between two lines of a paragraph.
const REACH: usize = 6;
/// Lines on each side that show whether blank lines divide the lines of a block.
const NEIGHBOURS: usize = 4;
/// The continuation score beyond which it says no more.
const SURE: f64 = 3.0;
/// Weight of the continuation score.
const TEXT: f64 = 1.4;
/// What speaks against going on after a line above of a width that no other has: a headline.
const NO_COLUMN: f64 = 3.0;
/// … for one that ends a sentence and ends short.
const ENDED: f64 = 6.0;
/// … for one that ends a sentence in front of a line that may have lost its indent.
const INDENTED: f64 = 3.0;
/// … for one that ends a sentence at the right edge.
const SENTENCE: f64 = 0.5;
/// … for going on after one that stops in mid-sentence at the right edge.
const FULL: f64 = 0.5;
/// … for one that stops short in mid-sentence.
const STOPPED: f64 = 2.5;
/// … for a line below that is wider than the column.
const WIDER: f64 = 2.5;
/// … for going on with the line right above.
const NEXT: f64 = 0.5;
/// … for each line between.
const DISTANCE: f64 = 0.6;
/// … for going on at the same distance as the line above did.
const RHYTHM: f64 = 0.5;
/// … for a segment that does not stand below the one above.
const BESIDE: f64 = 4.0;
/// … for a blank line where lines near it have none.
const BLANK: f64 = 2.0;
/// … for a blank line where lines near it have one too.
const USUAL_BLANK: f64 = 1.0;

/// Lists of segments, each in the order of the page, by their first ones. `widths` are those of the segments' columns.
pub(super) fn paragraphs(lines: &[Line], segments: &[Segment], widths: &[Option<f32>]) -> Vec<Vec<usize>> {
    let edges: Vec<_> = segments.iter().map(|segment| LineEdges::of(&segment.text)).collect();
    let is_marked = |segment: &Segment| lines[segment.line].mark > 0;
    let alone: Vec<bool> = segments.iter().map(|segment| is_marked(segment) || segment.stands_alone()).collect();
    let mut all: Vec<Vec<usize>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for at in 0..segments.len() {
        let line = segments[at].line;
        open.retain(|&paragraph| line - segments[last(&all[paragraph])].line <= REACH);
        let junction = |&paragraph: &usize| {
            let junction = Junction { lines, segments, widths, edges: &edges, above: &all[paragraph], below: at };
            (junction.score(), paragraph)
        };
        let goes_on = |paragraph: &&usize| !alone[last(&all[**paragraph])];
        let may_go_on = !alone[at] && !segments[at].opens();
        let best = open
            .iter()
            .filter(|_| may_go_on)
            .filter(goes_on)
            .map(junction)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .filter(|&(score, _)| score > 0.0);
        let paragraph = best.map_or(all.len(), |(_, paragraph)| paragraph);
        match all.get_mut(paragraph) {
            Some(above) => above.push(at),
            None => all.push(vec![at]),
        }
        open.retain(|&other| other != paragraph);
        open.push(paragraph);
        if open.len() > OPEN {
            open.remove(0);
        }
    }
    all
}

fn last(paragraph: &[usize]) -> usize {
    paragraph[paragraph.len() - 1]
}

/// A paragraph and a segment that may go on with it.
struct Junction<'a> {
    lines: &'a [Line],
    segments: &'a [Segment],
    widths: &'a [Option<f32>],
    edges: &'a [LineEdges<'a>],
    above: &'a [usize],
    below: usize,
}

impl Junction<'_> {
    /// Above 0 the segment goes on with the paragraph.
    fn score(&self) -> f64 {
        let (above, below) = (&self.segments[last(self.above)], &self.segments[self.below]);
        let distance = below.line - above.line;
        if distance == 0 {
            return f64::NEG_INFINITY;
        }
        let text = score(&self.edges[last(self.above)], &self.edges[self.below]).clamp(-SURE, SURE) * TEXT;
        text + self.of_widths() + self.of_places(distance) + self.of_blank(distance)
    }

    fn of_widths(&self) -> f64 {
        let (above, below) = (&self.segments[last(self.above)], &self.segments[self.below]);
        let Some(column) = self.widths[last(self.above)] else { return -NO_COLUMN };
        let full = above.stretched || above.width > column - SHORT;
        let is_first = self.above.len() == 1;
        let nearly_full = full || is_first && above.width > column - SHORT - INDENT;
        let mut score = match (above.ends(), full) {
            (true, false) => -ENDED,
            (true, true) if self.looks_indented() => -INDENTED,
            (true, true) => -SENTENCE,
            (false, _) if nearly_full => FULL,
            (false, _) => -STOPPED,
        };
        if below.width > column + SHORT && !below.stretched {
            score -= WIDER;
        }
        score
    }

    /// The segment is as much narrower than its column as the first line of a paragraph, and does not end a sentence.
    fn looks_indented(&self) -> bool {
        let (segment, column) = (&self.segments[self.below], self.widths[self.below]);
        let missing = column.map_or(0.0, |column| column - segment.width);
        !segment.ends() && !segment.stretched && missing > INDENT - 0.7 && missing < INDENT + 0.7
    }

    fn of_places(&self, distance: usize) -> f64 {
        let (above, below) = (&self.segments[last(self.above)], &self.segments[self.below]);
        let steps = self.above.len() >= 2;
        let before = if steps { above.line - self.segments[self.above[self.above.len() - 2]].line } else { 0 };
        let mut score = if distance == 1 { NEXT } else { -DISTANCE * (distance - 1) as f64 };
        if before == distance {
            score += RHYTHM;
        }
        if (above.left - below.left).abs() > 3.0 {
            score -= BESIDE;
        }
        score
    }

    /// A blank line above the segment, where other lines near it have none.
    fn of_blank(&self, distance: usize) -> f64 {
        let line = self.segments[self.below].line;
        let near = &self.lines[line.saturating_sub(NEIGHBOURS)..(line + NEIGHBOURS + 1).min(self.lines.len())];
        let blank = near.iter().filter(|line| line.gap > 0).count();
        if self.lines[line].gap == 0 || distance > 1 {
            0.0
        } else if blank * 2 <= near.len() {
            -BLANK
        } else {
            -USUAL_BLANK
        }
    }
}
