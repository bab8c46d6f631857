//! Heads: kicker, headline, subtitle and byline that stand together above, beside or amid a text.
//!
//! 1. strips of large type and vertical ones are headlines, and short ones in body type that stand apart above a text
//! 2. headlines next to each other are one head; a label above it and a byline below it belong to it

use crate::import::layout::neighbours::Grid;
use crate::import::layout::paragraphs::ends_paragraph;
use crate::import::layout::pieces::{Piece, center, overlap_x, overlap_y, shares_width};
use crate::import::layout::strips::Strip;
use crate::import::layout::type_sizes::{TypeSizes, ems};
use crate::import::page::printed_page::Rect;

/// A headline is not longer, in characters.
const LONGEST: f32 = 90.0;
/// A label or a byline is not longer.
const LONGEST_BYLINE: f32 = 42.0;
/// The share of the page's height in which its masthead ends.
const MASTHEAD: f32 = 0.2;
/// Rules below a masthead that are looked at, at most, and the share of the page's width that they have: a shorter one may underline a label.
const RULES: usize = 100;
const ACROSS_PAGE: f32 = 0.7;
/// Vertical lines to the left that are looked at for one that belongs to a head.
const LOOKS: usize = 8;

/// Which strips are heads.
pub(super) struct HeadGroups {
    /// strips of each head
    pub(super) groups: Vec<Vec<usize>>,
    /// of each strip: it belongs to a head
    pub(super) is_member: Vec<bool>,
    /// of each strip: it is read from top to bottom
    pub(super) is_vertical: Vec<bool>,
}

/// Strips with what stands next above and below each.
struct Stacked<'a> {
    strips: &'a [Strip],
    above: Vec<Option<usize>>,
    below: Vec<Option<usize>>,
    /// the rule below the masthead lies between a strip and the one below it
    parted_below: Vec<bool>,
}

impl<'a> Stacked<'a> {
    /// A strip is looked for by its first line, and found by its last one, and the other way round.
    fn new(strips: &'a [Strip], pieces: &[Piece], rules: &[Rect], least: f32) -> Self {
        let edge = |strip: &Strip, piece: usize| Rect { x0: strip.rect.x0, x1: strip.rect.x1, ..pieces[piece].rect };
        let mut rects = Vec::new();
        let mut strip_of = Vec::new();
        for (index, strip) in strips.iter().enumerate() {
            rects.push(edge(strip, strip.pieces[0]));
            rects.push(edge(strip, strip.pieces[strip.pieces.len() - 1]));
            strip_of.extend([index, index]);
        }
        let grid = Grid::new(rects);
        let other = |found: Option<usize>, own: usize| found.map(|at| strip_of[at]).filter(|&strip| strip != own);
        let above = (0..strips.len()).map(|own| other(grid.above(2 * own, least), own)).collect();
        let below: Vec<Option<usize>> =
            (0..strips.len()).map(|own| other(grid.below(2 * own + 1, least), own)).collect();
        let page = rects_hull(strips);
        let below_masthead = page.y0 + MASTHEAD * page.height();
        let across = |rule: &&Rect| rule.width() > ACROSS_PAGE * page.width() && rule.y1 < below_masthead;
        let rules: Vec<Rect> = rules.iter().filter(across).take(RULES).copied().collect();
        let is_parted = |(own, below): (usize, &Option<usize>)| {
            below.is_some_and(|below| is_parted(&strips[own].rect, &strips[below].rect, &rules))
        };
        let parted_below = below.iter().enumerate().map(is_parted).collect();
        Self { strips, above, below, parted_below }
    }

    /// Blank between a strip and the one above it.
    fn blank_above(&self, strip: usize) -> f32 {
        let blank = |above: usize| self.strips[strip].rect.y0 - self.strips[above].rect.y1;
        self.above[strip].map_or(f32::INFINITY, blank)
    }

    fn blank_below(&self, strip: usize) -> f32 {
        let blank = |below: usize| self.strips[below].rect.y0 - self.strips[strip].rect.y1;
        self.below[strip].map_or(f32::INFINITY, blank)
    }
}

fn rects_hull(strips: &[Strip]) -> Rect {
    strips.iter().map(|strip| strip.rect).reduce(|a, b| a.union(&b)).unwrap_or_default()
}

