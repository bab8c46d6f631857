//! Cues of each line for linking: whether it can begin, continue or end a text. Extracted once for all hypotheses.

use crate::import::lexicon::column_labels::parse_box_label;
use crate::import::lexicon::credits::parse_credit;
use crate::import::lexicon::jumps::{find_jump, is_continued_from_elsewhere, is_onward, without_jump};
use crate::import::lexicon::people::{ends_with_source, parse_dateline, parse_signature};
use crate::import::lexicon::sentences::bounds::stops_mid_sentence;
use crate::import::lexicon::sentences::lists::is_table_row;
use crate::import::lexicon::sentences::openings::{opening_score, story_opening};
use crate::import::link::scoring::costs::Costs;
use crate::import::page::lines::Page;

/// Characters that the text of a picture has, at most.
const PICTURE_TEXT: usize = 260;
/// Characters of a stub: such a line fills no column.
const STUB: usize = 16;
/// Lines behind a text in which the credit of its picture may be.
const CREDIT_DISTANCE: usize = 2;
/// An opening score of minus this is the worst: a cut number or quotation.
const WORST_OPENING: f64 = 1.6;

/// The cues of one line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cues {
    pub(crate) mid_sentence: bool,
    pub(crate) dateline: bool,
    /// and is more than the credit
    pub(crate) ends_with_credit: bool,
    /// in brackets
    pub(crate) ends_with_name: bool,
    /// … or with the agency that the text is from
    pub(crate) ends_with_source: bool,
    /// it is a jump and nothing else
    pub(crate) jump: bool,
    pub(crate) jumps_onward: bool,
    /// it begins with a note that it continues from another page
    pub(crate) from_elsewhere: bool,
    /// the text of a picture: not long, and a credit ends or follows it
    pub(crate) picture_text: bool,
    /// short, and stops in mid-sentence: hardly the first line of a text
    pub(crate) stub: bool,
    pub(crate) box_label: bool,
    pub(crate) bullet: bool,
    /// of a table, which nobody signs
    pub(crate) table_row: bool,
    /// how unlikely it is that the line opens a paragraph, 0 to 1
    pub(crate) unlikely_opening: f64,
    /// log-odds, by its first words, of a paragraph that opens a story; 0 with a dateline, which says so by itself
    pub(crate) story_opening: f64,
}

impl Cues {
    /// What it costs that the line is the first of an article.
    pub(crate) fn cost_of_opening(&self, costs: &Costs) -> f64 {
        self.unlikely_opening * costs.unlikely_opening - self.story_opening * costs.story_opening_at_start
    }
}

/// The cues of a line of a page.
pub(crate) fn extract_cues(page: &Page, at: usize) -> Cues {
    let text = page.lines[at].text.as_str();
    let length = page.lines[at].len();
    let credit = parse_credit(text).map(|credit| credit.start);
    let ends_with_credit = credit.is_some_and(|start| start > 0);
    let credit_follows = || {
        let following = page.lines.iter().skip(at + 1).take(CREDIT_DISTANCE);
        following.filter_map(|line| parse_credit(&line.text)).next().is_some_and(|credit| credit.start == 0)
    };
    let dateline = parse_dateline(text).is_some();
    let from_elsewhere = is_continued_from_elsewhere(text);
    Cues {
        mid_sentence: stops_mid_sentence(text) && credit.is_none(),
        dateline,
        ends_with_credit,
        ends_with_name: parse_signature(without_jump(text)).is_some(),
        ends_with_source: ends_with_source(without_jump(text)),
        from_elsewhere,
        jump: find_jump(text) == Some(0),
        jumps_onward: without_jump(text).len() < text.len() && is_onward(text),
        picture_text: length <= PICTURE_TEXT && (ends_with_credit || credit_follows()),
        stub: stops_mid_sentence(text) && length <= STUB,
        box_label: parse_box_label(text).is_some(),
        bullet: text.starts_with(['●', '▲', '■', '◆', '★', '▪', '◎', '□', '△', '◇', '※', '☆', '○', '•']),
        table_row: is_table_row(text),
        unlikely_opening: (-opening_score(text) * f64::from(u8::from(!from_elsewhere))).clamp(0.0, WORST_OPENING)
            / WORST_OPENING,
        story_opening: if dateline || from_elsewhere { 0.0 } else { story_opening(text) },
    }
}
