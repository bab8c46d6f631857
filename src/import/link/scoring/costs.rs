//! The table of linking: what each decision costs, and how far the searches go; each number with its reason.
//!
//! Costs are in the unit of the label weights (log-odds): 1 is a hint, 3 is good evidence; a negative one is a saving, a
//! "share" multiplies another cost, and "…" continues the row above. They were set by hand, and then learnt from pages with gold
//! ([`costs`](crate::import::training::costs)): 360 laid out from articles of 人民日报, 18 laid out from others, 3 real ones and the 41 of
//! this project, with an n-gram model that has not read them. Four were put back by hand where one kind of pages paid for the others:
//! `relabel`, `shared_with_late_head`, `late_head_of_fragment` and `ends_mid_sentence`. Eight came later and are as set by hand: `story_opening`,
//! `story_opening_at_start`, `topic_change`, `untitled_head`, `late_head_after_end`, `column_inside`, `column_inside_sentence`, `subhead_explained`: two more
//! rounds of learning on 480 pages moved sixteen costs and gained nothing on 480 pages of other days. The thresholds and limits below were set by hand: a step
//! has no slope to learn by.

/// A cost, where it applies.
pub(crate) fn when(applies: bool, cost: f64) -> f64 {
    if applies { cost } else { 0.0 }
}

/// Declares the table: a struct with a field for each cost, the shipped values, and access by name for training.
macro_rules! costs {
    ($($name:ident = $value:expr, $reason:literal;)*) => {
        /// What each decision of linking costs.
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) struct Costs {
            $(#[doc = $reason] pub(crate) $name: f64,)*
        }

        impl Costs {
            pub(crate) const fn learnt() -> Self {
                Self { $($name: $value,)* }
            }

            /// Name, value and reason of each.
            pub(crate) fn table(&mut self) -> Vec<(&'static str, &mut f64, &'static str)> {
                vec![$((stringify!($name), &mut self.$name, $reason),)*]
            }
        }
    };
}

/// The costs that were learnt.
pub(crate) static COSTS: Costs = Costs::learnt();

