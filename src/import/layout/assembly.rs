//! The page's lines out of its blocks: text, number, and the attributes of their layout.

use crate::import::layout::blocks::Block;
use crate::import::layout::elements::{Element, ElementKind};
use crate::import::layout::neighbours::Grid;
use crate::import::layout::paragraphs::{Paragraph, ends_paragraph, paragraphs};
use crate::import::layout::pieces::{Piece, is_inside, overlap_x, shares_width};
use crate::import::layout::strips::Strip;
use crate::import::layout::type_sizes::TypeSizes;
use crate::import::lexicon::sentences::continuation::continuation_score;
use crate::import::page::line_layout::LineLayout;
use crate::import::page::lines::{APART, FAR_APART, Line, Page};
use crate::import::page::printed_page::Rect;
use crate::import::page::unsure_words::{UnsureWords, unsure_words};

/// Headlines, at most, among which the one above a line is looked for.
const HEADLINES: usize = 200;
/// How well a column's text has to continue that of the column before it, to be joined with it.
const CONTINUES: f64 = 0.5;

/// A block of a region.
pub(super) struct BlockLines {
    pub(super) region: usize,
    pub(super) area: usize,
    pub(super) block: Block,
}

/// What the lines of a page are made of.
pub(super) struct Assembly<'a> {
    pub(super) pieces: &'a [Piece],
    pub(super) strips: &'a [Strip],
    pub(super) elements: &'a [Element],
    pub(super) boxes: &'a [Rect],
    pub(super) sizes: &'a TypeSizes,
}

/// A line of the page in the making.
struct Draft {
    /// by column strip
    paragraphs: Vec<Paragraph>,
    /// blank lines before it
    gap: usize,
    region: usize,
    area: usize,
    column: usize,
    columns: usize,
    is_head: bool,
    below_picture: bool,
    rect: Rect,
}

