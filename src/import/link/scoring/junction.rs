//! The cost of a junction: of one line of text following another in an article.
//!
//! The [beam search](crate::import::link::beam) weighs a line against the end of an article as far as it has been read; the
//! [refinement](crate::import::link::refine) weighs any two lines of a page that is known as a whole.

use crate::import::link::scoring::costs::{self, Costs};
use crate::import::link::scoring::cues::Cues;

/// Two lines that follow each other in an article. What one of the searches does not know is false or zero.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Junction<'a> {
    /// cues of the second line
    pub(crate) cues: &'a Cues,
    pub(crate) boundary: Boundary,
    /// a jump, a credit or a name in brackets says that the article ends with the first line
    pub(crate) after_end: bool,
    /// the second line is the text of a picture, and the article is more than that
    pub(crate) adds_picture_text: bool,
    /// the second line ends with a name, and the article is signed already
    pub(crate) signs_again: bool,
    /// the two are adjacent texts, but a wide gap parts them between two sentences
    pub(crate) after_gap: bool,
    /// the two are adjacent texts, but a note between them says that the second continues from another page
    pub(crate) after_incoming_jump: bool,
    /// text of other articles lies between the two, or the second is printed first
    pub(crate) returning: Option<Return>,
    /// lines of the page between the two
    pub(crate) distance: f64,
    /// the cost of their places on the page
    pub(crate) places: f64,
}

/// Where in its text the junction falls.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Boundary {
    /// between two sentences
    Paragraph,
    /// inside a sentence: how well the second line continues it
    MidSentence(f64),
    /// before a subhead, inside a sentence or not
    Subhead { mid_sentence: bool },
}

/// The return to an article that was interrupted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Return {
    /// the article stops in mid-sentence
    pub(crate) to_mid_sentence: bool,
    /// the share of the cost that is left, 0 to 1
    pub(crate) share: f64,
    /// the text that is left stops in mid-sentence
    pub(crate) leaves_mid_sentence: bool,
    /// the text that is left ends with a subhead
    pub(crate) leaves_subhead: bool,
    /// the second line is printed before the first
    pub(crate) backwards: bool,
}

impl Junction<'_> {
    /// What the junction costs, without the words that the lines share.
    pub(crate) fn cost(&self, costs: &Costs) -> f64 {
        let mut cost = self.boundary.cost(self.cues, costs);
        cost += costs::when(self.cues.dateline, costs.dateline_inside);
        cost += costs::when(self.cues.from_elsewhere, costs.from_elsewhere_inside);
        cost += costs::when(self.adds_picture_text, costs.picture_text_inside);
        let continues_well = |score: f64| score * costs.continuation > costs::GOOD_CONTINUATION;
        cost += match self.boundary {
            _ if !self.after_end => 0.0,
            Boundary::MidSentence(score) if continues_well(score) => costs.after_end_mid_sentence,
            _ => costs.after_end,
        };
        cost += costs::when(self.signs_again, costs.signed_again);
        cost += costs::when(self.after_gap, costs.gap_inside);
        cost += costs::when(self.after_incoming_jump, costs.resume);
        cost += self.returning.map_or(0.0, |returning| returning.cost(costs));
        cost += self.places;
        cost + costs.distance * (self.distance / costs::DISTANCE_UNIT).min(costs::DISTANCE_MOST)
    }
}

impl Boundary {
    pub(crate) fn cost(self, cues: &Cues, costs: &Costs) -> f64 {
        match self {
            Self::Paragraph => {
                cues.unlikely_opening * costs.unlikely_opening + cues.story_opening * costs.story_opening
            }
            Self::MidSentence(score) => continuation_cost(score, costs),
            Self::Subhead { mid_sentence: true } => costs.subhead_mid_sentence,
            Self::Subhead { mid_sentence: false } => 0.0,
        }
    }
}

impl Return {
    fn cost(self, costs: &Costs) -> f64 {
        let resume = if self.to_mid_sentence { costs.resume_mid_sentence } else { costs.resume };
        let leaving = costs::when(self.leaves_mid_sentence, costs.leave_mid_sentence)
            + costs::when(self.leaves_subhead, costs.subhead_mid_sentence);
        resume * self.share + leaving + costs::when(self.backwards, costs.continued_above)
    }
}

/// What it costs that a line with this continuation score continues a cut sentence; below 0 where it fits well.
pub(crate) fn continuation_cost(score: f64, costs: &Costs) -> f64 {
    (costs.poor_continuation - score * costs.continuation).clamp(-costs.continuation_most, costs.continuation_most)
}
