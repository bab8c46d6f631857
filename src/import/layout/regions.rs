//! Regions: the page cut again and again, from edge to edge, along its rules and blanks (recursive XY-cut).
//!
//! A blank is a border between articles where a rule lies in it, or where headlines begin behind it. The gutter between two columns of one
//! article is a blank too, but its text begins without a headline; so is the blank between a headline and its text. These are not cut.

use crate::import::layout::elements::{Element, ElementKind};
use crate::import::layout::pieces::{Piece, overlap_y, shares_width};
use crate::import::layout::type_sizes::TypeSizes;
use crate::import::lexicon::sentences::continuation::continuation_score;
use crate::import::page::printed_page::Rect;

/// Cuts that lie inside one another, at most.
const DEPTH: usize = 40;
/// The part of a cut that a rule has to accompany.
const RULED: f32 = 0.75;
/// Ratio to body text from which type is that of the paper's name.
const PAPER_NAME: f32 = 5.2;
/// The part of a headline's size of type that its rectangle reaches below its characters.
const BELOW_TYPE: f32 = 0.15;
/// How surely a text goes on beyond a gutter that this counts.
const CROSSES: f64 = 1.0;
/// Elements on each side of a gutter, at most, whose texts are compared.
const NEIGHBOURS: usize = 12;
/// Rules that are compared with the blanks of a region, at most: the longest ones.
const RULES: usize = 400;

/// A part of the page that is not cut further.
pub(super) struct Region {
    /// indexes of elements
    pub(super) elements: Vec<usize>,
    /// the part of the page, round the region, that rules part from others
    pub(super) area: usize,
}

/// What is known of the whole page.
pub(super) struct Cutter<'a> {
    pieces: &'a [Piece],
    elements: &'a [Element],
    rules: Vec<Rect>,
    sizes: TypeSizes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Axis {
    /// between left and right
    Down,
    /// between above and below
    Across,
}

/// How sure a cut is; the surest are made first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    None,
    /// headlines begin behind it
    Headed,
    Ruled,
}

/// A cut, and the number of elements before it in the axis' order.
struct Cut {
    strength: Strength,
    before: usize,
}

impl<'a> Cutter<'a> {
    pub(super) fn new(pieces: &'a [Piece], elements: &'a [Element], rules: &[Rect], sizes: &TypeSizes) -> Self {
        let mut rules: Vec<Rect> =
            rules.iter().filter(|rule| rule.width().max(rule.height()) > 3.0 * sizes.body).copied().collect();
        rules.sort_by(|a, b| (b.width() + b.height()).total_cmp(&(a.width() + a.height())));
        rules.truncate(RULES);
        Self { pieces, elements, rules, sizes: *sizes }
    }

    /// The regions among some elements, in reading order; their areas are numbered from 0.
    pub(super) fn regions(&self, elements: Vec<usize>) -> Vec<Region> {
        let mut regions = Vec::new();
        if !elements.is_empty() {
            self.cut(elements, 0, &mut 0, &mut regions);
        }
        regions
    }

    /// Adds the regions of some elements; `area` is that of the last one.
    fn cut(&self, elements: Vec<usize>, depth: usize, area: &mut usize, regions: &mut Vec<Region>) {
        let across = self.cuts(&elements, Axis::Across);
        let down = self.cuts(&elements, Axis::Down);
        let best =
            |cuts: &(Vec<usize>, Vec<Cut>)| cuts.1.iter().map(|cut| cut.strength).max().unwrap_or(Strength::None);
        let strength = best(&across).max(best(&down));
        if depth == DEPTH || strength == Strength::None {
            regions.push(Region { elements, area: *area });
            return;
        }
        let (order, cuts) = if best(&across) == strength { across } else { down };
        let mut from = 0;
        let bounds = cuts.iter().filter(|cut| cut.strength == strength).map(|cut| cut.before);
        for to in bounds.chain([order.len()]).collect::<Vec<_>>() {
            *area += usize::from(from > 0 && strength == Strength::Ruled);
            self.cut(order[from..to].to_vec(), depth + 1, area, regions);
            from = to;
        }
    }

