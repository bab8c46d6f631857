//! The table of linking: what each decision costs, and how far the searches go; each number with its reason.
//!
//! Costs are in the unit of the label weights (log-odds): 1 is a hint, 3 is good evidence; a negative one is a saving, a
//! "share" multiplies another cost, and "…" continues the row above. They were set by hand and then tuned on pages laid out
//! from articles in many ways; none is so fine that a fifth more or less would matter.

/// A cost, where it applies.
pub(crate) fn when(applies: bool, cost: f64) -> f64 {
    if applies { cost } else { 0.0 }
}

pub(crate) const RELABEL: f64 = 0.6; // share of what a role costs by the label, where a line takes another role

// junctions: a line of text follows another in an article
pub(crate) const RESUME: f64 = 3.2; // a line continues an article that the line before does not belong to
pub(crate) const RESUME_MID_SENTENCE: f64 = 1.4; // … an article that stops in mid-sentence
pub(crate) const LEAVE_MID_SENTENCE: f64 = 1.2; // … although the article that is left stops in mid-sentence
pub(crate) const RESUME_BEHIND_BOX: f64 = 0.4; // share where a report is continued behind a box inside it
pub(crate) const RESUME_BELOW_HALF_HEAD: f64 = 0.3; // share where half of its headline is right above
pub(crate) const CONTINUED_ABOVE: f64 = 1.5; // a text is continued by one that is printed before it
pub(crate) const UNLIKELY_OPENING: f64 = 1.6; // a paragraph opens with what occurs inside sentences, at its worst
pub(crate) const POOR_CONTINUATION: f64 = 1.1; // a cut sentence is continued by a line that nothing shows to fit
pub(crate) const CONTINUATION: f64 = 1.0; // share of the continuation score that counts
pub(crate) const CONTINUATION_MOST: f64 = 2.5; // a continuation score decides no more than this, for or against
pub(crate) const DATELINE_INSIDE: f64 = 6.0; // a dateline inside an article, which only opens one
pub(crate) const PICTURE_TEXT_INSIDE: f64 = 2.5; // a picture's text (with a credit) in an article with much text
pub(crate) const SIGNED_AGAIN: f64 = 3.0; // a name in brackets ends an article that has a byline
pub(crate) const AFTER_END: f64 = 2.9; // an article is continued that a jump, a credit or a name in brackets has ended
pub(crate) const AFTER_END_MID_SENTENCE: f64 = 1.0; // … by a line that continues its last sentence well
pub(crate) const GAP_INSIDE: f64 = 1.0; // a line far apart from the line before continues its article
pub(crate) const DISTANCE: f64 = 0.25; // a line far below the rest of its article, for every DISTANCE_UNIT lines

// words that lines share
pub(crate) const SHARED_WORDS: f64 = 3.0; // shared words of a line and its article, at their best
pub(crate) const SHARED_WORDS_OF_SUBHEAD: f64 = 0.5; // share of that for a subhead, which is short
pub(crate) const SHARED_WITH_HEAD: f64 = 1.5; // … of a head and the text below it
pub(crate) const SHARED_WITH_LATE_HEAD: f64 = 3.0; // … of a head and an article above it
pub(crate) const SHARED_WITH_HALF_HEAD: f64 = 0.4; // share of that where the article has a headline already

// the beginning of an article
pub(crate) const STUB_OPENING: f64 = 2.0; // a text opens with a short line that stops in mid-sentence
pub(crate) const HEADLESS: f64 = 2.5; // an article without any head begins in the middle of the page
pub(crate) const HEADLESS_FIRST: f64 = 0.5; // share of the cost where it is the page's first
pub(crate) const HEADLESS_APART: f64 = 3.2; // … where the line stands apart
pub(crate) const HEADLESS_PICTURE: f64 = 1.0; // … where it is a picture's text and stands apart
pub(crate) const HEADLESS_DATELINE: f64 = 1.4; // … with a dateline, which only opens an article
pub(crate) const HEADLESS_JUMP: f64 = 0.5; // … behind a note that it continues from another page
pub(crate) const HEADLESS_BULLET: f64 = 1.0; // … in a list of briefs, with a bullet
pub(crate) const NO_BYLINE: f64 = 0.5; // text below a head without byline or dateline
pub(crate) const SIGNED_TWICE: f64 = 0.5; // text with a dateline below a head with a byline
pub(crate) const PICTURE_BELOW_HEAD: f64 = -1.4; // a picture's text below a head without byline: its usual head
pub(crate) const PICTURE_WITHOUT_TEXT: f64 = 1.0; // a picture below a headline has a credit and no text
pub(crate) const SUBHEAD_FIRST: f64 = 1.55; // a text opens with a subhead

// a head that waits for its text
pub(crate) const SKIP_HEAD: f64 = 1.4; // skip the pending head: the text below it belongs to another article
pub(crate) const SKIP_SIGNED_HEAD: f64 = 2.6; // … although its byline is right above
pub(crate) const SKIP_BOX_HEAD: f64 = 5.0; // … although the label of a box says that the box begins here
pub(crate) const SKIP_HEAD_BY_SUBHEAD: f64 = 1.0; // … and a subhead comes between the head and its text
pub(crate) const HEAD_AFTER_BYLINE: f64 = 3.0; // a line joins a head that has its byline already
pub(crate) const CROWDED_HEAD: f64 = 0.85; // each line of a head beyond HEAD_LINES
pub(crate) const HEAD_APART: f64 = 1.5; // a head whose lines stand far apart
pub(crate) const NEXT_HEAD_MARK: f64 = 1.8; // a smaller heading follows the largest in one head
pub(crate) const HEAD_AFTER_COLUMN: f64 = 2.5; // a headline joins a head behind a column label below another headline
pub(crate) const HEAD_WITHOUT_TEXT: f64 = 5.0; // a head at the page's end without a text

