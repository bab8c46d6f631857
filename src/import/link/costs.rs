//! The table of linking: what each decision costs, and how far the searches go; each number with its reason.
//!
//! Costs are in the unit of the label weights (log-odds): 1 is a hint, 3 is good evidence. They were set by hand and then
//! tuned on pages laid out from articles in many ways; none is so fine that a fifth more or less would matter.

/// The costs of linking. A negative one is a saving; a "share" multiplies another cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Costs {
    /// a line takes a role that is not its label's: this share of what that role costs by the label
    pub(crate) relabel: f64,

    // junctions: a line of text follows another in an article
    /// a line continues an article that the line before does not belong to
    pub(crate) resume: f64,
    /// … an article that stops in mid-sentence, which has to be continued somewhere
    pub(crate) resume_mid_sentence: f64,
    /// … although the article that is left stops in mid-sentence
    pub(crate) leave_mid_sentence: f64,
    /// share of the cost of a return where a report is continued behind a box that is printed inside it
    pub(crate) resume_behind_box: f64,
    /// share of it where the second half of the article's headline is right above
    pub(crate) resume_below_half_head: f64,
    /// a text is continued by one that is printed before it
    pub(crate) continued_above: f64,
    /// a paragraph opens with what occurs inside sentences, at its worst
    pub(crate) unlikely_opening: f64,
    /// a cut sentence is continued by a line of which nothing says that it fits
    pub(crate) poor_continuation: f64,
    /// share of the continuation score that counts
    pub(crate) continuation: f64,
    /// a continuation score decides no more than this, for or against
    pub(crate) continuation_most: f64,
    /// a dateline inside an article, which only opens one
    pub(crate) dateline_inside: f64,
    /// a picture's text (a credit ends or follows it) inside an article that has much text already
    pub(crate) picture_text_inside: f64,
    /// a name in brackets ends an article that has a byline
    pub(crate) signed_again: f64,
    /// an article is continued that a jump, a credit or a name in brackets has ended
    pub(crate) after_end: f64,
    /// … by a line that continues its last sentence well
    pub(crate) after_end_mid_sentence: f64,
    /// a line far apart from the line before continues its article
    pub(crate) gap_inside: f64,
    /// a line far below the rest of its article, for every [`DISTANCE_UNIT`] lines
    pub(crate) distance: f64,

    // words that lines share
    /// shared words of a line and its article, at their best
    pub(crate) shared_words: f64,
    /// share of that for a subhead, which is short
    pub(crate) shared_words_of_subhead: f64,
    /// … of a head and the text below it
    pub(crate) shared_with_head: f64,
    /// … of a head and an article above it
    pub(crate) shared_with_late_head: f64,
    /// share of that where the article has a headline already
    pub(crate) shared_with_half_head: f64,

    // the beginning of an article
    /// a text opens with a short line that stops in mid-sentence
    pub(crate) stub_opening: f64,
    /// an article without any head begins in the middle of the page
    pub(crate) headless: f64,
    /// share of the cost where it is the page's first
    pub(crate) headless_first: f64,
    /// … where the line stands apart
    pub(crate) headless_apart: f64,
    /// … where it is a picture's text and stands apart
    pub(crate) headless_picture: f64,
    /// … with a dateline, which only opens an article
    pub(crate) headless_dateline: f64,
    /// … behind a note that it continues from another page
    pub(crate) headless_jump: f64,
    /// … in a list of briefs, with a bullet
    pub(crate) headless_bullet: f64,
    /// text below a head without byline or dateline
    pub(crate) no_byline: f64,
    /// text with a dateline below a head with a byline
    pub(crate) signed_twice: f64,
    /// a picture's text below a head without a byline: pictures have such heads
    pub(crate) picture_below_head: f64,
    /// a picture below a headline has a credit and no text
    pub(crate) picture_without_text: f64,
    /// a text opens with a subhead
    pub(crate) subhead_first: f64,

    // a head that waits for its text
    /// a text that follows the pending head is not its text
    pub(crate) skip_head: f64,
    /// … although its byline is right above
    pub(crate) skip_signed_head: f64,
    /// … although the label of a box says that the box begins here
    pub(crate) skip_box_head: f64,
    /// … and a subhead comes between the head and its text
    pub(crate) skip_head_by_subhead: f64,
    /// a line joins a head that has its byline already
    pub(crate) head_after_byline: f64,
    /// each line of a head beyond [`HEAD_LINES`]
    pub(crate) crowded_head: f64,
    /// a head whose lines stand far apart
    pub(crate) head_apart: f64,
    /// a smaller heading follows the largest in one head
    pub(crate) next_head_mark: f64,
    /// a headline joins a head behind a column label below another headline
    pub(crate) head_after_column: f64,
    /// a head at the page's end without a text
    pub(crate) head_without_text: f64,

    // a head that is printed below the text it belongs to
    /// a head belongs to an article above it
    pub(crate) late_head: f64,
    /// … that the line before does not belong to
    pub(crate) late_head_elsewhere: f64,
    /// … that stops in mid-sentence
    pub(crate) late_head_mid_sentence: f64,
    /// … that begins in mid-sentence: its headline is where it begins
    pub(crate) late_head_of_fragment: f64,
    /// … that has a headline: this is the other half of it
    pub(crate) half_head: f64,
    /// … of more than one line, where half of a headline is one
    pub(crate) long_half_head: f64,
    /// … and brings the byline
    pub(crate) late_head_with_byline: f64,
    /// … and brings a second byline
    pub(crate) late_head_with_second_byline: f64,
    /// a byline alone, below the first paragraph or behind the last
    pub(crate) late_byline: f64,

    // subheads
    /// a subhead where a sentence is cut
    pub(crate) subhead_mid_sentence: f64,
    /// an article with a single subhead: they come in twos and more
    pub(crate) lone_subhead: f64,
    /// a subhead in a box inside a report
    pub(crate) subhead_in_box: f64,

    // pictures
    /// a caption in an article that the line before does not belong to
    pub(crate) caption_elsewhere: f64,
    /// a caption between two sentences
    pub(crate) caption_between: f64,
    /// a caption inside a sentence, where layout puts most of them
    pub(crate) caption_inside: f64,
    /// a caption between a head and its text
    pub(crate) caption_in_head: f64,
    /// a credit where no article could have its picture
    pub(crate) lone_credit: f64,

    // the end of an article
    /// an article ends without a headline
    pub(crate) no_title: f64,
    /// an article ends without byline, dateline, credit or a name at its end
    pub(crate) unsigned: f64,
    /// an article ends in mid-sentence, without a jump
    pub(crate) ends_mid_sentence: f64,
}

