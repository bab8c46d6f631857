//! What each line says about going on, ending and beginning; read once for all readings of a page.

use crate::import::label::features::stops_mid_sentence;
use crate::import::lexicon::column_labels::parse_box_label;
use crate::import::lexicon::continuation::{continuation_score, opening_score};
use crate::import::lexicon::credits::parse_credit;
use crate::import::lexicon::jumps::{is_onward, without_jump};
use crate::import::lexicon::people::{parse_dateline, parse_signature};
use crate::import::page::lines::Page;

/// Characters that the text of a picture has, at most.
const PICTURE: usize = 260;
/// Characters of a line that fills no column.
const STUB: usize = 16;
/// Lines behind a text in which the credit of its picture stands.
const CREDIT_NEAR: usize = 2;

/// A line as the linker sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Signs {
    /// stops in mid-sentence
    pub(crate) open: bool,
    pub(crate) dateline: bool,
    /// a credit ends the line (and is not all of it)
    pub(crate) credited: bool,
    /// a name in brackets ends it
    pub(crate) signed: bool,
    /// a note ends it that the text goes on elsewhere
    pub(crate) jumps: bool,
    /// the text of a picture: not long, and a credit ends it or follows
    pub(crate) picture: bool,
    /// short, and stops in mid-sentence: what a text hardly begins with
    pub(crate) stub: bool,
    /// opens a box inside a report
    pub(crate) boxed: bool,
    /// begins with a mark of a list: ●, ▲
    pub(crate) bullet: bool,
    /// 0 to 1: how little the line can begin a paragraph
    pub(crate) stale: f64,
}

/// Reads the signs of every line.
pub(crate) fn signs(page: &Page) -> Vec<Signs> {
    (0..page.lines.len()).map(|at| sign(page, at)).collect()
}

fn sign(page: &Page, at: usize) -> Signs {
    let text = page.lines[at].text.as_str();
    let credited = parse_credit(text).is_some_and(|credit| credit.start > 0);
    let short = page.lines[at].len() <= PICTURE;
    let credit_behind = || {
        let behind = page.lines.iter().skip(at + 1).take(CREDIT_NEAR);
        behind.map(|line| parse_credit(&line.text)).find_map(|found| found).is_some_and(|found| found.start == 0)
    };
    let onward = without_jump(text).len() < text.len() && is_onward(text);
    Signs {
        open: stops_mid_sentence(text),
        dateline: parse_dateline(text).is_some(),
        credited,
        signed: parse_signature(without_jump(text)).is_some(),
        jumps: onward,
        picture: short && (credited || credit_behind()),
        stub: stops_mid_sentence(text) && page.lines[at].len() <= STUB,
        boxed: parse_box_label(text).is_some(),
        bullet: text.starts_with(['●', '▲', '■', '◆', '★', '▪', '◎', '□', '△', '◇', '※', '☆', '○', '•']),
        stale: (-opening_score(text)).clamp(0.0, 1.6) / 1.6,
    }
}

/// How well a line goes on where another stops.
pub(crate) fn seam_of(page: &Page, before: usize, after: usize) -> f64 {
    continuation_score(without_jump(&page.lines[before].text), &page.lines[after].text)
}
