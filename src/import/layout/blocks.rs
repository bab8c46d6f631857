//! Blocks of a region: each headline with the strips that belong to it by position, in reading order.
//!
//! A region that could not be cut may hold an article in the corner of another. Text belongs to the headline right above it; so do
//! the columns beside such text that begin at its height, and what stands below them. A headline in the middle, at the side or set
//! vertically has text beside it that begins at its own height.

use crate::import::layout::elements::{Element, ElementKind};
use crate::import::layout::pieces::{overlap_x, shares_width};
use crate::import::layout::strips::Strip;
use crate::import::layout::type_sizes::TypeSizes;

/// Elements of a region, at most, among whose headlines its text is shared out: time grows with the square.
const MOST: usize = 500;

/// A headline and its text.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    /// elements that are heads, from top to bottom
    pub(super) heads: Vec<usize>,
    /// elements that are text, with their columns, in reading order
    pub(super) texts: Vec<(usize, usize)>,
}

/// A region's elements and what is asked of their places.
struct Region<'a> {
    elements: &'a [Element],
    sizes: &'a TypeSizes,
    /// indexes of elements, from top to bottom
    members: Vec<usize>,
    /// of each member: it is a headline
    is_head: Vec<bool>,
    /// of each member: the member right above it
    parents: Vec<Option<usize>>,
}

/// The blocks of a region, from top to bottom.
pub(super) fn blocks(elements: &[Element], strips: &[Strip], members: &[usize], sizes: &TypeSizes) -> Vec<Block> {
    let mut members = members.to_vec();
    members.sort_by(|&a, &b| {
        let (a, b) = (&elements[a].rect, &elements[b].rect);
        a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0))
    });
    let is_head = |&&member: &&usize| is_headline(elements, &members, member, sizes);
    let heads: Vec<usize> = members.iter().filter(is_head).copied().collect();
    let owners = if heads.len() > 1 && members.len() <= MOST {
        Region::new(elements, sizes, members.clone(), &heads).owners()
    } else {
        members.iter().map(|_| heads.first().copied()).collect()
    };
    let mut blocks: Vec<Block> = Vec::new();
    let owned = if members.len() <= MOST { heads.clone() } else { heads.first().copied().into_iter().collect() };
    for &head in &owned {
        let own = members.iter().zip(&owners).filter(|(_, owner)| **owner == Some(head)).map(|(&member, _)| member);
        let own_heads = if owned.len() == heads.len() { vec![head] } else { heads.clone() };
        let texts = own.filter(|member| !heads.contains(member));
        blocks.push(Block { heads: own_heads, texts: in_columns(elements, strips, texts, sizes) });
    }
    if owned.is_empty() {
        blocks.push(Block { heads: Vec::new(), texts: in_columns(elements, strips, members.into_iter(), sizes) });
    }
    blocks
}

/// A head that has text of its own. A short line in body type at the top of a column is a subhead, whose article began before.
fn is_headline(elements: &[Element], members: &[usize], member: usize, sizes: &TypeSizes) -> bool {
    let head = &elements[member];
    let is_above = |&&other: &&usize| {
        let rect = &elements[other].rect;
        other != member && rect.y0 < head.rect.y0 && shares_width(rect, &head.rect, 0.3)
    };
    let is_large = head.vertical || sizes.is_head(head.size);
    head.kind == ElementKind::Head && (is_large || members.iter().take(MOST).any(|other| is_above(&other)))
}

impl<'a> Region<'a> {
    fn new(elements: &'a [Element], sizes: &'a TypeSizes, members: Vec<usize>, heads: &[usize]) -> Self {
        let is_head = members.iter().map(|member| heads.contains(member)).collect();
        let mut region = Self { elements, sizes, members, is_head, parents: Vec::new() };
        region.parents = (0..region.members.len()).map(|at| region.parent(at)).collect();
        region
    }

    fn element(&self, at: usize) -> &Element {
        &self.elements[self.members[at]]
    }

    fn is_head(&self, at: usize) -> bool {
        self.is_head[at]
    }

    /// The lowest member above another, over a third of its width at least.
    fn parent(&self, at: usize) -> Option<usize> {
        let rect = &self.element(at).rect;
        let is_above = |&other: &usize| {
            let above = &self.element(other).rect;
            other != at
                && above.y1 < rect.y0 + 0.5 * self.sizes.body
                && above.y0 < rect.y0
                && shares_width(above, rect, 0.3)
        };
        (0..self.members.len())
            .filter(is_above)
            .max_by(|&a, &b| self.element(a).rect.y1.total_cmp(&self.element(b).rect.y1))
    }