impl Costs {
    /// The costs that pages are linked with.
    pub(crate) const DEFAULT: Self = Self {
        relabel: 0.6,
        resume: 3.2,
        resume_mid_sentence: 1.4,
        leave_mid_sentence: 1.2,
        resume_behind_box: 0.4,
        resume_below_half_head: 0.3,
        continued_above: 1.5,
        unlikely_opening: 1.6,
        poor_continuation: 1.1,
        continuation: 1.0,
        continuation_most: 2.5,
        dateline_inside: 6.0,
        picture_text_inside: 2.5,
        signed_again: 3.0,
        after_end: 2.9,
        after_end_mid_sentence: 1.0,
        gap_inside: 1.0,
        distance: 0.25,
        shared_words: 3.0,
        shared_words_of_subhead: 0.5,
        shared_with_head: 1.5,
        shared_with_late_head: 3.0,
        shared_with_half_head: 0.4,
        stub_opening: 2.0,
        headless: 2.5,
        headless_first: 0.5,
        headless_apart: 3.2,
        headless_picture: 1.0,
        headless_dateline: 1.4,
        headless_jump: 0.5,
        headless_bullet: 1.0,
        no_byline: 0.5,
        signed_twice: 0.5,
        picture_below_head: -1.4,
        picture_without_text: 1.0,
        subhead_first: 1.55,
        skip_head: 1.4,
        skip_signed_head: 2.6,
        skip_box_head: 5.0,
        skip_head_by_subhead: 1.0,
        head_after_byline: 3.0,
        crowded_head: 0.85,
        head_apart: 1.5,
        next_head_mark: 1.8,
        head_after_column: 2.5,
        head_without_text: 5.0,
        late_head: 0.6,
        late_head_elsewhere: 1.1,
        late_head_mid_sentence: 2.0,
        late_head_of_fragment: 2.5,
        half_head: 3.1,
        long_half_head: 1.5,
        late_head_with_byline: 2.0,
        late_head_with_second_byline: 6.0,
        late_byline: 0.8,
        subhead_mid_sentence: 5.6,
        lone_subhead: 1.7,
        subhead_in_box: 2.0,
        caption_elsewhere: 2.5,
        caption_between: 0.7,
        caption_inside: -1.0,
        caption_in_head: 1.0,
        lone_credit: 2.0,
        no_title: 0.7,
        unsigned: 2.1,
        ends_mid_sentence: 2.8,
    };
}