impl Assembly<'_> {
    /// The page: the lines of its blocks in reading order, at its end what cannot be read.
    pub(super) fn page(&self, blocks: &[BlockLines], noise: &[Piece]) -> Page {
        let mut drafts: Vec<Draft> = Vec::new();
        let mut region = None;
        for (index, block) in blocks.iter().enumerate() {
            let gap = if region == Some(block.region) { APART } else { FAR_APART };
            region = Some(block.region);
            let from = drafts.len();
            self.push_block(&mut drafts, &block.block, index, gap);
            drafts[from..].iter_mut().for_each(|draft| draft.area = block.area);
        }
        let ranks = self.ranks(&drafts);
        let grid = Grid::new(self.pieces.iter().map(|piece| piece.rect).collect());
        let blanks: Vec<f32> = drafts.iter().map(|draft| self.blank_above(draft, &grid)).collect();
        let headlines: Vec<usize> = (0..drafts.len()).filter(|&at| drafts[at].is_head).take(HEADLINES).collect();
        let mut lines: Vec<Line> = (0..drafts.len())
            .map(|at| self.line(&drafts[at], self.layout(at, blanks[at], &ranks, &headlines, &drafts)))
            .collect();
        lines.extend(noise.iter().map(|piece| noise_line(piece, blocks.len())));
        Page { lines, marked: false, printed: false, sheet: None }
    }

    fn push_block(&self, drafts: &mut Vec<Draft>, block: &Block, region: usize, gap: usize) {
        let first = drafts.len();
        let columns = block.texts.iter().map(|text| text.1 + 1).max().unwrap_or(1);
        for &head in &block.heads {
            for &strip in &self.elements[head].strips {
                for line in self.strip_drafts(strip, region, (0, columns), true) {
                    self.push_head(drafts, first, line);
                }
            }
        }
        let heads = drafts.len();
        let is_note = |strip: usize| self.strips[strip].pieces.iter().all(|&piece| self.pieces[piece].is_note);
        // a note at the foot of a column is not between this column and the next one
        for notes in [false, true] {
            let strips = block
                .texts
                .iter()
                .flat_map(|&(text, column)| self.elements[text].strips.iter().map(move |&strip| (strip, column)));
            for (strip, column) in strips.filter(|&(strip, _)| is_note(strip) == notes) {
                let mut lines = self.strip_drafts(strip, region, (column, 1), false);
                let below_picture = self.is_below_picture(strip);
                lines.iter_mut().for_each(|line| line.below_picture = below_picture);
                if drafts.len() > heads && !notes && self.goes_on(&drafts[drafts.len() - 1], &lines) {
                    let rest = lines.remove(0);
                    let open = drafts.len() - 1;
                    drafts[open].paragraphs.extend(rest.paragraphs);
                }
                drafts.extend(lines);
            }
        }
        if let Some(draft) = drafts.get_mut(first) {
            draft.gap = gap;
        }
    }

    /// Adds a line of a head; vertical lines of one size side by side are one headline.
    fn push_head(&self, drafts: &mut Vec<Draft>, first: usize, line: Draft) {
        let is_vertical = |draft: &Draft| self.pieces_of(draft).all(|piece| piece.vertical);
        let joins = |last: &&mut Draft| {
            let same_size = self.sizes.same(self.size(last), self.size(&line)) && self.sizes.is_head(self.size(&line));
            same_size && is_vertical(last) && is_vertical(&line)
        };
        match drafts[first..].last_mut().filter(joins) {
            Some(last) => {
                last.rect = last.rect.union(&line.rect);
                last.paragraphs.extend(line.paragraphs);
            }
            None => drafts.push(line),
        }
    }

    fn strip_drafts(
        &self,
        strip: usize,
        region: usize,
        (column, columns): (usize, usize),
        is_head: bool,
    ) -> Vec<Draft> {
        let paragraphs = paragraphs(self.pieces, &self.strips[strip], self.sizes);
        let draft = |paragraph: Paragraph| Draft {
            rect: hull(self.pieces, &paragraph),
            paragraphs: vec![paragraph],
            gap: 1,
            region,
            area: 0,
            column,
            columns,
            is_head,
            below_picture: false,
        };
        paragraphs.into_iter().map(draft).collect()
    }

    /// Whether a strip's first line surely goes on with the paragraph that the strip before it ends in.
    fn goes_on(&self, before: &Draft, lines: &[Draft]) -> bool {
        let (Some(last), Some(next)) = (before.paragraphs.last(), lines.first()) else { return false };
        let first = &next.paragraphs[0];
        let (a, b) = (&self.pieces[last.pieces[last.pieces.len() - 1]], &self.pieces[first.pieces[0]]);
        let alike = a.bold == b.bold && self.sizes.same(a.size, b.size) && !before.below_picture && !next.below_picture;
        let placed = !before.is_head && last.full && !first.indented && next.column <= before.column + 1;
        alike && placed && !ends_paragraph(&a.text) && continuation_score(&a.text, &b.text) > CONTINUES
    }

    fn is_below_picture(&self, strip: usize) -> bool {
        let rect = &self.strips[strip].rect;
        let is_near = |picture: &Element| {
            let gap = rect.y0 - picture.rect.y1;
            picture.kind == ElementKind::Picture
                && gap > -self.sizes.body
                && gap < 1.5 * self.sizes.pitch
                && shares_width(&picture.rect, rect, 0.6)
        };
        self.elements.iter().any(is_near)
    }

    /// Sizes of headlines from the largest, those that are the same as one.
    fn ranks(&self, drafts: &[Draft]) -> Vec<f32> {
        let heads = drafts.iter().filter(|draft| draft.is_head);
        let mut sizes: Vec<f32> =
            heads.map(|draft| self.size(draft)).filter(|&size| self.sizes.is_head(size)).collect();
        sizes.sort_by(|a, b| b.total_cmp(a));
        sizes.dedup_by(|next, kept| self.sizes.same(*next, *kept));
        sizes
    }

    fn size(&self, draft: &Draft) -> f32 {
        let mut sizes: Vec<f32> = self.pieces_of(draft).map(|piece| piece.size).collect();
        sizes.sort_by(f32::total_cmp);
        sizes.get(sizes.len() / 2).copied().unwrap_or(self.sizes.body)
    }

    fn pieces_of<'b>(&'b self, draft: &'b Draft) -> impl Iterator<Item = &'b Piece> {
        draft.paragraphs.iter().flat_map(|paragraph| paragraph.pieces.iter().map(|&piece| &self.pieces[piece]))
    }

    /// The blank above a line up to the nearest printed line, in points; without one, more than counts.
    fn blank_above(&self, draft: &Draft, grid: &Grid) -> f32 {
        let first = draft.paragraphs[0].pieces[0];
        let above = grid.above(first, 0.4 * self.sizes.body);
        above.map_or(f32::INFINITY, |above| self.pieces[first].rect.y0 - self.pieces[above].rect.y1).max(0.0)
    }

    fn layout(&self, at: usize, blank: f32, ranks: &[f32], headlines: &[usize], drafts: &[Draft]) -> LineLayout {
        let draft = &drafts[at];
        let size = self.size(draft);
        let rank = ranks.iter().position(|&rank| self.sizes.same(rank, size)).map_or(0, |at| at + 1);
        let is_large = self.sizes.is_head(size);
        let (first, last) = (&draft.paragraphs[0], &draft.paragraphs[draft.paragraphs.len() - 1]);
        let piece = &self.pieces[first.pieces[0]];
        let (x, y) = (&draft.rect, draft.rect.y0);
        let above = headlines.iter().filter(|&&head| {
            let rect = &drafts[head].rect;
            let is_above = rect.y1 < y + 0.5 * self.sizes.body && overlap_x(rect, x) > 0.3 * x.width();
            is_above && drafts[head].area == draft.area
        });
        let headline = above.max_by(|&&a, &&b| drafts[a].rect.y1.total_cmp(&drafts[b].rect.y1)).copied();
        // beside one that stands at the side or is set vertically
        let of_block = || headlines.iter().find(|&&head| head < at && drafts[head].region == draft.region).copied();
        let headline = headline.or_else(of_block);
        LineLayout {
            rects: draft.paragraphs.iter().map(|paragraph| tenths(&printed(self.pieces, paragraph))).collect(),
            size: (100.0 * size / self.sizes.body).round().min(100_000.0) as u32,
            rank: if is_large { u8::try_from(rank).unwrap_or(u8::MAX) } else { 0 },
            bold: piece.bold,
            vertical: piece.vertical,
            region: draft.region,
            area: draft.area,
            column: draft.column,
            columns: draft.columns,
            inside_box: self.boxes.iter().position(|outline| is_inside(&draft.rect, outline)),
            indented: first.indented,
            full: last.full,
            below_picture: draft.below_picture,
            blank_above: (100.0 * blank / self.sizes.pitch).min(1000.0) as u32,
            label: piece.label,
            article: piece.article,
            headline,
            unsure: Vec::new(),
        }
    }

    fn line(&self, draft: &Draft, layout: LineLayout) -> Line {
        let (mut text, mut unsure) = (String::new(), Vec::new());
        for piece in self.pieces_of(draft) {
            append(&mut text, &piece.text);
            let start = text.len() - piece.text.len();
            unsure.extend(unsure_in(piece).map(|UnsureWords { span, confidence }| UnsureWords {
                span: start + span.start..start + span.end,
                confidence,
            }));
        }
        unnumbered(text, draft.gap, LineLayout { unsure, ..layout })
    }
}

