//! Edits of an article's file by hand, said as changes of the page that it was made from.
//!
//! 1. fields of the front matter that differ become the person's
//! 2. paragraphs of the file are matched with those that import makes: equal ones, then those that share most
//! 3. a paragraph that is gone leaves its lines as furniture; one of another kind, or at another place, gives its lines that role or order
//! 4. in a matched paragraph that differs, each changed character belongs to the line that printed its neighbours
//!
//! What corrections cannot say (a paragraph that no page prints, a link, an address) is left out here; whoever asks compares the article
//! that results with the file.

use crate::content::article::{Article, FrontMatter};
use crate::content::plain_text::plain_text;
use crate::desk::edit::action::FrontChange;
use crate::desk::edit::arrangement::{Arrangement, Refused};
use crate::import::article::article_line::lines_by_article;
use crate::import::article::body::{Block, BlockKind, body_blocks};
use crate::import::article::punctuation::to_full_width;
use crate::import::lexicon::jumps::without_jump;
use crate::import::page::role::Role;
use crate::import::page_import::PageImport;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeSet;

/// Pairs of characters, of all that either paragraph has, that two versions of one paragraph share at least.
const LIKENESS: f64 = 0.3;
/// Of a paragraph's characters, what may be gone where the file has paragraphs that no page prints: the rest may stand in one of those.
const GONE: f64 = 0.3;

/// The changes that an edit of an article's file makes.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct FileEdit {
    front: FrontChange,
    /// lines with their new role
    roles: Vec<(Vec<usize>, Role)>,
    /// the lines of the body in the order of the file
    order: Vec<usize>,
    /// lines with the text that they should have
    pub(crate) texts: Vec<(usize, String)>,
}

/// A paragraph of the edited file.
#[derive(Debug, PartialEq)]
struct Paragraph {
    kind: BlockKind,
    text: String,
}

impl FileEdit {
    /// What differs between an article of a page and its edited file.
    pub(crate) fn of(import: &PageImport, article: usize, edited: &Article) -> Self {
        let Some(made) = import.articles.get(article) else { return Self::default() };
        let front = front_change(&made.front, made.byline.as_deref(), edited);
        let blocks = blocks_of(import, article);
        let paragraphs = paragraphs_of(&edited.body);
        let pairs = matched(&blocks, &paragraphs);
        let is_matched: BTreeSet<usize> = pairs.iter().map(|(block, _)| *block).collect();
        let has_more = pairs.len() < paragraphs.len();
        let mut edit = Self { front, ..Self::default() };
        let gone = (0..blocks.len()).filter(|block| !has_more && !is_matched.contains(block));
        edit.roles.extend(gone.map(|block| (blocks[block].lines.clone(), Role::Furniture)));
        for (block, paragraph) in pairs.into_iter().map(|(block, at)| (&blocks[block], &paragraphs[at])) {
            edit.order.extend(&block.lines);
            if block.kind != paragraph.kind {
                edit.roles.push((block.lines.clone(), role_of(paragraph.kind)));
            }
            if to_full_width(&block.text) != paragraph.text {
                edit.add_texts(import, block, &paragraph.text, has_more);
            }
        }
        edit
    }

    /// Arranges the lines of an article, and its front matter, as the file has them.
    ///
    /// # Errors
    /// The page has no such article.
    pub(crate) fn arrange(&self, article: usize, arrangement: &mut Arrangement) -> Result<(), Refused> {
        arrangement.set_front(article, self.front.clone())?;
        let lines = &mut arrangement.articles[article].lines;
        // those that the file has are filled in its order; the others stay where they are
        let mut places = self.order.iter().copied();
        for place in lines.iter_mut().filter(|line| self.order.contains(line)) {
            *place = places.next().unwrap_or(*place);
        }
        self.roles.iter().try_for_each(|(lines, role)| arrangement.set_role(lines, *role))
    }