// a head that is printed below the text it belongs to
pub(crate) const LATE_HEAD: f64 = 0.6; // a head belongs to an article above it
pub(crate) const LATE_HEAD_ELSEWHERE: f64 = 1.1; // … that the line before does not belong to
pub(crate) const LATE_HEAD_MID_SENTENCE: f64 = 2.0; // … that stops in mid-sentence
pub(crate) const LATE_HEAD_OF_FRAGMENT: f64 = 2.5; // … that begins in mid-sentence: its headline is where it begins
pub(crate) const HALF_HEAD: f64 = 3.1; // … that has a headline: this is the other half of it
pub(crate) const LONG_HALF_HEAD: f64 = 1.5; // … of more than one line, where half of a headline is one
pub(crate) const LATE_HEAD_WITH_BYLINE: f64 = 2.0; // … and brings the byline
pub(crate) const LATE_HEAD_WITH_SECOND_BYLINE: f64 = 6.0; // … and brings a second byline
pub(crate) const LATE_BYLINE: f64 = 0.8; // a byline alone, below the first paragraph or behind the last

// subheads
pub(crate) const SUBHEAD_MID_SENTENCE: f64 = 5.6; // a subhead where a sentence is cut
pub(crate) const LONE_SUBHEAD: f64 = 1.7; // an article with a single subhead: they come in twos and more
pub(crate) const SUBHEAD_IN_BOX: f64 = 2.0; // a subhead in a box inside a report

// pictures
pub(crate) const CAPTION_ELSEWHERE: f64 = 2.5; // a caption in an article that the line before does not belong to
pub(crate) const CAPTION_BETWEEN: f64 = 0.7; // a caption between two sentences
pub(crate) const CAPTION_INSIDE: f64 = -1.0; // a caption inside a sentence, where layout puts most of them
pub(crate) const CAPTION_IN_HEAD: f64 = 1.0; // a caption between a head and its text
pub(crate) const LONE_CREDIT: f64 = 2.0; // a credit where no article could have its picture

// the end of an article
pub(crate) const NO_TITLE: f64 = 0.7; // an article ends without a headline
pub(crate) const UNSIGNED: f64 = 2.1; // an article ends without byline, dateline, credit or a name at its end
pub(crate) const ENDS_MID_SENTENCE: f64 = 2.8; // an article ends in mid-sentence, without a jump

// Thresholds: from where on a cue counts.

pub(crate) const GOOD_CONTINUATION: f64 = 0.9; // a continuation score above which a line continues a cut sentence well
pub(crate) const FRAGMENT: f64 = 0.3; // cues::unlikely_opening above which a line is taken for the rest of another text
pub(crate) const DISTANCE_UNIT: f64 = 10.0; // lines that distances are counted in
pub(crate) const DISTANCE_MOST: f64 = 4.0; // units after which distance makes no difference: the other end of the page
pub(crate) const HEAD_LINES: u32 = 2; // lines of a head that cost nothing: kicker and title, or title and subtitle
pub(crate) const PICTURE_TEXT_LINES: usize = 4; // text lines of a picture's article, at most
pub(crate) const COMPARED_LINES: usize = 10; // lines of an article that a new line is compared with: head, and last ones

// Limits of the beam search.

pub(crate) const BEAM_WIDTH: usize = 24; // hypotheses expanded at each line; more find nothing better
pub(crate) const NARROW_BEAM_WIDTH: usize = 6; // … on a page of LONG_PAGE lines, so that time stays bounded
pub(crate) const LONG_PAGE: usize = 1500; // lines of a page that no newspaper prints
pub(crate) const NARROWEST_BEAM_WIDTH: usize = 2; // … and on one of ENDLESS_PAGE lines: it is imported in two seconds
pub(crate) const ENDLESS_PAGE: usize = 10_000; // lines of a file that is no page of a newspaper
pub(crate) const BEAM_THRESHOLD: f64 = 5.5; // a hypothesis that costs so much more than the best one is pruned
pub(crate) const EXPANSION_MOST: f64 = 7.0; // a role or a decision that costs more than this is not expanded
pub(crate) const OPEN_ARTICLES: usize = 8; // articles that can be continued; one more closes the oldest
pub(crate) const SUBHEADS_COUNTED: u32 = 2; // subheads that are counted: only a single one costs
pub(crate) const CERTAINTY_LEAST: f64 = 0.05; // least share of a role's certainty that a close rival leaves
pub(crate) const DUPLICATE_CERTAINTY: f64 = 0.99; // certainty that a line which repeats another is a duplicate

// Limits of the refinement.

pub(crate) const SAVING_LEAST: f64 = 1.5; // what a refinement move has to save: less is noise
pub(crate) const REFINEMENTS: usize = 8; // refinement moves on a page, at most; pages with gold need one or two
pub(crate) const REFINED_LINES: usize = 240; // text lines of a page that is refined, at most: moves grow with their square
pub(crate) const REFINED_WORDS: f64 = 3.0; // how much shared words count beside junctions in a refinement move
pub(crate) const JUNCTION_LOSS_MOST: f64 = 1.0; // a move whose junctions lose more than this is not tried
pub(crate) const DOUBTFUL_JUNCTION: f64 = 1.0; // a junction that costs more than this may be wrong
