//! What moves cost: the one table of the linker, each number with its reason.
//!
//! Costs are in the unit of the label weights (log-odds): 1 is a hint, 3 is good evidence. They were set by hand and then
//! tuned on pages woven from articles in many ways; none is so fine that a fifth more or less would matter.

/// The table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Costs {
    /// a line takes another role than the best of its label: so much of what the label says it costs
    pub(crate) relabel: f64,
    /// an article goes on that the line before did not belong to
    pub(crate) come_back: f64,
    /// … to one that stops in mid-sentence
    pub(crate) come_back_to_open: f64,
    /// … although the one left stops in mid-sentence
    pub(crate) leave_open: f64,
    /// the rest of a text is printed before its beginning
    pub(crate) tail_first: f64,
    /// a paragraph begins with what begins inside a sentence, at its worst
    pub(crate) stale: f64,
    /// a text begins with a short line that has no end
    pub(crate) stub: f64,
    /// a sentence that was cut is followed by something that does not fit
    pub(crate) bad_seam: f64,
    /// how much of a seam's score counts
    pub(crate) seam: f64,
    /// a seam decides no more than this
    pub(crate) seam_most: f64,
    /// shared words, at their best
    pub(crate) shared_words: f64,
    /// … between a headline and the text below it
    pub(crate) shared_with_head: f64,
    /// … between a headline and a text that stands before it
    pub(crate) shared_with_head_behind: f64,
    /// a text without any head begins in the middle of the page
    pub(crate) headless: f64,
    /// … where the line stands apart
    pub(crate) headless_apart: f64,
    /// … with a dateline, which only begins a text
    pub(crate) headless_dateline: f64,
    /// … behind a note that it comes from another page
    pub(crate) headless_jump: f64,
    /// … in a list of briefs, with a mark
    pub(crate) headless_bullet: f64,
    /// a dateline inside an article
    pub(crate) dateline_inside: f64,
    /// text below a headline without byline or dateline
    pub(crate) no_byline: f64,
    /// a head with a byline, and a text with a dateline
    pub(crate) signed_twice: f64,
    /// an article at the page's end that nobody signed: no byline, dateline, credit or name at its end
    pub(crate) unsigned: f64,
    /// a text that follows a waiting head is not the head's
    pub(crate) head_passed_over: f64,
    /// … although its byline stands right above
    pub(crate) signed_passed_over: f64,
    /// … although a box says that it begins here
    pub(crate) box_passed_over: f64,
    /// a headline printed behind its text
    pub(crate) head_behind: f64,
    /// … of an article that the line before does not belong to
    pub(crate) head_behind_elsewhere: f64,
    /// … that is not over
    pub(crate) head_behind_open: f64,
    /// … that begins in mid-sentence: it has its headline where it begins
    pub(crate) head_of_tail: f64,
    /// half a headline, elsewhere on the page
    pub(crate) half_head: f64,
    /// a byline comes with a head whose text stands before it
    pub(crate) byline_behind: f64,
    /// a byline alone, below the first paragraph or behind the last
    pub(crate) byline_late: f64,
    /// an article at the page's end without a headline
    pub(crate) no_title: f64,
    /// an article at the page's end in mid-sentence, and no jump
    pub(crate) left_open: f64,
    /// an article that a jump, a credit or a name in brackets has ended goes on
    pub(crate) ended: f64,
    /// … where the line goes on well with the sentence that it stopped in
    pub(crate) ended_in_sentence: f64,
    /// a head that no text was found for
    pub(crate) no_text: f64,
    /// one more line joins a head that has its byline already
    pub(crate) head_after_byline: f64,
    /// each line of a head beyond the third
    pub(crate) crowded_head: f64,
    /// a head whose lines stand far apart
    pub(crate) head_apart: f64,
    /// a smaller heading follows the largest in one head
    pub(crate) next_head_mark: f64,
    /// a line far below the rest of its article, for every ten lines
    pub(crate) distance: f64,
    /// a subhead where a sentence is still open
    pub(crate) subhead_in_sentence: f64,
    /// a picture's text (a credit follows, or ends it) inside an article that has much text already
    pub(crate) picture_text_inside: f64,
    /// a picture of which nothing is told but who made it
    pub(crate) picture_untold: f64,
    /// a picture's text below a head without a byline: what heads of pictures are like
    pub(crate) picture_below_head: f64,
    /// a text line that stands far apart from the line before goes on with the article
    pub(crate) gap_inside: f64,
    /// a caption in an article that the line before does not belong to
    pub(crate) caption_elsewhere: f64,
    /// a caption where no sentence is open
    pub(crate) caption_between: f64,
    /// a caption where one is
    pub(crate) caption_inside: f64,
    /// a caption between a head and its text
    pub(crate) caption_in_head: f64,
    /// … that is a picture's text and stands apart
    pub(crate) headless_picture: f64,
    /// a name in brackets ends an article that has a byline
    pub(crate) signed_again: f64,
    /// a headline joins a head behind a column label that stands below another headline
    pub(crate) head_after_column: f64,
    /// an article with one subhead alone: they come in twos and more
    pub(crate) lone_subhead: f64,
    /// a box inside a report has a subhead
    pub(crate) subhead_in_box: f64,
    /// how much of the cost of a return is left where the report goes on behind a box
    pub(crate) behind_box: f64,
    /// how much of it is left where half of the article's headline stands above
    pub(crate) called_back: f64,
    /// text begins with a subhead
    pub(crate) subhead_first: f64,
}

impl Costs {
    /// The costs that pages are read with.
    pub(crate) const DEFAULT: Self = Self {
        relabel: 0.6,
        come_back: 3.2,
        come_back_to_open: 1.4,
        leave_open: 1.2,
        tail_first: 1.5,
        stale: 1.6,
        stub: 2.0,
        bad_seam: 1.1,
        seam: 1.0,
        seam_most: 2.5,
        shared_words: 3.0,
        shared_with_head: 1.5,
        shared_with_head_behind: 3.0,
        headless: 2.5,
        headless_apart: 3.2,
        headless_dateline: 1.4,
        headless_jump: 0.5,
        headless_bullet: 1.0,
        dateline_inside: 6.0,
        no_byline: 0.5,
        signed_twice: 0.5,
        unsigned: 2.1,
        head_passed_over: 1.4,
        signed_passed_over: 2.6,
        box_passed_over: 5.0,
        head_behind: 0.6,
        head_behind_elsewhere: 1.1,
        head_behind_open: 2.0,
        head_of_tail: 2.5,
        half_head: 3.1,
        byline_behind: 2.0,
        byline_late: 0.8,
        no_title: 0.7,
        left_open: 2.8,
        ended: 2.9,
        ended_in_sentence: 1.0,
        no_text: 5.0,
        head_after_byline: 3.0,
        crowded_head: 0.85,
        head_apart: 1.5,
        next_head_mark: 1.8,
        distance: 0.25,
        subhead_in_sentence: 5.6,
        picture_text_inside: 2.5,
        picture_untold: 1.0,
        picture_below_head: -1.4,
        gap_inside: 1.0,
        caption_elsewhere: 2.5,
        caption_between: 0.7,
        caption_inside: -1.0,
        caption_in_head: 1.0,
        headless_picture: 1.0,
        signed_again: 3.0,
        head_after_column: 2.5,
        lone_subhead: 1.7,
        subhead_in_box: 2.0,
        behind_box: 0.4,
        called_back: 0.3,
        subhead_first: 1.55,
    };
}