    fn add_texts(&mut self, import: &PageImport, block: &Block, wanted: &str, has_more: bool) {
        let pieces: Vec<(usize, &str)> =
            block.lines.iter().map(|&line| (line, without_jump(&import.page.lines[line].text))).collect();
        let texts = texts_of_pieces(&block.text, &pieces, wanted);
        let kept: usize = texts.iter().map(|text| text.chars().count()).sum();
        if has_more && (kept as f64) < (1.0 - GONE) * block.text.chars().count() as f64 {
            return;
        }
        for (&(line, piece), text) in pieces.iter().zip(texts) {
            match text.trim() {
                "" => self.roles.push((vec![line], Role::Furniture)),
                text if text != piece => {
                    self.texts.push((line, import.page.lines[line].text.replacen(piece, text, 1)));
                }
                _ => {}
            }
        }
    }
}

fn front_change(made: &FrontMatter, made_byline: Option<&str>, edited: &Article) -> FrontChange {
    let front = &edited.front;
    let text = |made: Option<&str>, edited: Option<&str>| {
        let (made, edited) = (made.unwrap_or_default(), edited.unwrap_or_default());
        (made != edited).then(|| Some(edited.to_owned()))
    };
    let themes = front.filed_under();
    FrontChange {
        title: text(Some(&made.title), Some(&front.title)),
        kicker: text(made.kicker.as_deref(), front.kicker.as_deref()),
        subtitle: text(made.subtitle.as_deref(), front.subtitle.as_deref()),
        column: text(made.column.as_deref(), front.column.as_deref()),
        byline: text(made_byline, edited.byline.as_deref()),
        authors: (made.authors != front.authors).then(|| Some(front.authors.clone())),
        kind: (made.kind != front.kind).then_some(Some(front.kind)),
        themes: (made.themes != themes).then(|| Some(themes.to_vec())),
        complete: (made.gaps().is_some() && front.gaps().is_none()).then_some(Some(true)),
    }
}

/// The blocks of an article's body, with the indexes of the page's lines.
fn blocks_of(import: &PageImport, article: usize) -> Vec<Block> {
    let order = import.overrides.reading_order();
    let (page, partition) = import.overrides.in_reading_order(&import.page, &import.partition);
    let articles = lines_by_article(&page, &partition);
    let mut blocks = articles.get(article).map(|lines| body_blocks(lines)).unwrap_or_default();
    blocks.iter_mut().flat_map(|block| &mut block.lines).for_each(|line| *line = order[*line]);
    blocks
}

/// The paragraphs of a body, parted by empty lines.
fn paragraphs_of(body: &str) -> Vec<Paragraph> {
    let lines: Vec<&str> = body.lines().map(str::trim_end).collect();
    let chunks = lines.split(|line| line.is_empty()).map(|lines| lines.join("\n"));
    chunks.filter(|chunk| !chunk.is_empty()).map(|chunk| paragraph_of(&chunk)).collect()
}

fn paragraph_of(markdown: &str) -> Paragraph {
    let plain = |markdown: &str| plain_text(markdown).replace('\n', "");
    if let Some(subhead) = markdown.strip_prefix("## ") {
        return Paragraph { kind: BlockKind::Subhead, text: plain(subhead) };
    }
    match markdown.strip_prefix("![").and_then(|rest| rest.strip_suffix("]()")) {
        Some(caption) => Paragraph { kind: BlockKind::Caption, text: plain(caption) },
        None => Paragraph { kind: BlockKind::Paragraph, text: plain(markdown) },
    }
}

fn role_of(kind: BlockKind) -> Role {
    match kind {
        BlockKind::Paragraph => Role::Body,
        BlockKind::Subhead => Role::Subhead,
        BlockKind::Caption => Role::Caption,
    }
}

