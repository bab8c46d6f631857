//! The costs of linking the lines of pages whose lines have places: those of plain text, but for what was learnt from such pages.
//!
//! Where an article stands is then seen, so that what it costs to interrupt it, to come back to it and to begin one without a headline differs.
//! Learnt from 82 files: 16 pages typeset as broadsheets, each as PDF, PaddleOCR and MinerU (middle, content list), and 18 as ALTO of Tesseract.

use crate::import::link::scoring::costs::{COSTS, Costs};
use crate::import::page::lines::Page;

/// The costs of pages whose lines have places.
pub(crate) static LAYOUT_COSTS: Costs = Costs {
    relabel: 1.22,
    resume_mid_sentence: 0.36,
    leave_mid_sentence: 0.27,
    continued_above: 0.52,
    unlikely_opening: 0.72,
    poor_continuation: 0.38,
    continuation: 0.70,
    continuation_most: 2.22,
    dateline_inside: 4.33,
    picture_text_inside: 2.95,
    signed_again: 1.32,
    after_end: 4.07,
    gap_inside: 0.91,
    cut: 0.30,
    shared_words: 5.42,
    shared_words_of_subhead: 1.17,
    shared_with_head: 2.06,
    shared_with_late_head: 5.59,
    shared_with_half_head: 0.35,
    stub_opening: 0.75,
    headless_first: 0.54,
    headless_apart: 3.78,
    headless_picture: 0.14,
    headless_picture_close: 0.98,
    headless_dateline: 1.36,
    headless_bullet: 2.35,
    no_byline: 0.75,
    picture_below_head: -2.09,
    subhead_first: 1.08,
    skip_signed_head: 1.71,
    crowded_head: 0.55,
    late_head: 1.27,
    late_head_elsewhere: 1.11,
    late_head_mid_sentence: 0.48,
    late_head_of_fragment: 1.75,
    half_head: 6.19,
    lone_subhead: 0.76,
    caption_elsewhere: 3.25,
    caption_between: 0.91,
    caption_in_head: 1.30,
    no_title: 0.75,
    unsigned: 1.79,
    ends_mid_sentence: 2.27,
    place_same: -0.65,
    place_below: -1.50,
    place_next_column: -0.70,
    place_other_region: 1.05,
    place_other_type: 1.25,
    place_cut_short: 1.23,
    place_cut_indented: 1.40,
    place_unindented: 0.35,
    place_under_other_head: 1.95,
    place_head_of_other_region: 1.05,
    saving_least: 1.45,
    ordering_break: 1.39,
    ordering_least: 1.71,
    ..Costs::learnt()
};

/// The costs for a page.
pub(crate) fn costs_for(page: &Page) -> &'static Costs {
    if page.has_layout() { &LAYOUT_COSTS } else { &COSTS }
}