    /// Blank above a member; endless at the top of the region.
    fn blank_above(&self, at: usize) -> f32 {
        self.parents[at].map_or(f32::INFINITY, |parent| self.element(at).rect.y0 - self.element(parent).rect.y1)
    }

    /// Next to one another, with no more than a gutter between.
    fn are_beside(&self, a: usize, b: usize) -> bool {
        let gap = -overlap_x(&self.element(a).rect, &self.element(b).rect);
        gap > -0.5 * self.sizes.body && gap < 3.5 * self.sizes.body
    }

    /// Of each member: the element that is its headline; a headline is its own.
    fn owners(&self) -> Vec<Option<usize>> {
        let count = self.members.len();
        let mut owners: Vec<Option<usize>> = (0..count).map(|at| self.is_head(at).then_some(at)).collect();
        for head in (0..count).filter(|&at| self.is_head(at)) {
            let below: Vec<usize> =
                (0..count).filter(|&at| self.parents[at] == Some(head) && !self.is_head(at)).collect();
            let height = self.element(head).rect.height();
            self.spread(&mut owners, head, &below, 0.6 * height, 0.6 * self.sizes.pitch);
        }
        for head in (0..count).filter(|&at| self.is_head(at)) {
            let beside: Vec<usize> = (0..count).filter(|&at| self.begins_beside(at, head)).collect();
            self.spread(&mut owners, head, &beside, 0.8 * self.sizes.pitch, 0.6 * self.sizes.pitch);
        }
        for at in 0..count {
            owners[at] = owners[at].or_else(|| self.parents[at].and_then(|parent| owners[parent]));
        }
        let first = (0..count).find(|&at| self.is_head(at));
        owners.iter().map(|owner| owner.or(first).map(|at| self.members[at])).collect()
    }

    /// Text next to a headline that begins at its height.
    fn begins_beside(&self, at: usize, head: usize) -> bool {
        let (rect, head_rect) = (&self.element(at).rect, &self.element(head).rect);
        let level = (rect.y0 - head_rect.y0).abs() < 2.0 * self.sizes.pitch;
        !self.is_head(at) && level && self.are_beside(at, head) && self.blank_above(at) > 0.8 * self.sizes.pitch
    }

    /// Gives members that nobody owns to a headline, then the columns beside them that begin at the same height below a blank.
    fn spread(&self, owners: &mut [Option<usize>], head: usize, seeds: &[usize], blank: f32, level: f32) {
        let mut open: Vec<usize> = seeds.iter().copied().filter(|&at| owners[at].is_none()).collect();
        open.iter().for_each(|&at| owners[at] = Some(head));
        while let Some(at) = open.pop() {
            let y = self.element(at).rect.y0;
            let is_beside = |other: usize| {
                let aligned = (self.element(other).rect.y0 - y).abs() < level && self.are_beside(at, other);
                aligned && self.blank_above(other) > blank
            };
            for (other, owner) in owners.iter_mut().enumerate().filter(|(_, owner)| owner.is_none()) {
                if is_beside(other) {
                    *owner = Some(head);
                    open.push(other);
                }
            }
        }
    }
}

/// Texts by column from left to right, in a column from top to bottom.
fn in_columns(
    elements: &[Element],
    strips: &[Strip],
    members: impl Iterator<Item = usize>,
    sizes: &TypeSizes,
) -> Vec<(usize, usize)> {
    let mut texts: Vec<usize> = members.filter(|&member| elements[member].kind != ElementKind::Picture).collect();
    let left = |element: usize| {
        elements[element].strips.first().map_or(elements[element].rect.x0, |&strip| strips[strip].left)
    };
    texts.sort_by(|&a, &b| left(a).total_cmp(&left(b)));
    let mut columns: Vec<(usize, usize)> = Vec::new();
    let mut edge = f32::NEG_INFINITY;
    let mut column = 0;
    for text in texts {
        if left(text) - edge > 2.5 * sizes.body {
            column += usize::from(!columns.is_empty());
            edge = left(text);
        }
        columns.push((text, column));
    }
    columns.sort_by(|a, b| a.1.cmp(&b.1).then(elements[a.0].rect.y0.total_cmp(&elements[b.0].rect.y0)));
    columns
}