costs! {
    relabel = 0.72, "share of what a role costs by the label, where a line takes another role";

    // junctions: a line of text follows another in an article
    resume = 2.62, "a line continues an article that the line before does not belong to";
    resume_mid_sentence = 0.89, "… an article that stops in mid-sentence";
    leave_mid_sentence = 0.51, "… although the article that is left stops in mid-sentence";
    resume_behind_box = 0.40, "share where a report is continued behind a box inside it";
    resume_below_half_head = 0.30, "share where half of its headline is right above";
    continued_above = 1.22, "a text is continued by one that is printed before it";
    unlikely_opening = 0.55, "a paragraph opens with what occurs inside sentences, at its worst";
    story_opening = 0.20, "the first words of a paragraph inside a text are those of a story's beginning, for each unit of log-odds";
    story_opening_at_start = 0.20, "… and of a text's first paragraph those of a later one";
    poor_continuation = 1.10, "a cut sentence is continued by a line that nothing shows to fit";
    continuation = 1.00, "share of the continuation score that counts";
    continuation_most = 3.83, "a continuation score decides no more than this, for or against";
    dateline_inside = 4.20, "a dateline inside an article, which only opens one";
    from_elsewhere_inside = 5.46, "… or what continues from another page";
    picture_text_inside = 1.75, "a picture's text (with a credit) in an article with much text";
    signed_again = 1.66, "a name in brackets ends an article that has a byline";
    after_end = 6.38, "an article is continued that a jump, a credit or a name in brackets has ended";
    after_end_mid_sentence = 1.18, "… by a line that continues its last sentence well";
    gap_inside = 1.30, "a line far apart from the line before continues its article";
    distance = 0.59, "a line far below the rest of its article, for every DISTANCE_UNIT lines";
    topic_change = 0.30, "a paragraph shares no word with the article that it continues, at its worst";
    cut = 0.56, "a line of text stops in mid-sentence, as few do and most headlines";

    // words that lines share
    shared_words = 3.00, "shared words of a line and its article, at their best";
    shared_words_of_subhead = 0.65, "share of that for a subhead, which is short";
    shared_with_head = 1.75, "… of a head and the text below it";
    shared_with_late_head = 4.30, "… of a head and an article above it";
    shared_with_half_head = 0.72, "share of that where the article has a headline already";

    // the beginning of an article
    stub_opening = 1.07, "a text opens with a short line that stops in mid-sentence";
    headless = 2.23, "an article without any head begins in the middle of the page";
    headless_first = 0.39, "share of the cost where it is the page's first";
    headless_apart = 3.20, "… where the line stands apart";
    headless_picture = 0.70, "… where it is a picture's text and stands apart";
    headless_picture_close = 2.00, "… where it does not";
    headless_dateline = 1.15, "… with a dateline, which only opens an article";
    headless_jump = 0.65, "… behind a note that it continues from another page";
    headless_bullet = 1.30, "… in a list of briefs, with a bullet";
    no_byline = 0.65, "text below a head without byline or dateline";
    untitled_head = 1.00, "text below a head without headline and byline: a label, which may have slipped into the columns";
    signed_twice = 0.65, "text with a dateline below a head with a byline";
    picture_below_head = -1.77, "a picture's text below a head without byline: its usual head";
    picture_without_text = 1.00, "a picture below a headline has a credit and no text";
    subhead_first = 1.55, "a text opens with a subhead";

    // a head that waits for its text
    skip_head = 1.40, "skip the pending head: the text below it belongs to another article";
    skip_signed_head = 5.56, "… although its byline is right above";
    skip_box_head = 5.00, "… although the label of a box says that the box begins here";
    skip_head_by_subhead = 1.00, "… and a subhead comes between the head and its text";
    head_after_byline = 2.73, "a line joins a head that has its byline already";
    crowded_head = 0.40, "each line of a head beyond HEAD_LINES";
    head_apart = 1.77, "a head whose lines stand far apart";
    next_head_mark = 1.80, "a smaller heading follows the largest in one head";
    head_after_column = 2.50, "a headline joins a head behind a column label below another headline";
    head_without_text = 5.00, "a head at the page's end without a text";

    // a head that is printed below the text it belongs to
    late_head = 1.82, "a head belongs to an article above it";
    late_head_elsewhere = 1.59, "… that the line before does not belong to";
    late_head_mid_sentence = 0.33, "… that stops in mid-sentence";
    late_head_of_fragment = 2.50, "… that begins in mid-sentence: its headline is where it begins";
    half_head = 4.76, "… that has a headline: this is the other half of it";
    long_half_head = 1.50, "… of more than one line, where half of a headline is one";
    late_head_with_byline = 0.59, "… and brings the byline";
    late_head_with_second_byline = 6.00, "… and brings a second byline";
    late_head_after_end = 0.20, "… and a jump, a credit or a name has ended that article";
    column_inside = 2.00, "a column label between two paragraphs of its article";
    column_inside_sentence = 0.50, "… inside a sentence, where layout put it into the columns";
    late_byline = 0.80, "a byline alone, below the first paragraph or behind the last";

    // subheads
    subhead_mid_sentence = 2.25, "a subhead where a sentence is cut";
    subhead_explained = 0.30, "a line with a dash behind a subhead explains it";
    lone_subhead = 1.08, "an article with a single subhead: they come in twos and more";
    subhead_in_box = 2.00, "a subhead in a box inside a report";

    // pictures
    caption_elsewhere = 2.50, "a caption in an article that the line before does not belong to";
    caption_between = 0.70, "a caption between two sentences";
    caption_inside = -1.00, "a caption inside a sentence, where layout puts most of them";
    caption_in_head = 1.00, "a caption between a head and its text";
    lone_credit = 2.00, "a credit where no article could have its picture";

    // the end of an article
    no_title = 0.91, "an article ends without a headline";
    unsigned = 1.52, "an article ends without byline, dateline, credit or a name at its end";
    ends_mid_sentence = 1.75, "an article ends in mid-sentence, without a jump";

    // places on the page, where the input knows them
    place_same = -0.50, "a text goes on in its part of the page, under the same headline";
    place_below = 0.00, "… right below the line before, in the same column";
    place_next_column = 0.00, "… at the top of the next column";
    place_other_box = 4.00, "… inside a box and outside";
    place_other_region = 1.50, "… in another part of the page";
    place_other_area = 1.50, "… beyond a rule or the border of a box";
    place_other_headline = 0.70, "… under the width of another headline";
    place_other_type = 2.00, "… in type of another size";
    place_other_article = 5.00, "… although the input files the two under different articles";
    place_cut_short = 1.50, "a sentence goes on behind a printed line that does not reach the column's edge";
    place_cut_indented = 2.00, "… in a printed line that is indented as a paragraph's first";
    place_unindented = 0.50, "a paragraph ends with a full printed line, and the next is not indented";
    place_under_head = -1.00, "a text stands under the width of its headline";
    place_under_other_head = 1.50, "… under that of another headline";
    place_head_of_other_region = 1.50, "… in another part of the page than its headline";

    // the refinement
    saving_least = 1.77, "what a refinement move has to save: less is noise";
    refined_words = 3.20, "how much shared words count beside junctions in a refinement move";
    ordering_break = 1.30, "in an article, a line does not follow the one that is printed above it";
    ordering_least = 1.80, "what moving a part within its article has to save";
}