/// Pairs of a block and a paragraph, by their indexes, in the order of the paragraphs.
fn matched(blocks: &[Block], paragraphs: &[Paragraph]) -> Vec<(usize, usize)> {
    let made: Vec<String> = blocks.iter().map(|block| to_full_width(&block.text).into_owned()).collect();
    let mut partner: Vec<Option<usize>> = vec![None; paragraphs.len()];
    let texts: Vec<&String> = paragraphs.iter().map(|paragraph| &paragraph.text).collect();
    for op in capture_diff_slices(Algorithm::Myers, &made.iter().collect::<Vec<_>>(), &texts) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            (0..len).for_each(|at| partner[new_index + at] = Some(old_index + at));
        }
    }
    for (at, text) in texts.into_iter().enumerate() {
        if partner[at].is_none() {
            let free = (0..made.len()).filter(|block| !partner.contains(&Some(*block)));
            let likest = free.map(|block| (likeness(&made[block], text), block)).max_by(|a, b| a.0.total_cmp(&b.0));
            partner[at] = likest.filter(|(likeness, _)| *likeness >= LIKENESS).map(|(_, block)| block);
        }
    }
    partner.into_iter().enumerate().filter_map(|(at, block)| Some((block?, at))).collect()
}

/// Twice the pairs of neighbouring characters that two texts share, by the pairs of both: 1 for equal texts.
fn likeness(a: &str, b: &str) -> f64 {
    let pairs = |text: &str| text.chars().zip(text.chars().skip(1)).collect::<BTreeSet<_>>();
    let (a_pairs, b_pairs) = (pairs(a), pairs(b));
    let all = a_pairs.len() + b_pairs.len();
    if all == 0 { f64::from(a == b) } else { 2.0 * a_pairs.intersection(&b_pairs).count() as f64 / all as f64 }
}

/// The texts that the pieces of a text should have for it to read `wanted`. Marks that differ in width alone stay as printed.
fn texts_of_pieces(text: &str, pieces: &[(usize, &str)], wanted: &str) -> Vec<String> {
    let owners = owners(text, pieces);
    let (old, new): (Vec<char>, Vec<char>) = (text.chars().collect(), wanted.chars().collect());
    let keys = |chars: &[char]| chars.iter().map(|&c| wide(c)).collect::<Vec<_>>();
    let mut texts = vec![String::new(); pieces.len()];
    for op in capture_diff_slices(Algorithm::Myers, &keys(&old), &keys(&new)) {
        match op {
            DiffOp::Equal { old_index, len, .. } => {
                for at in old_index..old_index + len {
                    owners[at].into_iter().for_each(|piece| texts[piece].push(old[at]));
                }
            }
            DiffOp::Delete { .. } => {}
            DiffOp::Insert { old_index, new_index, new_len } => {
                let before = owners[..old_index].iter().rev().find_map(|piece| *piece);
                let piece = before.or_else(|| owners[old_index..].iter().find_map(|piece| *piece));
                piece.into_iter().for_each(|piece| texts[piece].extend(&new[new_index..new_index + new_len]));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let piece = owners[old_index..old_index + old_len].iter().find_map(|piece| *piece);
                piece.into_iter().for_each(|piece| texts[piece].extend(&new[new_index..new_index + new_len]));
            }
        }
    }
    texts
}

/// For each character of a text the piece that it is part of; none between two pieces.
fn owners(text: &str, pieces: &[(usize, &str)]) -> Vec<Option<usize>> {
    let mut owners = Vec::new();
    let mut rest = text;
    for (at, (_, piece)) in pieces.iter().enumerate() {
        let start = rest.find(piece).unwrap_or(0);
        owners.extend(rest[..start].chars().map(|_| None));
        owners.extend(piece.chars().map(|_| Some(at)));
        rest = rest.get(start + piece.len()..).unwrap_or_default();
    }
    owners.extend(rest.chars().map(|_| None));
    owners
}

/// The full-width form of a mark.
fn wide(c: char) -> char {
    match c {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '?' => '？',
        '!' => '！',
        '(' => '（',
        ')' => '）',
        c => c,
    }
}