/// A rule lies between two strips, one above the other.
fn is_parted(above: &Rect, below: &Rect, rules: &[Rect]) -> bool {
    rules.iter().any(|rule| {
        let (middle, is_between) = ((rule.y0 + rule.y1) / 2.0, |rect: &Rect| rule.x0 < rect.x1 && rule.x1 > rect.x0);
        (above.y1.min(below.y0)..=above.y1.max(below.y0)).contains(&middle) && is_between(above) && is_between(below)
    })
}

/// Finds the heads of a page.
pub(super) fn head_groups(pieces: &[Piece], strips: &[Strip], rules: &[Rect], sizes: &TypeSizes) -> HeadGroups {
    let stacked = Stacked::new(strips, pieces, rules, 0.4 * sizes.body);
    let is_vertical: Vec<bool> = strips.iter().map(|strip| pieces[strip.pieces[0]].vertical).collect();
    let length = |strip: &Strip| strip.pieces.iter().map(|&piece| ems(&pieces[piece].text)).sum::<f32>();
    let lengths: Vec<f32> = strips.iter().map(length).collect();
    let large = |at: usize| {
        lengths[at] < LONGEST
            && (is_vertical[at] && strips[at].size > 0.85 * sizes.body
                || sizes.is_head(strips[at].size)
                || is_titled_above(pieces, &stacked, at, sizes))
    };
    let mut is_head: Vec<bool> = (0..strips.len()).map(large).collect();
    let apart: Vec<usize> = (0..strips.len())
        .filter(|&at| !is_head[at] && lengths[at] < LONGEST_BYLINE && stands_apart(pieces, &stacked, at, sizes))
        .collect();
    apart.into_iter().for_each(|at| is_head[at] = true);
    let mut sets = Sets::new(strips.len());
    join_stacked(&stacked, &is_head, &is_vertical, sizes, &mut sets);
    join_verticals(strips, &is_vertical, &mut sets);
    for at in (0..strips.len()).filter(|&at| !is_head[at] && lengths[at] < LONGEST_BYLINE) {
        if let Some(head) = head_of_short_line(pieces, &stacked, at, &is_head, &is_vertical, sizes) {
            sets.join(at, head);
        }
    }
    groups_of(sets, &is_head, is_vertical)
}

/// A strip that an engine takes for a headline, and no text of its column ends right above it: there it is a subhead.
fn is_titled_above(pieces: &[Piece], stacked: &Stacked<'_>, at: usize, sizes: &TypeSizes) -> bool {
    let strip = &stacked.strips[at];
    let in_column = |above: usize| {
        let above = &stacked.strips[above];
        !sizes.is_head(above.size)
            && strip.rect.x0 > above.left - sizes.body
            && strip.rect.x1 < above.right + sizes.body
    };
    pieces[strip.pieces[0]].is_titled()
        && !(stacked.above[at].is_some_and(in_column) && stacked.blank_above(at) < 2.0 * sizes.pitch)
}

/// A short strip in body type above a text, but not in line with it: a small headline.
fn stands_apart(pieces: &[Piece], stacked: &Stacked<'_>, at: usize, sizes: &TypeSizes) -> bool {
    let strip = &stacked.strips[at];
    let Some(text) = stacked.below[at].map(|below| &stacked.strips[below]) else { return false };
    let last = &pieces[strip.pieces[strip.pieces.len() - 1]];
    if strip.pieces.len() > 2 || ends_paragraph(&last.text) || text.pieces.len() < 3 {
        return false;
    }
    let leading = (sizes.pitch - sizes.body).max(0.0);
    let indent = (strip.rect.x0 - text.left) / sizes.body;
    let in_line = indent.abs() < 0.5 || (indent - 2.0).abs() < 0.6;
    let has_form = last.bold || !in_line || strip.rect.x1 > text.right + sizes.body;
    // at the top of a column a subhead looks the same, but it is not wider than the column
    let is_large = strip.size > 0.97 * sizes.body;
    let is_known = stacked.blank_above(at) < 6.0 * sizes.pitch || strip.rect.x1 > text.right + sizes.body;
    is_large
        && is_known
        && has_form
        && stacked.blank_above(at) > leading + 0.6 * sizes.pitch
        && stacked.blank_below(at) < 1.2 * sizes.pitch
}

