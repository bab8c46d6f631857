//! Features of a line's place and type on the page, where the input knows them: size of type, column, box, indents, and what an engine took
//! it for.

use crate::import::label::features::Feature;
use crate::import::page::line_layout::LineLayout;
use crate::import::page::lines::Page;
use crate::import::page::printed_page::BlockLabel;

/// Sizes of type, in hundredths of that of the text, up to which a line is small, and from which it is larger than the text.
const SMALL: u32 = 93;
const LARGER: u32 = 112;
/// Blank above a line, in hundredths of a printed line, from which it stands apart.
const BLANK: u32 = 60;
/// The share of the page's height that its head and its foot take.
const EDGE: f32 = 0.045;

/// The ratio of two sizes from which one is larger.
const LARGER_BY: f32 = 1.09;

/// What the places of a page's lines say of it as a whole.
pub(crate) struct Places {
    /// the upper and the lower edge of what is printed, in tenths of a point
    printed: (i32, i32),
    /// by line: text stands under its width
    over_text: Vec<bool>,
}

impl Places {
    /// None where places are not known.
    pub(crate) fn of(page: &Page) -> Option<Self> {
        let mut over_text = vec![false; page.lines.len()];
        for headline in layouts(page).filter_map(|layout| layout.headline) {
            if let Some(over_text) = over_text.get_mut(headline) {
                *over_text = true;
            }
        }
        Some(Self { printed: printed_height(page)?, over_text })
    }
}

fn layouts(page: &Page) -> impl Iterator<Item = &LineLayout> {
    page.lines.iter().filter_map(|line| line.layout.as_deref())
}

/// The upper and the lower edge of what is printed on a page, in tenths of a point; None where places are not known.
fn printed_height(page: &Page) -> Option<(i32, i32)> {
    let rects = || layouts(page).flat_map(|layout| &layout.rects);
    Some((rects().map(|rect| rect[1]).min()?, rects().map(|rect| rect[3]).max()?))
}

/// The features of a line's place on the page.
pub(crate) fn of_place(page: &Page, at: usize, places: Option<&Places>) -> Vec<Feature> {
    let (Some(layout), Some(places)) = (page.lines[at].layout.as_deref(), places) else { return Vec::new() };
    let beside = |line: Option<usize>| line.and_then(|line| page.lines.get(line)?.layout.as_deref());
    let (before, behind) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
    let sizes = |other: Option<&LineLayout>| {
        other.filter(|other| other.region == layout.region).map(|other| (layout.size as f32, other.size as f32))
    };
    let is_larger = |other: Option<&LineLayout>| sizes(other).is_some_and(|(own, other)| own > LARGER_BY * other);
    let is_smaller = |other: Option<&LineLayout>| sizes(other).is_some_and(|(own, other)| other > LARGER_BY * own);
    let present = [
        (layout.bold, Feature::BoldType),
        (layout.vertical, Feature::Vertical),
        (layout.columns > 1, Feature::SpansColumns),
        (layout.below_picture, Feature::BelowPicture),
        (layout.inside_box.is_some(), Feature::InBox),
        (layout.indented, Feature::Indented),
        (layout.full, Feature::FullLine),
        (before.is_none_or(|before| before.region != layout.region), Feature::NewRegion),
        (layout.blank_above > BLANK, Feature::BlankAbove),
        (is_at_edge(layout, places.printed), Feature::PageEdge),
        (is_larger(before), Feature::LargerThanPrevious),
        (is_smaller(before), Feature::SmallerThanPrevious),
        (is_larger(behind), Feature::LargerThanNext),
        (is_smaller(behind), Feature::SmallerThanNext),
        (places.over_text.get(at) == Some(&true), Feature::OverText),
    ];
    let present = present.into_iter().filter(|(is_present, _)| *is_present).map(|(_, feature)| feature);
    [Feature::LaidOut, type_of(layout)].into_iter().chain(present).chain(layout.label.and_then(of_label)).collect()
}

fn type_of(layout: &LineLayout) -> Feature {
    match (layout.rank, layout.size) {
        (1, _) => Feature::LargestType,
        (2, _) => Feature::LargeType,
        (3.., _) | (_, LARGER..) => Feature::LargerType,
        (_, ..SMALL) => Feature::SmallType,
        _ => Feature::TextType,
    }
}

fn of_label(label: BlockLabel) -> Option<Feature> {
    match label {
        BlockLabel::Title => Some(Feature::EngineTitle),
        BlockLabel::Text => Some(Feature::EngineText),
        BlockLabel::Caption => Some(Feature::EngineCaption),
        BlockLabel::Furniture => Some(Feature::EngineFurniture),
        BlockLabel::Table => Some(Feature::EngineTable),
        BlockLabel::Picture => None,
    }
}

/// Stands at the head or the foot of what is printed.
fn is_at_edge(layout: &LineLayout, (top, bottom): (i32, i32)) -> bool {
    let edge = ((bottom - top) as f32 * EDGE) as i32;
    layout.rects[0][3] < top + edge || layout.rects[0][1] > bottom - edge
}