    /// The elements in the order of an axis, and the blanks from edge to edge between them.
    fn cuts(&self, elements: &[usize], axis: Axis) -> (Vec<usize>, Vec<Cut>) {
        let range = |element: usize| self.range(&self.elements[element], axis);
        let mut order = elements.to_vec();
        order.sort_by(|&a, &b| range(a).0.total_cmp(&range(b).0));
        let hull = self.hull(&order);
        let least = if axis == Axis::Down { 0.25 * self.sizes.body } else { 0.05 * self.sizes.body };
        let mut cuts = Vec::new();
        let mut end = f32::NEG_INFINITY;
        for (at, &element) in order.iter().enumerate() {
            let (from, to) = range(element);
            if at > 0 && from - end > least {
                let strength = self.strength(&order, at, axis, (end, from), &hull);
                cuts.push(Cut { strength, before: at });
            }
            end = end.max(to);
        }
        (order, cuts)
    }

    /// What an element takes up of an axis. The rectangle of large type reaches below its characters, over a rule that stands close.
    fn range(&self, element: &Element, axis: Axis) -> (f32, f32) {
        let rect = &element.rect;
        match axis {
            Axis::Down => (rect.x0, rect.x1),
            Axis::Across if element.kind == ElementKind::Head && !element.vertical => {
                (rect.y0, (rect.y1 - BELOW_TYPE * element.size).max(rect.y0))
            }
            Axis::Across => (rect.y0, rect.y1),
        }
    }

    fn hull(&self, elements: &[usize]) -> Rect {
        elements.iter().map(|&element| self.elements[element].rect).reduce(|a, b| a.union(&b)).unwrap_or_default()
    }

    fn strength(&self, order: &[usize], at: usize, axis: Axis, blank: (f32, f32), hull: &Rect) -> Strength {
        let ruled = self.is_ruled(axis, blank, hull);
        let headed = match axis {
            Axis::Across => self.begins_below(order, at, blank),
            Axis::Down => self.begins_with_head(&order[..at], hull) && self.begins_with_head(&order[at..], hull),
        };
        let begins = || {
            axis == Axis::Down || headed || self.has_head(&order[at..], blank) || !self.is_head_above(order, at, blank)
        };
        match (ruled, headed) {
            (true, _) if begins() => Strength::Ruled,
            (_, true) if axis == Axis::Across || !self.text_crosses(order, at, blank) => Strength::Headed,
            _ => Strength::None,
        }
    }

    /// A rule lies in a blank and goes with most of it; several short ones may.
    fn is_ruled(&self, axis: Axis, (from, to): (f32, f32), hull: &Rect) -> bool {
        let slack = 0.3 * self.sizes.body;
        let along = |rule: &&Rect| {
            let ((low, high), is_axis) = match axis {
                Axis::Down => ((rule.x0, rule.x1), rule.height() > rule.width()),
                Axis::Across => ((rule.y0, rule.y1), rule.width() > rule.height()),
            };
            is_axis && low > from - slack && high < to + slack
        };
        let (start, stop) = if axis == Axis::Down { (hull.y0, hull.y1) } else { (hull.x0, hull.x1) };
        let covered = |rule: &Rect| {
            let (a, b) = if axis == Axis::Down { (rule.y0, rule.y1) } else { (rule.x0, rule.x1) };
            (b.min(stop) - a.max(start)).max(0.0)
        };
        let sum: f32 = self.rules.iter().filter(along).map(covered).sum();
        sum > RULED * (stop - start)
    }

    /// Below a blank from left to right something begins: a headline stands in the first row, and above is more than a headline.
    fn begins_below(&self, order: &[usize], at: usize, blank: (f32, f32)) -> bool {
        let is_headed = self.has_head(&order[at..], blank);
        (is_headed || self.is_picture_below(order, at))
            && !self.is_head_above(order, at, blank)
            && !self.parts_head_from_text(order, at, blank)
    }

    /// A headline ends at a blank from above, and right below it, over most of its width, a text begins without another headline.
    fn parts_head_from_text(&self, order: &[usize], at: usize, blank: (f32, f32)) -> bool {
        let reach = self.sizes.pitch;
        let element = |&element: &usize| &self.elements[element];
        let is_ending = |head: &&Element| {
            head.kind == ElementKind::Head
                && !head.vertical
                && head.rect.y1 > blank.0 - reach
                && head.size < PAPER_NAME * self.sizes.body
        };
        let is_own_text = |head: &Element| {
            let below = order[at..].iter().map(element).filter(|below| shares_width(&below.rect, &head.rect, 0.3));
            let first = below.min_by(|a, b| a.rect.y0.total_cmp(&b.rect.y0));
            first.is_some_and(|text| text.kind == ElementKind::Text && text.rect.y0 - head.rect.y1 < 1.2 * reach)
        };
        order[..at].iter().map(element).filter(is_ending).any(is_own_text)
    }