// Thresholds: from where on a cue counts.

pub(crate) const GOOD_CONTINUATION: f64 = 0.9; // a continuation score above which a line continues a cut sentence well
pub(crate) const FRAGMENT: f64 = 0.3; // cues::unlikely_opening above which a line is taken for the rest of another text
pub(crate) const DISTANCE_UNIT: f64 = 10.0; // lines that distances are counted in
pub(crate) const DISTANCE_MOST: f64 = 4.0; // units after which distance makes no difference: the other end of the page
pub(crate) const HEAD_LINES: u32 = 2; // lines of a head that cost nothing: kicker and title, or title and subtitle
pub(crate) const PICTURE_TEXT_LINES: usize = 4; // text lines of a picture's article, at most
pub(crate) const COMPARED_LINES: usize = 10; // lines of an article that a new line is compared with: head, and last ones

// Limits of the beam search.

pub(crate) const BEAM_WIDTH: usize = 64; // hypotheses expanded at each line; more find little that is better, and take time
pub(crate) const MIDDLE_BEAM_WIDTH: usize = 24; // … on a page of MANY_LINES
pub(crate) const MANY_LINES: usize = 400; // lines of a page that has as many texts as a page can
pub(crate) const NARROW_BEAM_WIDTH: usize = 6; // … on a page of LONG_PAGE lines, so that time stays bounded
pub(crate) const LONG_PAGE: usize = 1500; // lines of a page that no newspaper prints
pub(crate) const NARROWEST_BEAM_WIDTH: usize = 2; // … and on one of ENDLESS_PAGE lines: it is imported in two seconds
pub(crate) const ENDLESS_PAGE: usize = 10_000; // lines of a file that is no page of a newspaper
pub(crate) const BEAM_THRESHOLD: f64 = 5.0; // a hypothesis that costs so much more than the best one is pruned
pub(crate) const EXPANSION_MOST: f64 = 7.0; // a role or a decision that costs more than this is not expanded
pub(crate) const OPEN_ARTICLES: usize = 8; // articles that can be continued; one more closes the oldest
pub(crate) const SUBHEADS_COUNTED: u32 = 2; // subheads that are counted: only a single one costs
pub(crate) const CERTAINTY_LEAST: f64 = 0.05; // least share of a role's certainty that a close rival leaves
pub(crate) const DUPLICATE_CERTAINTY: f64 = 0.99; // certainty that a line which repeats another is a duplicate

// Limits of the refinement.

pub(crate) const REFINEMENTS: usize = 8; // refinement moves on a page, at most; pages with gold need one or two
pub(crate) const REFINED_LINES: usize = 240; // text lines of a page that is refined, at most: moves grow with their square
pub(crate) const ORDERINGS: usize = 8; // parts that are moved within an article, at most
pub(crate) const ORDERED_LINES: usize = 120; // lines of an article that is put in order, at most: moves grow with their cube
pub(crate) const JUNCTION_LOSS_MOST: f64 = 1.0; // a move whose junctions lose more than this is not tried
pub(crate) const DOUBTFUL_JUNCTION: f64 = 1.0; // a junction that costs more than this may be wrong