// Thresholds: from where on a cue counts.

/// A continuation score above which a line continues a cut sentence well.
pub(crate) const GOOD_CONTINUATION: f64 = 0.9;
/// [`Cues::unlikely_opening`](crate::import::link::cues::Cues) above which a line is taken for the rest of another text.
pub(crate) const FRAGMENT: f64 = 0.3;
/// Lines that distances are counted in.
pub(crate) const DISTANCE_UNIT: f64 = 10.0;
/// Units after which distance makes no difference: the other end of the page.
pub(crate) const DISTANCE_MOST: f64 = 4.0;
/// Lines of a head that cost nothing: kicker and headline, or headline and subtitle.
pub(crate) const HEAD_LINES: u32 = 2;
/// Text lines of a picture's article, at most; a credit behind more is that of a picture inside an article.
pub(crate) const PICTURE_TEXT_LINES: usize = 4;
/// Lines of an article that a new line's words are compared with: its head, and the last ones.
pub(crate) const COMPARED_LINES: usize = 10;

// Limits of the beam search.

/// Hypotheses that are expanded at each line; more find nothing better and take longer.
pub(crate) const BEAM_WIDTH: usize = 24;
/// … on a page of [`LONG_PAGE`] lines, so that time stays bounded.
pub(crate) const NARROW_BEAM_WIDTH: usize = 6;
/// Lines of a page that no newspaper prints.
pub(crate) const LONG_PAGE: usize = 1500;
/// A hypothesis that costs so much more than the best one is pruned.
pub(crate) const BEAM_THRESHOLD: f64 = 5.5;
/// A role or a decision that costs more than this is not expanded.
pub(crate) const EXPANSION_MOST: f64 = 7.0;
/// Articles of a hypothesis that can be continued; when one more begins, the oldest is closed.
pub(crate) const OPEN_ARTICLES: usize = 8;
/// Subheads of an article from which on their number makes no difference: only a single one costs.
pub(crate) const SUBHEADS_COUNTED: u32 = 2;
/// The least that an assignment's certainty counts: a close rival leaves the role as certain as it was.
pub(crate) const CERTAINTY_LEAST: f64 = 0.05;
/// Certainty that a line which repeats another is a duplicate.
pub(crate) const DUPLICATE_CERTAINTY: f64 = 0.99;

// Limits of the refinement.

/// What a refinement move has to save: less is noise.
pub(crate) const SAVING_LEAST: f64 = 1.5;
/// Refinement moves on a page, at most; pages with gold need one or two.
pub(crate) const REFINEMENTS: usize = 8;
/// Text lines of a page above which it is not refined: the number of moves grows with their square.
pub(crate) const REFINED_LINES: usize = 240;
/// How much shared words count beside junctions in a refinement move.
pub(crate) const REFINED_WORDS: f64 = 3.0;
/// A refinement move whose junctions lose more than this is not tried, whatever its words.
pub(crate) const JUNCTION_LOSS_MOST: f64 = 1.0;
/// A junction that costs more than this may be wrong.
pub(crate) const DOUBTFUL_JUNCTION: f64 = 1.0;
