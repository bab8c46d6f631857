//! Weighs the places of two lines on the page: how likely both stand in one article. Lines of a plain text have no places, and cost nothing.
//!
//! Newspapers part articles by rules, boxes and blanks, and set an article's text under the width of its headline, in type of one size.

use crate::import::link::scoring::costs::{Costs, when};
use crate::import::page::line_layout::LineLayout;
use crate::import::page::lines::Page;

/// A difference in size of type, in hundredths of that of body text, above which two texts are set differently.
const OTHER_TYPE: u32 = 6;
/// Blank above a line, in hundredths of a line of body text, from which it is more than that between two paragraphs.
const PARTED: u32 = 120;

/// What the places of two lines of text add to the cost of a junction.
pub(crate) fn cost_of_places(page: &Page, before: usize, after: usize, mid_sentence: bool, costs: &Costs) -> f64 {
    let Some((above, below)) = layouts(page, before, after) else { return 0.0 };
    let is_other_box = above.inside_box != below.inside_box;
    let is_other_region = above.region != below.region;
    let is_other_headline = above.headline != below.headline;
    cost_of_hints(above, below, costs)
        + when(is_other_box, costs.place_other_box)
        + when(is_other_region, costs.place_other_region)
        + when(above.area != below.area, costs.place_other_area)
        + when(is_other_headline, costs.place_other_headline)
        + when(!is_other_region && !is_other_headline && !is_other_box, costs.place_same)
        + when(before + 1 == after && is_below(above, below), costs.place_below)
        + when(before + 1 == after && is_next_column(above, below), costs.place_next_column)
        + when(above.size.abs_diff(below.size) > OTHER_TYPE, costs.place_other_type)
        + when(mid_sentence && !above.full, costs.place_cut_short)
        + when(mid_sentence && below.indented, costs.place_cut_indented)
        + when(!mid_sentence && above.full && !below.indented, costs.place_unindented)
}

/// What the places of a head and a line of text add to the cost of their standing in one article.
pub(crate) fn cost_of_place_of_head(page: &Page, (first, last): (u32, u32), text: usize, costs: &Costs) -> f64 {
    let Some((head, below)) = layouts(page, first as usize, text) else { return 0.0 };
    let is_in_head = |line: usize| (first as usize..=last as usize).contains(&line);
    cost_of_hints(head, below, costs)
        + when(head.inside_box != below.inside_box, costs.place_other_box)
        + when(head.region != below.region, costs.place_head_of_other_region)
        + when(head.area != below.area, costs.place_other_area)
        + when(below.headline.is_some_and(is_in_head), costs.place_under_head)
        + when(below.headline.is_some_and(|line| !is_in_head(line)), costs.place_under_other_head)
}

/// What the articles cost that an input format names.
fn cost_of_hints(one: &LineLayout, other: &LineLayout, costs: &Costs) -> f64 {
    when(one.article.zip(other.article).is_some_and(|(one, other)| one != other), costs.place_other_article)
}

fn layouts(page: &Page, one: usize, other: usize) -> Option<(&LineLayout, &LineLayout)> {
    page.lines[one].layout.as_deref().zip(page.lines[other].layout.as_deref())
}

/// In the same column of a region, with no more than the blank between two paragraphs.
fn is_below(above: &LineLayout, below: &LineLayout) -> bool {
    (above.region, above.column, above.inside_box) == (below.region, below.column, below.inside_box)
        && above.size.abs_diff(below.size) <= OTHER_TYPE
        && below.blank_above < PARTED
}

/// At the top of the next column of a region.
fn is_next_column(above: &LineLayout, below: &LineLayout) -> bool {
    (above.region, above.inside_box) == (below.region, below.inside_box)
        && above.size.abs_diff(below.size) <= OTHER_TYPE
        && above.column + 1 == below.column
}