    /// The first row below a blank holds a headline.
    fn has_head(&self, below: &[usize], blank: (f32, f32)) -> bool {
        let first_row = blank.1 + 1.6 * self.sizes.pitch;
        let mut row =
            below.iter().map(|&element| &self.elements[element]).take_while(|element| element.rect.y0 < first_row);
        row.any(|element| element.kind == ElementKind::Head)
    }

    /// What follows is a picture from edge to edge with a few lines of text.
    fn is_picture_below(&self, order: &[usize], at: usize) -> bool {
        let picture = &self.elements[order[at]];
        let is_caption =
            |&element: &usize| self.elements[element].rect.y0 > picture.rect.y0 + 0.5 * picture.rect.height();
        let rest = &order[at + 1..];
        let hull = self.hull(order);
        picture.kind == ElementKind::Picture
            && picture.rect.width() > 0.8 * hull.width()
            && rest.len() <= 4
            && rest.iter().all(is_caption)
    }

    /// Only headlines end at a blank from above; the paper's name is none.
    fn is_head_above(&self, order: &[usize], at: usize, blank: (f32, f32)) -> bool {
        let last_row = blank.0 - 1.6 * self.sizes.pitch;
        let mut ending =
            order[..at].iter().map(|&element| &self.elements[element]).filter(|element| element.rect.y1 > last_row);
        ending.all(|element| element.kind == ElementKind::Head && element.size < PAPER_NAME * self.sizes.body)
    }

    /// The columns on both sides of a blank from top to bottom: where text stops in the left one in mid-sentence and goes on in the
    /// right one, both belong to one article, wherever its headline stands.
    fn text_crosses(&self, order: &[usize], at: usize, (from, to): (f32, f32)) -> bool {
        let reach = 3.0 * self.sizes.body;
        let left =
            order[..at].iter().map(|&element| &self.elements[element]).filter(|element| element.rect.x1 > from - reach);
        let right: Vec<&Element> = order[at..]
            .iter()
            .map(|&element| &self.elements[element])
            .filter(|element| element.rect.x0 < to + reach && element.goes_on.is_some())
            .take(NEIGHBOURS)
            .collect();
        let crosses = |left: &Element, stops: usize| {
            right.iter().filter(|next| next.rect.y0 < left.rect.y1).any(|next| {
                let goes_on = next.goes_on.map(|first| self.pieces[first].text.as_str());
                goes_on.is_some_and(|text| continuation_score(&self.pieces[stops].text, text) > CROSSES)
            })
        };
        left.filter_map(|element| Some((element, element.stops?)))
            .take(NEIGHBOURS)
            .any(|(left, stops)| crosses(left, stops))
    }

    /// A side of a blank from top to bottom begins with a headline, or is a picture with its text.
    fn begins_with_head(&self, side: &[usize], hull: &Rect) -> bool {
        let top = side.iter().map(|&element| self.elements[element].rect.y0).fold(f32::INFINITY, f32::min);
        if top > hull.y0 + 4.0 * self.sizes.pitch {
            return false;
        }
        let first_row = top + 1.6 * self.sizes.pitch;
        let mut row = side.iter().filter(|&&element| self.elements[element].rect.y0 < first_row);
        row.any(|&element| self.is_headline_of(&self.elements[element], side))
    }

    /// A headline of large type; one that is set vertically only with text beside it: the text may be that beyond the blank.
    fn is_headline_of(&self, head: &Element, side: &[usize]) -> bool {
        let is_beside = |&element: &usize| {
            let text = &self.elements[element];
            text.kind == ElementKind::Text && overlap_y(&text.rect, &head.rect) > 0.4 * head.rect.height()
        };
        head.kind == ElementKind::Head
            && if head.vertical { side.iter().any(is_beside) } else { self.sizes.is_head(head.size) }
    }
}