/// A line of the page, which gets its number with those of all others.
fn unnumbered(text: String, gap: usize, layout: LineLayout) -> Line {
    let layout = Some(Box::new(layout));
    Line { number: 0, further: Vec::new(), text, span: 0..0, mark: 0, gap, layout, as_printed: None }
}

fn noise_line(piece: &Piece, region: usize) -> Line {
    let layout = LineLayout {
        rects: vec![tenths(&piece.printed)],
        size: 100,
        rank: 0,
        bold: false,
        vertical: piece.vertical,
        region,
        area: usize::MAX,
        column: 0,
        columns: 1,
        inside_box: None,
        indented: false,
        full: false,
        below_picture: false,
        blank_above: 1000,
        label: piece.label,
        article: piece.article,
        headline: None,
        unsure: unsure_in(piece).collect(),
    };
    unnumbered(piece.text.clone(), FAR_APART, layout)
}

fn unsure_in(piece: &Piece) -> impl Iterator<Item = UnsureWords> {
    unsure_words(&piece.text, &piece.words, piece.confidence).into_iter()
}

fn hull(pieces: &[Piece], paragraph: &Paragraph) -> Rect {
    let rects = paragraph.pieces.iter().map(|&piece| pieces[piece].rect);
    rects.reduce(|a, b| a.union(&b)).unwrap_or_default()
}

fn printed(pieces: &[Piece], paragraph: &Paragraph) -> Rect {
    let rects = paragraph.pieces.iter().map(|&piece| pieces[piece].printed);
    rects.reduce(|a, b| a.union(&b)).unwrap_or_default()
}

fn tenths(rect: &Rect) -> [i32; 4] {
    [rect.x0, rect.y0, rect.x1, rect.y1].map(|place| (place * 10.0).round() as i32)
}

/// Printed lines follow one another without a space, but for words of Latin letters.
fn append(text: &mut String, next: &str) {
    let joins_words = text.ends_with(|c: char| c.is_ascii_alphabetic() || ",;:.!?".contains(c))
        && next.starts_with(|c: char| c.is_ascii_alphabetic());
    if joins_words {
        text.push(' ');
    }
    text.push_str(next);
}
