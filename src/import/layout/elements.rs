//! The elements of a page: headlines, strips of text, pictures, and the boxes that hold some of them.

use crate::import::layout::heads::HeadGroups;
use crate::import::layout::paragraphs::open_ends;
use crate::import::layout::pieces::{Piece, center, overlap_y};
use crate::import::layout::strips::Strip;
use crate::import::layout::type_sizes::TypeSizes;
use crate::import::page::masthead::furniture_reason;
use crate::import::page::printed_page::Rect;

/// Rules, at most, among which boxes are looked for: the longest ones.
const RULES: usize = 300;
/// The part of the page's height in which its running head ends, and its lines, at most.
const RUNNING_HEAD: f32 = 0.06;
const RUNNING_HEAD_LINES: usize = 10;
/// Blank below it, at least, in type sizes of body text.
const RUNNING_HEAD_BLANK: f32 = 0.6;
/// How far the ends of the rules of a box may lie apart, in points.
const CORNER: f32 = 4.0;

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ElementKind {
    Text,
    Head,
    Picture,
}

/// A part of the page that is never cut.
#[derive(Debug, Clone)]
pub(super) struct Element {
    pub(super) kind: ElementKind,
    pub(super) rect: Rect,
    /// indexes of strips in reading order; none for a picture
    pub(super) strips: Vec<usize>,
    /// the largest type in it
    pub(super) size: f32,
    pub(super) vertical: bool,
    /// of a text: the piece that it begins with, where that is in the middle of a paragraph
    pub(super) goes_on: Option<usize>,
    /// of a text: the piece that it ends with, where that is in the middle of a paragraph
    pub(super) stops: Option<usize>,
}

impl Element {
    fn new(kind: ElementKind, rect: Rect, strips: Vec<usize>, size: f32) -> Self {
        Self { kind, rect, strips, size, vertical: false, goes_on: None, stops: None }
    }
}

/// The elements of a page: a group of headlines is one, every other strip is one.
pub(super) fn elements(pieces: &[Piece], strips: &[Strip], groups: &HeadGroups, pictures: &[Rect]) -> Vec<Element> {
    let mut elements: Vec<Element> = groups.groups.iter().map(|group| head(strips, group, groups)).collect();
    for (index, strip) in strips.iter().enumerate().filter(|(index, _)| !groups.is_member[*index]) {
        // as wide as its column: a last line that ends short does not open the gutter
        let rect = Rect { x0: strip.rect.x0.min(strip.left), ..strip.rect };
        let (goes_on, stops) = open_ends(pieces, strip);
        elements.push(Element { goes_on, stops, ..Element::new(ElementKind::Text, rect, vec![index], strip.size) });
    }
    elements.extend(pictures.iter().map(|&rect| Element::new(ElementKind::Picture, rect, Vec::new(), 0.0)));
    elements
}

/// Headlines from top to bottom, vertical ones from right to left.
fn head(strips: &[Strip], group: &[usize], groups: &HeadGroups) -> Element {
    let mut members = group.to_vec();
    let vertical = members.iter().any(|&strip| groups.is_vertical[strip]);
    let place = |strip: usize| {
        let rect = &strips[strip].rect;
        if groups.is_vertical[strip] { -rect.x1 } else { rect.y0 }
    };
    members.sort_by(|&a, &b| place(a).total_cmp(&place(b)));
    let rect = members.iter().map(|&strip| strips[strip].rect).reduce(|a, b| a.union(&b)).unwrap_or_default();
    let size = members.iter().map(|&strip| strips[strip].size).fold(0.0, f32::max);
    Element { vertical, ..Element::new(ElementKind::Head, rect, members, size) }
}

/// A rule below the running head of a page where none is drawn: the date, the page number and the section's name in the first row.
pub(super) fn rule_below_running_head(pieces: &[Piece], sizes: &TypeSizes) -> Option<Rect> {
    let page = pieces.iter().map(|piece| piece.rect).reduce(|a, b| a.union(&b))?;
    let mut order: Vec<&Piece> = pieces.iter().collect();
    order.sort_by(|a, b| a.rect.y0.total_cmp(&b.rect.y0));
    let mut bottom = page.y0;
    let first_row = order.iter().take(RUNNING_HEAD_LINES + 1).take_while(|piece| {
        let is_near = piece.rect.y0 - bottom < RUNNING_HEAD_BLANK * sizes.body;
        bottom = if is_near { bottom.max(piece.rect.y1) } else { bottom };
        is_near
    });
    let first_row: Vec<_> = first_row.collect();
    let below = order.get(first_row.len())?.rect.y0;
    let y = f32::midpoint(bottom, below);
    let is_masthead = |piece: &&&Piece| furniture_reason(&piece.text, usize::MAX).is_some();
    let is_running = below - bottom >= RUNNING_HEAD_BLANK * sizes.body
        && y < page.y0 + RUNNING_HEAD * page.height()
        && first_row.iter().any(is_masthead);
    is_running.then_some(Rect { x0: page.x0, y0: y, x1: page.x1, y1: y })
}

/// Rectangles that four rules draw, from the smallest to the largest.
pub(super) fn boxes(rules: &[Rect], least: f32) -> Vec<Rect> {
    let mut long: Vec<&Rect> = rules.iter().filter(|rule| rule.width().max(rule.height()) > least).collect();
    long.sort_by(|a, b| (b.width() + b.height()).total_cmp(&(a.width() + a.height())));
    long.truncate(RULES);
    let (across, down): (Vec<&Rect>, Vec<&Rect>) = long.into_iter().partition(|rule| rule.width() > rule.height());
    let mut boxes = Vec::new();
    for top in &across {
        let is_bottom = |other: &&&Rect| {
            other.y0 > top.y1 + least && (other.x0 - top.x0).abs() < CORNER && (other.x1 - top.x1).abs() < CORNER
        };
        for bottom in across.iter().filter(is_bottom) {
            let sides = Rect { x0: top.x0, y0: top.y0, x1: top.x1, y1: bottom.y1 };
            let is_side = |x: f32| {
                let along = |rule: &&&Rect| {
                    (center(rule).0 - x).abs() < CORNER && overlap_y(rule, &sides) > 0.8 * sides.height()
                };
                down.iter().any(|rule| along(&rule))
            };
            if is_side(sides.x0) && is_side(sides.x1) {
                boxes.push(sides);
            }
        }
    }
    boxes.sort_by(|a: &Rect, b| (a.width() * a.height()).total_cmp(&(b.width() * b.height())));
    boxes.truncate(RULES);
    boxes
}