fn join_stacked(stacked: &Stacked<'_>, is_head: &[bool], is_vertical: &[bool], sizes: &TypeSizes, sets: &mut Sets) {
    for at in 0..is_head.len() {
        let Some(below) = stacked.below[at].filter(|&below| is_head[at] && is_head[below]) else { continue };
        let (a, b) = (&stacked.strips[at], &stacked.strips[below]);
        let near = b.rect.y0 - a.rect.y1 < (1.1 * a.size.max(b.size)).min(2.2 * sizes.pitch);
        let is_parted = stacked.parted_below[at];
        if near && !is_parted && shares_width(&a.rect, &b.rect, 0.3) && is_vertical[at] == is_vertical[below] {
            sets.join(at, below);
        }
    }
}

/// Vertical lines side by side.
fn join_verticals(strips: &[Strip], is_vertical: &[bool], sets: &mut Sets) {
    let mut verticals: Vec<usize> = (0..strips.len()).filter(|&at| is_vertical[at]).collect();
    verticals.sort_by(|&a, &b| strips[a].rect.x0.total_cmp(&strips[b].rect.x0));
    for (index, &left) in verticals.iter().enumerate() {
        for &right in verticals[index + 1..].iter().take(LOOKS) {
            let (a, b) = (&strips[left], &strips[right]);
            let near = b.rect.x0 - a.rect.x1 < 1.3 * a.size.max(b.size);
            if near && overlap_y(&a.rect, &b.rect) > 0.4 * a.rect.height().min(b.rect.height()) {
                sets.join(left, right);
            }
        }
    }
}

/// The headline that a label above it or a byline below it belongs to.
fn head_of_short_line(
    pieces: &[Piece],
    stacked: &Stacked<'_>,
    at: usize,
    is_head: &[bool],
    is_vertical: &[bool],
    sizes: &TypeSizes,
) -> Option<usize> {
    let strip = &stacked.strips[at];
    let last = &pieces[strip.pieces[strip.pieces.len() - 1]];
    if strip.pieces.len() > 2 || ends_paragraph(&last.text) {
        return None;
    }
    let leading = (sizes.pitch - sizes.body).max(0.0);
    let fits =
        |&head: &usize| is_head[head] && !is_vertical[head] && in_line(&strip.rect, &stacked.strips[head].rect, sizes);
    let above = stacked.above[at].filter(fits);
    let gap_above = stacked.blank_above(at);
    if let Some(head) = above.filter(|_| gap_above < 1.1 * sizes.body && stacked.blank_below(at) > leading) {
        return Some(head);
    }
    let below = stacked.below[at].filter(fits)?;
    let gap_below = stacked.blank_below(at);
    (gap_below < 1.3 * sizes.body && gap_above > gap_below + 0.3 * sizes.body).then_some(below)
}

/// A short line that a head holds from left to right, or that begins where it begins.
fn in_line(line: &Rect, head: &Rect, sizes: &TypeSizes) -> bool {
    let centred = (center(line).0 - center(head).0).abs() < 1.2 * sizes.body;
    let begins = (line.x0 - head.x0).abs() < 1.2 * sizes.body;
    overlap_x(line, head) > 0.0 && (centred || begins)
}

fn groups_of(mut sets: Sets, is_head: &[bool], is_vertical: Vec<bool>) -> HeadGroups {
    let count = is_head.len();
    let mut has_head = vec![false; count];
    for at in (0..count).filter(|&at| is_head[at]) {
        has_head[sets.find(at)] = true;
    }
    let mut index = vec![None; count];
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut is_member = vec![false; count];
    for (at, is_member) in is_member.iter_mut().enumerate() {
        let root = sets.find(at);
        if has_head[root] {
            let group = *index[root].get_or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[group].push(at);
            *is_member = true;
        }
    }
    HeadGroups { groups, is_member, is_vertical }
}

/// Sets that are joined (union-find).
struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self { parent: (0..count).collect() }
    }

    fn find(&mut self, at: usize) -> usize {
        let mut root = at;
        while self.parent[root] != root {
            self.parent[root] = self.parent[self.parent[root]];
            root = self.parent[root];
        }
        root
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.parent[a.max(b)] = a.min(b);
    }
}
